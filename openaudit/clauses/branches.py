"""Take a pattern apart at its alternatives: what it requires is what one of them does."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from openaudit.clauses.literals import known, read_off
from openaudit.clauses.prepared import Required, Wanted, prepared
from openaudit.model.rule import ClauseRule

_ESCAPE_OR_CLASS: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_GROUP_FIRST: Final = re.compile(r"(?P<before>(?:\\b|\(\?<!(?:\\.|[^()\\])*\))*)\((?:\?:|\?P<\w+>)")
_QUANTIFIERS: Final = ("?", "*", "+", "{")


@cache
def ways(pattern: str) -> tuple[tuple[Wanted, ...], ...]:
    """Return what each way to match `pattern` requires; nothing where there is but one.

    `A.*B|C.*D` requires A or C, and B or D; but a text with A and D alone has no match.
    """
    known_before = prepared().get(pattern)
    return known_before.ways if known_before else worked_out(pattern).ways


def worked_out(pattern: str) -> Required:
    """Return what `pattern` requires, worked out."""
    each = tuple(read_off(way) for way in _ways(pattern))
    return Required(read_off(pattern), each if len(each) > 1 else ())


def of_rules(rules: Iterable[ClauseRule]) -> dict[str, Required]:
    """Return what each pattern of `rules` requires."""
    patterns: set[str] = set()
    for rule in rules:
        patterns.update(rule.none, rule.optional, *(rule.categories or {}).values())
        for a in rule.match:
            patterns.update(a.all, a.in_order, a.none, a.optional)
    return {pattern: worked_out(pattern) for pattern in sorted(patterns)}


def _ways(pattern: str) -> Iterator[str]:
    """Yield patterns of which one matches wherever `pattern` does."""
    for branch in branches_of(pattern):
        head = _GROUP_FIRST.match(branch)
        inner = branches_of(branch[head.end() :]) if head else []
        after = branch[head.end() + sum(len(i) + 1 for i in inner) :] if head else ""
        if head is None or after.startswith(_QUANTIFIERS):
            yield branch
            continue
        listed = [one for one in inner if known(one) is not None]
        further = [one for one in inner if known(one) is None]
        for one in (*further, *(["|".join(listed)] if listed else [])):
            yield f"{head['before']}(?:{one}){after}"


def branches_of(pattern: str) -> list[str]:
    """Return the alternatives of `pattern`, up to a parenthesis that closes what is open before."""
    plain = _ESCAPE_OR_CLASS.sub(lambda m: "e" * len(m[0]), pattern)
    cuts = [-1]
    depth = 0
    for at, char in enumerate(plain):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return _cut(pattern[:at], cuts)
        if char == "|" and depth == 0:
            cuts.append(at)
    return _cut(pattern, cuts)


def _cut(pattern: str, cuts: list[int]) -> list[str]:
    return [pattern[a + 1 : b] for a, b in pairwise([*cuts, len(pattern)])]
