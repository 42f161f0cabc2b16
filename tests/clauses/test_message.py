"""A message reads well with its values and without them."""

import pytest

from openaudit.clauses.message import sentence, told
from openaudit.model.clause import ClauseKind, Param
from openaudit.model.rule import Capture, ClauseRule
from tests.clauses.examples import rules


def test_values_are_filled_in() -> None:
    captures = {"unit": Capture("enum", "", None, {"MAU": "monthly active users"})}

    text = sentence("Above {count:,} {unit}.", {"count": 1234567, "unit": "MAU"}, captures)

    assert text == "Above 1,234,567 monthly active users."


def test_missing_values_leave_a_sentence() -> None:
    template = "Above {count:,|a number of} users[[ (counted {when})]] ask{odd}."

    assert sentence(template, {}, {}) == "Above a number of users ask(not stated)."


def test_long_lists_are_cut() -> None:
    text = sentence("{all}", {"all": tuple("abcdefghij")}, {})

    assert text == "a, b, c, d, e, f and 4 more"


@pytest.mark.parametrize("rule", rules().values(), ids=rules().keys())
def test_every_message_is_a_sentence_without_any_parameter(rule: ClauseRule) -> None:
    templates = [rule.message, *(a.message for a in rule.match if a.message)]

    for template in templates:
        text = sentence(template, {}, rule.captures)
        assert text[0].isupper()
        assert text.endswith(".")
        assert "(not stated)" not in text
        assert not set("{}[]|") & set(text)


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"effect": "branding", "count": 100}, ClauseKind.OBLIGATION),
        ({"effect": "separate-license", "count": 100}, ClauseKind.RESTRICTION),
        ({"count": 100}, ClauseKind.RESTRICTION),
    ],
)
def test_a_cap_that_asks_for_a_credit_is_an_obligation(
    params: dict[str, Param], kind: ClauseKind
) -> None:
    assert told(rules()["user-cap"], params)[0] is kind


def test_a_value_that_ends_in_a_full_stop_ends_the_sentence() -> None:
    assert sentence("Keep this: {text}.", {"text": "All rights reserved."}, {}) == (
        "Keep this: All rights reserved."
    )
