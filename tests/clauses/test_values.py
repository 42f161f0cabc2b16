"""Numbers, amounts and lists as licenses write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.clauses.values import count, read
from openaudit.model.rule import Capture


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("700 million", 700_000_000),
        ("1,000,000", 1_000_000),
        ("1.000.000", 1_000_000),
        ("2.5 million", 2_500_000),
        ("100m", 100_000_000),
        ("10 k", 10_000),
        ("one hundred million", 100_000_000),
        ("ten thousand", 10_000),
        ("a million", 1_000_000),
        ("1\u4ebf", 100_000_000),
        ("12", 12),
        ("many", None),
    ],
)
def test_a_count_is_read_as_it_is_written(words: str, number: int | None) -> None:
    assert count(words) == number


@given(st.integers(1, 10**12))
def test_a_number_reads_back_with_and_without_separators(number: int) -> None:
    assert count(str(number)) == number
    assert count(f"{number:,}") == number


def test_money_has_an_amount_and_a_currency() -> None:
    capture = Capture("money", "", {r"\$|usd": "USD", "eur|\u20ac": "EUR"})

    assert read("amount", capture, "\u20ac5 million") == {"amount": 5_000_000, "currency": "EUR"}
    assert read("amount", capture, "USD 1,000") == {"amount": 1000, "currency": "USD"}
    assert read("amount", capture, "5 million") == {"amount": 5_000_000}


def test_a_list_is_in_the_order_of_the_text() -> None:
    capture = Capture("list", "", {"union": "EU", "kingdom": "UK"})

    assert read("x", capture, "the Kingdom and the Union") == {"x": ("UK", "EU")}


def test_a_text_keeps_its_capitals_and_a_notice_its_full_stop() -> None:
    assert read("x", Capture("text", ""), '"Built with X".') == {"x": "Built with X"}
    assert read("x", Capture("notice", ""), '"All rights reserved."') == {
        "x": "All rights reserved."
    }


def test_a_url_ends_before_the_punctuation() -> None:
    assert read("x", Capture("url", ""), "(https://example.com/a),") == {
        "x": "https://example.com/a"
    }


def test_what_cannot_be_read_gives_no_parameter() -> None:
    assert read("x", Capture("count", ""), "many") == {}
    assert read("x", Capture("enum", "", {"a": "b"}), "c") == {}
