"""The strings without which a card pattern cannot match, checked against the patterns."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from openaudit.data import evidence_rules, read_yaml
from openaudit.evidence.needles import needles
from openaudit.evidence.passages import read_page
from openaudit.evidence.signals import Reader, compiled
from openaudit.evidence.wording import card_rules
from tests.evidence.test_card_rules import RULES, TEMPLATE


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"\btrain(?:ed|ing)?\b", {"train"}),
        (r"fine-?tun", {"fine"}),
        (r"\b(?:rain|snow)s? gauge", {"gauge"}),
        (r"rain|snow", {"rain", "snow"}),
        (r"(?:rain|\d+) x?", None),
        (r"(?!rain)\d+", None),
        (r"ab{0,3}cd", {"cd"}),
        (r"雨", {"雨"}),
        (r"a\.b", {"a.b"}),
    ],
)
def test_needles_are_what_every_match_holds(pattern: str, wanted: set[str] | None) -> None:
    found = needles(pattern)

    assert (None if found is None else set(found)) == wanted


def patterns(raw: Any) -> Iterator[str]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from () if key in ("value", "where", "more", "units") else patterns(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from patterns(value)
    elif isinstance(raw, str):
        yield raw


def test_no_match_of_any_card_pattern_is_without_its_needles() -> None:
    texts = [t["text"].lower() for path in RULES for t in read_yaml(path)["tests"]]
    every = "\n".join([*texts, TEMPLATE.lower()])
    checked = 0

    for pattern in set(patterns(evidence_rules())):
        wanted = needles(pattern)
        for found in compiled(pattern).finditer(every):
            assert wanted is None or any(w in found[0] for w in wanted), pattern
            checked += wanted is not None

    assert checked > 300


def test_sentences_with_a_needle_are_all_that_a_search_finds() -> None:
    text = "# Rain\n\nRain falls. It rained!\n\n- rain\n- snow\n\n```\nrain()\n```\n"
    reader = Reader(read_page(text, 0), card_rules().empty)

    found = [match.start() for _, match in reader.places(r"\brain")]

    assert found == [m.start() for m in re.finditer(r"\brain", text.lower()) if m.start() > 5]
