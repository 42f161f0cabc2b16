"""Compare one value of a report with what a policy says of it: yes, no or unknown.

A value that is not known leaves every comparison unknown but `exists`, which asks just that.
A list is compared by its items: `in` asks whether it has one of them, `contains` for all of them.
"""

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Final, TypeAlias

from openaudit.model.frozen import frozen
from openaudit.model.verdict import Met

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = "Scalar | tuple[Scalar, ...] | None"
Operand: TypeAlias = "Scalar | tuple[Scalar, ...]"

_SCALES: Final = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
_NUMBER: Final = re.compile(r"\s*(-?\d[\d_,]*(?:\.\d+)?)\s*([a-zA-Z]*)\s*")


@frozen
class Check:
    """One comparison: an operator of `OPERATORS`, and what to compare with."""

    operator: str
    operand: Operand

    def of(self, value: Value) -> Met:
        """Return how `value` compares; None is a value that is not known."""
        if self.operator == "exists":
            return _met((value is not None) is bool(self.operand))
        if value is None:
            return Met.UNKNOWN
        if self.operator in ORDERED and any(number(v) is None for v in _items(value)):
            return Met.UNKNOWN
        return _met(_COMPARE[self.operator](value, self.operand))


def number(written: object) -> float | None:
    """Return the number in `10M`, `10 million`, `1_000_000`; None where there is none."""
    if isinstance(written, bool):
        return None
    if isinstance(written, int | float):
        return written
    found = _NUMBER.fullmatch(written) if isinstance(written, str) else None
    scale = _SCALES.get(found[2].lower()) if found else None
    if found is None or scale is None:
        return None
    return float(found[1].replace("_", "").replace(",", "")) * scale


def _met(holds: bool) -> Met:  # noqa: FBT001  # a truth value turned into another
    return Met.YES if holds else Met.NO


def _items(value: Operand) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


def _same(one: Scalar, other: Scalar) -> bool:
    """Say whether two values are equal: numbers as numbers, words without regard to case."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    left, right = number(one), number(other)
    return left is not None and left == right


def _among(value: Operand, operand: Operand) -> bool:
    return any(_same(v, o) for v in _items(value) for o in _items(operand))


def _contains(value: Operand, operand: Operand) -> bool:
    return all(any(_same(v, o) for v in _items(value)) for o in _items(operand))


def _matches(value: Operand, operand: Operand) -> bool:
    """Say whether a glob matches the whole of a value, never a part of it."""
    return any(
        fnmatchcase(str(v).casefold(), str(o).casefold())
        for v in _items(value)
        for o in _items(operand)
    )


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Operand, Operand], bool]:
    def compared(value: Operand, operand: Operand) -> bool:
        pairs = [(number(v), number(o)) for v in _items(value) for o in _items(operand)]
        return all(v is not None and o is not None and compare(v, o) for v, o in pairs)

    return compared


_COMPARE: Final[Mapping[str, Callable[[Operand, Operand], bool]]] = {
    "eq": _among,
    "ne": lambda value, operand: not _among(value, operand),
    "in": _among,
    "not-in": lambda value, operand: not _among(value, operand),
    "contains": _contains,
    "matches": _matches,
    "lt": _ordered(lambda v, o: v < o),
    "le": _ordered(lambda v, o: v <= o),
    "gt": _ordered(lambda v, o: v > o),
    "ge": _ordered(lambda v, o: v >= o),
}
ORDERED: Final = frozenset({"lt", "le", "gt", "ge"})
OPERATORS: Final = (*_COMPARE, "exists")
WORDS: Final = {
    "eq": "",
    "ne": "other than",
    "in": "one of",
    "not-in": "none of",
    "contains": "with",
    "matches": "like",
    "lt": "below",
    "le": "at most",
    "gt": "above",
    "ge": "at least",
}
"""How each operator reads before its operand."""
