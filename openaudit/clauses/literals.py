"""Read off a pattern the strings that its matches must hold; a text without them is not searched.

A part of a pattern is either known exactly, as the few strings it can match, or by sets of strings
of which each match holds one. Known parts that follow each other are joined: `may (?:not|never)`
gives "may not" and "may never". What is not understood requires nothing, which is always true.
A string that begins or ends at a boundary is marked with BOUNDARY there: it can be looked up.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Final

from openaudit.clauses.prepared import Wanted, prepared

Rows = tuple[str, ...]

_PLAIN: Final = re.compile(r"[^\\\[\](){}.^$|?*+]+(?![?*+{])")
_ROW: Final = re.compile(r"[a-z0-9]+|[^\W_]")
BOUNDARY: Final = "\0"
_SHORTEST: Final = 2  # shorter strings of Latin letters stand in every text, and so do these:
_EVERYWHERE: Final = frozenset(
    (
        *("a", "an", "and", "any", "as", "be", "by", "for", "from"),
        *("in", "is", "of", "or", "that", "the", "this", "to"),
    )
)
_MOST: Final = 48  # strings of a part that is known exactly
_MOST_JOINED: Final = 24  # and of several parts in a row
_NOTHING: Final = frozenset(("",))
_AT_BOUNDARY: Final = frozenset((BOUNDARY,))
_ZERO_WIDTH: Final = "BAZ"


@dataclass(slots=True)
class _Part:
    """`exact`: all that the part can match, None where that is too much to list.

    `ends`: what follows stands at a boundary, if it is a letter.
    """

    exact: Wanted | None
    required: list[Wanted] = field(default_factory=list)
    ends: bool = False

    def sets(self) -> list[Wanted]:
        """Return the sets of strings of which each match holds one."""
        return self.required if self.exact is None else [self.exact]


@cache
def requirements(pattern: str) -> tuple[Wanted, ...]:
    """Return sets of strings: every match holds at least one of each. The most telling first."""
    return tuple(map(plain, all_requirements((pattern,))))


@cache
def all_requirements(patterns: tuple[str, ...]) -> tuple[Wanted, ...]:
    """Return what a text must hold for all of `patterns` to match, boundaries marked."""
    found = {wanted for pattern in patterns for wanted in _of_one(pattern)}
    return tuple(sorted(found, key=_rank, reverse=True))


@cache
def _of_one(pattern: str) -> tuple[Wanted, ...]:
    known_before = prepared().get(pattern)
    return known_before.sets if known_before else read_off(pattern)


def read_off(pattern: str) -> tuple[Wanted, ...]:
    """Return the telling sets of `pattern`, worked out."""
    found = {_shortest(frozenset(map(_tidied, wanted))) for wanted in required(pattern)}
    return tuple(sorted(filter(_telling, found), key=_rank, reverse=True))


@cache
def plain(wanted: Wanted) -> Wanted:
    """Return the strings without the marks of boundaries."""
    return frozenset(literal.strip(BOUNDARY) for literal in wanted)


@cache
def letters(patterns: tuple[str, ...]) -> tuple[tuple[Rows, ...], ...]:
    """Return what a text must hold for all of `patterns` to match: of each set all rows of one.

    A row is some letters of a word. They stand in `fold.bare(text)` too, where they stand in a unit
    of the text. Of other than Latin letters it is one: folding joins words that a line breaks.
    """
    every = ({_rows(literal) for literal in wanted} for wanted in all_requirements(patterns))
    return tuple(sorted((_fewest(s) for s in every if () not in s), key=len))


def _fewest(wanted: set[Rows]) -> tuple[Rows, ...]:
    """Drop rows of which others are a part: where those are not, these are not."""
    return tuple(sorted(w for w in wanted if not any(set(o) < set(w) for o in wanted)))


def _rows(literal: str) -> Rows:
    rows = {row for row in _ROW.findall(literal) if len(row) > _SHORTEST or not row.isascii()}
    return tuple(sorted(rows, key=lambda row: (-len(row), row)))


def known(pattern: str) -> Wanted | None:
    """Return all that `pattern` can match, None where that is too much to list."""
    part, end = _alternation(pattern, 0, _NOTHING)
    if part.exact is None or end != len(pattern):
        return None
    return frozenset(literal.replace(BOUNDARY, "") for literal in part.exact)


def required(pattern: str) -> list[Wanted]:
    """Return sets of strings of which each match holds one, telling or not, boundaries marked."""
    part, end = _alternation(pattern, 0, _NOTHING)
    return part.sets() if end == len(pattern) else []


def _tidied(literal: str) -> str:
    """Keep the marks at the ends of words alone: elsewhere they say nothing that helps."""
    bare = literal.replace(BOUNDARY, "")
    before = BOUNDARY if literal.startswith(BOUNDARY) and bare[:1].isalnum() else ""
    after = BOUNDARY if literal.endswith(BOUNDARY) and bare[-1:].isalnum() else ""
    return before + bare + after


def _telling(wanted: Wanted) -> bool:
    words = {literal.strip(" \0") for literal in wanted}
    long = all(len(word) >= _SHORTEST or not word.isascii() for word in words)
    return bool(words) and "" not in words and long and _EVERYWHERE.isdisjoint(words)


def _shortest(wanted: Wanted) -> Wanted:
    """Drop what holds another one: looking for that is enough."""
    every = "\n".join(wanted)
    held = [literal for literal in wanted if every.count(literal) > 1]
    return frozenset(w for w in wanted if not any(o != w and o in w for o in held))


def _worth(wanted: Wanted) -> tuple[int, int]:
    return (min(map(_weight, wanted)), -len(wanted)) if wanted else (0, 0)


def _weight(literal: str) -> int:
    """Return how telling `literal` is, in letters: a Chinese character says as much as three."""
    return len(literal) if literal.isascii() else 3 * len(literal)


@cache
def _rank(wanted: Wanted) -> tuple[tuple[int, int], list[str]]:
    return _worth(wanted), sorted(wanted)


def _alternation(pattern: str, at: int, before: Wanted) -> tuple[_Part, int]:
    """Read branches up to the closing parenthesis or the end; each follows `before`."""
    branches: list[_Part] = []
    while True:
        part, at = _branch(pattern, at, before)
        branches.append(part)
        if at >= len(pattern) or pattern[at] == ")":
            return _either(branches), at
        at += 1


def _either(branches: list[_Part]) -> _Part:
    """Return what alternatives have in common: the best of each, the second best of each, ..."""
    if len(branches) == 1:
        return branches[0]
    known = frozenset[str]().union(*(b.exact or () for b in branches))
    if all(b.exact is not None for b in branches) and len(known) <= _MOST:
        return _Part(known)
    ranked = [sorted(b.sets(), key=_rank, reverse=True) for b in branches]
    sets = [frozenset[str]().union(*same) for same in zip(*ranked, strict=False)]
    return _Part(None, sets, all(b.ends for b in branches))


def _branch(pattern: str, at: int, before: Wanted) -> tuple[_Part, int]:
    """Read one branch: the parts of it that are known, joined, and what the others require."""
    run = before
    found = _Part(_NOTHING)
    while at < len(pattern) and pattern[at] not in "|)":
        here = _AT_BOUNDARY if _at_boundary(run) else _NOTHING
        part, at = _atom(pattern, at, here)
        part, at = _repeated(part, pattern, at, here)
        exact = part.exact
        if exact is not None and len(run) * len(exact) <= _MOST_JOINED:
            run = frozenset("".join(pair) for pair in product(run, exact))
            continue
        found.exact = None
        found.required.append(run)
        run = exact or (_AT_BOUNDARY if part.ends else _NOTHING)
        found.required += part.required
    found.ends = _at_boundary(run)
    if found.exact is not None:
        found.exact = run
    else:
        found.required.append(run)
    return found, at


def _at_boundary(run: Wanted) -> bool:
    return all(text.endswith((BOUNDARY, " ")) for text in run)


def _atom(pattern: str, at: int, before: Wanted) -> tuple[_Part, int]:
    """Read some plain characters, or one that is not, a class or a group, and where it ends."""
    if run := _PLAIN.match(pattern, at):
        return _Part(frozenset((run[0],))), run.end()
    char = pattern[at]
    if char == "\\":
        return _Part(_escaped(pattern[at + 1])), at + 2
    if char == "[":
        return _class(pattern, at)
    if char == "(":
        return _group(pattern, at, before)
    if char == ".":
        return _Part(None), at + 1
    return _Part(_NOTHING if char in "^$" else frozenset((char,))), at + 1


def _escaped(char: str) -> Wanted | None:
    if char == "b":
        return _AT_BOUNDARY
    if char in _ZERO_WIDTH:
        return _NOTHING
    return None if char.isalnum() else frozenset((char,))


def _group(pattern: str, at: int, before: Wanted) -> tuple[_Part, int]:
    looks_around = pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), at)
    if pattern.startswith("(?P<", at):
        at = pattern.index(">", at)
    elif pattern.startswith("(?:", at):
        at += 2
    elif looks_around:
        at += 3 if pattern[at + 2] == "<" else 2
    part, end = _alternation(pattern, at + 1, before)
    return _Part(_NOTHING) if looks_around else part, end + 1


def _class(pattern: str, at: int) -> tuple[_Part, int]:
    """Read a class; one of plain characters only is known exactly."""
    start = at + 1
    at += 2 if pattern[at + 1] == "^" else 1
    at += pattern[at] == "]"  # a bracket that comes first stands for itself
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    inside = pattern[start:at]
    plain = not inside.startswith("^") and "\\" not in inside and "-" not in inside.strip("-")
    return _Part(frozenset(inside) if plain else None), at + 1


def _repeated(part: _Part, pattern: str, at: int, before: Wanted) -> tuple[_Part, int]:
    """Read a quantifier, if one stands at `at`, and return what is left of the part."""
    if at >= len(pattern) or pattern[at] not in "?*+{":
        return part, at
    first = pattern[at]
    absent = first in "?*" or pattern.startswith(("{0", "{,"), at)
    at = pattern.index("}", at) + 1 if first == "{" else at + 1
    if at < len(pattern) and pattern[at] in "?+":
        at += 1
    if first == "?" and part.exact is not None:
        return _Part(part.exact | before), at
    ends = part.ends and not (absent and before == _NOTHING)
    return _Part(None, [] if absent else part.sets(), ends), at
