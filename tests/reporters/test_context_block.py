"""What openness does not tell is shown with where it is said, and what was inferred says so."""

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.document import Document, Role
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, RecordedFact, Release
from openaudit.reporters.context_block import context_entries

CARD = """# Tiny

Tiny has 2 billion parameters and was trained on 1 trillion tokens of reports.

It was trained in PyTorch on 8 A100 GPUs, which emitted 3 tons of CO2.
"""


def shown(card: str, *recorded: RecordedFact) -> dict[str, tuple[str, str]]:
    documents = (Document("README.md", Role.CARD, card, "0" * 64),) if card else ()
    origin = Origin.CATALOG if recorded else Origin.LOCAL
    one = Release(
        parse("acme/tiny"),
        "huggingface",
        "acme/tiny",
        None,
        origin,
        None,
        Metadata(),
        documents,
        recorded=recorded,
    )
    return {e.label: (e.text, e.place) for e in context_entries(audit_release(one, knowledge()))}


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("hardware", "8 A100 GPUs"),
        ("operations", "1.2e+22, inferred from size and data"),
        ("emissions", "a figure is given"),
    ],
)
def test_what_a_card_says_of_its_making_is_shown_with_its_line(label: str, text: str) -> None:
    found, place = shown(CARD)[label]

    assert found == text
    assert place.startswith("README.md line ")


def test_who_steers_a_framework_stands_above_what_it_was_trained_on() -> None:
    assert next(iter(shown(CARD))) == "PyTorch"


def test_a_record_that_only_says_yes_tells_a_reader_nothing() -> None:
    told = RecordedFact("context.emissions", value=True, source="a page", checked="2026-11-24")
    named = RecordedFact("context.hardware", value="a lamp", source="a page", checked="2026-11-24")

    assert shown("", told, named) == {"hardware": ("a lamp", "")}
