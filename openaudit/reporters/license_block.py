"""The license of an artifact on a scorecard: declared against concluded, and what differs."""

from collections.abc import Iterator
from typing import Final, assert_never

from openaudit.model.clause import Basis
from openaudit.model.document import Role
from openaudit.model.evidence import Observation, Quote
from openaudit.model.fact import Answer
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.release import Origin
from openaudit.model.report import Report
from openaudit.reporters.changes import added_entry, removed_entry, touching
from openaudit.reporters.citing import cited
from openaudit.reporters.layout import Entry
from openaudit.reporters.plain import cut

_MOST_CHANGES: Final = 3
_COPYRIGHT: Final = 160


def license_entries(license_: ArtifactLicense, report: Report) -> Iterator[Entry]:
    """Yield what the license is and why, what was changed in it, and what is to be kept in mind."""
    concluded = license_.concluded
    if _has_no_weights(report):
        yield Entry("none", "there are no weights to license")
        return
    stated = license_.declared or report.release.texts(Role.LICENSE) or _card_unread(report)
    name = concluded.name or ("not known" if stated else "not stated")
    if concluded.match is Match.NEAR:
        name = f"not {name}, but a changed one"
    yield Entry(name, _how(license_, report), concluded.expression or "")
    yield from _changes(license_, report)
    yield from _ignored(license_)
    if report.caution:
        yield Entry("mind", report.caution)
    for missing in report.release.missing:
        if missing.role.value in ("license", "gate"):
            yield Entry("text not read", missing.detail)
    profiles = [c.evidence for c in report.clauses if c.basis is Basis.PROFILE]
    for detail in dict.fromkeys(p.detail for p in profiles if isinstance(p, Observation)):
        yield Entry("terms from", detail)


def _changes(license_: ArtifactLicense, report: Report) -> Iterator[Entry]:
    """Yield what was added to the standard text and taken out of it, the first of each."""
    for quote in license_.added[:_MOST_CHANGES]:
        held = touching(report.clauses, quote.start, quote.end, quote.document)
        yield added_entry(quote.text, quote.line, held)
    for loss in license_.losses[:_MOST_CHANGES]:
        yield removed_entry(loss)
    more = sum(max(0, len(x) - _MOST_CHANGES) for x in (license_.added, license_.losses))
    if more:
        yield Entry("", f"and {more} more changes, all in the JSON report")


def _ignored(license_: ArtifactLicense) -> Iterator[Entry]:
    """Yield the copyright lines, the first of them."""
    for quote in license_.ignored[:_MOST_CHANGES]:
        line = cut(quote.text, _COPYRIGHT)
        yield Entry("not compared", f"“{line}”", cited(quote))
    more = len(license_.ignored) - _MOST_CHANGES
    if more > 0:
        yield Entry("", f"and {more} more copyright lines, all in the JSON report")


def _has_no_weights(report: Report) -> bool:
    return any(f.id == "weights.files" and f.answer is Answer.NO for f in report.facts)


def _card_unread(report: Report) -> bool:
    """Say whether a license may be named in a front matter that nobody can read."""
    return any(f.id == "front-matter-broken" for f in report.findings)


def _how(license_: ArtifactLicense, report: Report) -> str:
    who = "our record" if report.release.origin is Origin.CATALOG else "the release"
    said = ", ".join(dict.fromkeys(d.value for d in license_.declared))
    match license_.concluded.match:
        case Match.EXACT:
            return f"the text in {cited(license_.concluded.evidence)} is exactly this license"
        case Match.NEAR:
            return f"the text in {cited(license_.concluded.evidence)} differs from this license"
        case Match.NAMED:
            return f"by name only: {who} says {said}"
        case Match.NONE:
            return f"{who} says {said}" if said else _unnamed(report, who)
    assert_never(license_.concluded.match)


def _unnamed(report: Report, who: str) -> str:
    """Return what there is to read where no license is named."""
    names = [d.name for d in report.release.texts(Role.LICENSE)]
    if not names and _card_unread(report):
        return "the front matter cannot be read"
    if not names:
        return f"{who} names no license"
    quoted = any(
        isinstance(c.evidence, Quote) and c.evidence.document in names for c in report.clauses
    )
    rest = "; the clauses below are quoted from there" if quoted else ""
    return f"no license is named, nor concluded from {', '.join(names)}{rest}"
