"""A clause with a number or a territory in it, compared with a profile.

What the profile does not say is never assumed: then the threshold is a condition to meet. So is one
in another unit or currency; nothing is converted.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from openaudit.model.clause import Clause
from openaudit.model.frozen import frozen
from openaudit.model.usage import UseProfile
from openaudit.usage.amounts import said
from openaudit.usage.table import UseRules

_MONTHS: Final = 12
_SCOPE_PART: Final = "multimodal"


class Stand(StrEnum):
    """Where a profile stands to a threshold; `open` where that is not known."""

    BELOW = "below"
    ABOVE = "above"
    OPEN = "open"


@frozen
class Compared:
    """The outcome, and what must hold for the profile to stay on the right side, in words."""

    stand: Stand
    condition: str
    lifts: str


def users(clause: Clause, profile: UseProfile, rules: UseRules) -> Compared:
    """Compare a cap on users with the monthly active users of the profile."""
    count = clause.params.get("count")
    lifts = rules.words["lifts_cap"]
    if not isinstance(count, int):
        return Compared(Stand.OPEN, clause.message, lifts)
    measured = clause.params.get("measured")
    if measured:
        lifts = rules.words["lifts_measured"].format(measured=measured)
    of = clause.params.get("who")
    condition = rules.words["users"].format(
        count=said(count),
        unit=_worded(clause, rules, "unit") or "users",
        of=f" of {_worded(clause, rules, 'who')}" if of else "",
        measured=f", counted {measured}" if measured else "",
    )
    return Compared(
        _users_stand(count, str(clause.params.get("unit")), profile.mau), condition, lifts
    )


def _users_stand(count: int, unit: str, mau: int | None) -> Stand:
    """Compare; those of a day are among those of a month, those of a month among all users."""
    if mau is None or mau == count:
        return Stand.OPEN
    if mau < count:
        return Stand.BELOW if unit in ("MAU", "DAU") else Stand.OPEN
    return Stand.ABOVE if unit in ("MAU", "users") else Stand.OPEN


def revenue(clause: Clause, profile: UseProfile, rules: UseRules) -> Compared:
    """Compare a cap on revenue with the revenue of the profile in a year."""
    amount, currency = clause.params.get("amount"), clause.params.get("currency")
    period = str(clause.params.get("period"))
    lifts = rules.words["lifts_cap"]
    if not isinstance(amount, int):
        return Compared(Stand.OPEN, clause.message, lifts)
    condition = rules.words["revenue"].format(
        amount=said(amount),
        currency=f" {currency}" if currency else "",
        period=f" a {period}" if period in ("month", "year") else "",
    )
    if profile.revenue is None:
        return Compared(Stand.OPEN, condition, lifts)
    if currency != profile.currency:
        own = f"{said(profile.revenue)} {profile.currency}"
        told = rules.words["not_converted"].format(condition=condition, own=own)
        return Compared(Stand.OPEN, told, lifts)
    return Compared(_revenue_stand(amount, period, profile.revenue), condition, lifts)


def _revenue_stand(amount: int, period: str, year: int) -> Stand:
    """Compare a year's revenue; no month earns more than its year, and one at least a twelfth."""
    if year == amount and period != "month":
        return Stand.OPEN
    match period:
        case "year":
            return Stand.ABOVE if year > amount else Stand.BELOW
        case "month":
            above = Stand.ABOVE if year > amount * _MONTHS else Stand.OPEN
            return Stand.BELOW if year <= amount else above
        case _:  # no period is stated: a year is a guess, and only in the user's disfavor
            return Stand.ABOVE if year > amount else Stand.OPEN


def regions(
    clause: Clause, profile: UseProfile, rules: UseRules, *, multimodal: bool
) -> Compared | None:
    """Compare what a clause leaves out with where the user is; None: it does not say what."""
    excluded = clause.params.get("excluded")
    if not isinstance(excluded, tuple) or not excluded:
        return None
    names, lifts = " and ".join(excluded), rules.words["lifts_region"]
    outside = rules.words["outside"].format(regions=names)
    if not profile.regions:
        return Compared(Stand.OPEN, f"{outside}: {clause.message}", lifts)
    out = _countries(excluded, rules.unions)
    barred = [r for r in profile.regions if _countries([r], rules.unions) <= out]
    touched = [r for r in profile.regions if _countries([r], rules.unions) & out]
    if not touched:
        return Compared(Stand.BELOW, outside, lifts)
    if clause.params.get("scope") == _SCOPE_PART and not multimodal:
        told = rules.words["multimodal"].format(message=clause.message)
        return Compared(Stand.OPEN, told, lifts)
    if len(barred) == len(profile.regions):
        return Compared(Stand.ABOVE, outside, lifts)
    some = " and ".join(touched)
    told = rules.words["regions"].format(regions=some, message=clause.message)
    return Compared(Stand.OPEN, told, lifts)


def _countries(
    codes: "tuple[str, ...] | list[str]", unions: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    return frozenset(c for code in codes for c in unions.get(code, (code,)))


def _worded(clause: Clause, rules: UseRules, name: str) -> str:
    """Return a parameter in the words of its rule."""
    value, capture = str(clause.params.get(name, "")), rules.clauses[clause.id].captures.get(name)
    return (capture.words or {}).get(value, value) if capture else value
