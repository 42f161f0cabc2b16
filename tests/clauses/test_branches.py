"""A pattern is taken apart at its alternatives without losing a match."""

import re

import pytest

from openaudit.clauses.branches import branches_of, of_rules, ways, worked_out
from openaudit.clauses.prepared import Required, dump
from openaudit.clauses.shelf import Shelf, asked
from tests.clauses.examples import rules


@pytest.mark.parametrize(
    ("pattern", "branches"),
    [
        ("may|must", ["may", "must"]),
        ("(?:may|must) not", ["(?:may|must) not"]),
        (r"a\|b|[|]", [r"a\|b", "[|]"]),
        ("may|must) not", ["may", "must"]),
    ],
)
def test_a_pattern_is_cut_at_its_outermost_branches(pattern: str, branches: list[str]) -> None:
    assert branches_of(pattern) == branches


@pytest.mark.parametrize(
    ("pattern", "each"),
    [
        ("grant.*patent|convey.*copy", [{"grant", "patent"}, {"convey", "copy"}]),
        (r"\b(?:grant.*patent|convey)\b", [{"grant", "patent"}, {"convey"}]),
        (r"(?:grant|convey) rights", []),
        (r"(?:grant.*|convey)?patent", []),
    ],
)
def test_each_way_requires_its_own_words(pattern: str, each: list[set[str]]) -> None:
    found = [{min(wanted).strip("\0") for wanted in way} for way in ways(pattern)]

    assert sorted(found, key=sorted) == sorted(each, key=sorted)


def test_words_of_different_ways_do_not_make_a_candidate() -> None:
    pattern = "grant.*patent|convey.*copy"
    units = ["they grant a copy", "they grant a patent", "we convey a copy", "we convey a patent"]

    held = list(Shelf(units, asked(((pattern,),))).holding((pattern,)))

    assert held == [i for i, unit in enumerate(units) if re.search(pattern, unit)]


def test_what_is_prepared_is_written_once_for_all_patterns() -> None:
    shared = frozenset(("license",))

    text = dump({"a": Required((shared,), ()), "b": Required((shared,), ((shared,), (shared,)))})

    assert text == '{"sets":[["license"]],"patterns":[["a",[0],[]],["b",[0],[[0],[0]]]]}'


def test_every_pattern_of_the_rules_is_prepared() -> None:
    prepared = of_rules(rules().values())

    searched = {
        p for r in rules().values() for a in r.match for p in (*a.all, *a.in_order, *a.optional)
    }
    assert searched <= prepared.keys()
    assert all(prepared[pattern] == worked_out(pattern) for pattern in sorted(searched)[::20])
