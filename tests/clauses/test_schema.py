"""A rule file that is wrong is refused with its path and field."""

from pathlib import Path

import pytest

from openaudit.clauses.schema import load_rules
from openaudit.errors import DataInvalid

GOOD = r"""
id: example-rule
title: An example
kind: restriction
severity: low
meaning: Something.
message: Something.
applies_to: [license]
match:
  - in_order: ['\bmust (?P<what>\w+)\b']
captures:
  what: {type: text, meaning: what}
tests:
  match: [{name: One, text: You must go.}]
  no_match: [{name: Two, text: You may go.}]
"""


def test_a_good_file_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "example-rule.yaml"
    path.write_text(GOOD, encoding="utf-8")

    assert [rule.id for rule in load_rules(tmp_path)] == ["example-rule"]
    assert load_rules(path)[0].captures["what"].type == "text"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("severity: low", "severity: huge", "severity"),
        ("title: An example", "title: An example\nextra: 1", "extra"),
        (r"\bmust", r"\bMust", "match.0.in_order.0: capital"),
        (r"\bmust", r"(\w+\s?)+must", "match.0.in_order.0: nested repetition"),
        (r"\bmust", r"(must", "match.0.in_order.0: missing )"),
        (r"\bmust", r"(?i)must", "match.0.in_order.0: only plain"),
        (r"\bmust", r"must\n", "match.0.in_order.0: a folded text"),
        ("type: text", "type: prose", "captures.what.type: not one of"),
        ("  what: {type", "  other: {type", "match.0: captures what"),
        ("text: You may go.", "text: a, corpus: b", "tests.Two: needs either"),
        (r"in_order: ['\bmust (?P<what>\w+)\b']", "set: {a: b}", "match.0: needs"),
        ("id: example-rule", "id: Example", "id"),
    ],
)
def test_a_mistake_is_named_with_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")

    with pytest.raises(DataInvalid) as caught:
        load_rules(path)

    assert str(caught.value).startswith(f"{path}: {field}")
