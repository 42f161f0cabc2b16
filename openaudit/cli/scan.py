"""`openaudit scan`: find the models and datasets a code base names, audit them, judge them."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.check import about, as_run, audited, deliver, exit_code
from openaudit.cli.formats import Format, Style
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
    Verbose,
    Voice,
    complain,
    route,
    settings,
    voice,
)
from openaudit.cli.output import Color, colored, show, targets
from openaudit.cli.packs import Frameworks, Rules, knowledge_with
from openaudit.cli.use import UseOption, use_profile
from openaudit.errors import OpenauditError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openaudit.discovery.search import Search
    from openaudit.model.report import Report
    from openaudit.model.sighting import Sighting

EXAMPLES: Final = (
    "Examples: openaudit scan . --list | openaudit scan . --policy commercial -o"
    " sarif=openaudit.sarif | openaudit scan src --list --format json"
)
_EVERY: Final = 500
_LISTS: Final = (Format.TERMINAL, Format.JSON)


def scan(  # noqa: PLR0913  # one parameter an option
    path: Annotated[
        Path, typer.Argument(metavar="PATH", show_default=False, help="A directory, or one file.")
    ],
    *,
    list_: Annotated[
        bool, typer.Option("--list", help="List the references and audit nothing.")
    ] = False,
    ignored: Annotated[
        bool, typer.Option("--no-ignore", help="Read what .gitignore leaves out as well.")
    ] = False,
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
    """Find the models and datasets that code, configuration and documents name, and audit them."""
    speaker = voice(quiet=quiet, verbose=verbose)
    configured = settings(config, speaker)
    chosen = format_ or Format(configured.format or Format.TERMINAL)
    if list_:
        _list(path, chosen, speaker, ignored=ignored)
        return
    files, to_stdout = targets(output or [], chosen)
    way = route(
        offline=offline, hub=hub, configured=configured, speaker=speaker, no_follow=no_follow
    )
    known = knowledge_with(rules, configured, framework)
    judge = gate(policy, waivers, baseline, write_baseline, configured=configured, known=known)
    known = judge.known if judge else known
    wanted = use_profile(use, configured, known)
    found = _search(path, speaker, ignored=ignored)
    reports: list[Report] = []
    errors: dict[str, OpenauditError] = {}
    seen: dict[str, tuple[Sighting, ...]] = {}
    named = _named(found, path)
    for at, (ref, sightings) in enumerate(named.items(), 1):
        speaker.say(f"{at} of {len(named)}: {ref}")
        try:
            for report in audited(ref, known, way, 0 if no_lineage else depth, wanted):
                name = str(report.release.reference)
                if name not in seen:
                    reports.append(report)
                seen[name] = (*seen.get(name, ()), *sightings)
        except OpenauditError as error:
            complain(f"{_first(sightings)}: {about(ref, error)}")
            errors[ref] = error
            seen[ref] = sightings
    run = replace(as_run(reports, errors, known), sightings=seen, root=_root(path), category="scan")
    if judge and reports:
        run = judge.judged(run)
    if chosen is Format.TERMINAL and to_stdout and not quiet:
        _places(found)
    brief = speaker.detail if verbose else -1
    deliver(run, files, chosen if to_stdout else None, Style(colored(color), brief))
    failed = exit_code(list(errors.values()))
    raise typer.Exit(failed or verdict_code(run.decision, exit_zero=exit_zero))


def _list(path: Path, chosen: Format, speaker: Voice, *, ignored: bool) -> None:
    if chosen not in _LISTS:
        raise UsageError(f"--list is written as terminal or json, not as {chosen}")
    found = _search(path, speaker, ignored=ignored)
    if chosen is Format.JSON:
        from openaudit.reporters import places  # noqa: PLC0415  # --help lists nothing

        show(places.render_json(found.sightings, found.weights))
    else:
        _places(found)
    ids = len({s.id for s in found.sightings})
    speaker.say(f"{len(found.sightings)} references to {ids} releases in {found.files} files read")


def _places(found: "Search") -> None:
    from openaudit.reporters import places  # noqa: PLC0415  # --help lists nothing

    show(places.render_lines(found.sightings, found.weights))


def _search(path: Path, speaker: Voice, *, ignored: bool) -> "Search":
    from openaudit.data import discovery_rules  # noqa: PLC0415  # --help searches nothing
    from openaudit.discovery.search import search  # noqa: PLC0415

    def progress(count: int, file: str) -> None:
        if count % _EVERY == 0:
            speaker.say(f"{count} files read, at {file}")

    found = search(path, discovery_rules(), ignored=ignored, progress=progress)
    for skipped in found.skipped:
        speaker.warn(f"{skipped.file}: not read: {skipped.why}")
    return found


def _named(found: "Search", path: Path) -> "Mapping[str, tuple[Sighting, ...]]":
    """Return the releases to audit with the places that name them, in order of id.

    A place without a revision beside others that pin one means whatever the hub shows first, and is
    audited as such. A weight file is named by itself.
    """
    from openaudit.model.sighting import Sighting  # noqa: PLC0415  # --help names nothing

    named: dict[str, tuple[Sighting, ...]] = {}
    for one in found.sightings:
        ref = one.id if one.revision is None else f"{one.id}@{one.revision}"
        named[ref] = (*named.get(ref, ()), one)
    base = path if path.is_dir() else path.parent
    for file in found.weights:
        place = Sighting(file, file, 1, 1, "model", None, "weight file")
        named[f"path:{base / file}"] = (place,)
    return dict(sorted(named.items()))


def _first(sightings: "Sequence[Sighting]") -> str:
    return f"{sightings[0].file}:{sightings[0].line}"


def _root(path: Path) -> str:
    """Return the directory that was searched, relative to the working one; "" where it is it.

    One that lies elsewhere has no place in this repository, so that its files stand alone.
    """
    base = path if path.is_dir() else path.parent
    relative = os.path.relpath(base)
    return "" if relative == "." or relative.startswith("..") else Path(relative).as_posix()
