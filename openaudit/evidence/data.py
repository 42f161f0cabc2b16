"""What a card says of the data the model was trained on."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.evidence.ledger import at_least, fact, told
from openaudit.model.card import Card
from openaudit.model.document import Role
from openaudit.model.evidence import Evidence
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Plain, Release

MOST_QUOTES: Final = 5
# What the hub can find: a name with its owner, or one of the old names without.
_ID: Final = r"[\w.-]+/[\w.-]+|[a-z][a-z0-9_]+"


def data_facts(
    release: Release,
    card: Card,
    named: Sequence[Evidence] = (),
    linked: Sequence[Evidence] = (),
    *,
    whole: bool = False,
) -> Iterator[Fact]:
    """Yield the datasets that the card lists, and whether the training data is named and linked.

    `named` and `linked` are sentences that do so; `whole` says that they read as the whole list.
    Whether they are all there were, or only some, the list in the front matter does not say.
    """
    datasets = card.fields.get("datasets")
    names: list[Plain] = list(datasets.strings()) if datasets else []
    if datasets is not None:
        yield fact("data.listed", names, Method.PARSED, datasets.evidence)
    elif release.texts(Role.CARD) and not card.notes:
        yield fact("data.listed", [], Method.PARSED, told(release, "the card lists no datasets"))
    listed = [n for n in names if isinstance(n, str) and n[:1].isalnum()]
    field = [datasets.evidence] if datasets and listed else []
    if quotes := [*named[:MOST_QUOTES], *field]:
        yield _up_to(whole, "data.pretrain.named", "all", "some", quotes)
    ids = [bool(re.fullmatch(_ID, name)) for name in listed]
    # What is named twice is linked once.
    every = whole and (2 * len(linked) >= len(named) or (any(ids) and all(ids)))
    if quotes := [*linked[:MOST_QUOTES], *(field if any(ids) else [])]:
        yield _up_to(every, "data.pretrain.released", "full", "partial", quotes)


def _up_to(every: bool, fact_id: str, most: str, less: str, quotes: list[Evidence]) -> Fact:  # noqa: FBT001  # one word
    found = fact(fact_id, most if every else less, Method.INFERRED, *quotes)
    return found if every else at_least(found, most)
