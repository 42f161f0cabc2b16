"""What a release says it was made from. Following the parents is not this module's business."""

from collections.abc import Iterator

from openaudit.evidence.ledger import fact, told
from openaudit.model.card import Card
from openaudit.model.document import Role
from openaudit.model.fact import Fact, Method
from openaudit.model.lineage import Edge
from openaudit.model.release import Plain, Release


def edges(release: Release, card: Card) -> tuple[Edge, ...]:
    """Return the declared parents: from the card, and from the hub where it adds one."""
    relation = next(iter(card.strings("base_model_relation")), None)
    by_hub = dict(release.metadata.base_models)
    found: dict[str, Edge] = {}
    if declared := card.fields.get("base_model"):
        for parent in declared.strings():
            how = relation or by_hub.get(parent)
            found[parent] = Edge(release.id, parent, how, declared.evidence)
    for parent, how in by_hub.items():
        seen = told(release, f"base model {parent}, {how or 'no relation'}")
        found.setdefault(parent, Edge(release.id, parent, how, seen))
    return tuple(found.values())


def lineage_facts(release: Release, parents: tuple[Edge, ...]) -> Iterator[Fact]:
    """Yield the parents; an empty list where a card that was read names none."""
    if not parents and not release.texts(Role.CARD):
        return
    value: list[Plain] = [{"repo": e.parent, "relation": e.relation} for e in parents]
    evidence = [e.evidence for e in parents] or [told(release, "no base model is named")]
    yield fact("lineage.parents", value, Method.PARSED, *evidence)
