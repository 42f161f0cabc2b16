"""What a policy says of audited releases: pass, fail, or evidence missing."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from openaudit.model.clause import Severity
from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen


class Outcome(StrEnum):
    """The answer of a gate; `incomplete`: nothing broken, but evidence is missing."""

    PASS = "pass"  # noqa: S105  # not a password
    FAIL = "fail"
    INCOMPLETE = "incomplete"


_GRAVEST_FIRST: Final = (Outcome.FAIL, Outcome.INCOMPLETE, Outcome.PASS)


@frozen
class Violation:
    """A rule of the policy that a release breaks, or that cannot be decided (`unknown`).

    `release` is the reference as audited. `message` is what the policy says of it, `reason` why
    the company has the rule ("" where none is given). `evidence` is what it rests on, `clauses` the
    ids of the clauses among it. `known` says that a baseline holds it: reported, and no failure.
    `fingerprint` stays the same for the same rule, release and subject (a clause, a finding) from
    run to run. `outcome` is what it makes of the gate; pass for one that is only reported.
    """

    rule: str
    release: str
    severity: Severity
    message: str
    reason: str
    evidence: tuple[Evidence, ...]
    fingerprint: str
    unknown: bool = False
    known: bool = False
    clauses: tuple[str, ...] = ()
    outcome: Outcome = Outcome.FAIL


@frozen
class Waived:
    """A violation that a waiver excuses; `expires` is an ISO date."""

    violation: Violation
    reason: str
    owner: str
    expires: str


@frozen
class Decision:
    """What the gate says of a run.

    `notes` are sentences on waivers that are void, and why, and on what could not be decided where
    the policy only wants to hear of it.
    """

    policy: str
    outcome: Outcome
    violations: tuple[Violation, ...]
    waived: tuple[Waived, ...]
    notes: tuple[str, ...] = ()

    def on(self, release: str) -> "Decision":
        """Return what is said of one release; `release` is the reference as audited."""
        violations = tuple(v for v in self.violations if v.release == release)
        return Decision(
            policy=self.policy,
            outcome=worst(violations),
            violations=violations,
            waived=tuple(w for w in self.waived if w.violation.release == release),
            notes=self.notes,
        )


def worst(violations: Iterable[Violation]) -> Outcome:
    """Return what violations make of the gate together; pass where there is none."""
    outcomes = {v.outcome for v in violations}
    return next((o for o in _GRAVEST_FIRST if o in outcomes), Outcome.PASS)
