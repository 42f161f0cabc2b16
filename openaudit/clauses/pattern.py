"""Search a rule's pattern quickly: by the strings each of its matches must hold, then for real.

The outcome is that of a plain search (a test compares them).
"""

import re
from functools import cache
from typing import Final

from openaudit.clauses.branches import branches_of
from openaudit.clauses.literals import Rows, requirements
from openaudit.clauses.prepared import Wanted

_BOUNDARY: Final = r"\b"
_LETTER: Final = re.compile(r"[^\W_](?![?*{])")


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


def all_there(required: tuple[tuple[Rows, ...], ...], text: str, there: dict[str, bool]) -> bool:
    """Say whether `text` holds, of each set, all rows of one; `there` keeps what was looked for."""
    for wanted in required:
        for rows in wanted:
            for row in rows:  # plain loops, because every model card comes here
                found = there.get(row)
                if found is None:
                    found = there[row] = row in text
                if not found:
                    break
            else:
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
    if rest == pattern or len(branches_of(pattern)) > 1 or not _begins_with_letters(rest):
        return None
    return compiled(rest)


def _begins_with_letters(pattern: str) -> bool:
    r"""Say whether each match begins with a letter that the pattern names.

    Without its boundary, `\w+` would be tried at each letter of a word and not at the first alone.
    """
    if not pattern.startswith("(?:"):
        return _LETTER.match(pattern) is not None
    branches = branches_of(pattern[3:])
    after = pattern[3 + sum(len(branch) + 1 for branch in branches) :]
    optional = after.startswith(("?", "*", "{0", "{,"))
    return not optional and all(_LETTER.match(branch) for branch in branches)
