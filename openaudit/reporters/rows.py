"""Releases side by side, as groups of rows that every format of a comparison shows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, assert_never

from openaudit.model.clause import ClauseKind
from openaudit.model.document import Role
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.release import Gate, Plain
from openaudit.model.report import Report
from openaudit.model.scorecard import Grade
from openaudit.model.verdict import Verdict
from openaudit.reporters.clause_rows import clause_rows, has_no_weights
from openaudit.reporters.fact_rows import context_rows, question_rows
from openaudit.reporters.grid import NONE, NOT_APPLICABLE, UNKNOWN, Cell, Group, Row, State

_MOST_LABELS: Final = 3
_Look = Callable[[Report], Cell]


def groups(reports: Sequence[Report], *, whole: bool = False) -> tuple[Group, ...]:
    """Return what the releases are compared by; `whole` leaves nothing out of the cells."""
    kinds = (
        ("restrictions", "What binds you", ClauseKind.RESTRICTION),
        ("obligations", "What you must do", ClauseKind.OBLIGATION),
        ("powers", "What the licensor may do", ClauseKind.POWER),
    )
    found = (
        Group("release", "The release", _looks(reports, _RELEASE)),
        Group("dimensions", "How open it is, 0 to 100", tuple(_dimensions(reports))),
        Group("license", "License", _looks(reports, _LICENSE)),
        *(Group(i, t, tuple(clause_rows(reports, k, whole=whole))) for i, t, k in kinds),
        Group("frameworks", "Frameworks", tuple(_frameworks(reports))),
        Group("lineage", "Made from", _looks(reports, _LINEAGE)),
        Group("findings", "Findings", tuple(_findings(reports))),
        Group("unknown", "Not known of all", tuple(question_rows(reports, whole=whole))),
        Group("context", _BESIDE, tuple(context_rows(reports)), scored=False),
    )
    return tuple(g for g in found if g.rows)


_BESIDE: Final = "What openness does not tell you (context, never scored)"


def _looks(reports: Sequence[Report], looks: Sequence[tuple[str, str, _Look]]) -> tuple[Row, ...]:
    return tuple(Row(i, title, tuple(map(look, reports))) for i, title, look in looks)


def _label(report: Report) -> Cell:
    return NOT_APPLICABLE if report.label is None else _verdict(report.label)


def _verdict(found: Verdict) -> Cell:
    """Return the label, or the labels that may be; of a long row the ends."""
    if found.label is not None:
        return Cell(found.label, value=found.label)
    several = len(found.possible) > _MOST_LABELS
    ends = (found.possible[0], found.possible[-1]) if several else found.possible
    remaining = (" to " if several else " or ").join(ends)
    return Cell(f"unknown, may be {remaining}" if remaining else "unknown", State.UNKNOWN)


def _source(report: Report) -> Cell:
    release = report.release
    day = (release.retrieved_at or "")[:10]
    said = ", ".join(filter(None, [release.origin.value, release.hub, day]))
    return Cell(said, value=release.origin.value)


def _revision(report: Report) -> Cell:
    revision = report.release.revision
    return Cell(revision[:7], value=revision) if revision else Cell("not said", State.UNKNOWN)


def _gate(report: Report) -> Cell:
    gate = report.release.metadata.gate
    match gate:
        case None:
            return NOT_APPLICABLE if has_no_weights(report) else UNKNOWN
        case Gate.OPEN:
            return Cell("no gate", State.NONE, value=False)
        case Gate.AUTO:
            return Cell("terms to accept", value="auto")
        case Gate.MANUAL:
            return Cell("asks for approval", value="manual")
    assert_never(gate)


def _declared(report: Report) -> Cell:
    values = [d.value for a in report.licenses for d in a.declared]
    if values:
        named = [v for v in values if "://" not in v] or values
        return Cell(", ".join(dict.fromkeys(named)), value=[*dict.fromkeys(values)])
    if has_no_weights(report):
        return NOT_APPLICABLE
    unread = any(m.role is Role.CARD for m in report.release.missing)
    return UNKNOWN if unread else NONE


def _concluded(report: Report) -> Cell:
    if has_no_weights(report):
        return NOT_APPLICABLE
    told = [_named(a) for a in report.licenses if a.concluded.match is not Match.NONE]
    ids: list[Plain] = [a.concluded.id for a in report.licenses]
    return Cell(", ".join(told), value=ids) if told else UNKNOWN


def _named(license_: ArtifactLicense) -> str:
    name = license_.concluded.id or license_.concluded.expression or "unknown"
    match license_.concluded.match:
        case Match.EXACT:
            return f"{name}, its exact text"
        case Match.NEAR:
            return f"a changed {name}"
        case Match.NAMED:
            return f"{name}, by name only"
        case Match.NONE:
            return "unknown"
    assert_never(license_.concluded.match)


def _terms(report: Report) -> Cell:
    """Return whether every term is known: where not, a clause that is not shown may bind."""
    if has_no_weights(report):
        return NOT_APPLICABLE
    known = report.terms_known
    return Cell("all known" if known else "not all known", value=known)


def _parents(report: Report) -> Cell:
    edges = [e for e in report.chain.edges if e.child == report.release.id]
    if edges:
        told = [f"{e.parent} ({e.relation or 'relation not said'})" for e in edges]
        return Cell(", ".join(dict.fromkeys(told)), value=[e.parent for e in edges])
    stated = next((f for f in report.facts if f.id == "lineage.parents"), None)
    return NONE if stated is not None and stated.value == [] else UNKNOWN


def _behind(report: Report) -> Cell:
    if not report.chain.edges:
        return NOT_APPLICABLE
    known = report.chain.settled
    return Cell("all known" if known else "not all known", value=known)


def _conflicts(report: Report) -> Cell:
    """Return the terms that were dropped on the way, or whether it is known that none was."""
    conflicts = report.chain.conflicts
    if conflicts:
        told = [f"{c.severity}: {c.clause.id} of {c.inherited_from}" for c in conflicts]
        return Cell(", ".join(dict.fromkeys(told)), value=[c.clause.id for c in conflicts])
    if not report.chain.edges:
        return NOT_APPLICABLE
    return NONE if report.chain.settled and not report.chain.unchecked else UNKNOWN


_RELEASE: Final = (
    ("label", "label", _label),
    ("source", "answered from", _source),
    ("revision", "revision", _revision),
    ("gate", "gate", _gate),
)
_LICENSE: Final = (
    ("declared", "declared", _declared),
    ("concluded", "concluded", _concluded),
    ("terms", "its terms", _terms),
)
_LINEAGE: Final = (
    ("parents", "made from", _parents),
    ("behind", "terms behind it", _behind),
    ("conflicts", "terms it lost", _conflicts),
)


def _dimensions(reports: Sequence[Report]) -> Iterator[Row]:
    titles = {g.dimension: g.title for r in reports for g in r.dimensions}
    for name, title in titles.items():
        graded = [next((g for g in r.dimensions if g.dimension == name), None) for r in reports]
        yield Row(name, title, tuple(map(_grade, graded)))


def _grade(grade: Grade | None) -> Cell:
    if grade is None:
        return NOT_APPLICABLE
    if grade.grade is None:
        return UNKNOWN
    score = "" if grade.score is None else f" {grade.score}"
    return Cell(f"{grade.grade}{score}", value={"grade": grade.grade, "score": grade.score})


def _frameworks(reports: Sequence[Report]) -> Iterator[Row]:
    """Yield the verdicts of the frameworks that were asked for."""
    for name in dict.fromkeys(i for r in reports for i in r.asked):
        found = [next((v for v in r.frameworks if v.framework == name), None) for r in reports]
        yield Row(name, name, tuple(NOT_APPLICABLE if v is None else _verdict(v) for v in found))


def _findings(reports: Sequence[Report]) -> Iterator[Row]:
    for name in dict.fromkeys(f.id for r in reports for f in r.findings):
        cells = []
        for report in reports:
            found = [f for f in report.findings if f.id == name]
            told = ", ".join(dict.fromkeys(f.severity.value for f in found))
            many = f" ({len(found)})" if len(found) > 1 else ""
            cells.append(Cell(f"{told}{many}", value=len(found)) if found else NONE)
        yield Row(name, name, tuple(cells))
