"""`openaudit diff`: what changed between two license texts, in words and in clauses."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.license import read_file
from openaudit.cli.options import Output, Quiet, Verbose, voice
from openaudit.cli.output import Format, colored, show, targets, width, write

if TYPE_CHECKING:
    from openaudit.model.difference import Difference

EXAMPLES: Final = (
    "Examples: openaudit diff LICENSE.old LICENSE |"
    " openaudit diff LICENSE.old LICENSE -o json=diff.json --format markdown"
)


def diff(  # noqa: PLR0913  # one parameter an option
    old: Annotated[str, typer.Argument(metavar="OLD", show_default=False, help="A license text.")],
    new: Annotated[str, typer.Argument(metavar="NEW", show_default=False, help="Another one.")],
    *,
    format_: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.TERMINAL,
    output: Output = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say what changed between two license texts, and which clauses came and went."""
    speaker = voice(quiet=quiet, verbose=verbose)
    files, to_stdout = targets(output or [], format_)
    from openaudit.comparison import compare_texts  # noqa: PLC0415  # --help compares nothing
    from openaudit.data import knowledge  # noqa: PLC0415  # --help needs no knowledge

    known = knowledge()
    found = compare_texts(read_file(old, known), read_file(new, known))
    for target in files:
        write(_rendered(found, target.format, speaker.detail, color=False), target.path)
    if to_stdout:
        show(_rendered(found, format_, speaker.detail, color=colored()))


def _rendered(found: "Difference", format_: Format, detail: int, *, color: bool) -> str:
    match format_:
        case Format.JSON | Format.JSONL:
            from openaudit.reporters import difference  # noqa: PLC0415  # one format a run

            one = difference.render_json if format_ is Format.JSON else difference.render_line
            return one(found)
        case Format.MARKDOWN:
            from openaudit.reporters import markdown  # noqa: PLC0415  # one format a run

            return markdown.render_difference(found)
        case Format.TERMINAL:
            from openaudit.reporters import terminal  # noqa: PLC0415  # imports rich

            return terminal.render_difference(found, width=width(), color=color, detail=detail)
