"""`openaudit check`: audit releases and report."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.formats import TELLS_FAILURES, Format, Style, for_file, render
from openaudit.cli.gate import (
    Baseline,
    ExitZero,
    PolicyName,
    Waivers,
    WriteBaseline,
    gate,
    verdict_code,
)
from openaudit.cli.options import (
    ConfigFile,
    Hub,
    NoFollow,
    Offline,
    Output,
    Quiet,
    References,
    Verbose,
    complain,
    route,
    settings,
    voice,
)
from openaudit.cli.output import Color, Target, colored, show, targets, write
from openaudit.cli.packs import Frameworks, Rules, knowledge_with
from openaudit.cli.use import UseOption, use_profile
from openaudit.errors import OpenauditError

if TYPE_CHECKING:
    from openaudit.data import Knowledge
    from openaudit.model.lineage import Ask
    from openaudit.model.report import Report
    from openaudit.model.run import Run
    from openaudit.model.usage import UseProfile
    from openaudit.sources.obtain import Route

EXAMPLES: Final = (
    "Examples: openaudit check meta-llama/Llama-2-7b --policy commercial | openaudit check gpt2"
    " ./my-model --format json | openaudit check gpt2 --framework osaid --framework mof | openaudit"
    " check gpt2 --use commercial,mau=10M,region=EU | openaudit check org/name@main -o report.md -o"
    " sarif=report.sarif --format markdown"
)


def check(  # noqa: PLR0913  # one parameter an option
    refs: References,
    *,
    format_: Annotated[
        Format | None, typer.Option("--format", help="How to report; terminal unless set.")
    ] = None,
    output: Output = None,
    offline: Offline = False,
    no_lineage: Annotated[
        bool, typer.Option("--no-lineage", help="Look at the release alone, not at its parents.")
    ] = False,
    depth: Annotated[
        int, typer.Option("--depth", min=0, max=32, help="How many steps up the chain to go.")
    ] = 8,
    hub: Hub = None,
    framework: Frameworks = None,
    rules: Rules = None,
    use: UseOption = None,
    no_follow: NoFollow = False,
    policy: PolicyName = None,
    waivers: Waivers = None,
    baseline: Baseline = None,
    write_baseline: WriteBaseline = None,
    exit_zero: ExitZero = False,
    config: ConfigFile = None,
    color: Annotated[Color, typer.Option("--color", help="When to color.")] = Color.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Audit releases: how open they are, what binds you, what is not known."""
    speaker = voice(quiet=quiet, verbose=verbose)
    configured = settings(config, speaker)
    chosen = format_ or Format(configured.format or Format.TERMINAL)
    files, to_stdout = targets(output or [], chosen)
    path = route(
        offline=offline, hub=hub, configured=configured, speaker=speaker, no_follow=no_follow
    )
    known = knowledge_with(rules, configured, framework)
    judge = gate(policy, waivers, baseline, write_baseline, configured=configured, known=known)
    known = judge.known if judge else known
    wanted = use_profile(use, configured, known)
    run, errors = audit_all(refs, known, path, 0 if no_lineage else depth, wanted)
    if judge and run.reports:
        run = judge.judged(run)
    style = Style(colored(color), speaker.detail)
    deliver(run, files, chosen if to_stdout else None, style)
    raise typer.Exit(exit_code(errors) or verdict_code(run.decision, exit_zero=exit_zero))


def deliver(
    run: "Run", files: list[Target[Format]], to_stdout: Format | None, style: Style
) -> None:
    """Write the run to the files that were asked for, and to standard output in one format.

    A format that says nothing of failures is not written where nothing could be audited.

    Raises:
        UsageError: a file cannot be written.
    """
    for target in files:
        if run.reports or target.format in TELLS_FAILURES:
            format_ = for_file(target.format, target.path)
            write(render(run, format_, style, to_file=True), target.path)
    if to_stdout is not None and (run.reports or to_stdout in TELLS_FAILURES):
        show(render(run, to_stdout, style, to_file=False))


def about(ref: str, error: OpenauditError) -> str:
    """Return the message of `error`, which says of what it speaks and holds no password."""
    from openaudit.reporters.location import unsigned  # noqa: PLC0415  # most runs go well

    message = str(error)
    return unsigned(message if ref in message else f"{ref}: {message}")


def exit_code(errors: list[OpenauditError]) -> int:
    """Return the gravest code: usage before what could not be audited; 0 without errors."""
    return min((e.exit_code for e in errors), default=0)


def audit_all(
    refs: Sequence[str],
    known: "Knowledge",
    path: "Route",
    depth: int,
    use: "UseProfile | None" = None,
) -> "tuple[Run, list[OpenauditError]]":
    """Return the audits of all that could be audited, and why the rest could not.

    Each error is told on standard error when it happens, and stands in the run, too.
    """
    reports: list[Report] = []
    errors: dict[str, OpenauditError] = {}
    for ref in refs:
        try:
            reports.extend(audited(ref, known, path, depth, use))
        except OpenauditError as error:
            complain(about(ref, error))
            errors[ref] = error
    return as_run(reports, errors, known), list(errors.values())


def as_run(
    reports: list["Report"], errors: "Mapping[str, OpenauditError]", known: "Knowledge"
) -> "Run":
    """Return what the formats write down; without a policy, the rules are those of findings."""
    from openaudit.model.run import JudgedRule, Run, Unaudited  # noqa: PLC0415  # nor a report

    if len(reports) > 1:
        from openaudit.api import beside  # noqa: PLC0415  # --help needs no audit

        reports = [*beside(reports, known)]
    rules = known.findings.values()
    return Run(
        tuple(reports),
        known.date,
        rules={r.id: JudgedRule(r.id, r.title, r.meaning, r.severity) for r in rules},
        unaudited=tuple(Unaudited(ref, str(error)) for ref, error in errors.items()),
    )


def audited(
    ref: str,
    known: "Knowledge",
    path: "Route",
    depth: int,
    use: "UseProfile | None" = None,
) -> Iterator["Report"]:
    """Yield the audit of each release that `ref` names, with its chain up to `depth` steps."""
    from openaudit.api import audit_release  # noqa: PLC0415  # --help needs no audit
    from openaudit.sources.obtain import obtain  # noqa: PLC0415  # nor sources

    releases = obtain(ref, known.records, path)

    @cache
    def ask() -> "Ask":
        from openaudit.sources.parents import parents  # noqa: PLC0415  # most have no parents

        return parents(known.records, path, releases)

    for release in releases:
        yield audit_release(
            release,
            known,
            lambda names: ask()(names),  # noqa: PLW0108  # asked late, or not at all
            deepest=depth,
            use=use,
        )
