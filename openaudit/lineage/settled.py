"""Which releases of a chain leave open what binds: only where none does, silence may permit."""

from collections.abc import Iterator, Mapping, Sequence

from openaudit.lineage.terms import Inherited
from openaudit.model.lineage import Edge, Inheritance, Node


def unsettled(
    root: str,
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    questions: Sequence[Inherited],
    table: Inheritance,
) -> Iterator[str]:
    """Yield the releases that bind, or may bind, and whose terms are not all known.

    A base that only prose names, or whose card withholds more than its license, is one of them as
    soon as it raises a question that the license of `root` leaves open.
    """
    doubtful = {t.origin for t in questions}
    binding = _binding(root, edges, table)
    for name, node in nodes.items():
        if name in binding and (name in doubtful or not node.known):
            yield name


def _binding(root: str, edges: Sequence[Edge], table: Inheritance) -> frozenset[str]:
    """Return the releases that are reached over relations whose terms are more than a question."""
    found, rest = {root}, [root]
    while rest:
        child = rest.pop()
        for edge in edges:
            flow = table.flows.get(edge.relation or "")
            if edge.child == child and edge.parent not in found and not (flow and flow.asks):
                found.add(edge.parent)
                rest.append(edge.parent)
    return frozenset(found)
