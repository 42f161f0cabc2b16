"""Search a rule's pattern quickly: by the strings each of its matches must hold, then for real.

The outcome is that of a plain search (a test compares them).
"""

import re
from functools import cache
from typing import Final

from openaudit.clauses.literals import Wanted, requirements

_BOUNDARY: Final = r"\b"
_FIRST_LETTERS: Final = re.compile(r"(?:\(\?:)?[a-z0-9]")


def search(pattern: str, text: str, start: int = 0) -> re.Match[str] | None:
    """Return the first match of `pattern` in `text`, which is lower case."""
    return find(pattern, text, start) if holds(requirements(pattern), text) else None


def holds(required: tuple[Wanted, ...], text: str) -> bool:
    """Say whether `text` holds one string of each set."""
    for wanted in required:
        for literal in wanted:  # plain loops, because this is the hot path
            if literal in text:
                break
        else:
            return False
    return True


def find(pattern: str, text: str, start: int = 0) -> re.Match[str] | None:
    """Search a text that is known to hold what the pattern requires.

    A leading boundary is tested where the rest matches: `re` finds first letters far faster.
    """
    rest = _behind_boundary(pattern)
    if rest is None:
        return compiled(pattern).search(text, start)
    found = rest.search(text, start)
    while found is not None:
        at = found.start()
        if _in_word(text, at - 1) != _in_word(text, at):
            break
        found = rest.search(text, at + 1)
    return found


def _in_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, compiled once in a process; it is matched against lower case."""
    return re.compile(pattern)


@cache
def _behind_boundary(pattern: str) -> re.Pattern[str] | None:
    """Return what follows a leading boundary, where that begins with letters; else None."""
    rest = pattern.removeprefix(_BOUNDARY)
    if rest == pattern or not _FIRST_LETTERS.match(rest) or _splits(pattern):
        return None
    return compiled(rest)


def _splits(pattern: str) -> bool:
    """Say whether the pattern as a whole is an alternation."""
    plain = re.sub(r"\\.|\[\^?\]?[^\]]*\]", "", pattern)
    depth = 0
    for char in plain:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False
