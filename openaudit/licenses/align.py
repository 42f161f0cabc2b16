"""Which words of a text are which words of a known one, in the order of both.

Works on shingles, as nothing else is kept of the known text. Matches are anchored at shingles that
the known text holds once, put in order, and grown to both sides; what is left between two of them
was added or removed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from operator import itemgetter
from typing import Final

from openaudit.licenses.shingles import WIDTH, Shingles
from openaudit.model.frozen import frozen

_MOST_RUNS: Final = 1000
_WORTH: Final = 0.3
_NEARBY: Final = 25
_SHORT: Final = 8
_SIZE: Final = 4
_FEW: Final = 100


@frozen
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


def align(
    text: Shingles, known: Shingles, shared: AbstractSet[int], first: int, end: int
) -> list[Block]:
    """Return the blocks, in order, that shingles `first:end` of `text` share with `known`.

    `shared` are the shingles that both hold.
    """
    runs = _ordered(_anchored(text, known, shared, first, end))
    return _densest(_disjoint(_grown(runs, text, known, first)))


_Run = tuple[int, int, int]
"""Shingle of the text, of the known text, how many."""


def _anchored(
    text: Shingles, known: Shingles, shared: AbstractSet[int], first: int, end: int
) -> list[_Run]:
    """Return the runs of shingles that both hold and that begin with one that `known` holds once.

    Works on bytes, which are searched and compared faster than a loop looks at numbers.
    """
    ours, theirs = text.tobytes(), known.tobytes()
    places: dict[int, int | None] = {}
    runs: list[_Run] = []
    at = first
    while at < end:
        shingle = text[at]
        if shingle not in shared:
            at += 1
            continue
        if shingle not in places:
            if len(places) >= _FEW:
                places = _only_places(known)
            else:
                places[shingle] = _only_place(theirs, ours[at * _SIZE : (at + 1) * _SIZE])
        place = places[shingle]
        if place is None:
            at += 1
            continue
        most = min(end - at, len(known) - place)
        length, few = 1, min(most, _SHORT)
        while length < few and text[at + length] == known[place + length]:
            length += 1
        if length == _SHORT:
            length += _alike(ours, at + length, theirs, place + length, most - length)
        runs.append((at, place, length))
        at += length
    return runs


def _only_place(known: bytes, shingle: bytes) -> int | None:
    """Return where `known` holds the shingle, which it does; None where it does so repeatedly."""
    first, last = known.find(shingle), known.rfind(shingle)
    while first % _SIZE:
        first = known.find(shingle, first + 1)
    while last % _SIZE:
        last = known.rfind(shingle, 0, last + _SIZE - 1)
    return first // _SIZE if first == last else None


def _only_places(known: Shingles) -> dict[int, int | None]:
    """Return the same for all shingles of `known`."""
    places: dict[int, int | None] = {}
    for place, shingle in enumerate(known):
        places[shingle] = None if shingle in places else place
    return places


def _alike(text: bytes, at: int, known: bytes, place: int, most: int) -> int:
    """Return how many shingles are the same from `at` and `place` on, up to `most`.

    Compares stretches, twice as long while they are the same and half as long from then on.
    """
    done, step, growing = 0, _SHORT, True
    while step and done < most:
        size = min(step, most - done)
        here, there = (at + done) * _SIZE, (place + done) * _SIZE
        if text[here : here + size * _SIZE] == known[there : there + size * _SIZE]:
            done += size
            step *= 2 if growing else 1
        else:
            growing = False
            step = size // 2
    return done


def _ordered(runs: list[_Run]) -> list[_Run]:
    """Return runs that follow each other in both texts: the longest, then all that fit in."""
    if all(a[1] + a[2] <= b[1] for a, b in pairwise(runs)):
        return runs
    chosen: list[_Run] = []
    for run in sorted(runs, key=itemgetter(2), reverse=True)[:_MOST_RUNS]:
        at = bisect_left(chosen, run)
        after = at == 0 or chosen[at - 1][1] + chosen[at - 1][2] <= run[1]
        if after and (at == len(chosen) or run[1] + run[2] <= chosen[at][1]):
            chosen.insert(at, run)
    return chosen


def _grown(runs: Sequence[_Run], text: Shingles, known: Shingles, first: int) -> Iterator[_Run]:
    """Yield the runs, each grown back over shingles that `known` repeats, up to the one before."""
    low, low_known = first, 0
    for start, place, length in runs:
        back = 0
        room = min(start - low, place - low_known)
        while back < room and text[start - back - 1] == known[place - back - 1]:
            back += 1
        low, low_known = start + length, place + length
        yield start - back, place - back, back + length


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
