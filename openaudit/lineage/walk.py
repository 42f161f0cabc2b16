"""Walk from a release to all it was made from, level by level, each release once.

Pure: how the parents of a release are read and how releases are had is handed in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from openaudit.model.lineage import Absent, Answer, Ask, Edge, NodeState
from openaudit.model.release import Release

DEEPEST: Final = 8
MOST: Final = 64
"""Releases asked for in one walk: a merge can name hundreds of parents."""


EdgesOf: TypeAlias = Callable[[Release], Sequence[Edge]]


@dataclass(slots=True)
class Walk:
    """What was found, nearest first. Keys are ids as the children write them.

    `edges` leads to keys of `found` alone, and never back to a release it came from.
    """

    found: dict[str, Answer] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    circles: list[Edge] = field(default_factory=list)


def walk(
    root: Release, edges_of: EdgesOf, ask: Ask, *, deepest: int = DEEPEST, most: int = MOST
) -> Walk:
    """Return the releases behind `root`, as far as they are named and can be had."""
    result = Walk()
    keys = {root.id.casefold(): root.id}
    above: dict[str, frozenset[str]] = {root.id: frozenset((root.id,))}
    level: list[tuple[str, Release]] = [(root.id, root)]
    for depth in range(deepest + 1):
        edges = [_named(e, child, keys) for child, one in level for e in edges_of(one)]
        fresh = list(dict.fromkeys(e.parent for e in edges if e.parent not in above))
        room = 0 if depth == deepest else max(most - len(result.found), 0)
        answers = dict(ask(fresh[:room])) if fresh[:room] else {}
        result.found |= {p: answers.get(p) or _left_out(depth, deepest, most) for p in fresh}
        _renamed(result.found, fresh, keys)
        for edge in edges:
            _place(edge, result, above)
        level = [(p, a) for p in fresh if isinstance(a := result.found[p], Release)]
        if not level:
            break
    return result


def _named(edge: Edge, child: str, keys: dict[str, str]) -> Edge:
    """Return the edge between the names under which the walk keeps its releases."""
    parent = keys.setdefault(edge.parent.casefold(), edge.parent)
    return Edge(child, parent, edge.relation, edge.evidence, edge.confidence)


def _renamed(found: Mapping[str, Answer], fresh: Sequence[str], keys: dict[str, str]) -> None:
    """Know a release by its present name too, so that it is not read twice."""
    for name in fresh:
        answer = found[name]
        if isinstance(answer, Release):
            keys.setdefault(answer.id.casefold(), name)


def _left_out(depth: int, deepest: int, most: int) -> Absent:
    if depth == deepest:
        return Absent(NodeState.NOT_FOLLOWED, f"more than {deepest} releases away")
    return Absent(NodeState.NOT_FOLLOWED, f"more than {most} releases in the chain")


def _place(edge: Edge, result: Walk, above: dict[str, frozenset[str]]) -> None:
    """Add an edge, or put it aside where it closes a circle."""
    if edge.parent in above[edge.child]:
        result.circles.append(edge)
        return
    result.edges.append(edge)
    below = above[edge.child] | {edge.parent}
    above[edge.parent] = above.get(edge.parent, frozenset()) | below
    for child in _descendants(edge.parent, result.edges):
        above[child] |= below


def _descendants(start: str, edges: Sequence[Edge]) -> Iterator[str]:
    """Yield the releases that were reached from `start` before."""
    seen, rest = {start}, [start]
    while rest:
        name = rest.pop()
        for edge in edges:
            if edge.child == name and edge.parent not in seen:
                seen.add(edge.parent)
                rest.append(edge.parent)
                yield edge.parent
