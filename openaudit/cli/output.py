"""Where reports go: standard output, or files that are there whole or not at all."""

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, Generic, TypeVar, assert_never

from openaudit.errors import ReaderGone, UsageError
from openaudit.model.frozen import frozen

_NARROWEST: Final = 40
_WIDEST: Final = 100

_Format = TypeVar("_Format", bound=StrEnum)


class Color(StrEnum):
    """When to color."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Format(StrEnum):
    """The formats in which one text, or the difference of two, is reported."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


@frozen
class Target(Generic[_Format]):
    """One file to write, in one format."""

    format: _Format
    path: Path


def targets(outputs: Sequence[str], default: _Format) -> tuple[list[Target[_Format]], bool]:
    """Return the files of `-o`, and whether standard output still gets the `--format` report.

    `FILE` takes that report instead of standard output; `FORMAT=FILE` is one more report.
    The formats there are, are those that `default` is one of.

    Raises:
        UsageError: a format that is not one, or a directory that does not exist.
    """
    formats = type(default)
    found: list[Target[_Format]] = []
    to_stdout = True
    for output in outputs:
        name, equals, rest = output.partition("=")
        if equals and "/" not in name and "." not in name:
            if name not in list(formats):
                known = ", ".join(formats)
                raise UsageError(f"-o {output}: {name!r} is no format; choose {known}")
            found.append(Target(formats(name), Path(rest)))
        else:
            found.append(Target(default, Path(output)))
            to_stdout = False
    paths = [t.path.absolute() for t in found]
    for target in found:
        if target.path == Path("-"):
            raise UsageError("-o -: standard output gets the --format report when -o is left out")
        if paths.count(target.path.absolute()) > 1:
            raise UsageError(f"-o {target.path}: named twice, and one report would be lost")
        if not target.path.parent.is_dir() or target.path.is_dir() or not target.path.name:
            raise UsageError(f"-o {target.path}: not a file in a directory that exists")
    return found, to_stdout


def write(text: str, path: Path) -> None:
    """Write a file so that it is there whole or not at all, as UTF-8 with plain newlines.

    Raises:
        UsageError: it cannot be written, or the disk is full.
    """
    try:
        if path.exists() and not path.is_file():  # a device or a pipe, never to be replaced
            path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        else:
            _replace(text, path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _replace(text: str, path: Path) -> None:
    import tempfile  # noqa: PLC0415  # most runs write no file

    mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
    with tempfile.TemporaryDirectory(prefix=".openaudit-", dir=path.parent) as directory:
        whole = Path(directory, path.name)
        whole.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        whole.chmod(mode & 0o777)
        whole.replace(path)


def show(text: str) -> None:
    """Write to standard output as UTF-8, whatever the locale.

    Raises:
        ReaderGone: nobody reads it any more.
        UsageError: it cannot be written.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        # What is left in the buffer has nowhere to go, and must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ReaderGone from error
    except OSError as error:
        raise UsageError(f"standard output cannot be written: {error.strerror}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def width() -> int:
    """Return the columns to write in: the terminal's, within what reads well."""
    import shutil  # noqa: PLC0415  # one format needs it

    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def colored(color: Color = Color.AUTO) -> bool:
    """Return whether to color: as asked, else as the environment and the terminal say."""
    match color:
        case Color.ALWAYS:
            return True
        case Color.NEVER:
            return False
        case Color.AUTO:
            forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
            plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
            return forced or (sys.stdout.isatty() and not plain)
    assert_never(color)
