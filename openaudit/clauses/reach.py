"""How far rules read into a text: to its end, but where it is longer than any license.

Nothing may be concluded from what was not found behind that place.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from openaudit.clauses.fold import MAX_LENGTH
from openaudit.clauses.lines import lines
from openaudit.clauses.outline import MAX_LINES
from openaudit.clauses.segment import MAX_UNITS, PIECE, segment

_MAY_END_A_UNIT: Final = re.compile(r"[\r\n.;?!(\u3002\uff01\uff1f\uff1b\uff08]")


def unread_from(text: str) -> int | None:
    """Return the offset behind which nothing is read; None where all of `text` is."""
    return min(_stops(text), default=None)


def _stops(text: str) -> Iterator[int]:
    if len(text) > MAX_LENGTH:
        yield MAX_LENGTH
    read = text[:MAX_LENGTH]
    parts = len(_MAY_END_A_UNIT.findall(read))
    if parts >= MAX_LINES:
        yield from (line.start for line in islice(lines(read), MAX_LINES, MAX_LINES + 1))
    if parts + len(read) // (PIECE // 2) >= MAX_UNITS:  # few texts have to be cut to know
        segments = segment(read)
        if len(segments.units) > MAX_UNITS:
            yield segments.folded.span(0, segments.units[-1].end)[1]
