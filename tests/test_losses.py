"""What a changed text lost, on a made-up license of which the sections and clauses are known."""

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from openaudit.clauses.match import find_clauses
from openaudit.data import knowledge
from openaudit.licenses.collect import LicenseText
from openaudit.licenses.encode import encode
from openaudit.licenses.identify import identify
from openaudit.licenses.index import Index
from openaudit.losses import losses
from openaudit.model.license import Loss
from openaudit.model.profile import LicenseProfile, ProfileClause
from tests.licenses.made_up import document, profile

ROWAN = """\
Rowan Model License

1. What you get
We grant you a worldwide, royalty-free license to use, copy and modify the Rowan model, on any
machine that stands on firm ground and in any language that people speak.

2. What you owe
a. You must give a copy of this license to everybody who receives the model from you.
b. The list of the people who watered the tree, of those who raked its leaves and of all who only
   sat beneath it with a book is read aloud once a year, in spring.
c. You may not use the outputs of the Rowan model to train any other language model.

3. What happens to those who grow large
Above 3 million monthly active users you must obtain a separate license from us who hold the tree.

4. Letters
Each letter is read before the first snow.

5. Law
This license is governed by the laws of Iceland. The model is provided without warranty of any
kind, and nobody who watered the tree is liable for damages that come from its use.
"""

CLAUSES = {
    "grant-copyright": "1",
    "include-license": "2.a",
    "training-ban": "2(c)",
    "user-cap": "3",
    "governing-law": "5",
    "warranty-disclaimer": "5",
    "liability-limit": "5",
}
LINES = {
    "2.b": "b. The list of the people who watered the tree, of those who raked its leaves and of "
    "all who only\n   sat beneath it with a book is read aloud once a year, in spring.\n",
    "2.c": "c. You may not use the outputs of the Rowan model to train any other language model.\n",
    "3": "3. What happens to those who grow large\n"
    "Above 3 million monthly active users you must obtain a separate license from us who hold the "
    "tree.\n",
    "4": "4. Letters\nEach letter is read before the first snow.\n",
}


@cache
def _index() -> Index:
    return Index.read(encode([LicenseText("rowan", ("Rowan Model License",), ROWAN)]))


def _profile(clauses: Mapping[str, str]) -> LicenseProfile:
    known = tuple(ProfileClause(i, section, {}) for i, section in clauses.items())
    return replace(profile("rowan", ROWAN, titles=("Rowan Model License",)), clauses=known)


def _lost(
    text: str, clauses: Mapping[str, str] = CLAUSES, known: LicenseProfile | None = None
) -> tuple[Loss, ...]:
    main = identify(text, _index()).main
    assert main is not None
    found = find_clauses(document(text), knowledge().clauses.values())
    return losses(document(text), main, known or _profile(clauses), found)


def _without(*sections: str) -> str:
    text = ROWAN
    for section in sections:
        assert LINES[section] in text
        text = text.replace(LINES[section], "")
    return text


def test_the_rules_find_in_the_made_up_license_what_its_profile_says() -> None:
    found = find_clauses(document(ROWAN), knowledge().clauses.values())

    sections = {i: s.replace("(", ".").replace(")", "") for i, s in CLAUSES.items()}
    assert {c.id: c.section for c in found} == sections


def test_an_unchanged_text_lost_nothing() -> None:
    assert _lost(ROWAN) == ()


@pytest.mark.parametrize(
    ("gone", "section", "clauses"),
    [
        (("2.c",), "2(c)", ("training-ban",)),
        (("3",), "3", ("user-cap",)),
        (("3", "4"), "3, 4", ("user-cap",)),
        (("2.c", "3"), "2(c), 3", ("training-ban", "user-cap")),
    ],
)
def test_a_section_that_is_gone_is_named_with_its_clauses(
    gone: tuple[str, ...], section: str, clauses: tuple[str, ...]
) -> None:
    [loss] = _lost(_without(*gone))

    assert (loss.section, loss.clauses, loss.certain) == (section, clauses, True)


@pytest.mark.parametrize("gone", ["2.b", "4"])
def test_a_number_left_out_names_the_section_and_does_not_prove_it_gone(gone: str) -> None:
    [loss] = _lost(_without(gone))

    assert (loss.section, loss.clauses, loss.certain) == (gone, (), False)
    assert loss.told == ""


def test_a_place_is_shown_with_the_words_before_and_after_it() -> None:
    text = _without("2.c")

    [loss] = _lost(text)

    assert loss.before.endswith("once a year, in spring")
    assert loss.after.startswith(".\n\n3. What")
    assert loss.around.text == text[loss.around.start : loss.around.end]
    assert text[: loss.removed.start].endswith("in spring")
    assert loss.line == text[: loss.removed.start].count("\n") + 1
    assert loss.between == ("2.b", "3")


def test_the_end_of_a_text_that_was_cut_off_is_named() -> None:
    [loss] = _lost(ROWAN[: ROWAN.index("5. Law")])

    assert loss.section == "5"
    assert set(loss.clauses) == {"governing-law", "warranty-disclaimer", "liability-limit"}
    assert loss.between == ("4", "")


def test_words_lost_within_a_section_may_have_been_its_clause() -> None:
    [loss] = _lost(ROWAN.replace("governed by the laws of Iceland. The model is ", ""))

    assert (loss.section, loss.clauses, loss.certain) == ("5", ("governing-law",), False)
    assert loss.told == "section 5 may have lost governing-law"


def test_a_clause_that_is_still_found_is_not_lost() -> None:
    [loss] = _lost(ROWAN.replace("3 million", "9 million"))

    assert (loss.section, loss.clauses, loss.certain) == ("3", (), False)
    assert loss.told == ""


def test_a_section_put_elsewhere_is_not_lost() -> None:
    moved = _without("2.c").rstrip() + " " + LINES["2.c"].removeprefix("c. ")

    [loss] = _lost(moved)

    assert loss.clauses == ()
    assert not loss.certain


def test_a_section_said_in_other_words_may_be_lost_and_is_not_said_to_be() -> None:
    other = "c. Teach nothing that speaks with what the tree has said to you, ever.\n"

    [*_, loss] = _lost(ROWAN.replace(LINES["2.c"], other))

    assert loss.clauses == ("training-ban",)
    assert not loss.certain
    assert loss.between == ("2.b", "3")
    assert "may have lost" in loss.told


def test_new_numbers_do_not_make_clauses_lost() -> None:
    text = _without("4").replace("5. Law", "4. Law")

    lost = _lost(text)

    assert lost
    assert not any(loss.clauses for loss in lost)
    assert not any(loss.certain for loss in lost)


def test_a_number_that_is_gone_does_not_make_its_clause_lost() -> None:
    [loss] = _lost(ROWAN.replace("3. What happens to those who grow large\n", ""))

    assert (loss.section, loss.clauses, loss.certain) == ("", (), False)
    assert loss.between == ("2.c", "4")


def test_a_section_whose_number_stands_within_a_line_is_not_said_to_be_gone() -> None:
    text = ROWAN.replace("\nc. You may", " c. You may").replace(
        " of the Rowan model to train any other language model.", "."
    )

    [loss] = _lost(text)

    assert loss.told == "section 2(c) may have lost training-ban"


def test_a_number_that_stands_within_a_line_is_not_left_out() -> None:
    start, end = ROWAN.index(", of those who"), ROWAN.index(".\nc. You may")
    text = (ROWAN[:start] + ROWAN[end:]).replace("from you.\nb. The", "from you. b. The")

    [loss] = _lost(text)

    assert (loss.section, loss.between) == ("", ("2.a", "2.c"))


def test_a_clause_in_a_sentence_that_runs_over_the_place_is_not_lost() -> None:
    start, end = ROWAN.index(", of those who"), ROWAN.index("\nc. You may")
    text = (ROWAN[:start] + ROWAN[end:]).replace("from you.\nb. The", "from you. b. The")

    [loss] = _lost(text)

    assert loss.clauses == ()


def test_what_is_lost_of_one_section_and_with_another_is_not_all_said_to_be_gone() -> None:
    start, end = ROWAN.index(" to train any other"), ROWAN.index(".\n\n4. Letters")

    [loss] = _lost(ROWAN[:start] + ROWAN[end:])

    assert (loss.section, loss.certain) == ("2(c), 3", False)
    assert loss.told == "sections 2(c), 3 may have lost training-ban, user-cap"


def test_a_number_left_out_is_not_put_down_to_words_lost_before() -> None:
    words = "3 million monthly active users you must obtain a separate license "

    within, behind = _lost(_without("4").replace(words, ""))

    assert (within.section, within.clauses) == ("3", ("user-cap",))
    assert (behind.section, behind.clauses) == ("4", ())


def test_a_place_too_small_for_the_sections_that_seem_to_be_gone_lost_none_of_them() -> None:
    unread = {"export-control": "2(d)", "indemnity": "2(e)", "royalty": "2(f)"}

    [loss] = _lost(_without("2.c"), CLAUSES | unread)

    assert (loss.section, loss.clauses, loss.certain) == ("", (), False)


def test_a_place_too_small_for_the_numbers_that_are_left_out_names_none_of_them() -> None:
    [loss] = _lost(_without("4").replace("5. Law", "9. Law"))

    assert (loss.section, loss.between) == ("", ("3", "9"))


def test_a_long_passage_put_elsewhere_may_say_what_was_taken_out() -> None:
    text = _without("2.c") + "\nTeach nothing that speaks with what the tree has said to you.\n"

    [loss] = _lost(text)

    assert loss.clauses == ("training-ban",)
    assert not loss.certain


def test_a_word_put_elsewhere_says_nothing_of_what_was_taken_out() -> None:
    [loss] = _lost(_without("2.c").replace("is read before", "is slowly read before"))

    assert loss.certain


def test_two_places_of_one_section_are_not_both_said_to_be_its_end() -> None:
    longer = (
        " of the people who watered the tree, of those who raked its leaves and of all who only"
    )
    text = _without("2.c").replace(f"{longer}\n   sat beneath it with a book", "")

    first, second = _lost(text)

    assert (first.section, first.clauses) == ("2.b", ())
    assert (second.section, second.clauses, second.certain) == ("2(c)", ("training-ban",), True)


def test_where_no_numbers_are_printed_no_section_is_named() -> None:
    flat = " ".join(_without("2.c").split())

    [loss] = _lost(flat)

    assert (loss.section, loss.between, loss.certain) == ("", ("", ""), False)
    assert loss.clauses == ("training-ban",)
    assert loss.told == "training-ban may have stood here"


def test_where_no_numbers_are_printed_and_places_are_many_no_clause_is_put_down_to_one() -> None:
    flat = " ".join(_without("2.c", "4").split())

    lost = _lost(flat)

    assert len(lost) == 2
    assert not any(loss.clauses or loss.section for loss in lost)


def test_a_profile_that_nobody_checked_says_nothing_of_clauses() -> None:
    unchecked = replace(_profile(CLAUSES), verified=None)

    [loss] = _lost(_without("3"), known=unchecked)

    assert (loss.section, loss.clauses) == ("3", ())


def test_a_section_described_in_words_is_not_taken_for_a_number() -> None:
    [loss] = _lost(_without("2.c"), CLAUSES | {"training-ban": "last paragraph"})

    assert loss.section == ""
    assert loss.clauses == ("training-ban",)
    assert not loss.certain


def test_a_clause_of_several_sections_is_lost_only_with_the_one_that_is_gone() -> None:
    clauses = CLAUSES | {"training-ban": "2(c), 3"}

    [gone] = _lost(_without("3"), clauses)
    [shorter] = _lost(ROWAN.replace("a separate license", "a license"), clauses)

    assert set(gone.clauses) == {"training-ban", "user-cap"}
    assert shorter.clauses == ()


def test_a_clause_that_stands_further_on_as_well_is_lost_where_its_section_is_gone() -> None:
    [loss] = _lost(_without("3"), CLAUSES | {"governing-law": "3, 5"})

    assert set(loss.clauses) == {"user-cap", "governing-law"}
    assert loss.certain


def test_a_deeper_number_than_the_text_prints_stands_for_the_section_around_it() -> None:
    [loss] = _lost(_without("3"), CLAUSES | {"user-cap": "3(b)"})

    assert (loss.section, loss.clauses) == ("3", ("user-cap",))


def test_a_text_made_to_be_slow_is_read_in_time() -> None:
    words = re.findall(r"\S+\s*", ROWAN)
    holes = "".join(w for n, w in enumerate(words * 40) if n % 9)
    text = holes + "\n\nx\n" * 30_000
    begin = time.process_time()

    _lost(text)

    assert time.process_time() - begin < 10
