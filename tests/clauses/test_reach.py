"""How far rules read into a text."""

import pytest

from openaudit.clauses.fold import MAX_LENGTH
from openaudit.clauses.outline import MAX_LINES
from openaudit.clauses.reach import unread_from
from openaudit.clauses.segment import MAX_UNITS, segment
from openaudit.data import knowledge
from openaudit.model.document import Document, Role
from openaudit.reading import read_text

LAST = "You may not use the model for commercial purposes."


def test_a_text_of_any_usual_length_is_read_to_its_end() -> None:
    assert unread_from("") is None
    assert unread_from("You may use it.\n\n" * 2_000 + "> \n") is None


@pytest.mark.parametrize(
    "filler",
    ["a" * (MAX_LENGTH + 1) + "\n", "a\n" * (MAX_LINES + 1), "A. " * (MAX_UNITS + 2) + "\n"],
    ids=["characters", "lines", "sentences"],
)
def test_what_is_not_read_begins_before_a_clause_that_no_unit_holds(filler: str) -> None:
    text = f"{filler.replace('A.', 'Yes.')}\n{LAST}\n"

    end = unread_from(text)

    assert end is not None
    assert end <= text.index(LAST)
    assert not any("commercial" in unit.text for unit in segment(text).units)


def test_a_license_that_is_read_in_part_says_so() -> None:
    text = "word " * (MAX_LENGTH // 5) + LAST
    document = Document("LICENSE", Role.LICENSE, text, "0" * 64)

    report = read_text(document, knowledge())

    assert report.caution.startswith("Only the first 1,000,000 characters were read for clauses")
