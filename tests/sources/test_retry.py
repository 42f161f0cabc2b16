"""How long to wait, and that what goes wrong in an attempt is seen by the one who waits."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.sources.retry import Again, Deadline, persist, wait_asked


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"RateLimit": '"api";r=0;t=55'}, 55),
        ({"RateLimit": '"api";r=12;t=55'}, None),
        ({"RateLimit": "nonsense"}, None),
        ({"Retry-After": " 7 "}, 7),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        (
            {
                "Date": "Wed, 21 Oct 2015 07:27:00 GMT",
                "Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT",
            },
            60,
        ),
        ({"Date": "Wed, 21 Oct 2015 07:27:00", "Retry-After": "21 Oct 2015 07:27:05 GMT"}, 5),
        ({"Retry-After": "Wed, 99 Oct 2015 07:28:00 GMT"}, None),
        ({"Retry-After": "Wed, 21 Oct 99999999999999999999 07:28:00 GMT"}, None),
        ({"Retry-After": "9" * 5_000}, None),
        ({"RateLimit": '"page";r=7;t=9, "api"; r=0; t=55'}, 55),
        ({"RateLimit": '"api";r=0;t=5', "Retry-After": "9"}, 9),
        ({"RateLimit": '"api";r=12;t=55', "Retry-After": "9"}, 9),
        (
            {
                "Date": "Wed, 21 Oct 2015 07:27:00 GMT",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": "1445412450",
            },
            30,
        ),
        ({"X-RateLimit-Remaining": "3", "X-RateLimit-Reset": "99999999999"}, None),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9" * 400}, None),
        ({}, None),
    ],
)
def test_the_wait_is_what_the_hub_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_asked(headers) == seconds


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_header_is_read_or_left(limit: str, after: str) -> None:
    wait = wait_asked({"RateLimit": limit, "Retry-After": after})

    assert wait is None or wait >= 0


def test_a_header_made_to_cost_time_costs_none() -> None:
    started = time.monotonic()

    assert wait_asked({"RateLimit": "r=0;" * 25_000, "Retry-After": " " * 100_000}) is None
    assert time.monotonic() - started < 0.5


def test_an_attempt_is_repeated_until_it_succeeds() -> None:
    outcomes: list[str | Again] = [Again("busy"), Again("busy"), "here"]

    assert persist(lambda: outcomes.pop(0), Deadline(1), pause=0.001) == "here"


def test_a_side_that_never_answers_is_tried_three_times() -> None:
    tried: list[int] = []

    def attempt() -> str | Again:
        tried.append(1)
        return Again("refused", unreached=True)

    assert persist(attempt, Deadline(5), pause=0.001) == Again("refused", unreached=True)
    assert len(tried) == 3


def test_a_wait_longer_than_the_time_left_ends_it_at_once() -> None:
    started = time.monotonic()

    assert persist(lambda: Again("limited", wait=60), Deadline(1), 0.001) == Again(
        "limited", wait=60
    )
    assert time.monotonic() - started < 0.5


def test_an_attempt_that_hangs_is_left_behind() -> None:
    started = time.monotonic()

    outcome = persist(lambda: time.sleep(0.5), Deadline(0.05), pause=0.001)

    assert isinstance(outcome, Again)
    assert time.monotonic() - started < 0.4


def test_a_mistake_in_an_attempt_is_raised_where_it_is_waited_for() -> None:
    def attempt() -> str | Again:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        persist(attempt, Deadline(1), pause=0.001)
