"""What two texts are known to hold beyond what the rules find in them."""

from dataclasses import replace

from openaudit.comparison import compare_texts
from openaudit.data import knowledge
from openaudit.model.text_report import TextReport
from openaudit.reading import read_name


def _report(name: str, *, vouched: bool) -> TextReport:
    found = read_name(name, knowledge())
    assert found is not None
    return replace(found, vouched=vouched)


def test_only_of_two_known_texts_what_a_profile_adds_has_come_or_gone() -> None:
    first, last = "gemma-2024-02", "gemma-2025-03"
    known = compare_texts(_report(first, vouched=True), _report(last, vouched=True))
    half = compare_texts(_report(first, vouched=True), _report(last, vouched=False))

    assert "latest-version" in {c.id for c in known.lost}
    assert "latest-version" not in {c.id for c in known.gained}
    assert half.lost == half.gained == ()
