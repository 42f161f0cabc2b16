"""Numbers, as people write them in a use profile and read them in a condition."""

import re
from decimal import Decimal
from typing import Final

_UNITS: Final = {
    "": 1,
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mio": 1_000_000,
    "million": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_NUMBER: Final = re.compile(r"(?P<digits>\d{1,15}(?:[_ ]\d{3})*(?:\.\d{1,6})?) ?(?P<unit>[a-z]*)")
_MILLION: Final = 1_000_000


def number(text: str) -> int | None:
    """Return a whole number such as `10M`, `2.5 billion` or `700_000_000`; None: it is none."""
    found = _NUMBER.fullmatch(text.strip().lower())
    unit = _UNITS.get(found["unit"]) if found else None
    if found is None or unit is None:
        return None
    value = Decimal(re.sub("[_ ]", "", found["digits"])) * unit
    return int(value) if value == int(value) else None


def said(value: int) -> str:
    """Return a number in words where that is shorter: 700 million."""
    if value >= _MILLION and value % (_MILLION // 10) == 0:
        return f"{value / _MILLION:,g} million" if value < 10**12 else f"{value:,}"
    return f"{value:,}"
