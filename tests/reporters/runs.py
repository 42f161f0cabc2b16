"""Runs to write down: releases made up here, audited for real, and decisions made by hand."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.clause import Severity
from openaudit.model.decision import Decision, Outcome, Violation, Waived
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Evidence
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release
from openaudit.model.report import Report
from openaudit.model.run import JudgedRule, Run, Unaudited
from openaudit.model.sighting import Sighting
from openaudit.sources.obtain import Route, obtain

RELEASES = Path(__file__).parents[1] / "releases"
DATE = "2026-11-24"
REVISION = "0123456789ABCDEF0123456789abcdef01234567"
TERMS = """The Tiny license

You may use Tiny for any purpose.
You may not use the outputs of Tiny to train
any other language model.
"""
CARD = """---
license: other
license_name: tiny-license
license_link: LICENSE
---
# Tiny
"""
HOSTILE = (
    "a\nb\r%0A::error file=x::\x1b[31m\x00\ufffe\udcff\u202e{0}"
    " [click](https://example.org) <b>&amp; ]]> | </text>"
)


@cache
def hub_report(name: str = "acme/tiny") -> Report:
    """The report on a release of the hub whose license nobody knows."""
    texts = (
        Document("LICENSE", Role.LICENSE, TERMS, "1" * 64, REVISION),
        Document("README.md", Role.CARD, CARD, "2" * 64, REVISION),
    )
    said = Metadata(files=("LICENSE", "README.md", "model.safetensors"))
    at = parse(name)
    hub = "huggingface"
    when = "2026-11-23T10:00:00+02:00"
    release = Release(at, hub, at.id, REVISION, Origin.HUB, when, said, texts)
    return audit_release(release, knowledge())


@cache
def report_on(ref: str) -> Report:
    """The report on a directory, or on what the catalog records."""
    known = knowledge()
    route = Route(offline=True, hub=None, say=print, warn=print)
    [release] = obtain(ref, known.records, route)
    return audit_release(release, known)


def clause(report: Report, name: str) -> tuple[Evidence, ...]:
    return tuple(c.evidence for c in report.clauses if c.id == name)


def violation(  # noqa: PLR0913  # a violation has as many sides
    report: Report,
    rule: str = "no-training-ban",
    *,
    severity: Severity = Severity.HIGH,
    message: str = "A training ban is in force",
    reason: str = "",
    unknown: bool = False,
    known: bool = False,
    outcome: Outcome = Outcome.FAIL,
) -> Violation:
    return Violation(
        rule=rule,
        release=str(report.release.reference),
        severity=severity,
        message=message,
        reason=reason,
        evidence=clause(report, "training-ban"),
        fingerprint=f"{rule}/{report.release.id}",
        unknown=unknown,
        known=known,
        outcome=outcome,
    )


def sighted(name: str, *places: tuple[str, int, int]) -> dict[str, tuple[Sighting, ...]]:
    found = (
        Sighting(name, f, line, column, "model", None, "a loader") for f, line, column in places
    )
    return {name: tuple(found)}


def waived(excused: Violation, reason: str = "Legal agreed") -> Waived:
    return Waived(excused, reason, "Eve", "2027-01-31")


def decided(
    violations: Iterable[Violation] = (),
    waivers: Iterable[Waived] = (),
    notes: tuple[str, ...] = (),
    outcome: Outcome = Outcome.FAIL,
) -> Decision:
    return Decision("commercial", outcome, tuple(violations), tuple(waivers), notes)


def rule(name: str, title: str = "A title", meaning: str = "A reason") -> JudgedRule:
    return JudgedRule(name, title, meaning, Severity.HIGH)


def whole_run() -> Run:
    """Everything a run can hold: broken, undecided, known, waived, void, not audited."""
    tiny, capped = hub_report(), report_on(f"path:{RELEASES / 'capped' / 'release'}")
    broken = violation(tiny, reason="We train on what models say")
    undecided = violation(
        capped, "known-license", severity=Severity.MEDIUM, message="Which license?", unknown=True
    )
    old = violation(capped, severity=Severity.LOW, known=True)
    excused = violation(tiny, "naming", severity=Severity.MEDIUM, message="You must name Tiny.")
    rules = [rule("no-training-ban"), rule("known-license"), rule("naming"), rule("open-weights")]
    return Run(
        (tiny, capped),
        DATE,
        decided(
            [broken, undecided, old],
            [waived(excused)],
            ("The waiver of naming for acme/old is void: it expired on 2026-01-01.",),
        ),
        sighted("acme/tiny", ("app/load model.py", 3, 8), ("deploy/values.yaml", 12, 10)),
        "src",
        "openaudit.yaml",
        {r.id: r for r in rules},
        (Unaudited("acme/gone", "acme/gone: no such release"),),
    )
