"""What the shipped patterns require, worked out when the wheel is built.

Reading it off the patterns takes half a second, and this file a few milliseconds. A checkout has
none, and works it out; so does a wheel for the patterns of a user's own rules.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache

from openaudit import data
from openaudit.model.frozen import frozen

Wanted = frozenset[str]


@frozen
class Required:
    """What one pattern requires, and what each of the ways to match it does."""

    sets: tuple[Wanted, ...]
    ways: tuple[tuple[Wanted, ...], ...]


def dump(patterns: Mapping[str, Required]) -> str:
    """Return the file: sets that patterns share are written once."""
    numbers: dict[Wanted, int] = {}

    def numbered(sets: Sequence[Wanted]) -> list[int]:
        return [numbers.setdefault(wanted, len(numbers)) for wanted in sets]

    lines = [[p, numbered(r.sets), [numbered(w) for w in r.ways]] for p, r in patterns.items()]
    packed = {"sets": [sorted(wanted) for wanted in numbers], "patterns": lines}
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


@cache
def prepared() -> Mapping[str, Required]:
    """Return what was worked out, by pattern; nothing where there is no such file."""
    text = data.prepared_patterns()
    if text is None:
        return {}
    packed = json.loads(text)
    sets = [frozenset(wanted) for wanted in packed["sets"]]
    return {
        pattern: Required(
            tuple(sets[i] for i in own), tuple(tuple(sets[i] for i in way) for way in ways)
        )
        for pattern, own, ways in packed["patterns"]
    }
