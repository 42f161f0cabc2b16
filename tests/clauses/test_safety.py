"""No pattern of a rule can be made slow: by its form, and by trying."""

import pytest

from openaudit.clauses.safety import runaway, slow, unbounded
from openaudit.model.rule import ClauseRule
from tests.clauses.examples import rules


@pytest.mark.parametrize(
    "pattern",
    [
        r"(\w+\s?)+must",
        r"(?:a|ab|b)*c",
        r"(?:a|aa)+c",
        r"(?:a?)*b",
        r"(?:ab?)+c(?:\w*x)*",
        r"(?:\w|\d)+x",
        r"(?:\w+ ?){0,50}x",
        r"(?:,? [\w ]+){0,12}x",
        r"(?:a(?:b|c)+ ?)*x",
        r"a.*b",
        r"a.+b",
        r"(?=.*a)b",
        r"a.{3,}b",
        r"\w+\w+x",
        r"[ab]*[bc]+x",
        r"((a|b)+)+x",
    ],
)
def test_a_form_that_can_take_forever_is_refused(pattern: str) -> None:
    assert unbounded(pattern) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bmust\b.{0,80}\bnot\b",
        r"(?:and |or |, )*export",
        r"(?:exports?|imports?|, )+x",
        r"(?:\w+ ){0,3}model",
        r"(?:,? (?!with\b)[\w()/-]+){0,12} model",
        r"(?:[^;]+;)*x",
        r"(?:(?! except).){0,90}x",
        r"\w+ of",
        r"a\.*b",
        r"[.*]+b",
    ],
)
def test_a_form_that_ends_soon_is_accepted(pattern: str) -> None:
    assert unbounded(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d+(?:\.\d+)? ?percent",
        r"(?:\w+\s?)+!",
        r"\w+ ?\w+ ?\w+!",
        r"\bmust\b.{0,4000}\bmust\b.{0,4000}\bnever\b",
    ],
)
def test_what_grows_faster_than_the_text_is_found_by_trying(pattern: str) -> None:
    attack = runaway(pattern)

    assert attack is not None
    assert len(attack) <= 5_200


@pytest.mark.parametrize("rule", rules().values(), ids=rules().keys())
def test_no_shipped_pattern_can_be_made_slow(rule: ClauseRule) -> None:
    assert list(slow(rule)) == []
