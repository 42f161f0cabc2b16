"""The gate of a command: which policy holds, what it says of the reports, and the exit code.

Here the day of the run comes in: nothing below the command line looks at a clock.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, assert_never

import typer

from openaudit.cli.options import complain
from openaudit.errors import UsageError
from openaudit.model.decision import Decision, Outcome
from openaudit.model.frozen import frozen

if TYPE_CHECKING:
    from openaudit.cli.config import Settings
    from openaudit.data import Knowledge
    from openaudit.model.run import Run
    from openaudit.policy.file import PolicyFile
    from openaudit.policy.policy import Policy, Waiver

PolicyName = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="FILE|PRESET",
        help="Judge by this policy, and exit with 1 where it is broken; `openaudit policy show` "
        "lists the presets.",
    ),
]
Waivers = Annotated[
    Path | None,
    typer.Option("--waivers", metavar="FILE", help="Excuse what this file names, until its day."),
]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Fail for what is not in this file alone."),
]
WriteBaseline = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline", metavar="FILE", help="Write what breaks the policy now to a baseline."
    ),
]
ExitZero = Annotated[
    bool,
    typer.Option("--exit-zero", help="Exit with 0 where the policy is broken, or incomplete."),
]

_BROKEN: Final = 1
_INCOMPLETE: Final = 4


@frozen
class Gate:
    """A policy that was asked for, with what excuses from it; `file` is where it was read.

    `known` is the knowledge with the frameworks that the policy asks about.
    """

    policy: "Policy"
    file: "PolicyFile"
    known: "Knowledge"
    waivers: "tuple[Waiver, ...]"
    baseline: frozenset[str]
    to_write: Path | None

    def judged(self, run: "Run") -> "Run":
        """Return the run with the decision of the policy, and write the baseline asked for.

        A baseline of a part would forget the rest: where not everything could be audited, none is
        written.

        Raises:
            UsageError: the baseline cannot be written.
        """
        from openaudit.model.run import JudgedRule  # noqa: PLC0415  # most runs have no policy
        from openaudit.policy.words import demand  # noqa: PLC0415

        decision = self._decision(run, self.baseline)
        if self.to_write is not None and run.unaudited:
            complain(f"{self.to_write}: not written, since not everything could be audited")
        elif self.to_write is not None:
            decision = self._rebased(run, decision, self.to_write)
        if run.unaudited:
            decision = _of_a_part(decision, [one.reference for one in run.unaudited])
        rules = self.policy.rules
        return replace(
            run,
            decision=decision,
            rules={r.id: JudgedRule(r.id, demand(r), r.reason, r.severity) for r in rules},
            manifest=run.manifest or self._manifest(),
        )

    def _rebased(self, run: "Run", decision: Decision, path: Path) -> Decision:
        from openaudit.cli.output import write  # noqa: PLC0415  # most runs write no baseline
        from openaudit.policy.baseline import baseline_text  # noqa: PLC0415

        write(baseline_text(decision.violations), path)
        return self._decision(run, frozenset(v.fingerprint for v in decision.violations))

    def _decision(self, run: "Run", baseline: frozenset[str]) -> Decision:
        from openaudit.policy.decide import decide  # noqa: PLC0415  # most runs have no policy

        today = datetime.now(UTC).date()
        where = run.sightings
        return decide(
            run.reports, self.policy, self.waivers, baseline, today=today, sightings=where
        )

    def _manifest(self) -> str:
        """Return the policy file for what no line names; one from elsewhere is no place here."""
        path = self.file.path
        return "" if path.is_absolute() or ".." in path.parts else path.as_posix()


def _of_a_part(decision: Decision, missing: list[str]) -> Decision:
    """Return the decision where not everything could be audited: that is no pass."""
    note = f"not judged, for they could not be audited: {', '.join(missing)}"
    passed = decision.outcome is Outcome.PASS
    outcome = Outcome.INCOMPLETE if passed else decision.outcome
    return replace(decision, outcome=outcome, notes=(*decision.notes, note))


def gate(  # noqa: PLR0913  # one parameter an option
    policy: str | None,
    waivers: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    *,
    configured: "Settings",
    known: "Knowledge",
) -> Gate | None:
    """Return the gate that the options and the configuration ask for; None where none is.

    Raises:
        UsageError: a file is not there, or excuses are given and no policy.
        DataInvalid: a file is wrong: path, line, field, what.
    """
    file = _file(policy, configured)
    waivers = waivers or configured.waivers
    baseline = baseline or configured.baseline
    if file is None:
        given = {"--waivers": waivers, "--baseline": baseline, "--write-baseline": write_baseline}
        if alone := [option for option, path in given.items() if path is not None]:
            raise UsageError(f"{alone[0]} excuses from a policy; name one with --policy")
        return None
    from openaudit.policy.baseline import read_baseline  # noqa: PLC0415  # most have no policy
    from openaudit.policy.read import read_policy, read_waivers  # noqa: PLC0415
    from openaudit.policy.vocabulary import vocabulary  # noqa: PLC0415

    read = read_policy(file, vocabulary(known))
    return Gate(
        known=with_asked(known, read.frameworks),
        policy=read,
        file=file,
        waivers=read_waivers(waivers, read) if waivers else (),
        baseline=read_baseline(baseline) if baseline else frozenset(),
        to_write=write_baseline,
    )


def with_asked(known: "Knowledge", names: frozenset[str]) -> "Knowledge":
    """Return the knowledge with the frameworks that a policy asks about, beside those it has."""
    from openaudit import data  # noqa: PLC0415  # --help needs no knowledge

    missing = sorted(names - known.frameworks.keys())
    if not missing:
        return known
    every = {**data.frameworks(), **known.frameworks}
    return known.with_frameworks({i: every[i] for i in (*known.asked, *missing)})


def _file(policy: str | None, configured: "Settings") -> "PolicyFile | None":
    if policy is None and configured.policy is None:
        return None
    from openaudit.policy.file import PolicyFile  # noqa: PLC0415  # most runs have no policy
    from openaudit.policy.read import policy_file  # noqa: PLC0415

    if policy is not None:
        return policy_file(policy)
    place = configured.policy
    if place is None:  # said for the type checker: one of the two is there
        return None
    if place.name is not None:
        return policy_file(place.name, place.file.parent)
    section = ("tool", "openaudit", "policy") if place.file.suffix == ".toml" else ("policy",)
    return PolicyFile(place.file, section)


def verdict_code(decision: Decision | None, *, exit_zero: bool) -> int:
    """Return the exit code that a decision stands for; 0 where there is none."""
    if decision is None or exit_zero:
        return 0
    match decision.outcome:
        case Outcome.PASS:
            return 0
        case Outcome.FAIL:
            return _BROKEN
        case Outcome.INCOMPLETE:
            return _INCOMPLETE
    assert_never(decision.outcome)
