"""What a CI system is told of a run: one alert a violation, a finding, a release not audited.

Without a policy the findings are told, since nobody said what would be a violation. A reference
that could not be audited is an alert too: a report that left it out would read as if all were well.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from openaudit.model.clause import Severity
from openaudit.model.decision import Decision, Outcome, Violation, Waived
from openaudit.model.evidence import Evidence, Quote
from openaudit.model.finding import Finding
from openaudit.model.report import Report
from openaudit.model.run import JudgedRule, Run, Unaudited
from openaudit.reporters.location import Location, locations, named, unsigned
from openaudit.reporters.plain import shown

NOT_AUDITED: Final = JudgedRule(
    "not-audited",
    "A reference could not be audited",
    "Nothing is known of the terms of what this names. That is no permission.",
    Severity.HIGH,
)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to show, at the first of its `locations`.

    Every text is safe to print and on one line. `reference` is the release as audited, `release` as
    it may be shown. `report` is None where there was no audit.
    `fingerprint` stays the same from run to run and differs from that of every other alert.
    `unknown`: not broken, but undecided. `known`: in the baseline. `waived`: excused, by whom.
    `mild`: told alone, it fails nothing.
    """

    rule: str
    reference: str
    release: str
    severity: Severity
    message: str
    reason: str
    evidence: tuple[Evidence, ...]
    locations: tuple[Location, ...]
    fingerprint: str
    report: Report | None = None
    unknown: bool = False
    known: bool = False
    waived: Waived | None = None
    mild: bool = False

    @property
    def at(self) -> Location:
        """Return the place that is shown where only one can be."""
        return self.locations[0]

    @property
    def text(self) -> str:
        """Return what to say, with the release; a first sentence that can stand alone."""
        said = f"{self.release}: {self.message}"
        return f"{said} Why the rule is there: {self.reason}" if self.reason else said


def alerts(run: Run) -> tuple[Alert, ...]:
    """Return everything to tell, in the order of the run; waived ones come after all others."""
    found = list(_alerts(run))
    counted: Counter[str] = Counter()
    told = []
    for alert in found:
        counted[alert.fingerprint] += 1
        told.append(_numbered(alert, counted[alert.fingerprint]))
    return tuple(told)


def gravest_first(told: tuple[Alert, ...]) -> list[Alert]:
    """Return the alerts by severity, broken before undecided: some systems show only so many."""
    order = list(Severity)
    return sorted(told, key=lambda a: (order.index(a.severity), a.unknown))


def quote_of(alert: Alert) -> Quote | None:
    """Return the words an alert rests on, None where it rests on no text."""
    return next((e for e in alert.evidence if isinstance(e, Quote)), None)


def _alerts(run: Run) -> Iterator[Alert]:
    audited = {str(r.release.reference): r for r in run.reports}
    for failure in run.unaudited:
        yield _unaudited(run, failure)
    if run.decision is None:
        for reference, report in audited.items():
            for finding in report.findings:
                yield _finding(run, reference, report, finding)
    else:
        yield from _judged(run, run.decision, audited)


def _judged(run: Run, decision: Decision, audited: dict[str, Report]) -> Iterator[Alert]:
    for violation in decision.violations:
        yield _violation(run, violation, audited.get(violation.release), None)
    for waived in decision.waived:
        violation = waived.violation
        yield _violation(run, violation, audited.get(violation.release), waived)


def _violation(
    run: Run, violation: Violation, report: Report | None, waived: Waived | None
) -> Alert:
    return Alert(
        rule=violation.rule,
        reference=violation.release,
        release=named(violation.release),
        severity=violation.severity,
        message=_sentence(violation.message),
        reason=_sentence(violation.reason),
        evidence=violation.evidence,
        locations=locations(run, violation.release, report, violation.evidence),
        fingerprint=violation.fingerprint,
        report=report,
        unknown=violation.unknown,
        known=violation.known,
        waived=waived,
        mild=violation.outcome is Outcome.PASS,
    )


def _finding(run: Run, reference: str, report: Report, finding: Finding) -> Alert:
    return Alert(
        rule=finding.id,
        reference=reference,
        release=named(reference),
        severity=finding.severity,
        message=_sentence(finding.message),
        reason="",
        evidence=finding.evidence,
        locations=locations(run, reference, report, finding.evidence),
        fingerprint=_digest(finding.id, report.release.id, finding.message),
        report=report,
    )


def _unaudited(run: Run, failure: Unaudited) -> Alert:
    name = named(failure.reference)
    why = unsigned(failure.message.replace(failure.reference, name)).removeprefix(f"{name}: ")
    return Alert(
        rule=NOT_AUDITED.id,
        reference=failure.reference,
        release=name,
        severity=NOT_AUDITED.severity,
        message=_sentence(f"not audited: {why}"),
        reason="",
        evidence=(),
        locations=locations(run, failure.reference, None, ()),
        fingerprint=_digest(NOT_AUDITED.id, name),
    )


def _sentence(text: str) -> str:
    line = shown(text)
    return line if not line or line.endswith((".", "!", "?", "…")) else f"{line}."


def _numbered(alert: Alert, number: int) -> Alert:
    """Return the alert with a fingerprint of its own, where several share one."""
    if number == 1:
        return alert
    return replace(alert, fingerprint=_digest(alert.fingerprint, str(number)))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
