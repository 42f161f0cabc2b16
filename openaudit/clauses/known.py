"""The clauses of a license that is known by name: from its profile, no text read.

This is the path of a release that is audited from the catalog; it compiles no pattern.
"""

from collections.abc import Collection, Iterable

from openaudit.clauses.message import told
from openaudit.model.clause import Basis, Clause, Confidence
from openaudit.model.evidence import Evidence, Quote
from openaudit.model.profile import LicenseProfile
from openaudit.model.rule import ClauseRule


def profile_clauses(
    profile: LicenseProfile, rules: Iterable[ClauseRule], evidence: Evidence
) -> tuple[Clause, ...]:
    """Return the profile's clauses in its order; ids that have no rule are left out."""
    by_id = {rule.id: rule for rule in rules}
    found: list[Clause] = []
    for known in profile.clauses:
        rule = by_id.get(known.id)
        if rule is None:
            continue
        kind, message = told(rule, known.params)
        found.append(
            Clause(
                id=rule.id,
                title=rule.title,
                kind=kind,
                severity=rule.severity,
                params=known.params,
                section=known.section,
                message=message,
                confidence=Confidence.HIGH,
                basis=Basis.PROFILE,
                evidence=evidence,
            )
        )
    return tuple(found)


def reconcile(found: Iterable[Clause], known: Iterable[Clause]) -> tuple[Clause, ...]:
    """Join what a text shows with what is known of its license; the text wins, id by id."""
    shown = tuple(found)
    ids = {clause.id for clause in shown}
    return shown + tuple(clause for clause in known if clause.id not in ids)


def vouched(
    found: Iterable[Clause], known: Collection[str], start: int, end: int
) -> tuple[Clause, ...]:
    """Return the clauses of a text of which `start:end` is a license that a person has read.

    There a person knows better than the rules, and `known` are the ids found by one; what stands
    around the license is told by the rules alone.
    """
    return tuple(
        c
        for c in found
        if c.id in known or not isinstance(c.evidence, Quote) or not start <= c.evidence.start < end
    )
