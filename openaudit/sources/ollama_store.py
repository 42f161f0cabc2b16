"""The store in which Ollama keeps models on disk: `manifests/` and, beside it, `blobs/`."""

import os
from itertools import islice
from pathlib import Path
from typing import Final

from openaudit.errors import InputUnreadable
from openaudit.model.document import Missing, Reason, Role
from openaudit.model.reference import Reference
from openaudit.model.release import Metadata, Origin, Release
from openaudit.sources import ollama
from openaudit.sources.listing import is_directory, is_regular

_DEPTH: Final = 5  # registry/namespace/name/tag, and one above
_MOST: Final = 10_000


def is_store(path: Path) -> bool:
    """Tell whether `path` is a store, such as `~/.ollama/models`."""
    return is_directory(path / "manifests") and is_directory(path / "blobs")


def manifests(store: Path) -> list[Path]:
    """Return the manifests of all models in a store, sorted."""
    walked = islice(os.walk(store / "manifests"), _MOST)
    found = (Path(above) / name for above, _, names in walked for name in names)
    return sorted(p for p in found if not p.name.startswith("."))[:_MOST]


def store_of(path: Path) -> Path | None:
    """Return the store of which `path` is a manifest, None where it is none."""
    above = [p for p in list(path.absolute().parents)[:_DEPTH] if p.name == "manifests"]
    return next((p.parent for p in above if is_store(p.parent)), None)


def read(path: Path, store: Path, reference: Reference, text_bytes: int) -> Release:
    """Return the model of which `path` is the manifest.

    Raises:
        InputUnreadable: it cannot be read, or is no manifest.
    """
    try:
        with path.open("rb") as file:
            data = file.read(ollama.MANIFEST_BYTES + 1)
    except OSError as error:
        raise InputUnreadable(f"{path}: cannot be read ({error.strerror})") from error
    manifest = ollama.read_manifest(data) if len(data) <= ollama.MANIFEST_BYTES else None
    if manifest is None:
        raise InputUnreadable(f"{path}: lies in a store of Ollama, but is no manifest of a model")

    def blob(name: str, digest: str, most: int, *, part: bool) -> ollama.Blob | Missing:
        del part
        return _blob(store / "blobs" / digest.replace(":", "-"), name, most)

    release = Release(
        reference=reference,
        hub="local",
        id=f"{path.parent.name}:{path.name}",
        revision=manifest.sha256,
        origin=Origin.LOCAL,
        retrieved_at=None,
        metadata=Metadata(),
    )
    return ollama.assemble(release, manifest, blob, text_bytes)


def _blob(path: Path, name: str, most: int) -> ollama.Blob | Missing:
    if not is_regular(path):
        detail = "it is not in the store; pull the model again"
        return Missing(name, Role.LICENSE, Reason.OFFLINE, detail)
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        detail = f"it cannot be read ({error.strerror})"
        return Missing(name, Role.LICENSE, Reason.FAILED, detail)
    return ollama.Blob(data[:most], cut=len(data) > most)
