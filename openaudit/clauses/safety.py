"""Find the patterns that a hostile text can make slow: by their form, and by trying.

`unbounded` refuses what can take forever. What is left takes a time that grows with a power of the
length at worst, and units are short, so `runaway` tries: each pattern meets long texts made of what
it looks for itself. It is measured against a plain search on the same machine, which is slow where
that one is.
"""

import re
import time
from collections.abc import Iterator
from functools import cache
from typing import Final

from openaudit.clauses.literals import BOUNDARY, known, required, requirements
from openaudit.clauses.pattern import find
from openaudit.model.rule import ClauseRule

LONGEST: Final = 5_200  # a unit and its lead-ins, as `segment` cuts them
MOST: Final = 25  # times what the yardstick takes
_YARDSTICK: Final = re.compile("a.{0,300}b")
_LENGTHS: Final = (12, 16, 20, 26, 34, 44, 58, 75, 98, 127, 165, 215, 500, 1_200, 2_500, LONGEST)
_TRIES: Final = 3  # a busy machine is slow now and then, a slow pattern always
_REPEATS: Final = re.compile(r"[*+]|\{\d*,\}|\{\d*,\d{2,}\}")
_STRINGS: Final = 3  # of each set that a pattern requires
_FILLERS: Final = ("a", "a ", "a b-c, ", "1", "1,", " ", "-", "\u4e00")

_ESCAPED: Final = re.compile(r"\\.")
_CLASS: Final = re.compile(r"\[\^?\]?[^\]]*\]")
_LOOK_AROUND: Final = re.compile(r"\(\?<?[=!][^()*+{]*\)")
_ENDLESS: Final = r"(?:[*+]|\{\d*,(?:\d{2,})?\})"
_ENDLESS_GROUP: Final = re.compile(rf"\){_ENDLESS}")
_REPEATED: Final = re.compile(
    rf"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\()|?*+{{}}]){_ENDLESS}", re.DOTALL
)
_ANYTHING: Final = re.compile(r"\.(?:[*+]|\{\d*,\})")
_IN_A_ROW: Final = re.compile(r"\0+(?:[*+]|\{\d*,\})\??\0+(?:[*+]|\{\d*,\})")


def unbounded(pattern: str) -> str | None:
    """Return what in `pattern` repeats so that it can take forever; None where nothing does."""
    # Escapes and classes become as many signs, so that places stay what they are.
    form = _ESCAPED.sub(lambda m: "\0\0" if m[0][1] in "wWsSdD" else "ee", pattern)
    form = _CLASS.sub(lambda m: "\0" * len(m[0]), form)
    if found := _ANYTHING.search(form):
        return f"{found[0]} has no bound: say how many characters, as in .{{0,200}}"
    if found := _IN_A_ROW.search(form):
        said = pattern[found.start() : found.end()]
        return f"two repetitions in a row without a bound: {said}"
    for end in (m.start() for m in _ENDLESS_GROUP.finditer(form)):
        group = pattern[_opening(form, end) : end + 1]
        if _ambiguous(group):
            return f"nested repetition can take forever: {group}"
    return None


def _opening(form: str, end: int) -> int:
    """Return where the group opens whose parenthesis closes at `end`."""
    depth = 0
    for at in range(end, -1, -1):
        depth += (form[at] == ")") - (form[at] == "(")
        if depth == 0:
            return at
    return 0


def _ambiguous(group: str) -> bool:
    """Say whether a row of what `group` matches can be cut into such matches in several ways."""
    strings = known(group)
    if strings is not None:
        return "" in strings or not _decodable(strings)
    bare = _ESCAPED.sub("e", _LOOK_AROUND.sub("", group)).replace("(?", "(")
    return any(sign in bare for sign in "*+?|{") and not _separated(group)


def _separated(group: str) -> bool:
    """Say whether each turn holds a character that nothing which repeats within it matches."""
    form = _CLASS.sub("c", _ESCAPED.sub("e", group))
    if _ENDLESS_GROUP.search(form):
        return False
    repeated = [re.compile(m[1]) for m in _REPEATED.finditer(group)]
    return any(
        all(any(_alone(c, repeated) for c in text) for text in wanted) for wanted in required(group)
    )


def _alone(char: str, repeated: list[re.Pattern[str]]) -> bool:
    return char != BOUNDARY and not any(pattern.match(char) for pattern in repeated)


def _decodable(strings: frozenset[str]) -> bool:
    """Say whether no text is two different rows of `strings` (Sardinas and Patterson's test)."""
    left = {b[len(a) :] for a in strings for b in strings if a != b and b.startswith(a)}
    seen: set[str] = set()
    while left - seen:
        if left & strings:
            return False
        seen |= left
        pairs = [(a, b) for s in strings for t in left for a, b in ((s, t), (t, s))]
        left = {b[len(a) :] for a, b in pairs if a != b and b.startswith(a)}
    return not left & strings


def slow(rule: ClauseRule) -> Iterator[tuple[str, str]]:
    """Yield each pattern of `rule` that can be made slow: its field, and what is wrong."""
    for field, pattern in _patterns(rule):
        attack = runaway(pattern)
        if attack is not None:
            said = f'slow on {len(attack):,} characters like "{attack[:40]}"'
            yield field, f"{said}: put a bound on what repeats, or begin with a word"


@cache
def runaway(pattern: str) -> str | None:
    """Return a text that makes `pattern` slow, None where none was found."""
    if not _REPEATS.search(pattern):
        return None
    return next((text for piece in _pieces(pattern) if (text := _slow_on(pattern, piece))), None)


def _slow_on(pattern: str, piece: str) -> str | None:
    for length in _LENGTHS:  # what explodes is stopped while it is short
        text = (piece * (length // len(piece) + 1))[:length]
        limit = _limit()
        if all(_seconds(pattern, text) > limit for _ in range(_TRIES)):
            return text
    return None


@cache
def _limit() -> float:
    text = "a " * (LONGEST // 2)
    times = []
    for _ in range(9):
        begin = time.process_time()
        _YARDSTICK.search(text)
        times.append(time.process_time() - begin)
    return MOST * min(times)


def _seconds(pattern: str, text: str) -> float:
    begin = time.process_time()
    find(pattern, text)
    return time.process_time() - begin


def _pieces(pattern: str) -> Iterator[str]:
    """Yield what to repeat: plain fillers, and the strings that `pattern` itself asks for."""
    yield from _FILLERS
    sets = [sorted(wanted)[:_STRINGS] for wanted in requirements(pattern)]
    yield from (f"{literal} " for strings in sets for literal in strings)
    if len(sets) > 1:
        every = [strings[0] for strings in sets]
        yield " ".join(every) + " "
        yield " ".join(reversed(every)) + " "


def _patterns(rule: ClauseRule) -> Iterator[tuple[str, str]]:
    """Yield every pattern of `rule` with its field."""
    for at, alternative in enumerate(rule.match):
        for key in ("all", "in_order", "none", "optional"):
            for i, pattern in enumerate(getattr(alternative, key)):
                yield f"match.{at}.{key}.{i}", pattern
    for key in ("none", "optional"):
        yield from ((f"{key}.{i}", pattern) for i, pattern in enumerate(getattr(rule, key)))
    for category, patterns in (rule.categories or {}).items():
        yield from ((f"categories.{category}.{i}", p) for i, p in enumerate(patterns))
    for name, capture in rule.captures.items():
        yield from ((f"captures.{name}.values", pattern) for pattern in capture.values or {})
