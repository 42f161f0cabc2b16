import pytest

from openaudit.clauses.numbering import follows, number, skipped
from openaudit.clauses.segment import segment


@pytest.mark.parametrize(
    ("section", "levels"),
    [
        ("1.b.v", ("1", "b", "v")),
        ("4(a)", ("4", "a")),
        ("2(a)(1)(B)", ("2", "a", "1", "b")),
        ("Section II", ("section ii",)),
        ("Attachment A.5", ("attachment a", "5")),
        ("last paragraph", ()),
        ("", ()),
    ],
)
def test_a_number_is_read_by_its_levels(section: str, levels: tuple[str, ...]) -> None:
    assert number(section) == levels


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("1", "2"),
        ("9", "10"),
        ("1", "1.a"),
        ("1.b.iv", "1.b.v"),
        ("1.b.v", "2"),
        ("ix", "x"),
        ("h", "i"),
        ("7", "Attachment A"),
        ("Section II", "Section III"),
        ("Annex 2", "Annex 10"),
    ],
)
def test_numbers_have_an_order(earlier: str, later: str) -> None:
    assert follows(number(later), number(earlier))
    assert not follows(number(earlier), number(later))


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", "b"), ("Attachment A", "Exhibit B"), ("1", "1"), ("Section II", "Section B.C")],
)
def test_numbers_of_other_kinds_have_none(one: str, other: str) -> None:
    assert not follows(number(one), number(other))
    assert not follows(number(other), number(one))


@pytest.mark.parametrize(
    ("low", "high", "gone"),
    [
        ("5", "7", ["6"]),
        ("1.b.i", "1.b.iv", ["1.b.ii", "1.b.iii"]),
        ("4.d", "6", ["5"]),
        ("3.a", "3.c", ["3.b"]),
        ("5", "6", []),
        ("7", "6", []),
        ("1.b", "2.d", []),
        ("2", "2.c", []),
        ("5", "Annex A", []),
    ],
)
def test_what_is_skipped_is_known_only_between_siblings(
    low: str, high: str, gone: list[str]
) -> None:
    assert [".".join(n) for n in skipped(number(low), number(high))] == gone


def test_roman_letters_that_are_no_number_begin_no_section() -> None:
    text = "xx. You may not sell it.\nxxi. You may not rent it.\n(vx) You may not lend it.\n"

    printed = [unit.section for unit in segment(text).units]

    assert printed[0] == "xx"
    assert set(printed) <= {"xx", ""}


def test_a_number_whose_point_markdown_escapes_begins_a_section() -> None:
    text = "1\\. **Grant**. You may use it.\n\na\\. You may sell it.\n\n2\\. **Limits**. No more.\n"

    assert list(dict.fromkeys(u.section for u in segment(text).units)) == ["1", "1.a", "2"]
