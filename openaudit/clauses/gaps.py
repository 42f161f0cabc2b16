"""The removed places of a changed text among the section numbers that the text prints."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Final

from openaudit.clauses.numbering import Number, follows
from openaudit.clauses.places import Place
from openaudit.model.license import Removed

_WORD: Final = re.compile(r"\w")


@dataclass(slots=True)
class Gap:
    """One removed place among the numbers of the text.

    `low` and `high` are the numbered places before and after it, None at an end. `touched` are the
    numbers of what stands around it; of one place if it lies `inside` that. What is found out is
    kept here: sections of the standard text that are `gone`, sections that are `kept` and lost
    words, by their printed forms; `standing` sections that are there without their number; and the
    `clauses` that are not found, with their sections.
    """

    removed: Removed
    low: Place | None
    high: Place | None
    touched: frozenset[Number]
    inside: bool
    gone: dict[Number, str] = field(default_factory=dict)
    kept: dict[Number, str] = field(default_factory=dict)
    standing: set[Number] = field(default_factory=set)
    clauses: dict[str, Number] = field(default_factory=dict)

    def holds(self, lost: Number) -> bool:
        """Say whether a section that the text does not have stood between its neighbors."""
        if self.low is None and self.high is None:
            return False
        after = self.low is None or follows(lost, self.low.number)
        return after and (self.high is None or follows(self.high.number, lost))

    def touches(self, section: Number) -> bool:
        """Say whether the place lies in or at the edge of a section that the text has."""
        return any(n[: len(section)] == section for n in self.touched)


def gaps(removed: Sequence[Removed], text: str, printed: Sequence[Place]) -> list[Gap]:
    """Return where the removed places lie among the places of the text."""
    numbered = [p for p in printed if p.number]
    starts = [p.start for p in printed], [p.start for p in numbered]
    found: list[Gap] = []
    for each in removed:
        at, of_number = (bisect_left(s, each.start) for s in starts)
        low = numbered[of_number - 1] if of_number else None
        behind = (p for p in islice(numbered, of_number, None) if _is_behind(p, each, text))
        high = next((p for p in behind if low is None or p.number != low.number), None)
        last = printed[max(at - 1, 0) : at]
        inside = any(_WORD.search(text, each.end, p.end) for p in last)
        crossed = list(takewhile(lambda p: p.start < each.end, islice(printed, at, None)))  # noqa: B023  # used at once
        following = printed[at + len(crossed) : at + len(crossed) + 1]
        # Where the number of what follows is still there, so is its beginning.
        begun = [p for p in following if not _WORD.search(text, each.end, p.start)]
        touched = frozenset(p.number for p in (*last, *crossed, *begun) if p.number)
        found.append(Gap(each, low, high, touched, inside))
    return found


def _is_behind(place: Place, removed: Removed, text: str) -> bool:
    return place.end > removed.end and not _WORD.search(text, place.start, removed.end)
