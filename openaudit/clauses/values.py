"""Turn the words a pattern captured into the typed values of a clause.

The types a rule may name: `count`, `money` (also gives `currency`), `number`, `enum` and `list`
(both mapped by `values`), `text` (as printed) and `url`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from openaudit.clauses.pattern import search
from openaudit.model.clause import Param
from openaudit.model.rule import Capture

_SCALES: Final = {
    "hundred": 100,
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "mio": 10**6,
    "m": 10**6,
    "mm": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "\u4e07": 10**4,
    "\u4ebf": 10**8,
}
_WORDS: Final = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "twenty": 20, "thirty": 30, "fifty": 50}
_NEED_DIGITS: Final = frozenset(("k", "m", "mm", "b", "bn"))
_GROUP: Final = 3  # digits between the marks for thousands
_DIGITS: Final = re.compile(r"\d[\d.,' ]*")
_SCALE: Final = re.compile(r"\s*(hundred|thousand|million|mio|billion|bn|mm|[kmb]\b|\u4e07|\u4ebf)")
_WORD: Final = re.compile(r"[a-z]+")
_URL: Final = re.compile(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+(?:/[^\s()<>\[\]\"',;]*)?")


def count(words: str) -> int | None:
    """Return the whole number that `words` (lower case) name: "700 million", "1,000", "ten"."""
    digits = _DIGITS.search(words)
    if not digits:
        return _spelled(words)
    number = _number(digits[0].strip(" .,'"))
    if number is None:
        return None
    for scale in _SCALE.findall(words[digits.start() + len(digits[0].rstrip()) :])[:2]:
        number *= _SCALES[scale]
        break
    return round(number)


def _number(digits: str) -> float | None:
    """Read digits with either mark for thousands: one mark before three digits groups them."""
    plain = digits.replace(" ", "").replace("'", "")
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return float(plain)
    last = plain.rindex(marks[-1])
    grouped = len(plain) - last - 1 == _GROUP and len(set(marks)) == 1
    if grouped and not plain.startswith("0"):
        return float(plain.replace(",", "").replace(".", ""))
    whole = plain[:last].replace(",", "").replace(".", "")
    return float(f"{whole or 0}.{plain[last + 1 :]}")


def _spelled(words: str) -> int | None:
    total: int | None = None
    for word in _WORD.findall(words):
        if word in _WORDS:
            total = (total or 0) + _WORDS[word]
        elif word in _SCALES and word not in _NEED_DIGITS:
            total = (total or 1) * _SCALES[word]
    return total


def read(name: str, capture: Capture, printed: str) -> dict[str, Param]:
    """Return the parameters that a captured group gives; none where it cannot be read."""
    value = _TYPES[capture.type](printed, capture.values or {})
    found: dict[str, Param] = {} if value is None or value in ("", ()) else {name: value}
    if found and capture.type == "money":
        currency = _first(printed.lower(), capture.values or {})
        if currency:
            found["currency"] = currency
    return found


def _first(words: str, values: Mapping[str, str]) -> str | None:
    """Return the value whose pattern comes first in the rule among those found in `words`."""
    return next((v for p, v in values.items() if search(p, words)), None)


def _count(printed: str, _: Mapping[str, str]) -> "Param | None":
    return count(printed.lower())


def _decimal(printed: str, _: Mapping[str, str]) -> "Param | None":
    digits = _DIGITS.search(printed)
    return _number(digits[0].strip(" .,'")) if digits else None


def _enum(printed: str, values: Mapping[str, str]) -> "Param | None":
    return _first(printed.lower(), values)


def _list(printed: str, values: Mapping[str, str]) -> "Param | None":
    words = printed.lower()
    places = [(m.start(), v) for p, v in values.items() if (m := search(p, words))]
    return tuple(dict.fromkeys(v for _, v in sorted(places)))


def _text(printed: str, _: Mapping[str, str]) -> "Param | None":
    return printed.strip(" \"'.,;:()[]") or None


def _notice(printed: str, _: Mapping[str, str]) -> "Param | None":
    return printed.strip(" \"'") or None


def _url(printed: str, _: Mapping[str, str]) -> "Param | None":
    found = _URL.search(printed)
    return found[0].rstrip(".,;)") if found else None


_TYPES: Final[dict[str, Callable[[str, Mapping[str, str]], "Param | None"]]] = {
    "count": _count,
    "money": _count,
    "number": _decimal,
    "enum": _enum,
    "list": _list,
    "text": _text,
    "notice": _notice,
    "url": _url,
}
TYPES: Final = frozenset(_TYPES)
