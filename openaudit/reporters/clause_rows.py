"""Clauses side by side: in numbers and words that fit a column, and what their absence means."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from openaudit.model.clause import Clause, ClauseKind, Confidence, Param
from openaudit.model.document import Role
from openaudit.model.fact import Answer
from openaudit.model.release import Plain
from openaudit.model.report import Report
from openaudit.reporters.grid import NONE, NOT_APPLICABLE, UNKNOWN, Cell, Row

_NUMBERS: Final = ("count", "unit", "amount", "currency", "period")
_NEVER_CUT: Final = "condition"
_EXEMPT: Final = "exempt"
_LONGEST: Final = 40
_LISTED: Final = 3


def clause_rows(reports: Sequence[Report], kind: ClauseKind, *, whole: bool) -> Iterator[Row]:
    """Yield a row for each clause of `kind` that any release has; `whole` shows its message."""
    titles: dict[str, str] = {}
    for report in reports:
        titles |= {c.id: c.title for c in report.clauses if c.kind is kind and c.id not in titles}
    for clause_id in titles:
        yield Row(clause_id, clause_id, tuple(_cell(r, clause_id, whole=whole) for r in reports))


def has_no_weights(report: Report) -> bool:
    """Say whether it is known that there are no weights, and so nothing a license could be of."""
    return any(f.id == "weights.files" and f.answer is Answer.NO for f in report.facts)


def _cell(report: Report, clause_id: str, *, whole: bool) -> Cell:
    found = [c for c in report.clauses if c.id == clause_id]
    if not found:
        return _absent(report, clause_id)
    told = dict.fromkeys(_told(c, whole=whole) for c in found)
    return Cell("; ".join(told), value=[_value(c) for c in found])


def _absent(report: Report, clause_id: str) -> Cell:
    """Return what it means that a clause was not found: only a license known as a whole lacks it.

    Of a rule of the user's own no profile says anything: a text must have been read.
    """
    if has_no_weights(report):
        return NOT_APPLICABLE
    asked = {c.id for c in (*report.chain.asked, *report.chain.unchecked)}
    read = "." not in clause_id or report.release.texts(Role.LICENSE)
    return NONE if report.terms_known and read and clause_id not in asked else UNKNOWN


def _told(clause: Clause, *, whole: bool) -> str:
    said = clause.message if whole else ", ".join(_params(clause.params)) or "yes"
    doubt = ["low confidence"] if clause.confidence is Confidence.LOW else []
    source = [f"from {clause.via[-1]}"] if clause.via else []
    place = ", ".join([*_section(clause), *source, *doubt])
    return f"{said} [{place}]" if place else said


def _section(clause: Clause) -> list[str]:
    if not clause.section:
        return []
    return [f"§{clause.section}" if clause.section[0].isdigit() else clause.section]


def _params(params: Mapping[str, Param]) -> Iterator[str]:
    """Yield the parameters, numbers first; long texts are left to the other reports."""
    numbers = [_worded(params[name]) for name in _NUMBERS if name in params]
    if numbers:
        yield " ".join(numbers)
    for name, value in params.items():
        if name in _NUMBERS:
            continue
        said = _worded(value)
        short = len(said) <= _LONGEST and "://" not in said
        if name == _NEVER_CUT or short or isinstance(value, tuple):
            yield f"except {said}" if name == _EXEMPT else said


def _worded(value: Param) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, tuple):
        return f"{value:,}"
    more = len(value) - _LISTED
    shown = ", ".join(value[:_LISTED] if more > 1 else value)
    return f"{shown} and {more} more" if more > 1 else shown


def _value(clause: Clause) -> Plain:
    return {
        "params": {k: list(v) if isinstance(v, tuple) else v for k, v in clause.params.items()},
        "section": clause.section,
        "confidence": clause.confidence.value,
        "via": list(clause.via),
    }
