"""The fast paths give what trying every pattern on every unit gives."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.clauses.fold import bare
from openaudit.clauses.hit import apply
from openaudit.clauses.literals import letters, requirements
from openaudit.clauses.pattern import all_there, holds, search
from openaudit.clauses.safety import runaway
from openaudit.clauses.segment import segment
from openaudit.clauses.shelf import Shelf, asked
from openaudit.model.rule import Alternative, ClauseRule
from tests.clauses.examples import FILES, corpus_slugs, corpus_text, rule_file, rules

PATTERNS = sorted(
    {
        pattern
        for rule in rules().values()
        for a in (*rule.match, Alternative(none=rule.none, optional=rule.optional))
        for pattern in (*a.all, *a.in_order, *a.none, *a.optional)
    }
    | {p for r in rules().values() for ps in (r.categories or {}).values() for p in ps}
)
OWN = {
    path.stem: [
        example.text.lower()
        for example in (*rule_file(path).tests.match, *rule_file(path).tests.no_match)
        if example.text
    ]
    for path in FILES
}
# A few of each rule: all texts for all patterns would take minutes.
TEXTS = [text for texts in OWN.values() for text in texts[::9]]
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
    texts = [*TEXTS, *OWN[rule.id]]
    cut = [[u.lower for u in segment(text).units] for text in texts]
    units = [unit for some in cut for unit in some]
    shelf = Shelf(units, asked(tuple((*a.all, *a.in_order) for a in rule.match)))
    for alternative in rule.match:
        wanted = (*alternative.all, *alternative.in_order)

        held = set(shelf.holding(wanted))

        tried = {i for i, u in enumerate(units) if all(re.search(p, u) for p in wanted)}
        assert tried <= held
        matched = {units[i] for i in tried}
        for text, some in zip(texts, cut, strict=True):
            assert matched.isdisjoint(some) or all_there(letters(wanted), bare(text), {})


@pytest.mark.parametrize("slug", corpus_slugs()[::8])
def test_a_known_license_has_the_hits_that_trying_everything_gives(slug: str) -> None:
    units = segment(corpus_text(slug)).units
    every = list(rules().values())
    groups = tuple((*a.all, *a.in_order) for rule in every for a in rule.match)
    shelf = Shelf([u.lower for u in units], asked(groups))
    for rule in every:
        for alternative in rule.match:
            held = set(shelf.holding((*alternative.all, *alternative.in_order)))

            for index, unit in enumerate(units):
                if index not in held:
                    assert apply(rule, alternative, unit, index, {}) is None


@pytest.mark.parametrize(
    "written",
    [
        "no com**merc**ial use",
        "no com\u00admer\u200bcial use",
        "no `com`mercial use",
        "NO COMMERCIAL",
    ],
)
def test_markup_within_a_word_does_not_hide_it(written: str) -> None:
    assert "commercial" in segment(written).units[0].lower
    assert all_there(letters((r"\bcommercial\b",)), bare(written), {})


@pytest.mark.parametrize(
    ("pattern", "required"),
    [
        (r"\bmust (?:not )?use\b", [{"must use", "must not use"}]),
        (r"licen[cs]e", [{"licence", "license"}]),
        (r"licen\w+ us of", [{"licen"}, {" us of"}]),
        (r"(?:shall|must)\b.{0,9}\bkeep", [{"shall", "must"}, {"keep"}]),
        (r"colou?r", [{"color", "colour"}]),
        (r"(?:a|must)", []),
        (r"(?:the|must)", []),
        (r"(?!never)\w+", []),
        (r"x(?:abc)*yz", [{"yz"}]),
        (r"x(?:abc)+yz", [{"abc"}, {"yz"}]),
        (r"(?:(?:abc)?)+yz", [{"yz"}]),
        (r"(?P<name>copies?) of", [{"copie of", "copies of"}]),
        (r"[\]abc]def", [{"def"}]),
        (r"[^x]def", [{"def"}]),
        (r"[a-c]def", [{"def"}]),
        (r"e\.g\. this", [{"e.g. this"}]),
        (r"(?:one\w+ two|three\w+ four)", [{"three", " two"}, {" four", "one"}]),
    ],
)
def test_what_a_pattern_requires_is_read_off_it(pattern: str, required: list[set[str]]) -> None:
    found = [sorted(w.strip() for w in wanted) for wanted in requirements(pattern)]

    assert sorted(found) == sorted(sorted(w.strip() for w in wanted) for wanted in required)


def test_a_text_without_a_required_word_cannot_match() -> None:
    required = requirements(r"\bmust\b.{0,20}\bkeep\b")

    assert not holds(required, "you must go")
    assert holds(required, "keep what you must")


PARTS = [
    "a",
    "b",
    "ab",
    " ",
    "-",
    "no",
    r"\b",
    "[ab]",
    r"\w+",
    ".{0,3}",
    "(?:a|no )",
    "(?:ab)?",
    "b*",
]


@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join),
    st.lists(st.text("abno -", max_size=14), min_size=1, max_size=4),
)
def test_any_pattern_is_found_where_a_plain_search_finds_it(pattern: str, units: list[str]) -> None:
    held = set(Shelf(units, asked(((pattern,),))).holding((pattern,)))

    for index, unit in enumerate(units):
        plain = re.search(pattern, unit)
        assert span(search(pattern, unit)) == span(plain)
        assert plain is None or index in held


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b\w+n.t\b",
        r"\b(?:not|\w+n.t)\b",
        r"\b(?:the )?\w+!",
        r"\b(?:(?:a|b)?\w+|c)!",
        r"\ba?\w+!",
        r"\b(?:a){0,2}\w+!",
    ],
)
def test_a_boundary_keeps_a_search_from_starting_within_words(pattern: str) -> None:
    assert runaway(pattern) is None
