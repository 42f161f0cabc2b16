"""A card that names an open source license and withholds something beside it permits nothing."""

from pathlib import Path

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.evidence import Quote
from openaudit.model.report import Report
from openaudit.sources import local

FRONT_MATTER = "---\nlicense: mit\n---\n"
TITLE = "# Tiny\n\nA tiny model.\n\n"
WITHHELD = "## License\n\nMIT\n\n## Usage restrictions\n\n"


def audited(directory: Path, card: str) -> Report:
    (directory / "README.md").write_text(card, encoding="utf-8")
    return audit_release(local.read(directory), knowledge())


def restricting(report: Report) -> list[str]:
    return [c.id for c in report.clauses if c.kind == "restriction"]


def findings(report: Report) -> list[str]:
    return [f.id for f in report.findings if f.id == "card-restricts"]


COMMERCIAL = {
    "under a heading": f"{WITHHELD}Not for commercial use.\n",
    "below a sentence": "This model is under the MIT License.\n\nNot for commercial use.\n",
    "below underlined headings": "License\n---\n\nMIT\n\nTerms\n---\n\nNot for commercial use.\n",
    "below bold words": "**License:** MIT\n\n**Restrictions:** Not for commercial use.\n",
    "in a list": f"{WITHHELD}- Not for commercial use\n- Not for medical use\n",
    "in a list of the prohibited": "## License\n\nMIT\n\n## Prohibited uses\n\n- Commercial use\n",
    "in a table": "| License | MIT |\n|---|---|\n| Restrictions | Not for commercial use |\n",
    "in a quote": f"{WITHHELD}> Not for commercial use.\n",
    "emphasized": f"{WITHHELD}**Not** for *commercial* use.\n",
    "in HTML": "<p>License: MIT</p>\n<h2>Use</h2>\n<p><b>Not</b> for commercial use.</p>\n",
    "as a heading": "## License\n\nMIT\n\n## Not for commercial use\n\nPlease ask.\n",
    "in the passive": f"{WITHHELD}Using the model commercially is not permitted.\n",
    "as what it is meant for": f"{WITHHELD}The model is not intended for commercial use.\n",
    "as whom to ask": f"{WITHHELD}For commercial use, please contact us.\n",
    "in brackets": "## License\n\nMIT (non-commercial)\n",
    "in the same sentence": "It is released under the MIT license for non-commercial use only.\n",
    "in Chinese": "## 许可证\n\nMIT\n\n## 使用限制\n\n禁止商业使用。\n",
}

OTHERS = {
    "user-cap": "Above 50 million monthly active users you must obtain a license from us.",
    "training-ban": "You may not use the outputs of this model to train other models.",
    "no-redistribution": "You may not redistribute the weights.",
    "territory": "This model may not be used in the European Union.",
    "hosting-ban": "You may not offer the model as a hosted service.",
    "use-restrictions": "You must not use the model for military purposes.",
}


@pytest.mark.parametrize("head", ["", TITLE], ids=["no title", "a title"])
@pytest.mark.parametrize("card", COMMERCIAL.values(), ids=COMMERCIAL.keys())
def test_commercial_use_that_the_card_withholds_is_found_and_not_permitted(
    card: str, head: str, tmp_path: Path
) -> None:
    report = audited(tmp_path, f"{FRONT_MATTER}{head}{card}")

    assert restricting(report) == ["non-commercial"]
    assert findings(report) == ["card-restricts"]
    assert {f.id: f.value for f in report.facts}["usage.commercial"] is None


@pytest.mark.parametrize(("clause", "sentence"), OTHERS.items(), ids=OTHERS.keys())
def test_every_other_term_that_the_card_adds_is_found_and_permits_nothing(
    clause: str, sentence: str, tmp_path: Path
) -> None:
    report = audited(tmp_path, f"{FRONT_MATTER}{TITLE}{WITHHELD}{sentence}\n")

    assert restricting(report) == [clause]
    assert findings(report) == ["card-restricts"]
    assert {f.id: f.value for f in report.facts}["usage.commercial"] is None


def test_a_sentence_right_below_the_front_matter_is_quoted_without_it(tmp_path: Path) -> None:
    report = audited(tmp_path, f"{FRONT_MATTER}Not for commercial use.\n\nMIT\n")

    (clause,) = [c for c in report.clauses if c.id == "non-commercial"]
    assert isinstance(clause.evidence, Quote)
    assert (clause.evidence.text, clause.evidence.line) == ("Not for commercial use.", 4)


@pytest.mark.parametrize(
    "sentence",
    [
        "Commercial use is allowed.",
        "Free for commercial and non-commercial use.",
        "For commercial support, please contact us.",
    ],
)
def test_a_card_that_withholds_nothing_still_permits(sentence: str, tmp_path: Path) -> None:
    report = audited(
        tmp_path, f"{FRONT_MATTER}{TITLE}## License\n\nMIT\n\n## Usage\n\n{sentence}\n"
    )

    assert restricting(report) == []
    assert {f.id: f.value for f in report.facts}["usage.commercial"] == "allowed"


def test_what_a_model_is_not_good_for_is_no_term_of_its_license(tmp_path: Path) -> None:
    use = "## Out-of-scope use\n\nYou must not use the model for medical advice.\n"
    report = audited(tmp_path, f"{FRONT_MATTER}{TITLE}## License\n\nMIT\n\n{use}")

    assert restricting(report) == []
    assert findings(report) == []


@pytest.mark.parametrize("name", ["MODEL_CARD.md", "NOTICE", "COPYRIGHT.txt"])
def test_a_notice_or_second_card_that_withholds_permits_nothing_either(
    name: str, tmp_path: Path
) -> None:
    sentence = "You may not use the weights for any commercial purpose."
    (tmp_path / name).write_text(f"Acme Tiny\n\n{sentence}\n", encoding="utf-8")

    report = audited(tmp_path, f"{FRONT_MATTER}{TITLE}")

    [clause] = [c for c in report.clauses if c.kind == "restriction"]
    assert isinstance(clause.evidence, Quote)
    assert clause.evidence.document == name
    assert clause.evidence.text == sentence
    [finding] = [f for f in report.findings if f.id == "card-restricts"]
    assert finding.message.startswith(name)
    assert {f.id: f.value for f in report.facts}["usage.commercial"] is None


def test_a_notice_that_only_credits_takes_nothing_away(tmp_path: Path) -> None:
    credit = "Acme Tiny\nCopyright 2026 Acme.\n\nThis product includes software made by Beta Ltd.\n"
    (tmp_path / "NOTICE").write_text(credit, encoding="utf-8")

    report = audited(tmp_path, f"{FRONT_MATTER}{TITLE}")

    assert not findings(report)
    assert {f.id: f.value for f in report.facts}["usage.commercial"] == "allowed"
