"""Which words of a text are which words of a known one, in the order of both.

Works on shingles, as nothing else is kept of the known text. Matches are anchored at shingles that
the known text holds once, put in order, and grown to both sides; what is left between two of them
was added or removed.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from openaudit.licenses.shingles import WIDTH

_MOST_RUNS: Final = 1000
_WORTH: Final = 0.3
_NEARBY: Final = 25


@dataclass(frozen=True, slots=True)
class Block:
    """Words `start:end` of a text that are the words from `known` on of a known text."""

    start: int
    end: int
    known: int

    @property
    def known_end(self) -> int:
        """Return the end in the known text."""
        return self.known + self.end - self.start

    def __len__(self) -> int:
        return self.end - self.start


def align(text: Sequence[int], known: Sequence[int], first: int, end: int) -> list[Block]:
    """Return the blocks, in order, that shingles `first:end` of `text` share with `known`."""
    runs = _ordered(_anchored(text, known, first, end))
    return _densest(_disjoint(_grown(runs, text, known, first, end)))


_Run = tuple[int, int, int]
"""Shingle of the text, of the known text, how many."""


def _anchored(text: Sequence[int], known: Sequence[int], first: int, end: int) -> list[_Run]:
    """Return the runs of shingles that both hold and that stand once in `known`."""
    places = dict(zip(known, range(len(known)), strict=True))
    if len(places) < len(known):
        for repeated in [shingle for shingle, times in Counter(known).items() if times > 1]:
            del places[repeated]
    runs: list[_Run] = []
    start, ahead, stop = first, 0, first
    for at, place in enumerate(map(places.get, text[first:end]), first):
        if place is None:
            continue
        if at == stop and place - at == ahead:
            stop += 1
            continue
        if stop > start:
            runs.append((start, start + ahead, stop - start))
        start, ahead, stop = at, place - at, at + 1
    if stop > start:
        runs.append((start, start + ahead, stop - start))
    return runs


def _ordered(runs: list[_Run]) -> list[_Run]:
    """Return runs that follow each other in both texts: the longest, then all that fit in."""
    if all(a[1] + a[2] <= b[1] for a, b in pairwise(runs)):
        return runs
    chosen: list[_Run] = []
    for run in sorted(runs, key=_longest_first)[:_MOST_RUNS]:
        at = bisect_left(chosen, run)
        after = at == 0 or chosen[at - 1][1] + chosen[at - 1][2] <= run[1]
        if after and (at == len(chosen) or run[1] + run[2] <= chosen[at][1]):
            chosen.insert(at, run)
    return chosen


def _longest_first(run: _Run) -> _Run:
    return -run[2], run[0], run[1]


def _grown(
    runs: Sequence[_Run], text: Sequence[int], known: Sequence[int], first: int, end: int
) -> Iterator[_Run]:
    """Yield the runs, each grown over shingles that `known` repeats, up to its neighbors."""
    low, low_known = first, 0
    ends = [*(run[:2] for run in runs[1:]), (end, len(known))]
    for (start, place, length), (high, high_known) in zip(runs, ends, strict=True):
        back = 0
        room = min(start - low, place - low_known)
        while back < room and text[start - back - 1] == known[place - back - 1]:
            back += 1
        on = length
        room = min(high - start, high_known - place)
        while on < room and text[start + on] == known[place + on]:
            on += 1
        low, low_known = start + on, place + on
        yield start - back, place - back, back + on


def _disjoint(runs: Iterator[_Run]) -> list[Block]:
    """Return runs of shingles as blocks of words, none of which takes words of another."""
    blocks: list[Block] = []
    for start, place, length in runs:
        words = length + WIDTH - 1
        last = blocks[-1] if blocks else Block(0, 0, 0)
        taken = max(last.end - start, last.known_end - place, 0)
        if blocks and (start + taken, place + taken) == (last.end, last.known_end):
            blocks[-1] = Block(last.start, max(start + words, last.end), last.known)
        elif taken < words:
            blocks.append(Block(start + taken, start + words, place + taken))
    return blocks


def _densest(blocks: list[Block]) -> list[Block]:
    """Return the blocks around the longest one; drop those too far off for their length."""
    if not blocks:
        return []
    low = high = max(range(len(blocks)), key=lambda i: len(blocks[i]))
    while low > 0 and _belongs(blocks, range(low - 1, -1, -1), blocks[low].start, -1):
        low -= 1
    while high + 1 < len(blocks) and _belongs(
        blocks, range(high + 1, len(blocks)), blocks[high].end, 1
    ):
        high += 1
    return blocks[low : high + 1]


def _belongs(blocks: Sequence[Block], onward: range, edge: int, way: int) -> bool:
    """Say whether the blocks onward, or some first ones of them, outweigh the gap before them."""
    weight = 0
    for number in onward:
        block = blocks[number]
        gap = (block.start - edge if way > 0 else edge - block.end) - weight
        weight += len(block)
        if gap <= _NEARBY or weight >= _WORTH * gap:
            return True
    return False
