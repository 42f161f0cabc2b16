"""Decide where an answer comes from, and say so: disk, hub, cache or catalog.

The order is the design's: a path that exists wins; a hub that is asked explicitly is never
answered for by the catalog; offline reads the cache, then the catalog.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openaudit.errors import HubUnreachable, ReleaseNotFound
from openaudit.model.record import Record
from openaudit.model.reference import Reference, Scheme, parse
from openaudit.model.release import Release
from openaudit.sources import catalog


@dataclass(frozen=True, slots=True)
class Route:
    """How to go about it. `hub` is set only where the user named one (option or HF_ENDPOINT).

    `say` takes progress for the user, `warn` what they must know; neither ends in the report.
    """

    offline: bool
    hub: str | None
    say: Callable[[str], None]
    warn: Callable[[str], None]


def obtain(text: str, records: Sequence[Record], route: Route) -> list[Release]:
    """Return the release `text` names; several where it is a directory of bundles.

    Raises:
        ReferenceInvalid: `text` cannot name a release.
        SourceError: it could not be had, with the reason.
    """
    if _on_disk(text):
        return _read_path(Path(text))
    reference = parse(text)
    match reference.scheme:
        case Scheme.PATH:
            return _read_path(Path(reference.id).expanduser())
        case Scheme.CATALOG:
            return [catalog.read(reference, records)]
        case Scheme.HUGGINGFACE:
            return [_from_hub(_unaliased(reference, records, route), records, route)]
        case Scheme.GITHUB | Scheme.MODELSCOPE | Scheme.OLLAMA:
            return [_recorded_only(reference, records)]


def _on_disk(text: str) -> bool:
    return ":" not in text[:12] and "\0" not in text and os.path.lexists(text)


def _read_path(path: Path) -> list[Release]:
    from openaudit.sources import local  # noqa: PLC0415  # disk readers cost start-up time

    return [local.read(p) for p in local.releases_in(path)]


def _unaliased(reference: Reference, records: Sequence[Record], route: Route) -> Reference:
    """Return what a bare name stands for in the catalog, unless a hub was named to ask."""
    if route.hub is not None or "/" in reference.id:
        return reference
    record = catalog.find(reference, records)
    if record is None:
        return reference
    return replace(parse(record.reference), revision=reference.revision)


def _from_hub(reference: Reference, records: Sequence[Record], route: Route) -> Release:
    if reference.scheme is Scheme.CATALOG:  # an alias of something that is on no hub
        return catalog.read(reference, records)
    if route.offline:
        return _offline(reference, records, route)
    from openaudit.sources import cache, huggingface  # noqa: PLC0415  # imports the hub client

    try:
        release = huggingface.fetch(reference, endpoint=route.hub, progress=route.say)
    except HubUnreachable as error:
        known = route.hub is None and reference.revision is None
        if not known or catalog.find(reference, records) is None:
            raise
        route.warn(f"{error}; answering from the catalog instead")
        return catalog.read(reference, records)
    return cache.store(release, asked=reference, endpoint=route.hub)


def _offline(reference: Reference, records: Sequence[Record], route: Route) -> Release:
    from openaudit.sources import cache  # noqa: PLC0415  # imports the bundle reader

    cached = cache.lookup(reference, endpoint=route.hub)
    if cached is not None:
        return cached
    if route.hub is None and reference.revision is None and catalog.find(reference, records):
        return catalog.read(reference, records)
    where = "the cache" if route.hub or reference.revision else "the cache or the catalog"
    raise ReleaseNotFound(
        f"{reference}: not in {where}; run `openaudit fetch {reference}` once with a network"
    )


def _recorded_only(reference: Reference, records: Sequence[Record]) -> Release:
    if catalog.find(reference, records) is None:
        raise ReleaseNotFound(
            f"{reference}: only the repositories in the catalog can be audited by this kind of"
            " reference so far; clone it and give the directory"
        )
    return catalog.read(reference, records)
