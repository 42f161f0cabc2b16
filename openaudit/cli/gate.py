"""The gate of a command: which policy holds, what it says of the reports, and the exit code.

Here the day of the run comes in: nothing below the command line looks at a clock.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, assert_never

import typer

from openaudit.cli.options import complain
from openaudit.errors import UsageError
from openaudit.model.decision import Decision, Outcome
from openaudit.model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openaudit.cli.config import Settings
    from openaudit.data import Knowledge
    from openaudit.model.report import Report
    from openaudit.model.sighting import Sighting
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
    """A policy that was asked for, with what excuses from it; `file` is where it was read."""

    policy: "Policy"
    file: "PolicyFile"
    waivers: "tuple[Waiver, ...]"
    baseline: frozenset[str]
    to_write: Path | None

    def decide(
        self,
        reports: "Sequence[Report]",
        sightings: "Mapping[str, Sequence[Sighting]] | None" = None,
        *,
        whole: bool,
    ) -> Decision:
        """Return the decision on `reports`, and write the baseline that was asked for.

        `whole` says that everything could be audited: a baseline of a part would forget the rest,
        and is not written.

        Raises:
            UsageError: the baseline cannot be written.
        """
        decision = self._decision(reports, sightings or {}, self.baseline)
        if self.to_write is None:
            return decision
        if not whole:
            complain(f"{self.to_write}: not written, since not everything could be audited")
            return decision
        from openaudit.cli.output import write  # noqa: PLC0415  # most runs write no baseline
        from openaudit.policy.baseline import baseline_text  # noqa: PLC0415

        write(baseline_text(decision.violations), self.to_write)
        known = frozenset(v.fingerprint for v in decision.violations)
        return self._decision(reports, sightings or {}, known)

    def _decision(
        self,
        reports: "Sequence[Report]",
        sightings: "Mapping[str, Sequence[Sighting]]",
        baseline: frozenset[str],
    ) -> Decision:
        from openaudit.policy.decide import decide  # noqa: PLC0415  # most runs have no policy

        today = datetime.now(UTC).date()
        return decide(
            reports, self.policy, self.waivers, baseline, today=today, sightings=sightings
        )


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
        policy=read,
        file=file,
        waivers=read_waivers(waivers, read) if waivers else (),
        baseline=read_baseline(baseline) if baseline else frozenset(),
        to_write=write_baseline,
    )


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
