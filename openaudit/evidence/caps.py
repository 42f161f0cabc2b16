"""The caps of a license as structures: what is counted, how much, when, whose, and what follows."""

from collections.abc import Mapping
from typing import Final

from openaudit.model.clause import Clause, Param
from openaudit.model.release import Plain

CAPS: Final = ("user-cap", "revenue-cap")

_REVENUE: Final = {"year": "annual_revenue", "month": "monthly_revenue"}
_EFFECTS: Final = {
    "separate-license": "no_rights_until_license",
    "prohibited": "no_rights",
    "branding": "branding_only",
}
_ONCE: Final = "release date"


def cap(clause: Clause) -> Plain:
    """Return a cap; None stands for what the clause does not say."""
    said = clause.params
    measured = said.get("measured")
    at_release = isinstance(measured, str) and _ONCE in measured
    money = "amount" in said
    return {
        "metric": _REVENUE.get(str(said.get("period")), "revenue") if money else _one(said, "unit"),
        "threshold": _one(said, "amount" if money else "count"),
        "unit": _one(said, "currency") if money else "users",
        "assessed": "at_release" if at_release else None,
        "scope": _one(said, "who"),
        "condition": measured if isinstance(measured, str) else None,
        "effect": _EFFECTS.get(str(said.get("effect"))),
    }


def _one(said: Mapping[str, Param], name: str) -> Plain:
    value = said.get(name)
    return None if isinstance(value, tuple) else value
