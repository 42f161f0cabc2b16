"""What a directory holds, within bounds and without leaving it."""

import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from openaudit.errors import InputUnreadable
from openaudit.model.frozen import frozen

DEPTH: Final = 3
MOST: Final = 10_000
_SKIPPED: Final = frozenset({".git", ".hg", ".cache", "__pycache__", "node_modules"})


@frozen
class Listing:
    """Names relative to the root, with `/`, sorted. `complete` is False where a bound cut it.

    `outside` are names of links that lead out of the root: listed, not to be opened.
    """

    names: tuple[str, ...]
    outside: frozenset[str]
    complete: bool


def walk(root: Path, inside: Path | None = None) -> Listing:
    """List the files below `root`; links count where they end below `inside`, else `root`.

    Raises:
        InputUnreadable: the directory cannot be listed.
    """
    bounds = real(inside or root)
    names: list[str] = []
    outside: set[str] = set()
    entries = _entries(root, DEPTH)
    found = list(islice(entries, MOST))
    complete = next(entries, None) is None
    for path, unentered in found:
        if unentered:
            complete = False
            continue
        name = _clean(path.relative_to(root).as_posix())
        names.append(name)
        if path.is_symlink() and not _ends_below(path, bounds):
            outside.add(name)
    return Listing(tuple(sorted(names)), frozenset(outside), complete)


def real(path: Path) -> Path:
    """Return the absolute path without links.

    Raises:
        InputUnreadable: a part of it may not be looked at, or the working directory is gone.
    """
    try:
        return Path(os.path.realpath(path))
    except OSError as error:
        raise InputUnreadable(f"{path}: cannot be located ({error.strerror})") from error


def is_regular(path: Path) -> bool:
    """Tell whether `path` ends at a regular file: opening anything else may wait for ever."""
    return stat.S_ISREG(_mode(path))


def is_directory(path: Path) -> bool:
    """Tell whether `path` ends at a directory; what may not be looked at does not."""
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _ends_below(link: Path, bounds: Path) -> bool:
    """Tell where a link ends; one that may not be followed counts as leading out."""
    try:
        return real(link).is_relative_to(bounds)
    except InputUnreadable:
        return False


def _entries(directory: Path, depth: int) -> Iterator[tuple[Path, bool]]:
    """Yield files, and with True the directories that are too deep or not allowed to enter."""
    try:
        with os.scandir(directory) as found:
            entries = sorted(found, key=lambda e: e.name)
    except OSError as error:
        if depth == DEPTH:
            why = f"{directory}: cannot be listed ({error.strerror})"
            raise InputUnreadable(why) from error
        yield directory, True
        return
    for entry in entries:
        path = directory / entry.name
        if not entry.is_dir(follow_symlinks=False):
            if not is_directory(path):
                yield path, False
        elif entry.name not in _SKIPPED and depth:
            yield from _entries(path, depth - 1)
        elif entry.name not in _SKIPPED:
            yield path, True


def _clean(name: str) -> str:
    """Return a name that can be printed: on disk it may hold bytes that are no UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
