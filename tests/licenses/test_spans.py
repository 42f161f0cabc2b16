import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.licenses.normalize import words
from openaudit.licenses.spans import WordSpans

PIECES = [
    "word", " ", "\n", "<b>", "</b>", "&amp;", "&#39;", "[shown](https://a.example)", "~~", "> ",
    "\u6a21\u578b\uff0c", "\u2026", "\u2122", "caf\u00e9", "e\u0301", "\u00ad", "\ufeff", "$5", "<",
    "7", "\u00a9",
    "https://www.b.example/x", "\ufb01t", '<a href="c.example">c</a>', "\u0130", "\u00df", "<!-- ",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number", "quote"),
    [
        ("The <b>giver</b>", 1, "giver"),
        ("see https://www.a.example", 1, "a"),
        ("\ufeffmay &amp; must", 1, "must"),
        ("w\u00adord here", 0, "w\u00adord"),
        ("\u2026\u6a21\u578b\u2026\uff0c\u578b", 2, "\u578b"),
        ("> # Title", 0, "Title"),
    ],
)
def test_a_word_leads_back_to_where_it_stands(text: str, number: int, quote: str) -> None:
    start, end = WordSpans(text).span(number, number + 1)

    assert text[start:end] == quote


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_every_word_has_a_place_and_places_are_in_order(text: str) -> None:
    spans = WordSpans(text)
    places = [spans.span(i, i + 1) for i in range(len(spans))]

    assert len(spans) == len(words(text))
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.text())
def test_any_text_has_as_many_places_as_words(text: str) -> None:
    assert len(WordSpans(text)) == len(words(text))


@given(st.lists(st.sampled_from(["may", "Not", "5", "\u6a21", "caf\u00e9"]), min_size=1))
def test_a_plain_word_is_quoted_as_it_stands(given_words: list[str]) -> None:
    text = " ".join(given_words)
    spans = WordSpans(text)

    quoted = [text[slice(*spans.span(i, i + 1))] for i in range(len(spans))]

    assert quoted == given_words
