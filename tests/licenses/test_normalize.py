import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.licenses.normalize import digest, fold, words


@pytest.mark.parametrize(
    "other",
    [
        "THE GIVER'S WORD: \N{LEFT DOUBLE QUOTATION MARK}free\N{RIGHT DOUBLE QUOTATION MARK}.",
        "the   giver's\r\nword - free",
        "> The giver\N{RIGHT SINGLE QUOTATION MARK}s word: **free**",
        "<p>The giver&#39;s word:<br/> <em>free</em></p>",
        "The giver's w\N{SOFT HYPHEN}ord: \N{FULLWIDTH LATIN SMALL LETTER F}ree",
        "# The giver's word\n\n* free",
    ],
)
def test_layout_case_markup_and_unicode_forms_do_not_change_the_digest(other: str) -> None:
    assert digest(other) == digest('The giver\'s word: "free"')


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("may use it", "may not use it"),
        ("irrevocable", "revocable"),
        ("more than 700 million", "more than 70 million"),
        ("version 1.5", "version 15"),
        ("pay $5", "pay \N{EURO SIGN}5"),
        ("10% of it", "10 of it"),
        ("if users > 100", "if users < 100"),
        ("may use it", "may ~~not~~ use it"),
        ("may use it", "may <!-- not --> use it"),
        ("may use it", "<del>may use it</del>"),
        ("see [the terms](https://a.example)", "see [the terms](https://b.example)"),
        ('see <a href="https://a.example">it</a>', 'see <a href="https://b.example">it</a>'),
        ("at a.example/rules", "at a.example/other-rules"),
        ("use", "\N{CYRILLIC SMALL LETTER U}se"),
    ],
)
def test_every_word_number_amount_and_address_changes_the_digest(one: str, other: str) -> None:
    assert digest(one) != digest(other)


def test_commented_out_text_is_not_taken_for_the_text() -> None:
    text = "Everybody may use it."

    assert digest(f"<!-- {text} -->") != digest(text)


@pytest.mark.parametrize(
    ("shown", "plain"),
    [
        ("[https://www.a.example/x](http://a.example/x/)", "a.example/x"),
        ("[a.example/x](https://a.example/x)", "https://a.example/x"),
        ('<a href="https://a.example">https://a.example</a>', "www.a.example"),
        ("<https://a.example>", "a.example"),
        ("[Section 2](#section-2)", "Section 2"),
    ],
)
def test_a_link_that_shows_its_target_is_its_text(shown: str, plain: str) -> None:
    assert words(shown) == words(plain)


def test_each_chinese_character_is_a_word() -> None:
    assert words("\u5546\u4e1a use\u8bb8\u53ef") == ["\u5546", "\u4e1a", "use", "\u8bb8", "\u53ef"]


def test_the_digest_is_32_hexadecimal_digits() -> None:
    assert len(digest("anything")) == 32
    assert int(digest("anything"), 16) >= 0


def test_names_fold_to_the_same_form_however_they_are_written() -> None:
    assert fold("birch-license_1.0") == fold("Birch License 1.0")


@given(st.lists(st.sampled_from(["may", "not", "use", "5", "all"]), min_size=1), st.data())
def test_a_word_put_in_anywhere_changes_the_digest(
    given_words: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(given_words)))
    changed = [*given_words[:at], "never", *given_words[at:]]

    assert digest(" ".join(changed)) != digest(" ".join(given_words))


@given(st.text())
def test_words_of_words_are_the_same_words(text: str) -> None:
    once = words(text)

    assert words(" ".join(once)) == once
