"""From a report to what a lock keeps of it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Final

from openaudit.model.clause import Clause, Param
from openaudit.model.document import Role
from openaudit.model.lock import Locked, LockedClause, LockedText, Params
from openaudit.model.report import Report

_BINDING: Final = (Role.LICENSE, Role.POLICY, Role.NOTICE, Role.GATE)


def pinned(report: Report, reference: str) -> Locked:
    """Return what binds in `report`, sorted: equal terms give equal values."""
    release = report.release
    clauses = tuple(sorted({_clause(c) for c in report.clauses}, key=_order))
    return Locked(
        reference=reference,
        revision=release.revision,
        declared=_unique(d.value for one in report.licenses for d in one.declared),
        licenses=_unique(
            one.concluded.expression or one.concluded.id or "unknown" for one in report.licenses
        ),
        texts=tuple(
            LockedText(name, sha256)
            for name, sha256 in sorted({(d.name, d.sha256) for d in release.texts(*_BINDING)})
        ),
        clauses=clauses,
        digest=digest(clauses),
    )


def digest(clauses: Iterable[LockedClause]) -> str:
    """Return the sha256 of the clauses with their parameters, in their order."""
    rows = [[c.id, list(map(list, c.params)), list(c.via)] for c in clauses]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _clause(clause: Clause) -> LockedClause:
    return LockedClause(clause.id, _params(clause.params), clause.via)


def _params(params: Mapping[str, Param]) -> Params:
    return tuple((key, _text(value)) for key, value in sorted(params.items()))


def _text(value: Param) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _order(clause: LockedClause) -> tuple[str, Params, tuple[str, ...]]:
    return clause.id, clause.params, clause.via
