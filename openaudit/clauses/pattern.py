"""Search a rule's pattern quickly: by the words each of its matches must hold, then for real.

`requirements` reads such words off a pattern; a text without them is not searched. The outcome is
that of a plain search (a test compares them).
"""

import re
from functools import cache
from typing import Final

Wanted = frozenset[str]

_BOUNDARY: Final = r"\b"
_SHORTEST: Final = 3  # shorter pieces stand in every text


def search(pattern: str, text: str, start: int = 0) -> re.Match[str] | None:
    """Return the first match of `pattern` in `text`, which is lower case."""
    if not may_match(pattern, text):
        return None
    rough = _rough(pattern)
    if rough is not None:
        found = rough.search(text, start)
        if found is None:
            return None
        start = found.start()
    return compiled(pattern).search(text, start)


def may_match(pattern: str, text: str) -> bool:
    """Say whether `text` holds what every match of `pattern` holds."""
    for wanted in requirements(pattern):
        for literal in wanted:  # plain loops, because this is the hot path
            if literal in text:
                break
        else:
            return False
    return True


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, compiled once in a process; it is matched against lower case."""
    return re.compile(pattern)


@cache
def _rough(pattern: str) -> re.Pattern[str] | None:
    """Return the pattern without a leading boundary: `re` finds its first letters far faster."""
    plain = re.sub(r"\\.|\[\^?\]?[^\]]*\]", "", pattern)
    depth = 0
    for char in plain:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return None
    return compiled(pattern.removeprefix(_BOUNDARY)) if pattern.startswith(_BOUNDARY) else None


@cache
def requirements(pattern: str) -> tuple[Wanted, ...]:
    """Return sets of strings: every match holds at least one of each. The most telling first."""
    branches, end = _alternation(pattern, 0)
    if end != len(pattern):
        return ()
    found = {_shortest(wanted) for wanted in _joined(branches) if _telling(wanted)}
    return tuple(sorted(found, key=lambda w: (_worth(w), sorted(w)), reverse=True))


@cache
def all_requirements(patterns: tuple[str, ...]) -> tuple[Wanted, ...]:
    """Return what a text must hold for all of `patterns` to match."""
    found = {wanted for pattern in patterns for wanted in requirements(pattern)}
    return tuple(sorted(found, key=lambda w: (_worth(w), sorted(w)), reverse=True))


def _worth(wanted: Wanted) -> tuple[int, int]:
    return (min(_letters(literal) for literal in wanted), -len(wanted)) if wanted else (0, 0)


def _letters(literal: str) -> int:
    """Return how telling `literal` is, in letters: a Chinese character says as much as three."""
    return len(literal) if literal.isascii() else 3 * len(literal)


def _telling(wanted: Wanted) -> bool:
    return _worth(wanted)[0] >= _SHORTEST


def _shortest(wanted: Wanted) -> Wanted:
    """Drop what holds another one: looking for that is enough."""
    return frozenset(w for w in wanted if not any(o != w and o in w for o in wanted))


def _joined(branches: list[list[Wanted]]) -> list[Wanted]:
    """Return what alternatives require together: all of a single one, or one thing of each."""
    if len(branches) == 1:
        return branches[0]
    best = [max(branch, key=_worth, default=frozenset()) for branch in branches]
    return [frozenset().union(*best)] if all(best) else []


def _alternation(pattern: str, at: int) -> tuple[list[list[Wanted]], int]:
    """Read branches up to the closing parenthesis or the end."""
    branches: list[list[Wanted]] = []
    while True:
        found, at = _branch(pattern, at)
        branches.append(found)
        if at >= len(pattern) or pattern[at] == ")":
            return branches, at
        at += 1


def _branch(pattern: str, at: int) -> tuple[list[Wanted], int]:
    """Read one branch and return all that it requires."""
    found: list[Wanted] = []
    run = ""
    while at < len(pattern) and pattern[at] not in "|)":
        text, required, at = _atom(pattern, at)
        repeat, at = _quantifier(pattern, at)
        if repeat != "absent":
            run += text
            found += required
        if run and (repeat != "once" or not text):
            found.append(frozenset((run,)))
            run = ""
    if run:
        found.append(frozenset((run,)))
    return found, at


def _atom(pattern: str, at: int) -> tuple[str, list[Wanted], int]:
    """Read one atom: its literal character, or what a group requires, and where it ends."""
    char = pattern[at]
    if char == "\\":
        escaped = pattern[at + 1]
        return ("" if escaped.isalnum() else escaped), [], at + 2
    if char == "[":
        return "", [], _class_end(pattern, at)
    if char == "(":
        return _group(pattern, at)
    return ("" if char in ".^$" else char), [], at + 1


def _group(pattern: str, at: int) -> tuple[str, list[Wanted], int]:
    looks_around = pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), at)
    if pattern.startswith("(?P<", at):
        at = pattern.index(">", at)
    elif pattern.startswith("(?:", at):
        at += 2
    elif looks_around:
        at += 3 if pattern[at + 2] == "<" else 2
    branches, end = _alternation(pattern, at + 1)
    return "", [] if looks_around else _joined(branches), end + 1


def _class_end(pattern: str, at: int) -> int:
    at += 2 if pattern[at + 1] == "^" else 1
    at += pattern[at] == "]"  # a bracket that comes first stands for itself
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _quantifier(pattern: str, at: int) -> tuple[str, int]:
    """Read a quantifier, if one stands at `at`: is the atom there `once`, `more` or `absent`?"""
    if at >= len(pattern) or pattern[at] not in "?*+{":
        return "once", at
    absent = pattern[at] in "?*" or pattern.startswith(("{0", "{,"), at)
    at = pattern.index("}", at) + 1 if pattern[at] == "{" else at + 1
    if at < len(pattern) and pattern[at] in "?+":
        at += 1
    return "absent" if absent else "more", at
