"""Finds the known texts that a text holds, the largest first, then those in what is left of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from openaudit.licenses.align import Block, align
from openaudit.licenses.index import Index, Reference
from openaudit.licenses.reading import Reading
from openaudit.licenses.shingles import WIDTH, Shingles
from openaudit.model.frozen import frozen

_MOST_LICENSES: Final = 12
_MOST_CANDIDATES: Final = 8
_CLOSE: Final = 0.45
_LIKELY: Final = 0.65
_LIKELIER: Final = 0.9
_ALL_THERE: Final = 0.9
_AS_IT_STANDS: Final = 0.98
_FOUND: Final = 0.5
_FOUND_EXCERPT: Final = 0.25
_EXCERPT: Final = 50
_MOSTLY: Final = 0.8
_MISSING: Final = 0.1
_LEFT: Final = 12
_LEAST: Final = 5
_MARKER: Final = 5
_WINDOW: Final = 40_000
"""Shingles looked at together."""
_OVERLAP: Final = 10_000
"""What two windows have in common: more than the longest known text has."""


@dataclass(frozen=True)
class Found:
    """A known text against a part of a text; word numbers throughout.

    `titled` is how many words before the first block are titles, `part` the length of the part.
    `rivals` are known texts that explain it as well, where words are missing that would tell.
    """

    reference: Reference
    blocks: tuple[Block, ...]
    titled: int
    part: int
    rivals: tuple[Reference, ...] = ()

    @property
    def start(self) -> int:
        """Return the first word that is of the known text."""
        return self.blocks[0].start

    @property
    def end(self) -> int:
        """Return the end of its last word."""
        return self.blocks[-1].end

    @cached_property
    def matched(self) -> int:
        """Return how many words of the known text are there."""
        return sum(map(len, self.blocks))

    @property
    def length(self) -> int:
        """Return how long the known text is, without an appendix of which nothing is there."""
        reference, known_end = self.reference, self.blocks[-1].known_end
        if known_end <= reference.core + _MARKER:
            return max(reference.core, known_end)
        return reference.length

    @property
    def coverage(self) -> float:
        """Return how much of the known text is there."""
        return self.matched / self.length

    @property
    def similarity(self) -> float:
        """Return how alike the known text and its part of the text are, 0 to 1."""
        return 2 * self.matched / (self.end - self.start + self.length)

    @property
    def is_found(self) -> bool:
        """Say whether enough of the known text is there to call the text a version of it.

        An excerpt will do where there is little else.
        """
        excerpt = self.matched >= _EXCERPT and self.matched >= _MOSTLY * self.part
        return self.coverage >= (_FOUND_EXCERPT if excerpt else _FOUND)

    @property
    def stands(self) -> bool:
        """Say whether the known text is there as good as unchanged, whatever is of its appendix."""
        core = self.reference.core
        own = [b for b in self.blocks if b.known < core]
        if not own:
            return self.similarity >= _AS_IT_STANDS
        beyond = max(0, own[-1].known_end - core)
        kept = sum(map(len, own)) - beyond
        there = own[-1].end - beyond - self.start
        return max(self.similarity, 2 * kept / (there + core)) >= _AS_IT_STANDS

    @property
    def weight(self) -> float:
        """Return what ranks known texts: words explained, less those that are not or are missing.

        A text may be an excerpt, so a missing word counts less than one left unexplained.
        """
        added = self.end - self.start - self.matched
        missing = self.length - self.matched
        return self.matched + self.titled - added - _MISSING * missing

    def explains(self, other: "Found") -> bool:
        """Say whether it explains the same words of the text as `other`."""
        return (self.start - self.titled, self.end, self.matched + self.titled) == (
            other.start - other.titled,
            other.end,
            other.matched + other.titled,
        )

    @property
    def is_whole(self) -> bool:
        """Say whether it is all there in one piece."""
        return len(self.blocks) == 1 and len(self.blocks[0]) == self.length


def search(reading: Reading) -> tuple[list[Found], bool]:
    """Return the known texts found, in order; else the one nearest to it, if there is any.

    The second is whether these are all there are: false where there are too many to list.
    """
    parts = [(0, len(reading.shingles))]
    found: list[Found] = []
    nearest: Found | None = None
    while parts:
        first, end = parts.pop(0)
        stop = min(end, first + _WINDOW)
        best = _best(reading, first, stop)
        if best is not None and best.is_found:
            if len(found) == _MOST_LICENSES:
                return sorted(found, key=lambda f: f.start), False
            if stop < end and first < best.start and best.end > stop - _OVERLAP:
                # It may go on beyond the window: look again from where it begins.
                parts += [(first, best.start - WIDTH + 1), (best.start, end)]
                continue
            found.append(best)
            parts += _left(best, first, end)
            continue
        if not found and best is not None and (nearest is None or best.matched > nearest.matched):
            nearest = best
        if stop < end:
            parts.append((stop - _OVERLAP, end))
    if found or nearest is None:
        return sorted(found, key=lambda f: f.start), True
    return [nearest], True


def _left(found: Found, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the shingles of the words before, between and after the blocks."""
    edges = [first, *(edge for b in found.blocks for edge in (b.start, b.end)), end + WIDTH - 1]
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        if stop - start >= _LEFT:
            yield start, stop - WIDTH + 1


def _best(reading: Reading, first: int, end: int) -> Found | None:
    """Return what explains most of the words that shingles `first:end` cover."""
    hashes = frozenset(reading.shingles[first:end])
    counted: list[tuple[_Likely, Shingles, frozenset[int]]] = []
    for likely in _candidates(reading.index, hashes):
        known = reading.index.shingles(likely.reference)
        shared = hashes.intersection(known)
        count = len(shared)
        counted.append((_likely(likely.reference, count, count / len(known)), known, shared))
    counted.sort(key=lambda each: (-each[0].weight, each[0].reference.number))
    tried: list[Found] = []
    for likely, known, shared in counted:
        if not likely.may_beat(counted[0][0].weight, _LIKELIER):
            continue
        blocks = align(reading.shingles, known, shared, first, end)
        if not blocks:
            continue
        body = blocks[0].start
        titled = body - reading.titles_before(body, likely.reference, first)
        found = Found(likely.reference, tuple(blocks), titled, end - first + WIDTH - 1)
        tried.append(found)
        if found.is_whole and found.matched + titled == found.part:
            break
    return _choose(tried)


def _choose(tried: Sequence[Found]) -> Found | None:
    """Return the known text that explains most, or one that is there as it stands, if not small."""
    if not tried:
        return None
    best = max(tried, key=lambda f: f.weight)
    close = [f for f in tried if f.stands and f.weight >= best.weight / 2]
    best = max(close, key=lambda f: f.weight, default=best)
    if best.matched == best.length:
        return best
    rivals = [f.reference for f in tried if f is not best and f.is_found and f.explains(best)]
    return replace(best, rivals=tuple(rivals))


@frozen
class _Likely:
    """A known text to compare: what weight can be expected, how much of it seems to be there."""

    reference: Reference
    weight: float
    coverage: float

    def may_beat(self, weight: float, likely: float) -> bool:
        """Say whether it may outweigh `weight`, or stand as it is in a part of the text."""
        least = _CLOSE if self.coverage >= _ALL_THERE else likely
        return self.weight >= least * weight


def _likely(reference: Reference, matched: float, coverage: float) -> _Likely:
    return _Likely(reference, matched - _MISSING * (reference.core - matched), coverage)


def _candidates(index: Index, hashes: frozenset[int]) -> list[_Likely]:
    """Return the known texts to compare, the likeliest first."""
    references = index.references
    gain = 1 + _MISSING
    ranked: list[tuple[float, int, int]] = []
    for number, count in index.shared(hashes).items():
        reference = references[number]
        lack = _MISSING * reference.core - gain * count * reference.one_in
        if lack < 0:
            ranked.append((lack, number, count))
    ranked.sort()
    found: list[_Likely] = []
    for _, number, count in ranked[:_MOST_CANDIDATES]:
        reference = references[number]
        found.append(_likely(reference, count * reference.one_in, count / reference.sampled))
    least = max(found[0].weight, _LEAST) if found else 0
    return [each for each in found if each.may_beat(least, _LIKELY)]
