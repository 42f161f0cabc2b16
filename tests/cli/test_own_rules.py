"""Rules of the user's own, beside the shipped ones; and the example pack."""

import json
from pathlib import Path

import pytest

from tests.clauses.examples import corpus_text
from tests.cli.shell import Shell

EXAMPLES = Path(__file__).parents[2] / "examples" / "rules"
TEXT = """1. You may use and modify the model.

2. We may audit your records every two years.

3. You may not use outputs to train any other language model.
"""


def clauses(openaudit: Shell, *words: str) -> dict[str, dict[str, object]]:
    ran = openaudit(*words, "--format", "json")
    assert ran.code == 0, ran.err
    found = ran.json.get("clauses") or ran.json["releases"][0]["clauses"]
    return {clause["id"]: clause for clause in found}


def test_the_example_pack_passes_its_tests(openaudit: Shell) -> None:
    ran = openaudit("rules", "test", str(EXAMPLES))

    assert (ran.code, ran.out) == (0, "3 rules, 14 tests: 14 passed, 1 framework checked\n")


def test_a_text_is_read_with_the_rules_of_ones_own(openaudit: Shell) -> None:
    Path("LICENSE").write_text(TEXT, encoding="utf-8")

    plain = clauses(openaudit, "license", "LICENSE")
    with_own = clauses(openaudit, "license", "LICENSE", "--rules", str(EXAMPLES))

    assert "training-ban" in plain
    assert with_own.keys() - plain.keys() == {"acme.review-cycle"}
    added = with_own["acme.review-cycle"]
    assert added["params"] == {"interval": "two years"}
    assert added["section"] == "2"


def test_a_release_is_audited_with_the_rules_of_ones_own(openaudit: Shell) -> None:
    Path("model").mkdir()
    Path("model/README.md").write_text("---\nlicense: other\n---\n# M\n", encoding="utf-8")
    Path("model/LICENSE").write_text(TEXT, encoding="utf-8")
    one = EXAMPLES / "acme.review-cycle.yaml"

    assert "acme.review-cycle" not in clauses(openaudit, "check", "./model")
    assert "acme.review-cycle" in clauses(openaudit, "check", "./model", "--rules", str(one))


def test_a_rule_of_ones_own_for_cards_reads_the_prose_of_a_card_in_a_release(
    openaudit: Shell,
) -> None:
    card = "---\nlicense: mit\n---\nWe may audit your records every two years.\n"
    Path("model").mkdir()
    Path("model/README.md").write_text(card, encoding="utf-8")
    rule = (EXAMPLES / "acme.review-cycle.yaml").read_text(encoding="utf-8")
    Path("law.yaml").write_text(rule, encoding="utf-8")
    for_cards = rule.replace("applies_to: [license,", "applies_to: [card, license,")
    Path("prose.yaml").write_text(for_cards, encoding="utf-8")

    law = clauses(openaudit, "check", "./model", "--rules", "law.yaml")
    prose = clauses(openaudit, "check", "./model", "--rules", "prose.yaml")

    assert "acme.review-cycle" not in law
    assert prose["acme.review-cycle"]["confidence"] == "low"


@pytest.mark.parametrize("command", [["check", "./model"], ["license", "model/LICENSE"]])
def test_a_configuration_names_rules_from_where_it_stands(
    openaudit: Shell, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    Path("model/below").mkdir(parents=True)
    Path("model/LICENSE").write_text(TEXT, encoding="utf-8")
    Path("rules").mkdir()
    for file in EXAMPLES.glob("*.yaml"):
        Path("rules", file.name).write_bytes(file.read_bytes())
    Path("pyproject.toml").write_text('[tool.openaudit]\nrules = ["rules"]\n', encoding="utf-8")

    assert "acme.review-cycle" in clauses(openaudit, *command)

    monkeypatch.chdir("model/below")
    assert "acme.review-cycle" in clauses(openaudit, "license", "../LICENSE")


def test_a_known_license_keeps_the_clauses_of_ones_own(openaudit: Shell) -> None:
    text = corpus_text("llama-2")
    Path("LICENSE").write_text(text, encoding="utf-8")
    rule = (EXAMPLES / "acme.training-notice.yaml").read_text("utf-8")
    head, _, _ = rule.partition("match:\n")
    Path("rule.yaml").write_text(
        head.replace("yields_to: [training-ban]\n", "")
        + r"match: [{in_order: ['\bllama\b']}]"
        + "\ntests: {match: [{name: A, text: Llama.}], no_match: [{name: B, text: Alpaca.}]}\n",
        encoding="utf-8",
    )

    assert "acme.training-notice" in clauses(
        openaudit, "license", "LICENSE", "--rules", "rule.yaml"
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [("nowhere", "nowhere: there is no such rule file or directory"), (".", ".: holds no rules")],
)
def test_rules_that_are_not_there_are_a_wrong_call(openaudit: Shell, path: str, said: str) -> None:
    Path("LICENSE").write_text(TEXT, encoding="utf-8")

    ran = openaudit("license", "LICENSE", "--rules", path)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_the_schema_of_a_rule_file_is_printed(openaudit: Shell) -> None:
    ran = openaudit("schema", "rules")

    assert ran.code == 0
    assert {"id", "match", "tests"} <= json.loads(ran.out)["properties"].keys()
