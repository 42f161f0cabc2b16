"""The obligations that a use profile calls for, ready for a checklist."""

from collections.abc import Iterator

from openaudit.model.clause import Clause, ClauseKind
from openaudit.model.report import Obligation
from openaudit.model.usage import UseProfile
from openaudit.usage.branding import Credit, credit, due, is_branding
from openaudit.usage.table import UseRules
from openaudit.usage.terms import Terms, sentence


def duties(profile: UseProfile, terms: Terms, rules: UseRules) -> tuple[Obligation, ...]:
    """Return what the user must do, in the order of the clauses, each with where it stands."""
    found = (
        Obligation(clause, sentence(text, clause))
        for clause in terms.clauses
        for text in _asked(clause, profile, terms, rules)
    )
    return tuple({(o.text, o.clause.via): o for o in found}.values())


def _asked(clause: Clause, profile: UseProfile, terms: Terms, rules: UseRules) -> Iterator[str]:
    """Yield the sentence of a duty that the profile calls for, or may call for."""
    if is_branding(clause, rules):
        if due(clause, profile, terms, rules) is not Credit.NOT_DUE:
            yield clause.message
        return
    duty = rules.duties.get(clause.id)
    if duty is None:
        if clause.kind is ClauseKind.OBLIGATION:  # of a rule of the user's own
            yield clause.message
        return
    asked = clause.id != rules.branding.duty or credit(clause, profile, terms, rules) in (
        Credit.ALWAYS,
        Credit.DUE,
    )
    if asked and duty.by & profile.uses:
        yield clause.message
    elif asked and duty.perhaps & profile.uses:
        message = clause.message
        yield f"{duty.when}: {message[:1].lower()}{message[1:]}"
