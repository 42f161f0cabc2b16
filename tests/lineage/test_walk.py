"""The walk from a release to all it was made from: bounded, each release once, no circle."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import pytest

from openaudit.lineage.walk import MOST, MOST_DATA, Walk, walk
from openaudit.model.lineage import DATASET, Absent, Answer, Edge, NodeState
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release
from tests.lineage.chains import edge


def release(name: str) -> Release:
    return Release(parse(name), "hub", parse(name).id, None, Origin.HUB, None, Metadata())


class Hub:
    """Answers for the releases of a graph: who was made from whom; None: there is none such."""

    def __init__(
        self, graph: Mapping[str, Sequence[str] | Absent], moved: Mapping[str, str]
    ) -> None:
        self.graph, self.moved = graph, moved
        self.asked: list[list[str]] = []

    def edges(self, of: Release) -> list[Edge]:
        name = next((n for n in self.graph if n.casefold() == of.id.casefold()), of.id)
        parents = self.graph.get(name, ())
        assert not isinstance(parents, Absent)
        return [edge(name, p, DATASET if p.startswith("datasets/") else None) for p in parents]

    def ask(self, names: Sequence[str]) -> dict[str, Answer]:
        self.asked.append(list(names))
        answers: dict[str, Answer] = {}
        for name in names:
            held = self.graph.get(self.moved.get(name, name))
            present = release(self.moved.get(name, name))
            answers[name] = held if isinstance(held, Absent) else present
        return answers


def walked(
    graph: Mapping[str, Sequence[str] | Absent], root: str = "me/a", **limits: int
) -> tuple[Walk, Hub]:
    return moved_and_walked(graph, {}, root, **limits)


def moved_and_walked(
    graph: Mapping[str, Sequence[str] | Absent],
    moved: Mapping[str, str],
    root: str = "me/a",
    **limits: int,
) -> tuple[Walk, Hub]:
    hub = Hub(graph, moved)
    return walk(release(root), hub.edges, hub.ask, **limits), hub


def pairs(edges: Sequence[Edge]) -> set[tuple[str, str]]:
    return {(e.child, e.parent) for e in edges}


def test_each_release_is_asked_for_once_and_a_level_at_a_time() -> None:
    found, hub = walked({"me/a": ["me/b", "me/c"], "me/b": ["me/d"], "me/c": ["me/d", "ME/D"]})

    assert hub.asked == [["me/b", "me/c"], ["me/d"]]
    assert list(found.found) == ["me/b", "me/c", "me/d"]
    assert ("me/c", "me/d") in pairs(found.edges)


def test_a_release_made_from_itself_is_a_circle_and_nothing_is_asked() -> None:
    found, hub = walked({"me/a": ["ME/A"]})

    assert (found.found, found.edges, hub.asked) == ({}, [], [])
    assert pairs(found.circles) == {("me/a", "me/a")}


def test_a_circle_ends_and_is_shown() -> None:
    found, _ = walked({"me/a": ["me/b"], "me/b": ["me/c"], "me/c": ["me/a", "me/b"]})

    assert pairs(found.edges) == {("me/a", "me/b"), ("me/b", "me/c")}
    assert pairs(found.circles) == {("me/c", "me/a"), ("me/c", "me/b")}


def test_a_circle_that_closes_between_two_branches_ends() -> None:
    found, _ = walked({"me/a": ["me/b", "me/c"], "me/b": ["me/c"], "me/c": ["me/b"]})

    assert len(found.edges) == 3
    assert len(found.circles) == 1
    assert not has_circle(found.edges)


def test_the_edges_never_hold_a_circle_in_whatever_order_parents_are_named() -> None:
    names = ["me/b", "me/c", "me/d"]
    for order in permutations(names):
        graph = {"me/a": list(order), **{n: [m for m in order if m != n] for n in names}}

        found, _ = walked(graph)

        assert not has_circle(found.edges)
        assert set(found.found) == set(names)


def test_parents_in_another_order_give_the_same_releases_and_edges() -> None:
    found = [
        walked({"me/a": list(order), "me/b": ["me/e"], "me/c": ["me/e"], "me/d": ["me/b"]})[0]
        for order in permutations(["me/b", "me/c", "me/d"])
    ]

    assert len({frozenset(f.found) for f in found}) == 1
    assert len({frozenset(pairs(f.edges)) for f in found}) == 1


@pytest.mark.parametrize("state", [NodeState.MISSING, NodeState.GATED, NodeState.UNREACHABLE])
def test_a_parent_that_cannot_be_had_is_kept_with_the_reason(state: NodeState) -> None:
    found, _ = walked({"me/a": ["me/b", "me/c"], "me/b": Absent(state, "as it is"), "me/c": []})

    assert found.found["me/b"] == Absent(state, "as it is")
    assert isinstance(found.found["me/c"], Release)


def test_a_renamed_release_is_one_under_both_its_names() -> None:
    found, _ = moved_and_walked(
        {"me/a": ["old/b", "now/b"], "now/b": ["me/c"], "me/c": []}, {"old/b": "now/b"}
    )

    assert list(found.found) == ["now/b", "me/c"]
    assert pairs(found.edges) == {("me/a", "now/b"), ("now/b", "me/c")}


def test_a_release_met_again_under_its_new_name_is_not_asked_for_again() -> None:
    found, hub = moved_and_walked(
        {"me/a": ["old/b", "me/c"], "me/c": ["me/d"], "me/d": ["now/b"], "now/b": []},
        {"old/b": "now/b"},
    )

    assert hub.asked == [["old/b", "me/c"], ["me/d"]]
    assert ("me/d", "old/b") in pairs(found.edges)


def test_the_release_itself_under_an_old_name_is_a_circle() -> None:
    found, _ = moved_and_walked({"me/a": ["old/a"]}, {"old/a": "me/a"})

    assert found.found == {}
    assert pairs(found.circles) == {("me/a", "me/a")}


def test_of_a_merge_of_300_as_many_are_asked_for_as_there_is_room_and_all_are_shown() -> None:
    names = [f"me/part-{n}" for n in range(300)]

    found, hub = walked({"me/a": names, "me/part-0": ["me/z"]})

    assert [len(a) for a in hub.asked] == [MOST]
    assert len(found.found) == 301
    left = [a for a in found.found.values() if isinstance(a, Absent)]
    assert {a.detail for a in left} == {"too many in one chain"}
    assert len(left) == 301 - MOST


def test_more_than_a_few_datasets_are_not_asked_for_and_leave_room_for_models() -> None:
    data = [f"datasets/them/part-{n}" for n in range(100)]

    found, hub = walked({"me/a": [*data, "me/b"]})

    assert len(hub.asked[0]) == MOST_DATA + 1
    assert isinstance(found.found["me/b"], Release)


def test_it_goes_no_deeper_than_it_may_and_shows_where_it_stopped() -> None:
    graph = {f"me/a{n}": [f"me/a{n + 1}"] for n in range(20)}

    found, hub = walked(graph, "me/a0", deepest=3)

    assert len(hub.asked) == 3
    last = found.found["me/a4"]
    assert isinstance(last, Absent)
    assert last.detail == "more than 3 releases away"
    assert "me/a5" not in found.found


def test_a_thousand_parents_of_each_release_take_no_long_time() -> None:
    graph = {f"me/a{n}": [f"me/a{m}" for m in range(1000)] for n in range(65)}

    found, hub = walked(graph, "me/a0")

    assert sum(map(len, hub.asked)) == MOST
    assert not has_circle(found.edges)


def has_circle(edges: Sequence[Edge]) -> bool:
    """Say so by taking away, again and again, what nothing leads to."""
    left = pairs(edges)
    while left:
        leaves = {p for _, p in left} - {c for c, _ in left}
        if not leaves:
            return True
        left = {(c, p) for c, p in left if p not in leaves}
    return False
