"""Folding, numbering, cutting: quotes are verbatim, nothing is lost, no text does harm."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.clauses.fold import MAX_LENGTH, fold
from openaudit.clauses.segment import Segments, Unit, segment
from tests.clauses.examples import corpus_text

LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "1. Grant. You may use it.",
                "   (a) for fun; (b) for gain.",
                "\t- an item;",
                "## Heading",
                "> quoted \u201cwords\u201d",
                "Section II: Rest",
                "Attachment A",
                "You agree not to use it:",
                "**bold** and <b>bolder</b>",
                "",
            ]
        ),
    ),
    max_size=30,
).map("\n".join)


def own(unit: Unit) -> str:
    return unit.text[unit.own :]


def section_of(segments: Segments, words: str) -> str:
    return next(u.section for u in segments.units if words in own(u))


@given(LINES)
def test_units_stand_in_the_text_where_they_say(text: str) -> None:
    segments = segment(text)

    for unit in segments.units:
        start, end = segments.folded.span(unit.start, unit.end)
        assert 0 <= start < end <= len(text)
        assert own(unit) == segments.folded.text[unit.start : unit.end]
        assert len(unit.text) == len(unit.lower)


@given(LINES)
def test_units_come_in_order_and_do_not_overlap(text: str) -> None:
    units = segment(text).units

    assert all(a.end <= b.start for a, b in pairwise(units))


@given(LINES)
def test_no_word_is_lost_but_markers(text: str) -> None:
    segments = segment(text)
    covered = {i for u in segments.units for i in range(u.start, u.end)}

    lost = "".join(c for i, c in enumerate(segments.folded.text) if i not in covered)

    assert all(len(word) <= len("(xviii).") or not word.isalpha() for word in lost.split())


@given(st.text())
def test_folding_knows_where_each_character_came_from(text: str) -> None:
    folded = fold(text)

    for offset, char in enumerate(folded.text):
        origin = text[folded.origin(offset)]
        assert char == origin or char in " '\"-"


def test_white_space_quotes_and_decoration_are_folded() -> None:
    folded = fold("> The \u201cModel\u201d\n>  may\u00a0**not** be non-\n> free\u200b.")

    assert folded.text == 'The "Model" may not be non-free.'


def test_a_letter_that_grows_in_lower_case_keeps_the_length() -> None:
    folded = fold("\u0130STANBUL Law")

    assert len(folded.lower) == len(folded.text)
    assert folded.lower.endswith("stanbul law")


def test_numbers_are_composed_over_their_levels() -> None:
    text = (
        "1. Rights.\n\n   a. Grant. You may use it.\n\n   b. Conditions.\n\n"
        "      i. Keep notices.\n      ii. Give a copy.\n\n2. Term. It ends.\n"
    )

    segments = segment(text)

    assert section_of(segments, "Give a copy") == "1.b.ii"
    assert section_of(segments, "It ends") == "2"


@pytest.mark.parametrize(
    ("text", "words", "section"),
    [
        ("Section 4: USE\n\n4.2 Limits\n\n(c) No harm.", "No harm", "4.2.c"),
        ("Section 3 -- Terms.\n\n  a. Attribution.\n\n       1. Keep it.", "Keep it", "3.a.1"),
        ("h. Eight.\ni. Nine.\nj. Ten.", "Nine", "i"),
        ("i. One.\nii. Two.\nv. Out of order.", "Two", "ii"),
        ("END OF TERMS\n\nAttachment B - Uses\n\n(a) No harm.", "No harm", "Attachment B.a"),
        ("# License\n\n## 2. Limits\n\nNo harm.", "No harm", "2"),
        ("## Limits\n\nNo harm.", "No harm", "Limits"),
        ("1. A.\n  1. B.\n    1. C.\n  2. D.\n2. E.", "D.", "1.2"),
        (
            "1. Uses. You agree not to use it:\n(a) for harm; or\n(b) for war.\n\nWe ask.",
            "We ask",
            "1",
        ),
        ("1. a. One.\n\n2. Uses. Not for:\n\na) harm;\n\nb) war.\n\nWe ask.", "We ask", "2"),
        ("(a) Grant. You may use it.\n\n(b) Term. It ends.\n\nWe say so.", "We say", "b"),
    ],
)
def test_printed_numbers_are_read(text: str, words: str, section: str) -> None:
    assert section_of(segment(text), words) == section


def test_a_wrapped_line_that_starts_with_a_number_is_no_section() -> None:
    text = "The license that is meant here is the well-known version number\n2.0 of the license."

    assert [u.section for u in segment(text).units] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "You agree not to use it:\n\n(a) for harm;\n\n(b) for war.",
        "You agree not to use it:\n- for harm;\n- for war.",
        "You agree not to use it:\n\n    for harm;\n    for war.",
        "You agree not to use it: (a) for harm; (b) for war.",
        "You agree not to use it:\nFor harm;\nFor war.",
        "You agree not to use it:\nFor harm; or\nFor war.",
        "You agree not to use it: For harm; For war; For gain.",
    ],
)
def test_list_items_carry_the_sentence_that_introduces_them(text: str) -> None:
    war = next(u for u in segment(text).units if "war" in own(u).lower() and u.own)

    assert war.lower.startswith("you agree not to use it:")


def test_lower_case_items_further_in_hang_below_an_unfinished_sentence() -> None:
    text = "  Limits. You will not\n\n    use it for war;\n\n    use it for gain.\n\n  Term."

    units = [u for u in segment(text).units if own(u).startswith("use it")]

    assert [u.text[: u.own] for u in units] == ["You will not "] * 2


def test_a_notice_to_print_that_stands_further_out_ends_no_section() -> None:
    text = (
        "   3. Handing On. You may hand it on:\n"
        "      a. with this license;\n"
        "      b. with this notice:\n"
        "\n"
        "\u201cThe tree is lent by Alder.\u201d\n"
        "\n"
        "      c. with a list of your changes.\n"
        "\n"
        "   4. Limits. You must not fell it.\n"
    )

    segments = segment(text)

    assert section_of(segments, "lent by Alder") == "3.b"
    assert section_of(segments, "list of your changes") == "3.c"
    assert section_of(segments, "must not fell") == "4"


def test_a_number_left_out_goes_on_with_the_level_that_looks_like_it() -> None:
    text = (
        "4. Handing On. You may hand it on.\n"
        "1. You must name the tree where you do\n"
        "2. You must keep the notices with it\n"
        "6. The Fruit. We claim no rights in what the tree bears.\n"
    )

    segments = segment(text)

    assert section_of(segments, "keep the notices") == "4.2"
    assert section_of(segments, "no rights") == "6"


def test_a_finished_sentence_introduces_nothing() -> None:
    units = segment("1. You agree.\n\n(a) The model is good.").units

    assert [u.own for u in units] == [0, 0]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("May I sell it? No. Ask us.", ["May I sell it? No.", "Ask us."]),
        ("Q: May I sell it? A: No. Go.", ["Q: May I sell it? A: No.", "Go."]),
        ("可以商用吗？不可以。请联系我们。", ["可以商用吗？不可以。", "请联系我们。"]),  # noqa: RUF001
        ("What is it? Nobody knows.", ["What is it?", "Nobody knows."]),
    ],
)
def test_a_question_goes_with_its_answer(text: str, sentences: list[str]) -> None:
    assert [own(u) for u in segment(text).units] == sentences


def test_an_item_out_of_order_keeps_the_lead_in_of_its_list() -> None:
    cut = segment("You agree not to:\n\n(a) spy;\n\n(b) lie;\n\n(a) cheat;\n\n(c) steal.")

    assert [u.text for u in cut.units[-2:]] == [
        "You agree not to: cheat;",
        "You agree not to: steal.",
    ]


def test_line_break_tags_do_not_keep_a_sentence_open() -> None:
    cut = segment("If you disagree, leave.\n<br><br>\n1. **GRANT**\n<br><br>\n   a. Use it.")

    assert cut.units[-1].text == "GRANT Use it."


def test_the_sections_of_a_known_text_are_found() -> None:
    segments = segment(corpus_text("llama-2"))

    assert section_of(segments, "700 million monthly active users") == "2"
    assert section_of(segments, "to improve any other large language model") == "1.b.v"
    assert section_of(segments, "Acceptable Use Policy") == "1.b.iv"
    assert section_of(segments, "indemnify and hold harmless") == "5.c"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "a " * 500_000,
        "(a) " * 200_000,
        "1. x\n" * 30_000,
        "You agree not to:\n" * 30_000,
        ("x" * 90 + ";\n") * 5_000,
        "\n" * 1_000_000,
        "> " * 300_000,
        "<b " * 200_000,
        '"' * 300_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_hostile_text_takes_no_more_than_its_length(text: str) -> None:
    begin = time.process_time()

    segments = segment(text)

    assert time.process_time() - begin < 10
    assert all(len(u.text) < 10_000 for u in segments.units)


def test_text_beyond_any_license_is_not_read() -> None:
    folded = fold("a" * (MAX_LENGTH + 10))

    assert len(folded.text) == MAX_LENGTH


def test_the_parts_of_a_numbered_section_carry_its_lead_in() -> None:
    text = (
        "2.2 Restrictions. Company may not:\n"
        "2.2.1 rent out the model;\n"
        "2.2.2 publish the weights.\n"
        "2.3 Term. The grant ends in May.\n"
        "2.3.1 No notice is needed.\n"
    )

    units = [(u.section, u.text) for u in segment(text).units if not u.caption]

    assert units == [
        ("2.2", "Company may not:"),
        ("2.2.1", "Company may not: rent out the model;"),
        ("2.2.2", "Company may not: publish the weights."),
        ("2.3", "The grant ends in May."),
        ("2.3.1", "No notice is needed."),
    ]


def test_indented_lines_below_a_lead_in_are_items_where_none_is_wrapped() -> None:
    text = "You agree not to:\n  rent out the model\n  publish the weights\n"

    assert [u.text for u in segment(text).units] == [
        "You agree not to:",
        "You agree not to: rent out the model",
        "You agree not to: publish the weights",
    ]


def test_a_wrapped_paragraph_below_a_lead_in_is_one_item() -> None:
    text = (
        "The authors say:\n"
        "  this model was made in a small town by the sea, and nobody\n"
        "  whom we asked remembers who had the idea in the first place\n"
    )

    assert len(segment(text).units) == 2


def test_a_question_is_read_with_the_condition_that_answers_it() -> None:
    text = "May I use it at work? Only if nobody is paid.\nWhy? It is ours.\n"

    assert [u.text for u in segment(text).units][:1] == [
        "May I use it at work? Only if nobody is paid."
    ]
