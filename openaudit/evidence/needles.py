"""Read off a card pattern some strings of which every match holds one: without, none matches.

A string is a run of plain characters; white space ends it, for it may be blanked markup. What is
not understood requires nothing, which is always true.
"""

import re
from functools import cache
from typing import Final

Wanted = frozenset[str]

_MOST: Final = 80
_PLAIN: Final = re.compile(r"[^\\\[\](){}.^$|?*+\s]")
_REPEAT: Final = re.compile(r"(?:[?*+]|\{(\d*),?\d*\})[?+]?")
_OPENING: Final = re.compile(r"\((?:\?(?:P<\w+>|:|=|!|<=|<!))?")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")


@cache
def needles(pattern: str) -> Wanted | None:
    """Return strings of which each match of `pattern` holds one, None where there are none."""
    found, end = _alternation(pattern, 0)
    return found if end == len(pattern) else None


def _alternation(pattern: str, at: int) -> tuple[Wanted | None, int]:
    branches: list[Wanted | None] = []
    while True:
        found, at = _branch(pattern, at)
        branches.append(found)
        if at >= len(pattern) or pattern[at] == ")":
            break
        at += 1
    every = frozenset[str]().union(*(b or () for b in branches))
    return (None if None in branches or len(every) > _MOST else every), at


def _branch(pattern: str, at: int) -> tuple[Wanted | None, int]:
    """Read one branch, and return the most telling of what its parts require."""
    found: list[Wanted] = []
    run = ""
    while at < len(pattern) and pattern[at] not in "|)":
        text, wanted, end = _atom(pattern, at)
        repeat = _REPEAT.match(pattern, end)
        at = repeat.end() if repeat else end
        optional = repeat is not None and (repeat[0][0] in "?*" or repeat[1] in ("", "0"))
        run += "" if optional else text
        if repeat or not text:
            found.append(frozenset((run,)))
            run = ""
        if wanted is not None and not optional:
            found.append(wanted)
    telling = [f for f in (*found, frozenset((run,))) if all(map(_telling, f))]
    return max(telling, key=_worth, default=None), at


def _atom(pattern: str, at: int) -> tuple[str, Wanted | None, int]:
    """Return the plain character that stands at `at`, or what a group requires, and its end."""
    if opening := _OPENING.match(pattern, at):
        wanted, end = _alternation(pattern, opening.end())
        around = opening[0][2:3] in ("=", "!", "<")
        return "", None if around else wanted, end + 1
    if klass := _CLASS.match(pattern, at):
        return "", None, klass.end()
    if pattern[at] == "\\":
        plain = not pattern[at + 1].isalnum()
        return (pattern[at + 1] if plain else ""), None, at + 2
    return (pattern[at] if _PLAIN.match(pattern, at) else ""), None, at + 1


def _telling(text: str) -> bool:
    return len(text) > 1 or (text != "" and not text.isascii())


def _worth(wanted: Wanted) -> tuple[int, int]:
    return min(len(w) if w.isascii() else 3 * len(w) for w in wanted), -len(wanted)
