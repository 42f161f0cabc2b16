"""Read a use profile: what a user does with a release, how many use it, what it earns, where.

Two forms of the same keys: `commercial,mau=10M,revenue=5M USD,region=EU,distill`, and a mapping.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from openaudit.errors import UsageError
from openaudit.model.usage import DOLLARS, Use, UseProfile
from openaudit.usage.amounts import number

_KEYS: Final = ("uses", "mau", "revenue", "region", "regions")
_MONEY: Final = re.compile(
    r"(?P<before>[A-Za-z]{3}|[$€£])? ?(?P<amount>[\d_. ]+[A-Za-z]*?) ?(?P<after>[A-Z]{3}|[€£$])?"
)
_SHOWN: Final = 60

EXAMPLE: Final = "commercial,mau=10M,revenue=5M USD,region=EU,distill"


def inline(text: str, raw: Mapping[str, Any]) -> UseProfile:
    """Return the profile of a `--use` option; `raw` is `rules/uses.yaml`.

    Raises:
        UsageError: an unknown key or use, or a value that is none: says which, and what is near.
    """
    given: dict[str, Any] = {"uses": [], "regions": []}
    for part in filter(None, (p.strip() for p in text.split(","))):
        key, equals, value = (w.strip() for w in part.partition("="))
        if not equals:
            given["uses"].append(key)
        elif key in ("region", "regions"):
            given["regions"] += value.split()
        elif key in given:
            raise UsageError(f"use profile: {key}: said twice")
        else:
            given[key] = value
    return mapping(given, "use profile", raw)


def mapping(given: Mapping[str, Any], where: str, raw: Mapping[str, Any]) -> UseProfile:
    """Return the profile of a mapping; `where` starts an error, such as the path of the file.

    Raises:
        UsageError: as of `inline`.
    """
    for key in given:
        if key not in _KEYS:
            raise UsageError(f"{where}: {_cut(key)}: unknown key{_near(str(key), _KEYS)}")
    uses = frozenset(_uses(_listed(given.get("uses")), where))
    if not uses:
        raise UsageError(f"{where}: uses: say what for, one or more of {', '.join(Use)}")
    if "region" in given and "regions" in given:
        raise UsageError(f"{where}: region: stands beside regions; keep one")
    regions = _listed(given.get("regions", given.get("region")))
    revenue, currency = _revenue(given.get("revenue"), where, raw)
    return UseProfile(
        uses=uses,
        mau=_users(given.get("mau"), where),
        revenue=revenue,
        currency=currency,
        regions=tuple(dict.fromkeys(_regions(regions, where, raw))),
    )


def _listed(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return value if isinstance(value, list) else [value]


def _uses(words: Sequence[Any], where: str) -> Iterator[Use]:
    for word in words:
        if word not in tuple(Use):
            near = _near(str(word), (*Use, *(f"{k}=" for k in _KEYS[1:])))
            raise UsageError(f"{where}: {_cut(word)}: no use known here{near}")
        yield Use(word)


def _users(value: Any, where: str) -> int | None:
    if value is None:
        return None
    users = _number(value)
    if users is None:
        raise UsageError(f"{where}: mau: {_cut(value)} is no number of users, such as 10M")
    return users


def _revenue(value: Any, where: str, raw: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return the revenue of a year and its currency, which has to be said."""
    if value is None:
        return None, DOLLARS
    found = _MONEY.fullmatch(str(value).strip())
    amount = number(found["amount"]) if found else None
    said = (
        [raw["symbols"].get(c, c.upper()) for c in found.group("before", "after") if c]
        if found
        else []
    )
    if amount is None or len(said) > 1:
        raise UsageError(f"{where}: revenue: {_cut(value)} is no amount, such as 5M USD")
    if not said:
        raise UsageError(f"{where}: revenue: {_cut(value)} has no currency, as 5M USD does")
    if said[0] not in raw["currencies"]:
        near = _near(said[0], raw["currencies"])
        raise UsageError(f"{where}: revenue: {said[0]} is no currency known here{near}")
    return amount, said[0]


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return number(str(value))


def _regions(words: Sequence[Any], where: str, raw: Mapping[str, Any]) -> Iterator[str]:
    known = (*raw["unions"], *raw["countries"].split())
    for word in words:
        code = str(word).upper()
        code = raw["names"].get(code, code)
        if code not in known:
            raise UsageError(
                f"{where}: region: {_cut(word)} is no code of ISO 3166 such as DE, nor EU or EEA"
            )
        yield code


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word.lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    if not near:
        return f"; known: {', '.join(known)}" if len(known) <= 12 else ""  # noqa: PLR2004  # a line
    return f"; did you mean {next(k for k in known if k.lower() == near[0])}?"


def _cut(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
