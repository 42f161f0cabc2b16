"""Find the few units of a text that a pattern can match, for all patterns and units at once.

Each distinct word of the text is looked at once: which pieces that patterns ask for does it hold?
Pieces are found by their first letters, so the work grows with the text, not with the rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from openaudit.clauses.pattern import Wanted, all_requirements

_KEY: Final = 3  # letters by which a piece is found; shorter ones are not asked for
_NOWHERE: Final[frozenset[int]] = frozenset()

Pieces = Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=16)
def pieces(groups: tuple[tuple[str, ...], ...]) -> Pieces:
    """Return the pieces of words that groups of patterns ask for, by their first letters."""
    found: dict[str, set[str]] = {}
    for patterns in groups:
        for wanted in all_requirements(patterns):
            for piece in _pieces(wanted):
                found.setdefault(piece[:_KEY], set()).add(piece)
    return {key: tuple(sorted(words)) for key, words in found.items()}


@cache
def _pieces(wanted: Wanted) -> Wanted:
    """Return one word of each string: enough to find candidates, the pattern itself decides."""
    words = {max(literal.split(), key=len, default="") for literal in wanted}
    if any(len(word) < _KEY for word in words):
        return frozenset()
    return frozenset(w for w in words if not any(o != w and o in w for o in words))


class Shelf:
    """The units of one text in which each piece stands."""

    def __init__(self, texts: Sequence[str], asked: Pieces) -> None:
        self._texts = texts
        self._whole = "\n".join(texts)
        self._everywhere = frozenset(range(len(texts)))
        units: dict[str, list[int]] = {}
        for index, text in enumerate(texts):
            for word in set(text.split()):
                units.setdefault(word, []).append(index)
        self._found: dict[str, set[int]] = {}
        for word, places in units.items():
            for at in range(len(word) - _KEY + 1):
                for piece in asked.get(word[at : at + _KEY], ()):
                    if word.startswith(piece, at):
                        self._found.setdefault(piece, set()).update(places)
        self._sets: dict[Wanted, frozenset[int]] = {}

    def holding(self, required: Iterable[Wanted]) -> list[int]:
        """Return, in order, the units that may hold one string of each set."""
        units = self._everywhere
        for wanted in required:
            found = self._sets.get(wanted)
            if found is None:
                found = self._sets[wanted] = self._holding_one(wanted)
            units = units & found
            if not units:
                break
        return sorted(units)

    def _holding_one(self, wanted: Wanted) -> frozenset[int]:
        words = _pieces(wanted)
        if not words:
            return self._looked_up(wanted)
        return _NOWHERE.union(*(self._found.get(word, _NOWHERE) for word in words))

    def _looked_up(self, wanted: Wanted) -> frozenset[int]:
        """Return where strings stand that are too short for pieces: two Chinese characters."""
        if any(literal.isascii() for literal in wanted):
            return self._everywhere
        there = [literal for literal in wanted if literal in self._whole]
        if not there:
            return _NOWHERE
        return frozenset(
            index for index, text in enumerate(self._texts) if any(w in text for w in there)
        )
