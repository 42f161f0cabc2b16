"""The scorecard says what was not compared, and no more of it than a person reads."""

from dataclasses import replace
from pathlib import Path

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.report import Report
from openaudit.reporters.layout import Entry
from openaudit.reporters.sheet import sheet
from openaudit.sources import local


@pytest.fixture
def report(tmp_path: Path) -> Report:
    lines = "".join(f"Copyright {year} Acme\n" for year in range(2021, 2026))
    (tmp_path / "LICENSE").write_text(f"{lines}\nTrees may be climbed by all.\n", encoding="utf-8")
    return audit_release(local.read(tmp_path), knowledge())


def _with_copyright_lines(report: Report, number: int) -> Report:
    [document] = report.release.documents
    lines = tuple(document.quote(at * 20, at * 20 + 19) for at in range(number))
    return replace(report, licenses=(replace(report.licenses[0], ignored=lines),))


def _told(report: Report) -> list[Entry]:
    [block] = [b for b in sheet(report).blocks if b.title.startswith("License of")]
    return [e for e in block.entries if e.label == "not compared" or "copyright" in e.text]


def test_a_copyright_line_that_was_not_compared_is_shown_with_its_place(report: Report) -> None:
    [entry] = _told(_with_copyright_lines(report, 1))

    assert (entry.text, entry.place) == ("“Copyright 2021 Acme”", "LICENSE line 1")


def test_of_many_copyright_lines_the_first_are_shown_and_the_rest_counted(report: Report) -> None:
    *shown, rest = _told(_with_copyright_lines(report, 5))

    assert [e.place for e in shown] == [f"LICENSE line {n}" for n in (1, 2, 3)]
    assert rest.text == "and 2 more copyright lines, all in the JSON report"


def test_where_nothing_was_left_out_nothing_is_said_of_it(report: Report) -> None:
    assert _told(_with_copyright_lines(report, 0)) == []


def _license(report: Report) -> Entry:
    [block] = [b for b in sheet(report).blocks if b.title.startswith("License of")]
    return block.entries[0]


def test_a_text_of_its_own_that_says_something_is_never_told_as_silence(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("You may not redistribute the weights.\n", encoding="utf-8")

    entry = _license(audit_release(local.read(tmp_path), knowledge()))

    assert entry.label == "not known"
    assert entry.text == (
        "no license is named, nor concluded from LICENSE; the clauses below are quoted from there"
    )


def test_a_text_without_clauses_promises_none_below(report: Report) -> None:
    assert _license(report).text == "no license is named, nor concluded from LICENSE"


def test_a_release_that_names_no_license_and_has_no_text_of_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Tiny\n\nA tiny model.\n", encoding="utf-8")

    entry = _license(audit_release(local.read(tmp_path), knowledge()))

    assert (entry.label, entry.text) == ("not stated", "the release names no license")


def test_a_front_matter_that_cannot_be_read_is_not_told_as_silence(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(
        "---\nlicense: [mit\na: : b\n---\n# Tiny\n", encoding="utf-8"
    )

    entry = _license(audit_release(local.read(tmp_path), knowledge()))

    assert (entry.label, entry.text) == ("not known", "the front matter cannot be read")
