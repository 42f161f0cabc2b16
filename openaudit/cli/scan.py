"""`openaudit scan`: find the models and datasets a code base names."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.options import Quiet, Verbose, Voice, voice
from openaudit.cli.output import show

if TYPE_CHECKING:
    from openaudit.discovery.search import Search

EXAMPLES: Final = "Examples: openaudit scan . --list | openaudit scan src --list --format json"
_EVERY: Final = 500


class Format(StrEnum):
    """The formats of a list of references."""

    TERMINAL = "terminal"
    JSON = "json"


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
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.TERMINAL,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Find the models and datasets that code, configuration and documents name."""
    del list_  # auditing what was found comes with the gate
    speaker = voice(quiet=quiet, verbose=verbose)
    found = _search(path, speaker, ignored=ignored)
    from openaudit.reporters import places  # noqa: PLC0415  # --help lists nothing

    render = places.render_json if format_ is Format.JSON else places.render_lines
    show(render(found.sightings, found.weights))
    ids = len({s.id for s in found.sightings})
    speaker.say(f"{len(found.sightings)} references to {ids} releases in {found.files} files read")


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
