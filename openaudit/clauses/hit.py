"""Try one wording of a rule on one unit of a text."""

import re

from openaudit.clauses.pattern import find, search
from openaudit.clauses.segment import Unit
from openaudit.clauses.values import read
from openaudit.model.clause import Param
from openaudit.model.frozen import frozen
from openaudit.model.rule import Alternative, ClauseRule

Opened = dict[tuple[str, int], re.Match[str] | None]


@frozen
class Hit:
    """One alternative of a rule that applies to one unit. The span is in folded offsets."""

    rule: ClauseRule
    alternative: Alternative
    unit: Unit
    params: dict[str, Param]
    start: int
    end: int
    index: int


def apply(
    rule: ClauseRule, alternative: Alternative, unit: Unit, index: int, opened: Opened
) -> Hit | None:
    """Return the hit of one alternative on one unit, if its clause is there.

    The unit holds the words that the alternative requires. A match that lies in the lead-in alone
    belongs to the unit of the lead-in. `opened` keeps what the opening patterns found, because many
    alternatives share one.
    """
    matches = _positive(alternative, unit.lower, index, opened)
    if not matches or max(m.end() for m in matches) <= unit.own:
        return None
    if any(search(pattern, unit.lower) for pattern in (*rule.none, *alternative.none)):
        return None
    params: dict[str, Param] = dict(alternative.set or {})
    further = (*rule.optional, *alternative.optional)
    optional = [m for pattern in further if (m := search(pattern, unit.lower))]
    for match in (*matches, *optional):
        for name, value in match.groupdict().items():
            if value is not None:
                printed = unit.text[match.start(name) : match.end(name)]
                params.update(read(name, rule.captures[name], printed))
    inside = [m for m in matches if m.end() > unit.own]
    shift = unit.start - unit.own
    first = max(unit.own, min(m.start() for m in inside)) + shift
    return Hit(rule, alternative, unit, params, first, max(m.end() for m in inside) + shift, index)


def _positive(
    alternative: Alternative, text: str, index: int, opened: Opened
) -> list[re.Match[str]]:
    """Return what `in_order` and `all` matched in `text`; nothing if one of them did not."""
    found: list[re.Match[str]] = []
    position = 0
    for at, pattern in enumerate(alternative.in_order):
        match = find(pattern, text, position) if at else _opening(pattern, text, index, opened)
        if match is None:
            return []
        found.append(match)
        position = match.end()
    for pattern in alternative.all:
        match = find(pattern, text)
        if match is None:
            return []
        found.append(match)
    return found


def _opening(pattern: str, text: str, index: int, opened: Opened) -> re.Match[str] | None:
    key = (pattern, index)
    if key not in opened:
        opened[key] = find(pattern, text)
    return opened[key]
