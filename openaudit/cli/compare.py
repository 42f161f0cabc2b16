"""`openaudit compare`: audit releases and show them side by side."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.check import audit_all, exit_code
from openaudit.cli.options import (
    ConfigFile,
    Hub,
    NoFollow,
    Offline,
    Output,
    Quiet,
    References,
    Verbose,
    route,
    settings,
    voice,
)
from openaudit.cli.output import Color, Format, colored, show, targets, width, write
from openaudit.cli.packs import Frameworks, Rules, knowledge_with
from openaudit.errors import UsageError

if TYPE_CHECKING:
    from openaudit.model.run import Run

EXAMPLES: Final = (
    "Examples: openaudit compare gpt2 meta-llama/Llama-2-7b --offline | openaudit compare gpt2"
    " chatgpt --framework all --format markdown -o json=side-by-side.json"
)


def compare(  # noqa: PLR0913  # one parameter an option
    refs: References,
    *,
    format_: Annotated[
        Format | None, typer.Option("--format", help="How to report; terminal unless set.")
    ] = None,
    output: Output = None,
    offline: Offline = False,
    no_lineage: Annotated[
        bool, typer.Option("--no-lineage", help="Look at the releases alone, not at their parents.")
    ] = False,
    depth: Annotated[
        int, typer.Option("--depth", min=0, max=32, help="How many steps up the chain to go.")
    ] = 8,
    hub: Hub = None,
    framework: Frameworks = None,
    rules: Rules = None,
    no_follow: NoFollow = False,
    config: ConfigFile = None,
    color: Annotated[Color, typer.Option("--color", help="When to color.")] = Color.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Compare releases side by side: openness, license, clauses, frameworks, what is not known."""
    speaker = voice(quiet=quiet, verbose=verbose)
    configured = settings(config, speaker)
    # A configured format that only `check` writes is not meant for tables.
    chosen = format_ or next((f for f in Format if f == configured.format), Format.TERMINAL)
    files, to_stdout = targets(output or [], chosen)
    path = route(
        offline=offline, hub=hub, configured=configured, speaker=speaker, no_follow=no_follow
    )
    known = knowledge_with(rules, configured, framework)
    run, errors = audit_all(refs, known, path, 0 if no_lineage else depth)
    if len(run.reports) < 2 and not errors:  # noqa: PLR2004  # one has nothing beside it
        raise UsageError("name two releases or more; `openaudit check` shows one")
    run = replace(run, category="compare")
    if run.reports:
        for target in files:
            write(_rendered(run, target.format, speaker.detail, color=False), target.path)
        if to_stdout:
            show(_rendered(run, chosen, speaker.detail, color=colored(color)))
    raise typer.Exit(exit_code(errors))


def _rendered(run: "Run", format_: Format, detail: int, *, color: bool) -> str:
    match format_:
        case Format.JSON | Format.JSONL:
            from openaudit.reporters import compare_v1  # noqa: PLC0415  # one format a run

            return (compare_v1.render if format_ is Format.JSON else compare_v1.render_line)(run)
        case Format.MARKDOWN:
            from openaudit.reporters import compare_markdown  # noqa: PLC0415  # one format a run

            return compare_markdown.render(run, whole=detail > 0)
        case Format.TERMINAL:
            from openaudit.reporters import terminal  # noqa: PLC0415  # imports rich

            return terminal.render_comparison(run, width=width(), color=color, detail=detail)
