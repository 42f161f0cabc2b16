"""Releases on disk: a directory, a git clone, the hub client's cache, a lone text, a bundle.

Nothing is run and nothing outside the given path is opened; weights are listed, never read.
"""

import os
import re
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from openaudit.errors import InputUnreadable, ReleaseNotFound
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.reference import Reference, Scheme
from openaudit.model.release import Metadata, Origin, Release, SourceNote
from openaudit.sources import bundle, checkout, described, ollama_store, texts
from openaudit.sources.listing import Listing, is_directory, is_regular, real, walk
from openaudit.sources.retry import Limits

TEXT_BYTES: Final = Limits().text_bytes
_BUNDLE_DEPTH: Final = 3
_DIRECTORIES: Final = 10_000
_MODEL: Final = re.compile(
    r"(?i).+\.(?:safetensors|gguf|bin|pt|pth|onnx|h5|msgpack|parquet|arrow|jsonl|csv)|(?:.*/)?"
    r"(?:(?:adapter_|model_)?(?:config|index)\.json|configuration\.json|mlmodel|modelfile|kitfile)"
)
_NAMES_BASE: Final = re.compile(r"(?m)^base_model[ \t]*:")
_WEIGHTS: Final = re.compile(r"(?i).+\.(?:safetensors|gguf|bin|pt|pth|onnx|h5|msgpack)")


def releases_in(path: Path) -> list[Path]:
    """Return the releases to audit at `path`: the bundles or cache entries below it, else itself.

    Raises:
        ReleaseNotFound: there is nothing at `path`.
        InputUnreadable: it cannot be listed.
    """
    path = _existing(path)
    if ollama_store.is_store(path):
        return ollama_store.manifests(path) or [path]
    if not is_directory(path) or is_regular(path / bundle.NAME) or _kept(path) or _is_release(path):
        return [path]
    return _below(path) or [path]


def read(path: Path) -> Release:
    """Return the release at `path`; a bundle where it holds the description of one.

    Raises:
        ReleaseNotFound: nothing is there, or nothing that can be audited.
        InputUnreadable: it cannot be read, or a lone file is empty or no text.
    """
    path = _existing(path)
    if not is_directory(path):
        if (store := ollama_store.store_of(path)) and is_regular(path):
            return ollama_store.read(path, store, _reference(path), TEXT_BYTES)
        return _lone(path)
    if is_regular(path / bundle.NAME):
        return bundle.read(path)
    if snapshot := checkout.snapshot(path):
        return _cached(path, snapshot)
    found = walk(path)
    release = _release(path, path, found, checkout.head(path))
    if not release.documents and not any(_MODEL.fullmatch(n) for n in found.names):
        raise ReleaseNotFound(
            f"{path}: nothing to audit: no card, license or model file; name a release's directory"
        )
    return release


def read_bytes(data: bytes) -> Document:
    """Return the document of a text that came through standard input.

    Raises:
        InputUnreadable: it is empty, no text, or longer than `TEXT_BYTES`.
    """
    if len(data) > TEXT_BYTES:
        raise InputUnreadable(f"standard input: longer than {TEXT_BYTES:,} bytes")
    found = texts.decode("-", Role.LICENSE, data, None, truncated=False).text
    if isinstance(found, Missing):
        raise InputUnreadable(f"standard input: cannot be read as a text: {found.detail}")
    if not found.text.strip():
        raise InputUnreadable("standard input: is empty")
    return found


def _kept(path: Path) -> bool:
    return checkout.is_entry(path) or checkout.is_snapshot(path)


def _existing(path: Path) -> Path:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ReleaseNotFound(f"{path}: no such file or directory; check the path") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputUnreadable(f"{path}: cannot be read ({why})") from error
    return path


def _is_release(path: Path) -> bool:
    """Tell whether a text or a model file lies directly in `path`."""
    try:
        names = [p.name for p in path.iterdir() if is_regular(p)]
    except OSError as error:
        raise InputUnreadable(f"{path}: cannot be listed ({error.strerror})") from error
    return any(texts.role_of(n) or _MODEL.fullmatch(n) for n in names)


def _below(root: Path) -> list[Path]:
    found = []
    for above, directories, files in islice(os.walk(root), _DIRECTORIES):
        path = Path(above)
        if bundle.NAME in files or checkout.is_entry(path):
            found.append(path)
        if path in found or len(path.relative_to(root).parts) >= _BUNDLE_DEPTH:
            directories.clear()
        directories[:] = sorted(d for d in directories if not d.startswith("."))
    return sorted(found)


def _lone(path: Path) -> Release:
    if not is_regular(path):
        raise InputUnreadable(f"{path}: not a regular file; name a text or a directory")
    if weights := _described(path):
        return weights
    read_ = _text(path, path.name, texts.role_of(path.name), None)
    if isinstance(read_.text, Missing):
        raise InputUnreadable(f"{path}: cannot be audited: {read_.text.detail}")
    if not read_.text.text.strip():
        raise InputUnreadable(f"{path}: is empty")
    # One file says nothing about what else is published, so there is no listing.
    lone = Release(
        reference=_reference(path),
        hub="local",
        id=path.name,
        revision=None,
        origin=Origin.LOCAL,
        retrieved_at=None,
        metadata=Metadata(),
        documents=(read_.text,),
        notes=read_.notes,
    )
    return described.completed(lone, ())


def _described(path: Path) -> Release | None:
    """Return the release that a lone file of weights or a configuration describes."""
    names = [path.name]
    found = described.in_directory(path.parent, names, None)
    if not found:
        return None
    if isinstance(found[0].text, Missing):
        raise InputUnreadable(f"{path}: cannot be audited: {found[0].text.detail}")
    files = tuple(n for n in names if _WEIGHTS.fullmatch(n))
    lone = Release(
        reference=_reference(path),
        hub="local",
        id=path.name,
        revision=None,
        origin=Origin.LOCAL,
        retrieved_at=None,
        metadata=Metadata(files=files or None),
    )
    return described.completed(lone, found)


def _cached(path: Path, snapshot: checkout.Snapshot) -> Release:
    found = walk(snapshot.directory, inside=snapshot.entry)
    release = _release(path, snapshot.directory, found, snapshot.revision, snapshot.id)
    # A snapshot may hold a part of the files only.
    files = _files(found, whole=False) if snapshot.files is None else snapshot.files
    metadata = replace(release.metadata, files=files)
    held = texts.choose({*(files or ())} - {*found.names}).names
    detail = "it was not downloaded into the cache"
    missing = tuple(Missing(n, r, Reason.OFFLINE, detail) for n, r in held)
    return replace(
        release,
        hub="huggingface",
        metadata=metadata,
        missing=release.missing + missing,
    )


def _release(
    path: Path, root: Path, found: Listing, revision: str | None, name: str | None = None
) -> Release:
    chosen = texts.choose(found.names)
    reads = [
        _outside(name, role) if name in found.outside else _text(root / name, name, role, revision)
        for name, role in chosen.names
    ]
    cut = SourceNote("listing-truncated", {"entries": str(len(found.names))})
    inside = [n for n in found.names if n not in found.outside]
    cards = [r.text for r in reads if isinstance(r.text, Document) and r.text.role is Role.CARD]
    says = described.in_directory(
        root, inside, revision, base_known=any(_NAMES_BASE.search(c.text) for c in cards)
    )
    release = Release(
        reference=_reference(path),
        hub="local",
        id=name or real(path).name,
        revision=revision,
        origin=Origin.LOCAL,
        retrieved_at=None,
        metadata=Metadata(files=_files(found, whole=found.complete)),
        documents=tuple(r.text for r in reads if isinstance(r.text, Document)),
        missing=(*(r.text for r in reads if isinstance(r.text, Missing)), *chosen.missing),
        notes=(*(n for r in reads for n in r.notes), *(() if found.complete else (cut,))),
    )
    return described.completed(release, says)


def _files(found: Listing, *, whole: bool) -> tuple[str, ...] | None:
    """Return the listing; None where weights may be among what it leaves out."""
    return found.names if whole or any(map(_WEIGHTS.fullmatch, found.names)) else None


def _outside(name: str, role: Role) -> texts.Read:
    detail = "it is a link that leads out of the directory"
    return texts.Read(Missing(name, role, Reason.ELSEWHERE, detail))


def _text(path: Path, name: str, role: Role | None, revision: str | None) -> texts.Read:
    if not is_regular(path):
        detail = "it is no regular file, or a link to nothing"
        return texts.Read(Missing(name, role or Role.LICENSE, Reason.FAILED, detail))
    try:
        with path.open("rb") as file:
            data = file.read(TEXT_BYTES + 1)
    except OSError as error:
        detail = f"it cannot be read ({error.strerror})"
        return texts.Read(Missing(name, role or Role.LICENSE, Reason.FAILED, detail))
    role = role or (Role.CARD if texts.begins_as_card(data) else Role.LICENSE)
    cut = len(data) > TEXT_BYTES
    return texts.decode(name, role, data[:TEXT_BYTES], revision, truncated=cut)


def _reference(path: Path) -> Reference:
    """Return the path as one that reads back as this path: `./model` and not `model`."""
    name = path.as_posix()
    bare = not path.is_absolute() and not name.startswith(".")
    return Reference(Scheme.PATH, f"./{name}" if bare else name)
