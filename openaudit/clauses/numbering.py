"""Section numbers: read from print, put in order, and what is skipped between two of them.

A number is compared only with one of its own kind. Where two cannot be compared, nothing follows.
"""

import re
from string import ascii_lowercase
from typing import Final

from openaudit.clauses.lines import ROMAN

Number = tuple[str, ...]
"""A printed number by its levels, lower case: "1.b.v" and "1(b)(v)" are both 1, b, v."""

_LEVEL: Final = re.compile(r"\s*\(([^)]{1,5})\)")
_NAMED: Final = re.compile(
    r"(?:section|article|part|attachment|exhibit|appendix|annex|schedule|addendum)\b"
)
_SERIES: Final = (tuple(map(str, range(1, 100))), ROMAN, tuple(ascii_lowercase))


def number(section: str) -> Number:
    """Return the levels of one number; empty where there is none."""
    levels = _LEVEL.sub(r".\1", section.strip().lower()).split(".")
    found = tuple(level.strip() for level in levels if level.strip())
    if not found or not (_is_counted(found[0]) or _NAMED.match(found[0])):
        return ()
    return found


def follows(later: Number, earlier: Number) -> bool:
    """Say whether `later` surely comes after `earlier`; a section comes before what is in it."""
    for one, other in zip(earlier, later, strict=False):
        if one != other:
            return _rises(one, other)
    return len(later) > len(earlier)


def skipped(low: Number, high: Number) -> tuple[Number, ...]:
    """Return the numbers left out between `low`, or the section it stands in, and `high`."""
    depth = len(high) - 1
    if depth < 0 or len(low) <= depth or low[:depth] != high[:depth]:
        return ()
    for series in _SERIES:
        if low[depth] in series and high[depth] in series:
            gone = series[series.index(low[depth]) + 1 : series.index(high[depth])]
            return tuple((*high[:depth], each) for each in gone)
    return ()


def _is_counted(level: str) -> bool:
    return any(level in series for series in _SERIES)


def _rises(one: str, other: str) -> bool:
    """Say whether `other` comes after `one` at the same level; an annex follows the numbers."""
    for series in _SERIES:
        if one in series and other in series:
            return series.index(one) < series.index(other)
    if _is_counted(one) or _is_counted(other):
        return _is_counted(one) and not _is_counted(other)
    (*name, last), (*other_name, other_last) = one.split(), other.split()
    return name == other_name and _rises_alone(last, other_last)


def _rises_alone(one: str, other: str) -> bool:
    return _is_counted(one) and _is_counted(other) and _rises(one, other)
