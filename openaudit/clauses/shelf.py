"""Find the few units of a text that a pattern can match, for all patterns and units at once.

Each distinct word of the text is looked at once: which words does it begin with that patterns ask
for? They are found by their first letters, so the work grows with the text, not with the rules.
Sets of units are the bits of integers; they are kept short, so that the work stays linear.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from openaudit.clauses.branches import ways
from openaudit.clauses.literals import BOUNDARY, all_requirements, plain
from openaudit.clauses.prepared import Wanted
from openaudit.model.frozen import frozen

_KEY: Final = 3  # letters by which a word is found that begins as asked
_SHORTEST: Final = 2
_BOARD: Final = 256  # units whose sets share one integer
_MOST_SEEN: Final = 20_000  # words of which it is remembered what they serve
_WORD: Final = re.compile(r"\w+")


@frozen
class Asked:
    """The words that patterns ask for: `served` says for which sets of strings each can stand.

    `beginnings` are by their first letters; what is in `pieces` may begin within a word, and is
    ASCII; `others` are pieces that are not, which no ASCII text has to be searched for. `seen` are
    words of texts with what they can stand for.
    """

    words: frozenset[str]
    beginnings: Mapping[str, tuple[str, ...]]
    pieces: tuple[str, ...]
    others: tuple[str, ...]
    served: Mapping[str, tuple[Wanted, ...]]
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=16)
def asked(groups: tuple[tuple[str, ...], ...]) -> Asked:
    """Return what groups of patterns that are looked up together ask for."""
    served: dict[str, dict[Wanted, None]] = {}
    for patterns in groups:
        each_way = (way for pattern in patterns for way in ways(pattern))
        for wanted in chain(all_requirements(patterns), *each_way):
            for word in _words(wanted):
                served.setdefault(word, {})[wanted] = None
    beginnings: dict[str, list[str]] = {}
    for word in sorted(served):
        if word.startswith(BOUNDARY) and not word.endswith(BOUNDARY):
            bare = word.removeprefix(BOUNDARY)
            beginnings.setdefault(bare[:_KEY], []).append(bare)
    pieces = sorted(word for word in served if not word.startswith(BOUNDARY))
    return Asked(
        frozenset(word.strip(BOUNDARY) for word in served if word.endswith(BOUNDARY)),
        {key: tuple(words) for key, words in beginnings.items()},
        tuple(word for word in pieces if word.isascii()),
        tuple(word for word in pieces if not word.isascii()),
        {word: tuple(sets) for word, sets in served.items()},
    )


@cache
def _words(wanted: Wanted) -> Wanted:
    """Return one word of each string: enough to find candidates, the pattern itself decides."""
    words = {_longest(literal) for literal in wanted}
    if any(len(word) < _SHORTEST and word.isascii() for word in words):
        return frozenset()
    every = "\n".join(words)
    parts = [word for word in words if every.count(word) > 1]
    return frozenset(w for w in words if not any(o != w and o in w for o in parts))


@cache
def _longest(literal: str) -> str:
    """Return the longest word of `literal`, marked where it begins or ends one of the text."""
    found = max(_WORD.finditer(literal), key=lambda m: len(m[0]), default=None)
    if found is None:
        return ""
    if found.start() and found.end() < len(literal):
        return f"{BOUNDARY}{found[0]}{BOUNDARY}"
    return f"{BOUNDARY}{found[0]}" if found.start() and len(found[0]) >= _KEY else found[0]


@frozen
class _Steps:
    """How to find the units that some patterns may match, the quickest step first.

    `by_words` are sets to look up; `several` are, by pattern, those of each way in which it can
    match; `loose` are sets to look for in the units that are left.
    """

    by_words: tuple[Wanted, ...]
    several: tuple[tuple[str, tuple[tuple[Wanted, ...], ...]], ...]
    loose: tuple[Wanted, ...]


@cache
def _steps(patterns: tuple[str, ...]) -> _Steps:
    required = all_requirements(patterns)
    by_words = tuple(w for w in required if _words(w))
    loose = [w for w in required if not _words(w) or not all(map(_is_word, plain(w)))]
    several = {p: _several(p) for p in patterns}
    return _Steps(
        by_words,
        tuple((p, sets) for p, sets in several.items() if sets),
        tuple(sorted(loose, key=lambda w: (len(w), sorted(w)))),
    )


@cache
def _several(pattern: str) -> tuple[tuple[Wanted, ...], ...]:
    """Return the sets to look up for each way to match `pattern`; nothing where one has none."""
    found = [tuple(filter(_words, way)) for way in ways(pattern)]
    return tuple(found) if all(found) else ()


@cache
def _looked_for(wanted: Wanted) -> Mapping[str, tuple[str, ...]]:
    """Return the strings by the word of each that is looked up; by "" those without one."""
    words = sorted(_words(wanted))
    found: dict[str, list[str]] = {}
    for literal in sorted(wanted):
        longest = _longest(literal)
        word = longest if longest in words else next((w for w in words if w in longest), "")
        found.setdefault(word, []).append(literal.strip(BOUNDARY))
    return {word: tuple(literals) for word, literals in found.items()}


def _is_word(literal: str) -> bool:
    return _WORD.fullmatch(literal) is not None


class Shelf:
    """The units of one text in which each wanted string stands."""

    def __init__(self, texts: Sequence[str], wanted: Asked) -> None:
        self._boards = [
            _Board(first, texts[first : first + _BOARD], wanted)
            for first in range(0, len(texts), _BOARD)
        ]

    def holding(self, patterns: tuple[str, ...]) -> Iterator[int]:
        """Yield, in order, the units that hold what `patterns` require."""
        steps = _steps(patterns)
        for board in self._boards:
            units = board.holding(steps)
            while units:
                lowest = units & -units
                yield board.first + lowest.bit_length() - 1
                units ^= lowest


class _Board:
    """Some units in a row. What was looked for is remembered: many rules ask for the same."""

    def __init__(self, first: int, texts: Sequence[str], wanted: Asked) -> None:
        self.first = first
        self._texts = texts
        self._every = (1 << len(texts)) - 1
        found = _found(texts, wanted)
        self._places = _places(found, wanted)
        self._found = {**found, "": self._every}
        self._ways: dict[str, int] = {}
        self._tested: dict[Wanted, tuple[int, int]] = {}

    def holding(self, steps: _Steps) -> int:
        units = self._every
        places = self._places
        for wanted in steps.by_words:
            units &= places.get(wanted, 0)
            if not units:
                return 0
        for pattern, sets in steps.several:
            units &= self._some_way(pattern, sets)
            if not units:
                return 0
        for wanted in steps.loose:
            units &= self._test(wanted, units)
            if not units:
                return 0
        return units

    def _some_way(self, pattern: str, several: tuple[tuple[Wanted, ...], ...]) -> int:
        """Return the units that hold the words of one of several ways to match `pattern`."""
        found = self._ways.get(pattern)
        if found is None:
            found = 0
            for way in several:
                units = self._every
                for wanted in way:
                    units &= self._places.get(wanted, 0)
                found |= units
            self._ways[pattern] = found
        return found

    def _test(self, wanted: Wanted, units: int) -> int:
        """Return which of `units` hold one string of `wanted`, and maybe others that do."""
        tested, holding = self._tested.get(wanted, (0, 0))
        rest = units & ~tested
        if rest:
            tested |= rest
            by_word = _looked_for(wanted)
            texts = self._texts
            for word in by_word.keys() & self._found.keys():
                here = rest & self._found[word]
                while here:
                    lowest = here & -here
                    here ^= lowest
                    text = texts[lowest.bit_length() - 1]
                    for literal in by_word[word]:  # a plain loop, because this is the hot path
                        if literal in text:
                            holding |= lowest
                            rest ^= lowest
                            break
            self._tested[wanted] = tested, holding
        return holding


def _found(texts: Sequence[str], wanted: Asked) -> dict[str, int]:
    """Return the units in which each word that is asked for stands, as bits."""
    words: dict[str, int] = {}
    for index, text in enumerate(texts):
        bit = 1 << index
        for word in _WORD.findall(text):
            words[word] = words.get(word, 0) | bit
    found: dict[str, int] = {}
    for word, units in words.items():
        for key in _keys(word, wanted):
            found[key] = found.get(key, 0) | units
    every = f" {' '.join(words)} "
    letters = set() if every.isascii() else set(every)
    others = [piece for piece in wanted.others if piece[0] in letters] if letters else []
    for piece in (*wanted.pieces, *others):
        if units := _around(piece, every, words):
            found[piece] = units
    return found


def _keys(word: str, wanted: Asked) -> tuple[str, ...]:
    """Return what is asked for that `word` is, or begins with; texts share most of their words."""
    keys = wanted.seen.get(word)
    if keys is None:
        if len(wanted.seen) >= _MOST_SEEN:
            wanted.seen.clear()
        begun = wanted.beginnings.get(word[:_KEY], ())
        keys = tuple(BOUNDARY + beginning for beginning in begun if word.startswith(beginning))
        if word in wanted.words:
            keys += (f"{BOUNDARY}{word}{BOUNDARY}",)
        wanted.seen[word] = keys
    return keys


def _places(found: Mapping[str, int], wanted: Asked) -> dict[Wanted, int]:
    """Return the units in which each set of strings may stand, as bits."""
    places: dict[Wanted, int] = {}
    for word, units in found.items():
        for one in wanted.served[word]:
            places[one] = places.get(one, 0) | units
    return places


def _around(piece: str, every: str, words: Mapping[str, int]) -> int:
    """Return the units of the words that hold `piece`; `every` is all words between spaces."""
    units = 0
    at = every.find(piece)
    while at > 0:
        end = every.index(" ", at)
        units |= words[every[every.rindex(" ", 0, at) + 1 : end]]
        at = every.find(piece, end)
    return units
