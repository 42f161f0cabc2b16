"""A release in a directory: what was fetched, so that it can be audited where there is no network.

`openaudit-bundle.json` describes the release; `documents/` holds its texts as UTF-8. A bundle is
there whole or not at all, and what it says is checked on reading: digests, names, the format. It
holds what was published; what a person recorded of a release comes from the catalog of the reader.
"""

import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openaudit.errors import InputUnreadable, ReferenceInvalid, SourceError
from openaudit.model.document import Document, Missing
from openaudit.model.reference import Scheme, parse
from openaudit.model.release import Declared, Metadata, Origin, Plain, Release, SourceNote

if TYPE_CHECKING:
    from openaudit.sources.bundle_v1 import BundledDocument, BundledMetadata, Description

NAME: Final = "openaudit-bundle.json"
_FORMAT: Final = "openaudit-bundle-v1"
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_DESCRIPTION_BYTES: Final = 100_000_000
_REVISION_LENGTH: Final = 60
_SHOWN: Final = 60
_TEXT_BYTES: Final = 20_000_000  # a text of 5 MB can grow threefold where bytes were replaced


def folder_name(release: Release) -> str:
    """Return the name under which a bundle of `release` is kept among others.

    The same release at two revisions that were asked for has two names.
    """
    asked = release.reference
    hub = "" if asked.scheme is Scheme.HUGGINGFACE else f"{asked.scheme}--"
    name = _UNSAFE.sub("-", f"{hub}{asked.kind}--{release.id.replace('/', '--')}")
    revision = asked.revision
    if revision is None:
        return name
    safe = _UNSAFE.sub("-", revision)[:_REVISION_LENGTH]
    digest = "" if safe == revision else f"-{sha256(revision.encode()).hexdigest()[:8]}"
    return f"{name}@{safe}{digest}"


def write(release: Release, directory: Path) -> None:
    """Write `release` as a bundle at `directory`, replacing a bundle that stands there.

    Raises:
        SourceError: it could not be written; then nothing new is left behind.
    """
    target = _target(directory)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(6)}.partial")
    try:
        if _is_taken(target):
            raise SourceError(f"{directory}: is there and is no bundle; name a new directory")
        (partial / "documents").mkdir(parents=True)
        _fill(release, partial)
        _put(partial, target)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise SourceError(f"{directory}: the bundle cannot be written ({why})") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def read(directory: Path) -> Release:
    """Return the release a bundle holds.

    Raises:
        InputUnreadable: it is damaged, changed, or in a format this version does not know.
    """
    path = directory / NAME
    described = _description(path)
    try:
        reference = parse(described.reference)
    except ReferenceInvalid as error:
        raise InputUnreadable(f"{path}: reference: {error}") from error
    return Release(
        reference=reference,
        hub=described.hub,
        id=described.id,
        revision=described.revision,
        origin=Origin.BUNDLE,
        retrieved_at=described.retrieved_at,
        metadata=_metadata(described.metadata),
        documents=tuple(_document(directory, d) for d in described.documents),
        missing=tuple(Missing(m.name, m.role, m.reason, m.detail) for m in described.missing),
        notes=tuple(SourceNote(n.finding, n.values, n.document) for n in described.notes),
    )


def _fill(release: Release, partial: Path) -> None:
    documents: list[Plain] = []
    for number, document in enumerate(release.documents):
        data = document.text.encode("utf-8", "replace")
        safe = _UNSAFE.sub("_", document.name.rsplit("/", 1)[-1])[:80] or "_"
        name = f"documents/{number:03d}-{safe}"
        (partial / name).write_bytes(data)
        described = {k: v for k, v in asdict(document).items() if k != "text"}
        documents.append({**described, "file": name, "file_sha256": sha256(data).hexdigest()})
    text = json.dumps(_described(release, documents), indent=1, sort_keys=True) + "\n"
    (partial / NAME).write_text(text, encoding="utf-8", newline="\n")


def _described(release: Release, documents: list[Plain]) -> dict[str, Plain]:
    metadata = asdict(release.metadata)
    bases: list[Plain] = [{"id": i, "relation": r} for i, r in release.metadata.base_models]
    return {
        "schema": _FORMAT,
        "reference": str(release.reference),
        "hub": release.hub,
        "id": release.id,
        "revision": release.revision,
        "origin": release.origin,
        "retrieved_at": release.retrieved_at,
        "metadata": {**metadata, "base_models": bases},
        "documents": documents,
        "missing": [asdict(m) for m in release.missing],
        "notes": [asdict(n) for n in release.notes],
    }


def _put(partial: Path, directory: Path) -> None:
    """Move `partial` to `directory`; what stands there goes only once that has worked."""
    aside = directory.with_name(f".{directory.name}.{secrets.token_hex(6)}.replaced")
    try:
        with suppress(FileNotFoundError):
            directory.rename(aside)
        partial.rename(directory)
    finally:
        if aside.exists() and not directory.exists():
            aside.rename(directory)
        shutil.rmtree(aside, ignore_errors=True)


def _target(directory: Path) -> Path:
    """Return where `directory` ends: a link or `.` cannot be moved aside."""
    try:
        return Path(os.path.realpath(directory))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise SourceError(f"{directory}: the bundle cannot be written ({why})") from error


def _is_taken(directory: Path) -> bool:
    """Tell whether something other than a bundle is there."""
    try:
        held = [p.name for p in directory.iterdir()]
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        return True
    return bool(held) and NAME not in held


def _description(path: Path) -> "Description":
    from pydantic import ValidationError  # noqa: PLC0415  # slow to import, and only read needs it

    from openaudit.sources.bundle_v1 import Description  # noqa: PLC0415  # imports pydantic

    data = _bytes(path, _DESCRIPTION_BYTES)
    try:
        raw: object = json.loads(data)
        found = raw.get("schema") if isinstance(raw, dict) else None
        if found != _FORMAT:
            shown = found[:_SHOWN] if isinstance(found, str) else None
            raise InputUnreadable(
                f"{path}: its format is {shown!r}, this openaudit reads {_FORMAT!r}; "
                "update openaudit or fetch the release again"
            )
        return Description.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputUnreadable(f"{path}: {where}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise InputUnreadable(f"{path}: not valid JSON; fetch the release again") from error


def _document(directory: Path, described: "BundledDocument") -> Document:
    path = directory / described.file
    if path.is_symlink() or path.parent.is_symlink():
        raise InputUnreadable(f"{path}: is a link; a bundle holds its texts itself")
    data = _bytes(path, _TEXT_BYTES)
    if sha256(data).hexdigest() != described.file_sha256:
        raise InputUnreadable(
            f"{path}: {described.name} was changed (its sha256 differs); fetch the release again"
        )
    return Document(
        name=described.name,
        role=described.role,
        text=data.decode("utf-8", "replace"),
        sha256=described.sha256,
        revision=described.revision,
        truncated=described.truncated,
    )


def _metadata(described: "BundledMetadata") -> Metadata:
    return Metadata(
        gate=described.gate,
        files=None if described.files is None else tuple(described.files),
        tags=tuple(described.tags),
        card={k: _plain(v) for k, v in described.card.items()},
        library=described.library,
        base_models=tuple((b.id, b.relation) for b in described.base_models),
        declared=tuple(Declared(**dict(d)) for d in described.declared),
    )


def _bytes(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            raise InputUnreadable(f"{path}: is not there, or no file; fetch the release again")
        if path.stat().st_size > most:
            raise InputUnreadable(f"{path}: larger than any bundle's; fetch the release again")
        return path.read_bytes()
    except OSError as error:
        raise InputUnreadable(f"{path}: cannot be read ({error.strerror})") from error


def _plain(value: object) -> Plain:
    """Narrow what the JSON parser made."""
    match value:
        case list():
            return [_plain(v) for v in value]
        case dict():
            return {str(k): _plain(v) for k, v in value.items()}
        case str() | int() | float() | None:
            return value
        case _:
            raise InputUnreadable(f"not a JSON value: {value!r}")
