"""`openaudit license`: which license a text is, what differs from it, and what it says."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.check import about, exit_code
from openaudit.cli.options import ConfigFile, Output, Quiet, Verbose, complain, configuration, voice
from openaudit.cli.output import Format, colored, show, targets, width, write
from openaudit.cli.packs import Rules, knowledge_with
from openaudit.errors import OpenauditError, ReleaseNotFound, UsageError

if TYPE_CHECKING:
    from openaudit.data import Knowledge
    from openaudit.model.document import Document
    from openaudit.model.text_report import TextReport

EXAMPLES: Final = (
    "Examples: openaudit license LICENSE | openaudit license llama-2 --format json |"
    " openaudit license one.txt two.txt --format jsonl | curl … | openaudit license - |"
    " openaudit license LICENSE -o license.md --format markdown"
)


def license_(  # noqa: PLR0913  # one parameter an option
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|-|ID...",
            show_default=False,
            help="A license text, - for standard input, or the id or name of a license.",
        ),
    ],
    *,
    format_: Annotated[
        Format, typer.Option("--format", help="How to report; several texts need jsonl.")
    ] = Format.TERMINAL,
    output: Output = None,
    rules: Rules = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say which license a text is, how it differs from the standard text, and what it says."""
    speaker = voice(quiet=quiet, verbose=verbose)
    outputs, to_stdout = targets(output or [], format_)
    formats = {t.format for t in outputs} | ({format_} if to_stdout else set())
    lines = {Format.JSONL, Format.TERMINAL} if quiet and not outputs else {Format.JSONL}
    if len(files) > 1 and not formats <= lines:
        raise UsageError("several texts need --format jsonl, one object a line, or -q")
    known = knowledge_with(rules, configuration(config)[0])
    errors: list[OpenauditError] = []
    kept: dict[Path, str] = {}
    for file in files:
        try:
            report = _read(file, known)
        except OpenauditError as error:
            complain(about(file, error))
            errors.append(error)
            continue
        if to_stdout:
            show(_rendered(report, format_, speaker.detail, color=colored()))
        for target in outputs:
            said = _rendered(report, target.format, speaker.detail, color=False)
            kept[target.path] = kept.get(target.path, "") + said
    for path, text in kept.items():
        write(text, path)
    raise typer.Exit(exit_code(errors))


def _read(file: str, known: "Knowledge") -> "TextReport":
    from openaudit import reading  # noqa: PLC0415  # --help reads nothing

    if file != "-" and not Path(file).exists():
        if _is_path(file):
            raise ReleaseNotFound(f"{file}: no such file")
        named = reading.read_name(file, known)
        if named is None:
            raise ReleaseNotFound(f"{file}: {reading.why_no_name(file, known)}")
        return named
    return read_file(file, known)


def _is_path(file: str) -> bool:
    """Say whether `file` can only be meant as a path: an address may name a license too."""
    return "/" in file and not file.startswith(("http://", "https://"))


def read_file(file: str, known: "Knowledge") -> "TextReport":
    """Return the reading of a text on disk, or of standard input for `-`.

    Raises:
        ReleaseNotFound: there is no such file.
        InputUnreadable: it is empty or no text.
        UsageError: it is a directory.
    """
    from openaudit import reading  # noqa: PLC0415  # --help reads nothing

    return replace(reading.read_text(_document(file), known), file=file)


def _document(file: str) -> "Document":
    from openaudit.sources import local  # noqa: PLC0415  # --help reads nothing

    if file == "-":
        return local.read_bytes(sys.stdin.buffer.read(local.TEXT_BYTES + 1))
    if Path(file).is_dir():
        raise UsageError(f"{file}: a directory; name a text, or audit it with `openaudit check`")
    return local.read(Path(file)).documents[0]


def _rendered(report: "TextReport", format_: Format, detail: int, *, color: bool) -> str:
    match format_:
        case Format.JSON | Format.JSONL:
            from openaudit.reporters import license_v1  # noqa: PLC0415  # one format a run

            one = license_v1.render if format_ is Format.JSON else license_v1.render_line
            return one(report)
        case Format.MARKDOWN:
            from openaudit.reporters import markdown  # noqa: PLC0415  # one format a run

            return markdown.render_text(report)
        case Format.TERMINAL:
            from openaudit.reporters import terminal  # noqa: PLC0415  # imports rich

            return terminal.render_text(report, width=width(), color=color, detail=detail)
