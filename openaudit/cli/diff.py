"""`openaudit diff`: what changed between two license texts, in words and in clauses."""

from enum import StrEnum
from typing import Annotated, Final

import typer

from openaudit.cli.license import read_file
from openaudit.cli.options import Quiet, Verbose, voice
from openaudit.cli.output import colored, show, width

EXAMPLES: Final = "Example: openaudit diff LICENSE.old LICENSE"


class Format(StrEnum):
    """The formats of a difference."""

    TERMINAL = "terminal"
    JSON = "json"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", show_default=False, help="A license text.")],
    new: Annotated[str, typer.Argument(metavar="NEW", show_default=False, help="Another one.")],
    *,
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.TERMINAL,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say what changed between two license texts, and which clauses came and went."""
    speaker = voice(quiet=quiet, verbose=verbose)
    from openaudit.comparison import compare_texts  # noqa: PLC0415  # --help compares nothing
    from openaudit.data import knowledge  # noqa: PLC0415  # --help needs no knowledge

    known = knowledge()
    found = compare_texts(read_file(old, known), read_file(new, known))
    match format_:
        case Format.JSON:
            from openaudit.reporters import difference  # noqa: PLC0415  # one format a run

            show(difference.render_json(found))
        case Format.TERMINAL:
            from openaudit.reporters import terminal  # noqa: PLC0415  # imports rich

            detail = speaker.detail
            show(terminal.render_difference(found, width=width(), color=colored(), detail=detail))
