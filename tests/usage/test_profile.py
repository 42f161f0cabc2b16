"""What a user may write of a use, and what an error says."""

import pytest

from openaudit.data import knowledge
from openaudit.errors import UsageError
from openaudit.model.usage import Use, UseProfile
from openaudit.usage.amounts import number, said
from openaudit.usage.profile import inline, mapping

RAW = knowledge().uses


def test_a_line_and_a_mapping_say_the_same() -> None:
    line = inline("commercial,mau=10M,revenue=5M EUR,region=EU,region=us,distill", RAW)
    table = mapping(
        {
            "uses": ["commercial", "distill"],
            "mau": 10_000_000,
            "revenue": "EUR 5M",
            "regions": ["EU", "US"],
        },
        "use.yaml",
        RAW,
    )

    uses = frozenset({Use.COMMERCIAL, Use.DISTILL})
    assert line == table == UseProfile(uses, 10_000_000, 5_000_000, "EUR", ("EU", "US"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10M", 10_000_000),
        ("2.5 billion", 2_500_000_000),
        ("700_000_000", 700_000_000),
        ("7 000", 7000),
        ("12", 12),
        ("0.5k", 500),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", "ten", "-1", "1.5", "1e9", "10MM", "nan", "9" * 40, "1 00", "1,5M"]
)
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (700_000_000, "700 million"),
        (2_500_000, "2.5 million"),
        (5_000, "5,000"),
        (1_234_567, "1,234,567"),
    ],
)
def test_numbers_are_said_in_words_where_nothing_is_lost(value: int, words: str) -> None:
    assert said(value) == words


@pytest.mark.parametrize(
    ("revenue", "currency"), [("$5M", "USD"), ("5M €", "EUR"), ("GBP 5M", "GBP"), ("5M CHF", "CHF")]
)
def test_a_currency_stands_before_or_behind(revenue: str, currency: str) -> None:
    profile = inline(f"commercial,revenue={revenue}", RAW)

    assert (profile.revenue, profile.currency) == (5_000_000, currency)


def test_the_kingdom_has_one_code() -> None:
    assert inline("commercial,region=GB,region=UK", RAW).regions == ("UK",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("comercial", "did you mean commercial?"),
        ("commercial,maus=3M", "did you mean mau?"),
        ("commercial,mau=ten", "mau: ten is no number"),
        ("commercial,mau=1M,mau=2M", "said twice"),
        ("commercial,mau", "did you mean mau=?"),
        ("commercial,revenue=5M", "has no currency"),
        ("commercial,revenue=5M USX", "did you mean USD?"),
        ("commercial,revenue=$5M USD", "is no amount"),
        ("commercial,region=Europe", "no code of ISO 3166"),
        ("mau=3M", "say what for"),
        ("", "say what for"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_is_near(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        inline(text, RAW)

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        {"uses": "commercial", "mau": True},
        {"uses": "commercial", "mau": 2.5},
        {"uses": ["commercial"], "mau": ["10M"]},
        {"uses": {"commercial": True}},
        {"uses": [["commercial"]]},
        {"uses": ["commercial"], "regions": [3]},
        {"uses": ["commercial"], "region": "EU", "regions": "EU"},
        {"uses": ["commercial"], "revenue": {"amount": 3}},
        {"commercial": True},
        {"uses": "x" * 10_000},
    ],
)
def test_a_mapping_of_the_wrong_kind_is_told_in_one_short_line(given: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        mapping(given, "use.yaml", RAW)

    assert str(caught.value).startswith("use.yaml: ")
    assert len(str(caught.value)) < 250
