"""The decision: what a policy, its waivers and a baseline make of finished reports.

Pure: the day comes in. A rule that cannot be decided never passes by itself: what becomes of it is
for the policy to say, and where it says nothing the run is incomplete.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Final, assert_never

from openaudit.model.clause import Severity
from openaudit.model.decision import Decision, Outcome, Violation, Waived, worst
from openaudit.model.report import Report
from openaudit.model.sighting import Sighting
from openaudit.model.verdict import Met
from openaudit.policy.entry import Case
from openaudit.policy.exempt import plain_name, rules_for
from openaudit.policy.judge import Hit, judge
from openaudit.policy.judge import Outcome as Judged
from openaudit.policy.message import filled
from openaudit.policy.policy import OnUnknown, Policy, Rule, Waiver
from openaudit.policy.waiving import excuse
from openaudit.policy.words import sentence

_FINGERPRINT: Final = 32
_SEVERITY: Final = tuple(Severity)
_NOWHERE: Final[Mapping[str, Sequence[Sighting]]] = {}


def decide(  # noqa: PLR0913  # what is judged, by what, and when
    reports: Sequence[Report],
    policy: Policy,
    waivers: Sequence[Waiver] = (),
    baseline: Collection[str] = frozenset(),
    *,
    today: date,
    sightings: Mapping[str, Sequence[Sighting]] = _NOWHERE,
) -> Decision:
    """Return what `policy` says of the reports.

    `waivers` are added to those of the policy. `baseline` are fingerprints of known violations.
    `sightings` are the places that name a release, by the reference as audited: overrides by path
    need them.
    """
    violations: list[Violation] = []
    waived: list[Waived] = []
    notes: list[str] = []
    for report in reports:
        places = sightings.get(str(report.release.reference), ())
        broken, said = _of_release(report, policy, today, places)
        notes += said
        for violation in broken:
            excused = excuse(violation, report.release, (*policy.waivers, *waivers), today)
            notes += excused.notes
            if excused.by is not None:
                waived.append(excused.by)
            elif violation.fingerprint in baseline:
                violations.append(replace(violation, known=True, outcome=Outcome.PASS))
            else:
                violations.append(violation)
    return Decision(
        policy=policy.name,
        outcome=worst(violations),
        violations=tuple(violations),
        waived=tuple(waived),
        notes=tuple(dict.fromkeys(notes)),
    )


def _of_release(
    report: Report, policy: Policy, today: date, sightings: Sequence[Sighting]
) -> tuple[list[Violation], list[str]]:
    """Return the violations of one release, the gravest first, and what else is to be said."""
    case = Case(report, policy.words, today)
    rules, notes = rules_for(policy, report.release.reference, sightings)
    said = list(notes)
    violations: list[Violation] = []
    for rule in rules:
        judged = _judged(rule, case)
        match judged.met:
            case Met.YES:
                violations += _broken(rule, judged.hits, case)
            case Met.UNKNOWN:
                undecided = _undecided(rule, judged, case)
                if isinstance(undecided, Violation):
                    violations.append(undecided)
                elif undecided:
                    said.append(undecided)
            case Met.NO:
                pass
            case _:
                assert_never(judged.met)
    violations.sort(key=lambda v: (_SEVERITY.index(v.severity), v.unknown))
    return violations, said


def _judged(rule: Rule, case: Case) -> Judged:
    """Return whether the rule is broken: YES, NO, or not known."""
    applies = Met.YES if rule.when is None else judge(rule.when, case, wanted=False).met
    if applies is Met.NO:
        return Judged(Met.NO)
    judged = judge(rule.condition, case, wanted=not rule.denies)
    breaks = Met.YES if rule.denies else Met.NO
    if judged.met is Met.UNKNOWN:
        return judged
    if judged.met is not breaks:
        return Judged(Met.NO)
    if applies is Met.UNKNOWN:
        missing = f"whether {rule.id} holds for this release"
        return Judged(Met.UNKNOWN, judged.hits, (missing,))
    return Judged(Met.YES, judged.hits)


def _broken(rule: Rule, hits: Sequence[Hit], case: Case) -> Iterator[Violation]:
    """Yield a violation for each thing that breaks the rule by itself."""
    for hit in hits or (Hit(rule.id, ""),):
        yield Violation(
            rule=rule.id,
            release=str(case.report.release.reference),
            severity=rule.severity,
            message=_message(rule, hit, case),
            reason=rule.reason,
            evidence=hit.evidence,
            fingerprint=_fingerprint(rule.id, hit.subject, case),
            clauses=hit.clauses,
            outcome=Outcome.PASS if rule.severity is Severity.INFO else Outcome.FAIL,
        )


def _message(rule: Rule, hit: Hit, case: Case) -> str:
    if rule.message:
        return filled(rule.message, {**_common(case), **dict(hit.values), "found": hit.text})
    text = _begun(hit.text).rstrip(".")
    if rule.denies:
        return f"{text}." if text else f"It is so that {sentence(rule.condition)}."
    asked = f"the policy asks that {sentence(rule.condition)}."
    return f"{text}; {asked}" if text else _begun(asked)


def _begun(text: str) -> str:
    """Return a sentence with a capital letter, unless it begins with a name of something."""
    return f"{text[:1].upper()}{text[1:]}" if text.partition(" ")[0].isalpha() else text


def _common(case: Case) -> dict[str, str]:
    report = case.report
    concluded = next((a.concluded for a in report.licenses), None)
    return {
        "release": plain_name(report.release.reference),
        "license": (concluded and (concluded.id or concluded.expression)) or "not known",
        "label": (report.label and report.label.label) or "not known",
    }


def _undecided(rule: Rule, judged: Judged, case: Case) -> Violation | str | None:
    """Return what becomes of a rule that cannot be decided: a violation, a note, or nothing."""
    missing = "; ".join(judged.missing)
    message = f"Not known, and so not decided: {missing}."
    on_unknown = rule.on_unknown
    if rule.severity is Severity.INFO and on_unknown is not OnUnknown.PASS:
        on_unknown = OnUnknown.WARN
    match on_unknown:
        case OnUnknown.PASS:
            return None
        case OnUnknown.WARN:
            return f"{case.report.release.reference}: {rule.id}: {message}"
        case OnUnknown.FAIL:
            outcome = Outcome.FAIL
        case OnUnknown.INCOMPLETE:
            outcome = Outcome.INCOMPLETE
        case _:
            assert_never(on_unknown)
    return Violation(
        rule=rule.id,
        release=str(case.report.release.reference),
        severity=rule.severity,
        message=message,
        reason=rule.reason,
        evidence=tuple(dict.fromkeys(e for h in judged.hits for e in h.evidence)),
        fingerprint=_fingerprint(rule.id, "not known", case),
        unknown=True,
        clauses=tuple(dict.fromkeys(c for h in judged.hits for c in h.clauses)),
        outcome=outcome,
    )


def _fingerprint(rule: str, subject: str, case: Case) -> str:
    name = plain_name(case.report.release.reference).casefold()
    return sha256(f"{rule}\n{name}\n{subject}".encode()).hexdigest()[:_FINGERPRINT]
