"""`openaudit lock`: pin what was audited."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.check import about, audited, exit_code
from openaudit.cli.options import (
    ConfigFile,
    Hub,
    NoFollow,
    Offline,
    Quiet,
    Verbose,
    Voice,
    complain,
    route,
    settings,
    voice,
)
from openaudit.cli.output import show, write
from openaudit.errors import OpenauditError, UsageError

if TYPE_CHECKING:
    from openaudit.data import Knowledge
    from openaudit.model.lock import Locked
    from openaudit.sources.obtain import Route

EXAMPLES: Final = "Examples: openaudit lock . | openaudit lock meta-llama/Llama-2-7b -o models.lock"
LOCK_FILE: Final = "openaudit.lock"
_DEEPEST: Final = 8


def lock(  # noqa: PLR0913  # one parameter an option
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|REF...", show_default=False, help="A directory to scan, or references."
        ),
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - for stdout.")
    ] = Path(LOCK_FILE),
    offline: Offline = False,
    hub: Hub = None,
    no_follow: NoFollow = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Pin revision, texts, licenses and clauses of what a code base or a list names."""
    from openaudit.data import knowledge  # noqa: PLC0415  # --help needs none of this
    from openaudit.model.lock import Lock  # noqa: PLC0415
    from openaudit.reporters.lock import render_lock  # noqa: PLC0415

    speaker = voice(quiet=quiet, verbose=verbose)
    configured = settings(config, speaker)
    way = route(
        offline=offline, hub=hub, configured=configured, speaker=speaker, no_follow=no_follow
    )
    known = knowledge()
    path, references = named(targets, speaker)
    locked, errors = pin_all(references, known, way)
    if errors:
        complain(f"{output}: not written, for {len(errors)} releases could not be audited")
        raise typer.Exit(exit_code(list(errors.values())))
    text = render_lock(Lock(path, known.date, tuple(locked)))
    if output == Path("-"):
        show(text)
    else:
        write(text, output)
        speaker.done(f"{output}: {len(locked)} releases locked")


def named(targets: Sequence[str], speaker: Voice) -> tuple[str | None, list[str]]:
    """Return the tree that is meant, if one is, and the references, sorted.

    Raises:
        UsageError: a tree beside other targets.
    """
    trees = [t for t in targets if Path(t).is_dir()]
    if not trees:
        return None, sorted(set(targets))
    if len(targets) > 1:
        raise UsageError("lock one directory, or references, not both")
    return Path(trees[0]).as_posix(), references_in(Path(trees[0]), speaker)


def references_in(tree: Path, speaker: Voice) -> list[str]:
    """Return the references a tree names, sorted, each with its revision."""
    from openaudit.data import discovery_rules  # noqa: PLC0415  # only a tree is searched
    from openaudit.discovery.search import search  # noqa: PLC0415

    found = search(tree, discovery_rules())
    for skipped in found.skipped:
        speaker.warn(f"{skipped.file}: not read: {skipped.why}")
    pinned = {s.id for s in found.sightings if s.revision}
    names = {f"{s.id}@{s.revision}" if s.revision else s.id for s in found.sightings}
    return sorted(n for n in names if n not in pinned)


def pin_all(
    references: Sequence[str], known: "Knowledge", way: "Route"
) -> "tuple[list[Locked], dict[str, OpenauditError]]":
    """Return what each reference is now, and why some could not be audited; those are told."""
    from openaudit.locking.pin import pinned  # noqa: PLC0415  # --help pins nothing

    locked: list[Locked] = []
    errors: dict[str, OpenauditError] = {}
    for reference in references:
        try:
            locked += [pinned(r, reference) for r in audited(reference, known, way, _DEEPEST)]
        except OpenauditError as error:
            complain(about(reference, error))
            errors[reference] = error
    return locked, errors
