import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.licenses.identify import identify
from tests.licenses.made_up import ALDER, ALDER_OLD, BIRCH, RULES, profile, profiles

PROFILES = profiles()


def _without_title(text: str) -> str:
    return text.split("\n", 1)[1]


@pytest.mark.parametrize(
    "text",
    [
        BIRCH,
        _without_title(BIRCH),
        BIRCH.replace("2021 Birch Example Ltd.", "2026 Jane Doe and contributors"),
        BIRCH.replace("Copyright (c) 2021 Birch Example Ltd.\n", ""),
        BIRCH.replace("\n", "\r\n"),
        BIRCH.replace("Birch License", "# BIRCH LICENSE"),
        "\ufeff" + BIRCH,
        " ".join(_without_title(BIRCH).split("\n")[3:]),
    ],
)
def test_layout_title_and_copyright_line_do_not_change_what_a_text_is(text: str) -> None:
    assert identify(text, PROFILES) == ("birch",)


@pytest.mark.parametrize(
    "text",
    [
        BIRCH + "\nFor research only.\n",
        "Not for companies.\n\n" + BIRCH,
        BIRCH.replace("may run them", "may not run them"),
        BIRCH.replace("for money or for", "for"),
        BIRCH.replace("1.5", "15"),
        BIRCH.replace("euros", "dollars"),
        BIRCH.replace("2. The giver", "The giver"),
        BIRCH.replace("2021 Birch Example Ltd.", "2026 Birch owns all outputs."),
        BIRCH.replace("2021 Birch Example Ltd.", "2026 Birch. Research use only."),
        BIRCH.replace("Birch License\n", "License: research use\n"),
        BIRCH.replace("Birch License\n", "Birch License (modified)\n"),
        BIRCH[: len(BIRCH) * 6 // 10],
        BIRCH + ALDER,
        "",
        "Birch License",
    ],
)
def test_a_text_with_any_other_word_is_not_identified(text: str) -> None:
    assert identify(text, PROFILES) == ()


def test_editions_that_differ_in_a_word_are_told_apart() -> None:
    assert identify(ALDER, PROFILES) == ("alder-2025",)
    assert identify(ALDER_OLD, PROFILES) == ("alder-2024",)


def test_the_date_of_one_edition_over_the_text_of_another_is_neither() -> None:
    mixed = ALDER.replace("May 5, 2025", "May 5, 2024")

    assert identify(mixed, PROFILES) == ()


def test_identical_texts_give_every_id() -> None:
    twins = {i: profile(i, BIRCH, titles=("Birch License",)) for i in ("one", "two")}

    assert identify(BIRCH, twins) == ("one", "two")


def test_a_title_on_the_copyright_line_belongs_to_the_title() -> None:
    text = "Copyright (c) 2023 Birch Larch License v2\n\nDo as you like.\n"
    known = {"larch": profile("larch", text, titles=("Copyright (c) 2023 Birch Larch License v2",))}

    wrapped = text.replace("Birch Larch License", "Birch Larch\nLicense")

    assert identify(text, known) == ("larch",)
    assert identify(wrapped, known) == ("larch",)


def test_a_use_policy_is_identified_like_a_license() -> None:
    assert identify(RULES, PROFILES) == ("alder-rules",)


@given(at=st.integers(0, 70), word=st.sampled_from(["not", "only", "never", "5", "unless"]))
def test_a_word_put_in_anywhere_is_noticed(at: int, word: str) -> None:
    body = BIRCH.split("\n\n", 2)[2].split(" ")
    changed = " ".join([*body[:at], word, *body[at:]])

    assert identify(changed, PROFILES) == ()


@given(at=st.integers(0, 200))
def test_a_word_left_out_anywhere_is_noticed(at: int) -> None:
    body = BIRCH.split("\n\n", 2)[2].split()
    changed = " ".join(body[: at % len(body)] + body[at % len(body) + 1 :])

    assert identify(changed, PROFILES) == ()
