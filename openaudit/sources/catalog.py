"""Releases answered from the catalog: recorded metadata and facts, no texts, no network."""

from collections.abc import Iterable
from typing import Final

from openaudit.errors import ReleaseNotFound
from openaudit.model.document import Missing, Reason, Role
from openaudit.model.record import Record
from openaudit.model.reference import Reference, Scheme, parse
from openaudit.model.release import Gate, Metadata, Origin, Plain, Release

_GATES: Final = {False: Gate.OPEN, "auto": Gate.AUTO, "manual": Gate.MANUAL}


def find(reference: Reference, records: Iterable[Record]) -> Record | None:
    """Return the record for `reference`, by its id or by an alias; None where there is none.

    Case does not count, as on the hubs. A bare name is an alias or the name of a `catalog:` entry;
    an alias with a namespace is an id the release had before it was renamed.
    """
    wanted = _name(str(Reference(reference.scheme, reference.id, kind=reference.kind)))
    by_alias = reference.scheme in (Scheme.HUGGINGFACE, Scheme.CATALOG)
    for record in records:
        if wanted == _name(record.reference):
            return record
        if by_alias and wanted in map(_name, record.aliases):
            return record
    return None


def _name(text: str) -> str:
    return text.removeprefix("catalog:").casefold()


def read(reference: Reference, records: Iterable[Record]) -> Release:
    """Return the recorded release.

    Raises:
        ReleaseNotFound: the catalog has no such entry, or was asked for a revision.
    """
    record = find(reference, records)
    if record is None:
        raise ReleaseNotFound(
            f"{reference}: not in the catalog; ask a hub for it by its id (org/name)"
        )
    if reference.revision not in (None, "main"):
        raise ReleaseNotFound(f"{reference}: the catalog records no revisions; leave it out")
    canonical = parse(record.reference)
    return Release(
        reference=canonical,
        hub=record.hub,
        id=canonical.id,
        revision=None,
        origin=Origin.CATALOG,
        retrieved_at=record.recorded,
        metadata=_metadata(record),
        missing=(*_unread(record), *_unasked(record)),
        recorded=tuple(record.facts),
    )


def _metadata(record: Record) -> Metadata:
    said = record.metadata
    # `base_model` and the licenses are read as if the card said them; the evidence is the catalog.
    card = {k: said[k] for k in ("license", "license_name", "license_link") if said.get(k)}
    gated = said.get("gated")
    return Metadata(
        gate=_GATES.get(gated) if isinstance(gated, str | bool) else None,
        card=card | ({"datasets": said["datasets"]} if "datasets" in said else {}),
        library=str(said["library"]) if said.get("library") else None,
        base_models=tuple(_parents(said.get("base_models"))),
    )


def _parents(listed: Plain) -> Iterable[tuple[str, str | None]]:
    for parent in listed if isinstance(listed, list) else []:
        if isinstance(parent, dict):
            yield str(parent["id"]), str(parent["relation"]) if parent.get("relation") else None


def _unread(record: Record) -> tuple[Missing, ...]:
    """Say why no license text was read; an empty list of licenses records that there is none."""
    licenses = record.metadata.get("license")
    if licenses == []:
        return ()
    detail = f"answered from the catalog of {record.recorded}, which holds no texts"
    if licenses is None:
        detail = "the catalog does not record under which license it is"
    return (Missing("license text", Role.LICENSE, Reason.NOT_RECORDED, detail),)


def _unasked(record: Record) -> tuple[Missing, ...]:
    """Say that nobody recorded what it was made from, which is another thing than nothing."""
    if "base_models" in record.metadata:
        return ()
    return (Missing("base models", Role.CARD, Reason.NOT_RECORDED, "the catalog names none"),)
