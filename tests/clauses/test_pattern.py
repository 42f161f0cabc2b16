"""The fast paths give what trying every pattern on every unit gives."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.clauses.pattern import all_requirements, may_match, requirements, search
from openaudit.clauses.segment import segment
from openaudit.clauses.shelf import Shelf, pieces
from openaudit.model.rule import Alternative, ClauseRule
from tests.clauses.examples import FILES, rule_file, rules

PATTERNS = sorted(
    {
        pattern
        for rule in rules().values()
        for a in (*rule.match, Alternative(none=rule.none, optional=rule.optional))
        for pattern in (*a.all, *a.in_order, *a.none, *a.optional)
    }
    | {p for r in rules().values() for ps in (r.categories or {}).values() for p in ps}
)
TEXTS = [
    example.text.lower()
    for path in FILES
    for example in (*rule_file(path).tests.match, *rule_file(path).tests.no_match)
    if example.text
]
WORDS = sorted({word for text in TEXTS for word in text.split()})


def span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match.span() if match else None


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_fast_search_finds_what_a_plain_one_finds(pattern: str) -> None:
    plain = re.compile(pattern)

    for text in TEXTS:
        assert span(search(pattern, text)) == span(plain.search(text))


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.integers(0, 60))
def test_a_fast_search_from_the_middle_finds_the_same(text: str, start: int) -> None:
    for pattern in PATTERNS[::7]:
        plain = re.compile(pattern).search(text, start)
        assert span(search(pattern, text, start)) == span(plain)


@pytest.mark.parametrize("rule", rules().values(), ids=rules().keys())
def test_looking_units_up_loses_no_match(rule: ClauseRule) -> None:
    units = [u.lower for text in TEXTS for u in segment(text).units]
    for alternative in rule.match:
        wanted = (*alternative.all, *alternative.in_order)
        shelf = Shelf(units, pieces((wanted,)))

        held = set(shelf.holding(all_requirements(wanted)))

        tried = {i for i, u in enumerate(units) if all(re.search(p, u) for p in wanted)}
        assert tried <= held


@pytest.mark.parametrize(
    ("pattern", "required"),
    [
        (r"\bmust (?:not )?use\b", [{"must "}, {"use"}]),
        (r"licen[cs]e", [{"licen"}]),
        (r"(?:shall|must)\b.{0,9}\bkeep", [{"shall", "must"}, {"keep"}]),
        (r"colou?r", [{"colo"}]),
        (r"(?:a|must)", []),
        (r"(?!never)\w+", []),
        (r"x(?:abc)*y", []),
        (r"(?P<name>copies?) of", [{"copie"}, {" of"}]),
        (r"[\]abc]def", [{"def"}]),
        (r"e\.g\. this", [{"e.g. this"}]),
    ],
)
def test_what_a_pattern_requires_is_read_off_it(pattern: str, required: list[set[str]]) -> None:
    assert sorted(map(sorted, requirements(pattern))) == sorted(map(sorted, required))


def test_a_text_without_a_required_word_cannot_match() -> None:
    assert not may_match(r"\bmust\b.{0,20}\bkeep\b", "you must go")
    assert may_match(r"\bmust\b.{0,20}\bkeep\b", "keep what you must")
