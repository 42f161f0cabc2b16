"""Walk from a release to all it was made from, level by level, each release once.

Pure: how the parents of a release are read and how releases are had is handed in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from openaudit.model.lineage import DATASET, DEEPEST, Absent, Answer, Ask, Edge, NodeState
from openaudit.model.release import Release

MOST: Final = 64
"""Releases asked for in one walk: a merge can name hundreds of parents."""

MOST_DATA: Final = 16
"""Datasets asked for in one walk: their terms raise questions only."""

_TOO_MANY: Final = "too many in one chain"

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
    result, names = Walk(), _Names(root.id)
    above, below = {root.id: {root.id}}, dict[str, list[str]]()
    level: list[tuple[str, Release]] = [(root.id, root)]
    for depth in range(deepest + 1):
        edges = [names.kept(e, child) for child, one in level for e in edges_of(one)]
        fresh = list(dict.fromkeys(e.parent for e in edges if e.parent not in above))
        wanted = [] if depth == deepest else _chosen(fresh, edges, result.found, most)
        answers = dict(ask(wanted)) if wanted else {}
        result.found |= {p: answers.get(p) or _left_out(depth, deepest) for p in fresh}
        level = list(_new(fresh, result.found, names))
        for edge in edges:
            _place(names.kept(edge, edge.child), result, above, below)
        if not level:
            break
    return result


class _Names:
    """The one name under which the walk keeps each release, however it is written."""

    def __init__(self, root: str) -> None:
        self._kept = {root.casefold(): root}

    def kept(self, edge: Edge, child: str) -> Edge:
        """Return the edge between the names of the walk."""
        parent = self._kept.setdefault(edge.parent.casefold(), edge.parent)
        return Edge(child, parent, edge.relation, edge.evidence, edge.confidence)

    def renamed(self, name: str, present: str) -> bool:
        """Say whether what was asked for as `name` is a release that the walk knows already."""
        first = self._kept.setdefault(present.casefold(), name)
        self._kept[name.casefold()] = first
        return first != name


def _new(
    fresh: Sequence[str], found: dict[str, Answer], names: _Names
) -> Iterator[tuple[str, Release]]:
    """Yield the releases that were not seen before; one under an old name is let go of."""
    for name in fresh:
        answer = found[name]
        if isinstance(answer, Release):
            data = "datasets/" if name.casefold().startswith("datasets/") else ""
            if names.renamed(name, data + answer.id):
                del found[name]
            else:
                yield name, answer


def _chosen(
    fresh: Sequence[str], edges: Iterable[Edge], found: Mapping[str, Answer], most: int
) -> list[str]:
    """Return what to ask for: all, as long as there is room."""
    data = {e.parent for e in edges if e.relation == DATASET}
    asked = [n for n, a in found.items() if not _was_left_out(a)]
    data_asked = sum(n.startswith("datasets/") for n in asked)
    models = [n for n in fresh if n not in data][: max(most - len(asked) + data_asked, 0)]
    return models + [n for n in fresh if n in data][: max(MOST_DATA - data_asked, 0)]


def _was_left_out(answer: Answer) -> bool:
    return isinstance(answer, Absent) and answer.detail == _TOO_MANY


def _left_out(depth: int, deepest: int) -> Absent:
    if depth < deepest:
        return Absent(NodeState.NOT_FOLLOWED, _TOO_MANY)
    far = f"more than {deepest} releases away" if deepest else "not asked for"
    return Absent(NodeState.NOT_FOLLOWED, far)


def _place(
    edge: Edge, result: Walk, above: dict[str, set[str]], below: dict[str, list[str]]
) -> None:
    """Add an edge, or put it aside where it closes a circle.

    `above` has for each release those from which it is reached, `below` what it leads to.
    """
    if edge.parent in above[edge.child]:
        result.circles.append(edge)
        return
    result.edges.append(edge)
    below.setdefault(edge.child, []).append(edge.parent)
    over = above[edge.child] | {edge.parent}
    rest = [edge.parent]
    while rest:
        name = rest.pop()
        known = above.setdefault(name, set())
        if not over <= known:
            known |= over
            rest += below.get(name, ())
