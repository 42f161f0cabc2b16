"""`openaudit verify`: audit what was locked again, and fail where upstream moved."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.check import exit_code
from openaudit.cli.lock import LOCK_FILE, pin_all, references_in
from openaudit.cli.options import (
    ConfigFile,
    Hub,
    NoFollow,
    Offline,
    Quiet,
    Verbose,
    Voice,
    route,
    settings,
    voice,
)
from openaudit.cli.output import show
from openaudit.errors import UsageError

if TYPE_CHECKING:
    from openaudit.model.lock import Drift, Lock

EXAMPLES: Final = "Examples: openaudit verify | openaudit verify models.lock --strict --format json"
_DRIFTED: Final = 1


class Format(StrEnum):
    """The formats of what drifted."""

    TERMINAL = "terminal"
    JSON = "json"


def verify(  # noqa: PLR0913  # one parameter an option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The lock.")] = Path(LOCK_FILE),
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail where only the revision moved as well.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.TERMINAL,
    offline: Offline = False,
    hub: Hub = None,
    no_follow: NoFollow = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Audit again what a lock holds, and tell what changed since in terms of clauses."""
    from openaudit.data import knowledge  # noqa: PLC0415  # --help needs none of this
    from openaudit.locking.drift import drift  # noqa: PLC0415
    from openaudit.model.lock import Drift, Kind  # noqa: PLC0415
    from openaudit.reporters import lock as written  # noqa: PLC0415

    speaker = voice(quiet=quiet, verbose=verbose)
    held = _read(file)
    configured = settings(config, speaker)
    way = route(
        offline=offline, hub=hub, configured=configured, speaker=speaker, no_follow=no_follow
    )
    known = knowledge()
    now, errors = pin_all([one.reference for one in held.releases], known, way)
    by_reference = {one.reference: one for one in now}
    reread = known.date != held.knowledge_date
    drifts = [
        drift(old, by_reference[old.reference], reread=reread)
        if old.reference in by_reference
        else Drift(old.reference, Kind.FAILED, (str(errors.get(old.reference, "gone")),))
        for old in held.releases
    ]
    drifts += _unlocked(held, speaker)
    render = written.render_drifts if format_ is Format.JSON else written.render_lines
    show(render(drifts))
    if errors:
        raise typer.Exit(exit_code(list(errors.values())))
    failing = {Kind.DRIFT, Kind.UNLOCKED} | ({Kind.MOVED, Kind.REREAD} if strict else set())
    raise typer.Exit(_DRIFTED if failing & {d.kind for d in drifts} else 0)


def _read(file: Path) -> "Lock":
    from openaudit.reporters.lock import read_lock  # noqa: PLC0415  # imports pydantic

    try:
        return read_lock(file.read_text("utf-8", errors="replace"), str(file))
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read: {error.strerror}; run `openaudit lock`"
        ) from error


def _unlocked(held: "Lock", speaker: Voice) -> "list[Drift]":
    """Return what the tree names now and the lock lacks."""
    from openaudit.model.lock import Drift, Kind  # noqa: PLC0415  # --help needs none of this

    if held.path is None:
        return []
    if not Path(held.path).is_dir():
        raise UsageError(f"{held.path}: the lock is of this directory, and it is not here")
    known = {one.reference for one in held.releases}
    new = (name for name in references_in(Path(held.path), speaker) if name not in known)
    return [Drift(name, Kind.UNLOCKED, ("not in the lock; lock again",)) for name in new]
