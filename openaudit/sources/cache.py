"""Bundles of what was fetched, kept so that the same audit can be repeated offline.

Layout: `<hub host>/<kind>--<org>--<name>/<commit>/<key>/` is a bundle. `<commit>/current` names the
key that counts, `refs/<revision>` the commit that a branch, a tag or no revision last stood for.
Bundles are never changed and pointers are replaced whole, so any number of processes may write
and read at once. A cache that cannot be written or read never breaks an audit.
"""

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from openaudit.errors import InputUnreadable, SourceError
from openaudit.model.reference import Reference, RepoKind
from openaudit.model.release import Release, SourceNote
from openaudit.sources.endpoint import endpoint as endpoint_of

_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ENTRY: Final = re.compile(r"[a-z]+--[\w-][\w.-]*/(?:[0-9a-f]{40,64}|unpinned)", re.ASCII)
_KEY: Final = re.compile(r"[0-9a-f]{16}")
_CURRENT: Final = "current"
_LOOKS: Final = 3
_NO_COMMIT: Final = "unpinned"
_LONG: Final = 200


def store(release: Release, *, asked: Reference, endpoint: str | None = None) -> Release:
    """Keep `release`, which is what `asked` stood for; return it, with a note where that failed."""
    import secrets  # noqa: PLC0415  # a look into an empty cache needs none of this
    import shutil  # noqa: PLC0415

    from openaudit.sources import bundle  # noqa: PLC0415

    hub = _hub(asked, endpoint)
    entry = f"{_entry(asked.kind, release.id)}/{release.revision or _NO_COMMIT}"
    try:
        (hub / entry).mkdir(parents=True, exist_ok=True)
        key, replaced = secrets.token_hex(8), _pointed(hub / entry / _CURRENT, _KEY)
        bundle.write(release, hub / entry / key)
        _point(hub / entry / _CURRENT, key)
        if replaced:
            shutil.rmtree(hub / entry / replaced, ignore_errors=True)
        for name in sorted({_entry(asked.kind, asked.id), _entry(asked.kind, release.id)}):
            _point(hub / name / "refs" / _file_name(asked.revision), entry)
    except (OSError, SourceError) as error:
        why = getattr(error.__cause__ or error, "strerror", None) or str(error)
        note = SourceNote("cache-unwritable", {"path": str(root()), "reason": why})
        return replace(release, notes=(*release.notes, note))
    return release


def lookup(reference: Reference, *, endpoint: str | None = None) -> Release | None:
    """Return what is kept for `reference`; None where nothing is, or it is damaged."""
    hub = _hub(reference, endpoint)
    own = hub / _entry(reference.kind, reference.id)
    entry = _pointed(own / "refs" / _file_name(reference.revision), _ENTRY)
    directory = hub / entry if entry else None
    if directory is None and reference.revision and _COMMIT.fullmatch(reference.revision):
        directory = own / reference.revision
    if directory is None:
        return None
    from openaudit.sources import bundle  # noqa: PLC0415  # a look into an empty cache needs none

    for _ in range(_LOOKS):
        key = _pointed(directory / _CURRENT, _KEY)
        try:
            return replace(bundle.read(directory / key), reference=reference) if key else None
        except InputUnreadable:
            continue  # damaged, or another process has just replaced it
    return None


def root() -> Path:
    """Return the directory of the cache: $OPENAUDIT_CACHE, else the user's cache directory."""
    if chosen := os.environ.get("OPENAUDIT_CACHE"):
        return Path(chosen)
    import platformdirs  # noqa: PLC0415  # not needed where the variable is set

    return Path(platformdirs.user_cache_dir("openaudit", appauthor=False))


def _hub(reference: Reference, endpoint: str | None) -> Path:
    return root() / quote(endpoint_of(endpoint, reference.scheme).host, safe="")


def _entry(kind: RepoKind, name: str) -> str:
    return f"{kind}--{name.replace('/', '--')}"


def _file_name(revision: str | None) -> str:
    """Return `revision` as a file name; what is asked without one has a name no branch can have."""
    if revision is None:
        return "~default"
    name = quote(revision, safe="")
    if len(name) <= _LONG:
        return name
    from hashlib import sha256  # noqa: PLC0415  # almost no name is that long

    return f"~{sha256(revision.encode()).hexdigest()}"


def _pointed(path: Path, form: re.Pattern[str]) -> str | None:
    """Return what the pointer at `path` names; None where there is none of this form."""
    try:
        named = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return named if form.fullmatch(named) else None


def _point(path: Path, entry: str) -> None:
    """Write a pointer so that a reader sees the old one or the new one, whole."""
    import secrets  # noqa: PLC0415  # only a run that asked a hub gets here

    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{secrets.token_hex(6)}.partial")
    try:
        partial.write_text(entry, encoding="utf-8")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
