"""What one clause says to a use, its number or territory compared with the profile."""

from typing import assert_never

from openaudit.model.clause import Clause
from openaudit.model.usage import UseProfile
from openaudit.usage.table import Case, Effect, UseRules
from openaudit.usage.terms import Terms
from openaudit.usage.thresholds import Compared, Stand, regions, revenue, users


def said_by(
    clause: Clause, case: Case, profile: UseProfile, terms: Terms, rules: UseRules
) -> tuple[Effect, str, str]:
    """Return effect, words and what would lift it; the effect is none that is still to compare."""
    match case.effect:
        case Effect.FORBIDS | Effect.ASKS | Effect.HOLDS | Effect.UNCLEAR:
            text = case.text.replace("{message}", clause.message)
            return case.effect, text, case.lifts
        case Effect.USERS | Effect.REVENUE | Effect.REGIONS:
            return _compared(clause, outcome_of(clause, case.effect, profile, terms, rules), rules)
    assert_never(case.effect)


def outcome_of(
    clause: Clause, effect: Effect, profile: UseProfile, terms: Terms, rules: UseRules
) -> Compared | None:
    """Return where the profile stands to the threshold of a clause; None: it states none."""
    if effect is Effect.USERS:
        return users(clause, profile, rules)
    if effect is Effect.REVENUE:
        return revenue(clause, profile, rules)
    multimodal = terms.is_a(rules.multimodal)
    return regions(clause, profile, rules, multimodal=multimodal)


def _compared(clause: Clause, outcome: Compared | None, rules: UseRules) -> tuple[Effect, str, str]:
    if outcome is None:
        return Effect.UNCLEAR, clause.message, rules.words["lifts_territory"]
    if clause.params.get("effect") == rules.branding.effect:
        due = outcome.stand is Stand.ABOVE
        return (Effect.ASKS if due else Effect.HOLDS), clause.message, ""
    match outcome.stand:
        case Stand.ABOVE:
            return Effect.FORBIDS, clause.message, outcome.lifts
        case Stand.OPEN:
            return Effect.ASKS, outcome.condition, ""
        case Stand.BELOW:
            return Effect.HOLDS, outcome.condition, ""
    assert_never(outcome.stand)
