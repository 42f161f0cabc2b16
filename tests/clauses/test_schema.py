"""A rule file that is wrong is refused with its path and field."""

from pathlib import Path

import jsonschema
import pytest

from openaudit.clauses.pack import read_pack
from openaudit.clauses.schema import json_schema
from openaudit.data import read_yaml
from openaudit.errors import DataInvalid, UsageError
from tests.clauses.examples import FILES

GOOD = r"""
references: []
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

    assert [one.rule.id for one in read_pack([tmp_path, path])] == ["example-rule"]
    assert read_pack([path])[0].rule.captures["what"].type == "text"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("severity: low", "severity: huge", "severity"),
        ("title: An example", "title: An example\nextra: 1", "extra: no such key; there are"),
        ("severity: low", "severty: low", "severity: Field required"),
        ("message:", "mesage: x\nmessage:", "mesage: no such key; did you mean message?"),
        ("in_order", "in-order", "match.0.in-order: no such key; did you mean in_order?"),
        ("meaning: what}", "meaning: what, worded: x}", "captures.what.worded: no such key"),
        (
            "type: text",
            "type: txt",
            "captures.what.type: no type is called txt; did you mean text?",
        ),
        ("name: One", "nam: One, name: One", "tests.match.0.nam: no such key; did you mean name?"),
        ("name: Two", "name: Two, quote: x", "tests.no_match.0: asks for something"),
        ("references: []", "references: [", "not valid YAML"),
        (r"\bmust", r"\bMust", "match.0.in_order.0: capital"),
        (r"\bmust", r"(\w+\s?)+must", "match.0.in_order.0: nested repetition"),
        (r"\bmust", r"(must", "match.0.in_order.0: missing )"),
        (r"\bmust", r"(?i)must", "match.0.in_order.0: only plain"),
        (r"\bmust", r"must\n", "match.0.in_order.0: a folded text"),
        (
            "type: text",
            "type: prose",
            "captures.what.type: no type is called prose; there are count",
        ),
        ("  what: {type", "  other: {type", "match.0: captures what"),
        ("text: You may go.", "text: a, corpus: b", "tests.no_match.0: needs either"),
        (r"in_order: ['\bmust (?P<what>\w+)\b']", "set: {a: b}", "match.0: needs"),
        ("id: example-rule", "id: Example", "id"),
    ],
)
def test_a_mistake_is_named_with_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")

    with pytest.raises(DataInvalid) as caught:
        read_pack([path])

    assert str(caught.value).startswith(f"{path}: {field}")


def test_a_rule_id_stands_once(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")

    with pytest.raises(DataInvalid, match=r"b\.yml: id: example-rule stands in .*a\.yaml already"):
        read_pack([tmp_path])


def test_a_bundled_id_is_taken_and_a_prefix_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(GOOD, encoding="utf-8")

    with pytest.raises(DataInvalid, match="say acme\\.example-rule"):
        read_pack([path], taken=["example-rule"])

    path.write_text(GOOD.replace("id: example", "id: acme.example"), encoding="utf-8")
    assert [one.rule.id for one in read_pack([path], taken=["example-rule"])] == [
        "acme.example-rule"
    ]


def test_a_rule_yields_to_rules_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(GOOD + "yields_to: [user-cpa]\n", encoding="utf-8")

    with pytest.raises(DataInvalid, match=r"yields_to\.0: .*did you mean user-cap\?"):
        read_pack([path], taken=["user-cap"])


def test_a_path_without_rules_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no rules"):
        read_pack([tmp_path])
    with pytest.raises(UsageError, match="no such rule file"):
        read_pack([tmp_path / "none.yaml"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"- a list", "expected a mapping"),
        (b"[" * 5000, "not valid YAML"),
        (b"a: &a [x, x, x, x, x, x, x, x, x]\n", "id: Field required"),
        (
            b"a: &a [x, x, x, x, x, x, x, x, x]\n"
            + b"".join(
                b"%c: &%c [%s]\n" % (n + 1, n + 1, b", ".join([b"*%c" % n] * 9))
                for n in range(ord("a"), ord("j"))
            ),
            "holds more than",
        ),
    ],
)
def test_a_file_that_is_no_rule_is_refused_in_one_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "rule.yaml"
    path.write_bytes(content)

    with pytest.raises(DataInvalid, match=said) as caught:
        read_pack([path])

    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_schema_for_editors_accepts_the_shipped_rules(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())

    assert [e.message for e in validator.iter_errors(read_yaml(path))] == []


def test_the_schema_for_editors_refuses_an_unknown_key() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())

    assert not validator.is_valid({**read_yaml(FILES[0]), "extra": 1})
