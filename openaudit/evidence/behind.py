"""Facts that only the releases behind a release decide: whether they are there, and their licenses.

A chain that was not followed decides nothing.
"""

from collections.abc import Iterator

from openaudit.evidence.ledger import fact, told
from openaudit.model.document import Role
from openaudit.model.fact import Fact, Method
from openaudit.model.lineage import DATASET, DISTILLED, Chain, Node, NodeState
from openaudit.model.release import Release

_THERE = (NodeState.READ, NodeState.GATED)


def behind_facts(release: Release, chain: Chain) -> Iterator[Fact]:
    """Yield whether the bases are published, and what is known of the data sets by their ids."""
    nodes = {n.id: n for n in chain.nodes}
    own = [e for e in chain.edges if e.child == release.id]
    yield from _bases(release, chain, nodes)
    named = {e.parent: e.evidence for e in own if e.relation == DATASET}
    sets = [nodes[name] for name in named if name in nodes]
    gone = [n for n in sets if n.state is NodeState.MISSING]
    if gone:
        seen = [named[n.id] for n in gone]
        yield fact("data.pretrain.withdrawn", True, Method.INFERRED, *dict.fromkeys(seen))
    licenses = [_license(n) for n in sets]
    if sets and len(sets) == len(named) and all(licenses):
        value = ", ".join(dict.fromkeys(filter(None, licenses)))
        evidence = (n.license.concluded.evidence for n in sets if n.license)
        found = [e for e in evidence if e is not None]
        yield fact("data.pretrain.license", value, Method.INFERRED, *dict.fromkeys(found))


def _bases(release: Release, chain: Chain, nodes: dict[str, Node]) -> Iterator[Fact]:
    fact_id = "weights.base_released"
    made = [e for e in chain.bases if e.child == release.id and e.relation != DISTILLED]
    if not made:
        if release.texts(Role.CARD) and not chain.bases:
            yield fact(fact_id, "na", Method.INFERRED, told(release, "no base model is named"))
        return
    states = [nodes[e.parent].state for e in made if e.parent in nodes]
    evidence = dict.fromkeys(e.evidence for e in made)
    if NodeState.MISSING in states:
        yield fact(fact_id, False, Method.INFERRED, *evidence)
    elif len(states) == len(made) and all(state in _THERE for state in states):
        yield fact(fact_id, True, Method.INFERRED, *evidence)


def _license(node: Node) -> str | None:
    return node.license.concluded.expression if node.license else None
