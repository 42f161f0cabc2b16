"""Trying again: when, how often, and never past a point in time.

The client's own retries are not used: `model_info` has none, and a download waits up to 23 seconds
before it says what was wrong. Name look-ups and connects to hosts with many addresses obey no
time-out of the HTTP library either, so every attempt runs in a thread that can be left behind.
"""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Final, TypeVar

from openaudit.model.frozen import frozen

T = TypeVar("T")

_LONGEST_NUMBER: Final = 9
_LONGEST_DATE: Final = 100
_CONNECTS: Final = 3
_LONGEST: Final = 4.0


@frozen
class Limits:
    """What one fetch may spend: seconds, bytes.

    `answer` bounds the first answer with all its retries, `text` one text, `texts` all of them;
    `silence` is the longest pause between two bytes, `pause` the wait before a first retry.
    """

    answer: float = 8.0
    silence: float = 4.0
    text: float = 20.0
    texts: float = 30.0
    pause: float = 0.5
    text_bytes: int = 5_000_000
    answer_bytes: int = 50_000_000


@frozen
class Again:
    """An attempt that failed in a way another may not.

    `wait` is how many seconds the other side asks for, `unreached` says that it never answered.
    """

    reason: str
    status: int | None = None
    wait: float | None = None
    unreached: bool = False


class Deadline:
    """A point in time that may be moved later, once the other side has begun to answer."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that remain, never below zero."""
        return max(0.0, self._end - time.monotonic())

    def extend(self, seconds: float) -> None:
        """Allow `seconds` from now, where that is later."""
        self._end = max(self._end, time.monotonic() + seconds)


def persist(attempt: Callable[[], T | Again], deadline: Deadline, pause: float) -> T | Again:
    """Run `attempt` until it succeeds, the time is over, or waiting would outlast it."""
    unreached = 0
    while True:
        outcome = _bounded(attempt, deadline)
        if not isinstance(outcome, Again):
            return outcome
        unreached += outcome.unreached
        wait = max(pause, outcome.wait or 0.0)
        if unreached >= _CONNECTS or wait >= deadline.left():
            return outcome
        time.sleep(wait)
        pause = min(pause * 2, _LONGEST)


def wait_asked(headers: Mapping[str, str]) -> float | None:
    """Return the seconds a refusal asks to wait: `RateLimit: "api";r=0;t=55` or `Retry-After`.

    `Retry-After` is a number, or a date that is compared with the hub's own `Date` where it sends
    one: clocks differ. So is `X-RateLimit-Reset`, in seconds since 1970. `headers` must look names
    up without regard to case.
    """
    waits = [_reset(policy) for policy in headers.get("RateLimit", "").split(",")]
    after = headers.get("Retry-After", "")
    waits.append(_seconds(after))
    now = _moment(headers.get("Date", "")) or datetime.now(UTC)
    if then := _moment(after):
        waits.append(max(0.0, (then - now).total_seconds()))
    reset = _seconds(headers.get("X-RateLimit-Reset", ""), digits=11)
    if reset is not None and headers.get("X-RateLimit-Remaining") == "0":
        waits.append(max(0.0, reset - now.timestamp()))
    return max((w for w in waits if w is not None), default=None)


def _reset(policy: str) -> float | None:
    """Return when a limit that is used up is lifted; None for one that is not."""
    said = dict(p.strip().partition("=")[::2] for p in policy.split(";"))
    return _seconds(said.get("t", "")) if said.get("r") == "0" else None


def _seconds(text: str, digits: int = _LONGEST_NUMBER) -> float | None:
    text = text.strip()
    whole = text.isascii() and text.isdigit() and len(text) <= digits
    return float(text) if whole else None


def _moment(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # disk readers need no dates

    try:
        moment = parsedate_to_datetime(text[:_LONGEST_DATE])
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bounded(attempt: Callable[[], T | Again], deadline: Deadline) -> T | Again:
    if not deadline.left():
        return Again("no time was left for it", unreached=True)
    future: Future[T | Again] = Future()
    threading.Thread(target=_hand_over, args=(attempt, future), daemon=True).start()
    while left := deadline.left():
        try:
            return future.result(timeout=left)
        except TimeoutError:
            continue
    return Again("no answer within the time limit", unreached=True)


def _hand_over(attempt: Callable[[], T], future: Future[T]) -> None:
    try:
        future.set_result(attempt())
    except BaseException as error:  # noqa: BLE001  # nothing is swallowed: the waiting thread raises it
        future.set_exception(error)
