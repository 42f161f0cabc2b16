"""Which id and commit a directory on disk stands for: a git clone, or the hub client's cache."""

import json
import re
from pathlib import Path
from typing import Final

from openaudit.errors import InputUnreadable
from openaudit.model.frozen import frozen
from openaudit.model.reference import RepoKind
from openaudit.sources.listing import is_directory

COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ENTRY: Final = re.compile(r"(model|dataset)s--([\w.-]+)", re.ASCII)
_REF: Final = re.compile(r"refs/[\w./-]+", re.ASCII)
_SMALL: Final = 1_000_000


@frozen
class Snapshot:
    """One revision in the cache of the Hugging Face client. `files` is None: not known whole."""

    id: str
    kind: RepoKind
    revision: str
    directory: Path
    entry: Path
    files: tuple[str, ...] | None


def is_entry(path: Path) -> bool:
    """Tell whether `path` is the cache's directory of one repository."""
    return _ENTRY.fullmatch(path.name) is not None and is_directory(path / "snapshots")


def is_snapshot(path: Path) -> bool:
    """Tell whether `path` is one revision in that directory."""
    return path.parent.name == "snapshots" and is_entry(path.parent.parent)


def snapshot(path: Path) -> Snapshot | None:
    """Return the snapshot at `path`, a snapshot or the directory of its repository.

    Raises:
        InputUnreadable: there are several snapshots, or none.
    """
    if is_entry(path):
        return _of(_only(path), path)
    if is_snapshot(path):
        return _of(path, path.parent.parent)
    return None


def head(directory: Path) -> str | None:
    """Return the commit a git clone has checked out, None where that cannot be read from .git."""
    git = directory / ".git"
    said = _text(git / "HEAD")
    if COMMIT.fullmatch(said):
        return said
    ref = said.removeprefix("ref: ")
    if not _REF.fullmatch(ref) or ".." in ref:
        return None
    commit = _text(git / ref)
    if COMMIT.fullmatch(commit):
        return commit
    packed = (line.partition(" ") for line in _text(git / "packed-refs").splitlines())
    return next((c for c, _, name in packed if name == ref and COMMIT.fullmatch(c)), None)


def _of(directory: Path, entry: Path) -> Snapshot:
    found = _ENTRY.fullmatch(entry.name)
    kind, name = (found[1], found[2]) if found else ("model", entry.name)
    return Snapshot(
        id=name.replace("--", "/"),
        kind=RepoKind(kind),
        revision=directory.name,
        directory=directory,
        entry=entry,
        files=_tree(entry / "trees" / f"{directory.name}.json"),
    )


def _only(entry: Path) -> Path:
    try:
        snapshots = sorted(p for p in (entry / "snapshots").iterdir() if is_directory(p))
    except OSError as error:
        raise InputUnreadable(f"{entry}: cannot be listed ({error.strerror})") from error
    main = _text(entry / "refs" / "main")
    if chosen := [p for p in snapshots if p.name == main] or snapshots[: len(snapshots) == 1]:
        return chosen[0]
    many = f"{len(snapshots)} snapshots and no refs/main; name one of snapshots/"
    raise InputUnreadable(f"{entry}: holds {many if snapshots else 'no snapshot; fetch it again'}")


def _tree(path: Path) -> tuple[str, ...] | None:
    """Return the full listing that newer clients keep beside a snapshot."""
    try:
        kept: object = json.loads(_text(path, 50 * _SMALL) or "null")
    except (ValueError, RecursionError):
        return None
    files: object = kept.get("files") if isinstance(kept, dict) else None
    return tuple(sorted(map(str, files))) if isinstance(files, dict) else None


def _text(path: Path, most: int = _SMALL) -> str:
    """Return a small file without white space at its ends; "" where there is none to read."""
    try:
        if path.is_file() and path.stat().st_size <= most:
            return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
    return ""
