import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.reporters.plain import cut, markdown, shown


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain words", "plain words"),
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("a\u202eb", "a\ufffdb"),
        ("zero\u200bwidth", "zero\ufffdwidth"),
        ("bell\x07", "bell\ufffd"),
        ("天气 météo", "天气 météo"),
    ],
)
def test_what_acts_or_hides_is_replaced(text: str, safe: str) -> None:
    assert shown(text) == safe


@given(st.text())
def test_nothing_shown_can_act(text: str) -> None:
    categories = {unicodedata.category(c) for c in shown(text)}

    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@given(st.text(max_size=400), st.integers(min_value=20, max_value=80))
def test_what_is_cut_stands_in_the_text(text: str, width: int) -> None:
    line = cut(text, width)

    assert len(line) <= width + 2
    assert shown(text).startswith(line.removesuffix("…").rstrip())


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("[a](http://b)", r"\[a\](http&#58;//b)"),
        ("www.example.org", "www&#46;example.org"),
        ("<img src=x>", r"\<img src=x\>"),
        ("a | b `c` *d*", r"a \| b \`c\` \*d\*"),
        ("training-ban 1.b.v", "training-ban 1.b.v"),
    ],
)
def test_markdown_shows_foreign_text_literally(text: str, safe: str) -> None:
    assert markdown(text) == safe
