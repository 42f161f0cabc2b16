"""What edits of real license texts lost, where these texts are at hand."""

import re

import pytest

from openaudit.data import knowledge
from openaudit.model.license import Loss, Match
from openaudit.reading import read_text
from tests.known_texts import CORPUS, listed_texts
from tests.licenses.made_up import document


def _text(license_id: str) -> str:
    path = CORPUS / f"{license_id}.txt"
    if path.is_file():
        return path.read_text(encoding="utf-8")
    if license_id not in listed_texts():
        pytest.skip(f"neither the corpus nor the SPDX list with the text of {license_id} is here")
    return listed_texts()[license_id]


def _cut(text: str, first: str, following: str) -> str:
    """Return `text` without what stands from one line beginning up to the next."""
    start = re.search(first, text, re.MULTILINE)
    assert start is not None
    end = re.search(following, text[start.end() :], re.MULTILINE)
    assert end is not None
    return text[: start.start()] + text[start.end() + end.start() :]


def _lost(text: str, license_id: str) -> tuple[Loss, ...]:
    report = read_text(document(text), knowledge())
    main = report.identification.main
    assert main is not None
    assert main.match is Match.NEAR
    assert license_id in (main.id, *main.also)
    assert len(report.losses) == len(main.removed)
    return report.losses


@pytest.mark.parametrize(
    ("license_id", "first", "following", "section", "clauses"),
    [
        ("llama-2", r"^\s*v\. ", r"^2\. ", "1.b.v", {"training-ban"}),
        ("llama-2", r"^\s*ii\. ", r"^\s*iii\. ", "1.b.ii", set()),
        ("llama-2", r"^2\. ", r"^3\. ", "2", {"user-cap"}),
        ("llama-2", r"^7\. ", r"\Z", "7", {"governing-law"}),
        ("llama-3.1", r"^\s*2\. ", r"^\s*3\. ", "2", {"user-cap"}),
        ("gemma-2025-03", r"^\W*3\.3\W", r"^Section 4", "3.3", {"output-disclaim"}),
        ("Apache-2.0", r"^\s*3\. ", r"^\s*4\. ", "3", {"grant-patent", "litigation-termination"}),
        ("Apache-2.0", r"^\s*\(b\) ", r"^\s*\(c\) ", "4(b)", {"state-changes"}),
        ("Apache-2.0", r"^\s*6\. ", r"^\s*7\. ", "6", {"trademark-limits"}),
        ("flux-dev-nc-2", r"^\s*7\. ", r"^\s*8\. ", "7", {"notify-licensor", "indemnity"}),
        ("flux-dev-nc-2", r"^\s*c\. in", r"^\s*4\. ", "3(c)", {"state-changes"}),
    ],
)
def test_a_section_taken_out_is_named_with_the_clauses_that_stood_there(
    license_id: str, first: str, following: str, section: str, clauses: set[str]
) -> None:
    [loss] = _lost(_cut(_text(license_id), first, following), license_id)

    assert (loss.section, set(loss.clauses)) == (section, clauses)
    assert loss.certain == bool(clauses)


@pytest.mark.parametrize(
    ("license_id", "old", "new", "section"),
    [
        ("llama-2", "700 million", "5 million", "2"),
        ("llama-3.1", "700 million", "7 million", "2"),
        ("Apache-2.0", "irrevocable", "", "2"),
    ],
)
def test_a_word_or_number_changed_loses_no_clause(
    license_id: str, old: str, new: str, section: str
) -> None:
    text = _text(license_id)
    assert old in text

    [loss] = _lost(text.replace(old, new, 1), license_id)

    assert (loss.section, loss.clauses, loss.certain) == (section, (), False)


def test_a_section_between_an_inner_list_and_the_next_section_is_not_taken_for_an_item() -> None:
    text = _cut(_text("bigscience-rail-1.0"), r"^5\. Use-based", r"^6\. ")

    [loss] = _lost(text, "bigscience-rail-1.0")

    assert (loss.section, loss.between) == ("5", ("4.4", "6"))


def test_the_second_sentence_of_a_section_may_have_been_its_other_clause() -> None:
    text = _text("Apache-2.0")
    start, end = text.index("If You institute patent"), text.index("4. Redistribution")

    [loss] = _lost(f"{text[:start].rstrip()}\n\n   {text[end:]}", "Apache-2.0")

    assert (loss.section, loss.clauses) == ("3", ("litigation-termination",))
    assert not loss.certain


def test_later_sections_with_new_numbers_lose_nothing() -> None:
    text = _cut(_text("Apache-2.0"), r"^\s*3\. ", r"^\s*4\. ")
    for number in range(4, 10):
        text = re.sub(rf"^(\s*){number}\. ", rf"\g<1>{number - 1}. ", text, flags=re.MULTILINE)

    first, *others = _lost(text, "Apache-2.0")

    assert set(first.clauses) == {"grant-patent", "litigation-termination"}
    assert not first.certain
    assert not any(loss.clauses for loss in others)


def test_a_license_without_numbers_names_clauses_and_no_section() -> None:
    text = _text("MIT")

    [loss] = _lost(text[: text.index("THE SOFTWARE IS")], "MIT")

    assert (loss.section, loss.between) == ("", ("", ""))
    assert set(loss.clauses) == {"warranty-disclaimer", "liability-limit"}
    assert not loss.certain
