"""The examples in `rules/evidence/`, and what holds of every card."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from openaudit.data import knowledge, read_yaml
from openaudit.evidence.card import parse_card
from openaudit.evidence.context import stewards
from openaudit.evidence.gather import observed_facts, settle
from openaudit.evidence.passages import read_page
from openaudit.evidence.wording import card_rules
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.fact import Answer, Fact
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release

RULES = sorted((Path(__file__).parents[2] / "rules" / "evidence").glob("*.yaml"))

TEMPLATE = """# Model Card for Model ID

## Model Details

- **Developed by:** [More Information Needed]
- **Model type:** [More Information Needed]
- **Repository:** [More Information Needed]
- **Paper [optional]:** [More Information Needed]

## Uses

### Direct Use

[More Information Needed]

### Out-of-Scope Use

[More Information Needed]

## Bias, Risks, and Limitations

[More Information Needed]

## Training Details

### Training Data

[More Information Needed]

## Evaluation

[More Information Needed]

## Environmental Impact

The [calculator](https://arxiv.org/abs/1910.09700) of Lacoste et al helps.

- **Hardware Type:** [More Information Needed]
- **Hours used:** [More Information Needed]
- **Carbon Emitted:** [More Information Needed]
"""


def facts(text: str) -> dict[str, Fact]:
    document = Document("README.md", Role.CARD, text, "0" * 64)
    one = Release(
        parse("acme/tiny"), "hub", "acme/tiny", None, Origin.LOCAL, None, Metadata(), (document,)
    )
    known = knowledge()
    by_name = stewards(known.records, known.licenses)
    found = observed_facts(one, parse_card(document), (), by_name)
    settled, _ = settle(found, (), known.facts)
    return settled


def examples() -> Iterator[Any]:
    for path in RULES:
        for example in read_yaml(path)["tests"]:
            yield pytest.param(example, id=f"{path.stem}: {example['name']}")


@pytest.mark.parametrize("example", [*examples()])
def test_a_card_rule_says_what_its_example_says(example: dict[str, str]) -> None:
    found = facts(example["text"])[example["fact"]]

    enumerated = found.answer is Answer.VALUE and isinstance(found.value, str)
    assert (found.value if enumerated else found.answer.value) == example["answer"]
    assert all(
        example["text"][e.start : e.end] == e.text for e in found.evidence if isinstance(e, Quote)
    )
    assert (found.answer is Answer.UNKNOWN) == (not found.evidence)


def test_the_empty_template_says_nothing() -> None:
    said = {i: f.value for i, f in facts(TEMPLATE).items() if f.answer is not Answer.UNKNOWN}

    assert said == {"data.listed": [], "doc.card": "stub", "lineage.parents": []}


def test_a_pattern_never_stands_without_a_fact_it_answers() -> None:
    assert set(card_rules().signals) <= set(knowledge().facts)


def test_offsets_are_those_of_the_card_whatever_case_does_to_its_letters() -> None:
    page = read_page("# \u0130\n\n\u0130 **Bold** text. Second one.\n", 0)

    assert len(page.plain) == len(page.text)
    assert [page.text[s.start : s.end].strip() for s in page.sentences] == [
        "# \u0130",
        "\u0130 **Bold** text.",
        "Second one.",
    ]


@pytest.mark.parametrize("unit", ["1", "12 345 ", "|a", "![", "a@", "trained on ", "<a ", "**a "])
def test_a_hostile_card_costs_what_its_length_costs(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    facts("# warm up\n")

    start = process_time()
    facts(text)

    assert process_time() - start < 10  # seconds; a pattern that backtracks takes hours
