"""A credit that is due only above a cap: which duty it is, and whether it is due."""

from enum import StrEnum

from openaudit.model.clause import Clause
from openaudit.model.evidence import Quote
from openaudit.model.usage import UseProfile
from openaudit.usage.compared import outcome_of
from openaudit.usage.table import UseRules
from openaudit.usage.terms import Terms
from openaudit.usage.thresholds import Stand


class Credit(StrEnum):
    """Whether a credit is due; `always` where no cap asks for it."""

    ALWAYS = "always"
    DUE = "due"
    NOT_DUE = "not-due"
    OPEN = "open"


def credit(duty: Clause, profile: UseProfile, terms: Terms, rules: UseRules) -> Credit:
    """Return whether the credit that `duty` asks for is due for this profile."""
    caps = [c for c in terms.clauses if is_branding(c, rules) and _together(c, duty)]
    if not caps:
        return Credit.ALWAYS
    states = [due(c, profile, terms, rules) for c in caps]
    for state in (Credit.DUE, Credit.OPEN):
        if state in states:
            return state
    return Credit.NOT_DUE


def due(cap: Clause, profile: UseProfile, terms: Terms, rules: UseRules) -> Credit:
    """Return whether the profile is above a cap that asks for a credit."""
    outcome = outcome_of(cap, rules.branding.caps[cap.id], profile, terms, rules)
    if outcome is None or outcome.stand is Stand.OPEN:
        return Credit.OPEN
    return Credit.DUE if outcome.stand is Stand.ABOVE else Credit.NOT_DUE


def is_branding(clause: Clause, rules: UseRules) -> bool:
    """Say whether a clause is a cap above which nothing but a credit is asked for."""
    branding = rules.branding
    return clause.id in branding.caps and clause.params.get("effect") == branding.effect


def _together(cap: Clause, duty: Clause) -> bool:
    """Say whether cap and duty are one sentence of one license.

    Of a license known by name that is a section whose duty has a condition.
    """
    if cap.via != duty.via or cap.policy != duty.policy:
        return False
    one, other = cap.evidence, duty.evidence
    if isinstance(one, Quote) and isinstance(other, Quote):
        apart = one.end <= other.start or other.end <= one.start
        return one.document == other.document and not apart
    return cap.section == duty.section and "condition" in duty.params
