"""How a changed license text is shown: to people, as Markdown, as JSON that fits its schema."""

import json
from dataclasses import replace

import jsonschema
import pytest

from openaudit.clauses.match import find_clauses
from openaudit.data import knowledge
from openaudit.licenses.identify import identify
from openaudit.losses import losses
from openaudit.model.license import Loss
from openaudit.model.profile import ProfileClause
from openaudit.model.text_report import LicenseName, TextReport
from openaudit.reporters import license_v1, markdown
from openaudit.reporters.changes import removed_entry
from openaudit.reporters.license_text import one_line
from openaudit.reporters.license_v1_types import json_schema
from openaudit.reporters.terminal import render_text
from tests.licenses.made_up import LINDEN, document, index, profile

SECTION = LINDEN[LINDEN.index("3. What tenders") : LINDEN.index("4. What nobody")]
ADDED = "Whoever hugs the tree writes to us first. " * 130


def _report(text: str) -> TextReport:
    found = identify(text, index())
    known = replace(
        profile("linden-1", LINDEN, titles=("Linden Public License",)),
        clauses=(ProfileClause("naming", "3(c)", {}),),
    )
    assert found.main is not None
    names = {"linden-1": LicenseName("linden-1", "Linden *Public* License", "LicenseRef-linden")}
    lost = losses(document(text), found.main, known, ())
    return TextReport("LICENSE", text, found, names, (), losses=lost)


def test_a_removed_place_is_told_with_section_clauses_and_surroundings() -> None:
    [loss] = _report(LINDEN.replace(SECTION, "")).losses

    entry = removed_entry(loss)

    assert "section 3 is gone, and with it naming" in entry.text
    assert "[…] 4. What nobody promises" in entry.quote
    assert "comes with no royalty […]" in entry.quote


def test_the_line_of_a_changed_text_names_what_it_lost_and_what_it_got() -> None:
    text = f"{LINDEN.replace(SECTION, '')}\nYou may not use it for commercial purposes.\n"
    report = _report(text)
    clauses = find_clauses(document(text), knowledge().clauses.values())

    line = one_line(replace(report, clauses=clauses))

    assert "; may have lost naming; added non-commercial" in line


def test_the_line_of_a_cut_text_names_the_clause_of_a_section_that_is_gone() -> None:
    assert "; lost naming" in one_line(_report(LINDEN.replace(SECTION, "")))


def test_a_clause_whose_place_is_not_known_may_be_lost() -> None:
    report = _report(LINDEN.replace("tenders", "keepers"))
    [gone] = find_clauses(
        document("You may not use it for commercial purposes."), knowledge().clauses.values()
    )

    assert "; may have lost non-commercial" in one_line(replace(report, lost=(gone,)))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "10 words"),
        ({"section": "2"}, "10 words of section 2"),
        ({"between": ("2", "3")}, "10 words between section 2 and section 3"),
        ({"between": ("2", "")}, "10 words after section 2"),
        ({"between": ("", "1")}, "10 words before section 1"),
        ({"section": "2", "clauses": ("a", "b")}, "10 words: section 2 may have lost a, b"),
        ({"clauses": ("a",)}, "10 words: a may have stood here"),
        ({"section": "2", "certain": True}, "10 words: section 2 is gone"),
        (
            {"section": "2, 3", "clauses": ("a",), "certain": True},
            "10 words: sections 2, 3 are gone, and with them a",
        ),
    ],
)
def test_no_more_is_told_of_a_removed_place_than_is_known(
    changes: dict[str, object], told: str
) -> None:
    [loss] = _report(LINDEN.replace(SECTION, "")).losses
    plain = Loss(replace(loss.removed, words=10), loss.around)

    entry = removed_entry(replace(plain, **changes))  # type: ignore[arg-type]  # fields of a table

    assert entry.text == f"line {loss.line}, {told}"


def test_one_word_is_told_as_one() -> None:
    [loss] = _report(LINDEN.replace("irrevocable, ", "")).losses

    assert "1 word of section 2" in removed_entry(loss).text


def test_the_reading_of_a_changed_text_fits_its_published_schema() -> None:
    text = LINDEN.replace(SECTION, "").replace("without", "with and without")

    reading = json.loads(license_v1.render(_report(f"{text}\n{ADDED}")))

    jsonschema.validate(reading, json_schema())
    removed = reading["changes"]["removed"][0]
    assert (removed["section"], removed["clauses"]) == ("3", ["naming"])
    assert text[removed["start"] : removed["end"]] == ""
    assert text[: removed["start"]].endswith(removed["before"])
    assert text[removed["end"] :].startswith(removed["after"])


def test_an_addition_is_cut_for_a_glance_and_whole_where_more_is_asked_for() -> None:
    report = _report(f"{LINDEN}\n{ADDED}")

    glance = render_text(report, width=100, color=False, detail=0)
    whole = render_text(report, width=100, color=False, detail=1)

    assert len(ADDED) > 4_000
    assert glance.count("hugs") < 10
    assert whole.count("hugs") == ADDED.count("hugs")


def test_a_reading_is_markdown_in_which_nothing_foreign_acts() -> None:
    shown = markdown.render_text(_report(LINDEN.replace("irrevocable", "<b>revocable</b>")))

    assert shown.startswith("# LICENSE\n\n**not Linden \\*Public\\* License")
    assert "\n## Changed\n" in shown
    assert "<b>" not in shown
    assert shown.endswith("Not legal advice.*\n")
