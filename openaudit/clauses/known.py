"""The clauses of a license that is known by name: from its profile, no text read.

This is the path of a release that is audited from the catalog; it compiles no pattern.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from openaudit.clauses.message import told
from openaudit.model.clause import Basis, Clause, Confidence, Param
from openaudit.model.evidence import Evidence, Quote
from openaudit.model.profile import LicenseProfile, ProfileClause
from openaudit.model.rule import ClauseRule

_APPENDIX: Final = "appendix"
_THRESHOLDS: Final = frozenset({"user-cap", "revenue-cap", "royalty"})


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
    """Join what a text shows with what is known of its license; the text wins, id by id.

    A second threshold of one id (two caps in one section) is known by its number.
    """
    shown = tuple(found)
    ids = {clause.id for clause in shown}
    numbers = {(c.id, v) for c in shown for v in _numbers(c.params).values()}
    return shown + tuple(
        clause for clause in known if clause.id not in ids or _unseen(clause, numbers)
    )


def _unseen(clause: Clause, seen: Collection[tuple[str, float]]) -> bool:
    """Say whether a clause has a threshold and the text shows none like it."""
    values = _numbers(clause.params).values()
    return (
        clause.id in _THRESHOLDS
        and bool(values)
        and not any((clause.id, v) in seen for v in values)
    )


def _numbers(params: Mapping[str, Param]) -> Mapping[str, float]:
    return {k: v for k, v in params.items() if isinstance(v, int | float)}


def vouched(
    found: Iterable[Clause],
    profile: LicenseProfile,
    rules: Mapping[str, ClauseRule],
    own: Collection[str],
    held: tuple[int, int],
) -> tuple[Clause, ...]:
    """Return the clauses of a text of which `held` (start, end) is a license a person has read.

    There a person knows better than the rules which clauses it has and with what values; the rules
    show where they stand. What stands around the license, and what the user's `own` rules find, is
    told by the rules alone. An appendix that the profile does not name binds nobody: it shows how
    to apply the license.
    """
    known: dict[str, list[ProfileClause]] = {}
    for read in profile.clauses:
        known.setdefault(read.id, []).append(read)
    kept: list[Clause] = []
    for clause in found:
        quote = clause.evidence
        inside = isinstance(quote, Quote) and held[0] <= quote.start < held[1]
        if not inside or (clause.id in own and clause.id not in known):
            kept.append(clause)
        elif clause.id in known and not _in_unnamed_appendix(clause, profile):
            kept.append(_as_read(clause, known[clause.id], rules[clause.id]))
    return tuple(kept)


def _in_unnamed_appendix(clause: Clause, profile: LicenseProfile) -> bool:
    """Say whether a clause was found in an appendix where a person has read none at all."""
    return clause.section.lower().startswith(_APPENDIX) and not any(
        _APPENDIX in read.section.lower() or (read.id == clause.id and not read.section)
        for read in profile.clauses
    )


def _as_read(clause: Clause, known: Sequence[ProfileClause], rule: ClauseRule) -> Clause:
    """Return a clause the rules found with the values a person read in it."""
    same = [k for k in known if _alike(k, clause)]
    read = same[0] if len(same) == 1 else known[0] if len(known) == 1 else None
    if read is None or not read.params:
        return clause
    params = {**clause.params, **read.params}
    kind, message = told(rule, params)
    return replace(clause, params=params, kind=kind, message=message)


def _alike(known: ProfileClause, found: Clause) -> bool:
    """Say whether two clauses of one id are the same: by their numbers, then by their place."""
    shared = [k for k in _numbers(known.params) if k in found.params]
    if shared:
        return all(known.params[k] == found.params[k] for k in shared)
    return bool(known.section) and known.section == found.section
