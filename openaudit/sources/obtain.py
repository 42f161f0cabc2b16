"""Decide where an answer comes from, and say so: disk, hub, cache or catalog.

The order is the design's: a path that exists wins; a hub that is asked explicitly is never
answered for by the catalog; offline reads the cache, then the catalog.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from openaudit.errors import HubUnreachable, ReleaseNotFound, SourceError
from openaudit.model.frozen import frozen
from openaudit.model.record import Record
from openaudit.model.reference import Reference, Scheme, parse
from openaudit.model.release import Release
from openaudit.sources import catalog

_DEFAULT_REVISIONS: Final = (None, "main")
"""What a hub shows first, which is what the catalog records."""


class _Fetch(Protocol):
    """How a source is asked for a release."""

    def __call__(
        self,
        reference: Reference,
        *,
        endpoint: str | None,
        anonymous: bool,
        progress: Callable[[str], None],
    ) -> Release: ...


@frozen
class Route:
    """How to go about it. `hub` is set only where one is named, by the user or a file.

    `trusted` is False where a configuration file that the user did not name does so: a file that is
    found may come with what is audited, and the hub it names is sent no token. `named` is the hub
    that the user named for whatever hub a reference is of, where `hub` is one like Hugging Face's.

    `follow` adds to what a hub gave what its links lead to.

    `say` takes progress for the user, `warn` what they must know; neither ends in the report.
    """

    offline: bool
    hub: str | None
    say: Callable[[str], None]
    warn: Callable[[str], None]
    trusted: bool = True
    named: str | None = None
    follow: Callable[[Release], Release] = lambda release: release

    def endpoint(self, scheme: Scheme) -> str | None:
        """Return the hub that is named for references of `scheme`, None for the public one."""
        return self.hub if scheme is Scheme.HUGGINGFACE else self.named


def obtain(text: str, records: Sequence[Record], route: Route) -> list[Release]:
    """Return the release `text` names; several where it is a directory of bundles.

    Raises:
        ReferenceInvalid: `text` cannot name a release.
        SourceError: it could not be had, with the reason.
    """
    if _on_disk(text):
        return _read_path(Path(text))
    reference = parse(text)
    if reference.scheme is Scheme.PATH:
        return _read_path(_path(reference.id))
    return [named(reference, records, route)]


def named(reference: Reference, records: Sequence[Record], route: Route) -> Release:
    """Return the release of a reference that is no path; the disk is not looked at.

    Raises:
        SourceError: it could not be had, with the reason.
    """
    if reference.scheme is Scheme.CATALOG:
        return catalog.read(reference, records)
    if reference.scheme is Scheme.HUGGINGFACE:
        reference = _unaliased(reference, records, route)
    return _from_hub(reference, records, route)


def download(text: str, records: Sequence[Record], route: Route) -> Release:
    """Return what a hub gives, or gave, for `text`: only that can be kept as a bundle.

    Raises:
        ReferenceInvalid: `text` cannot name a release.
        SourceError: it could not be had, or needs no bundle: it is on disk or in the catalog.
    """
    reference = Reference(Scheme.PATH, text) if _on_disk(text) else parse(text)
    if reference.scheme is Scheme.PATH:
        raise SourceError(f"{text}: a path, which needs no bundle; copy what is there")
    if reference.scheme is Scheme.HUGGINGFACE:
        reference = _unaliased(reference, records, route)
    if reference.scheme is Scheme.CATALOG:
        catalog.read(reference, records)
        raise SourceError(f"{reference}: answered from the catalog, which needs no bundle")
    if not route.offline:
        return _fetched(reference, route)
    from openaudit.sources import cache  # noqa: PLC0415  # imports the bundle reader

    if kept := cache.lookup(reference, endpoint=route.endpoint(reference.scheme)):
        return kept
    raise ReleaseNotFound(f"{reference}: not in the cache, and settings or variables say offline")


def _on_disk(text: str) -> bool:
    return ":" not in text[:12] and "\0" not in text and os.path.lexists(text)


def _path(text: str) -> Path:
    if not text.startswith("~"):
        return Path(text)
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise ReleaseNotFound(f"{text}: there is no such home directory; write it out") from error


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
    try:
        return _fetched(reference, route)
    except HubUnreachable as error:
        public = route.endpoint(reference.scheme) is None
        known = public and reference.revision in _DEFAULT_REVISIONS
        if not known or catalog.find(reference, records) is None:
            raise
        route.warn(f"{error}; answering from the catalog instead")
        return catalog.read(reference, records)


def _fetched(reference: Reference, route: Route) -> Release:
    from openaudit.sources import cache  # noqa: PLC0415  # imports the bundle reader

    endpoint = route.endpoint(reference.scheme)
    # Where no hub is named it is the user's own, whatever else a file says.
    anonymous = endpoint is not None and not route.trusted
    release = _SOURCES[reference.scheme]()(
        reference, endpoint=endpoint, anonymous=anonymous, progress=route.say
    )
    return cache.store(route.follow(release), asked=reference, endpoint=endpoint)


def _huggingface() -> _Fetch:
    from openaudit.sources import huggingface  # noqa: PLC0415  # imports the hub client

    return huggingface.fetch


def _github() -> _Fetch:
    from openaudit.sources import github  # noqa: PLC0415  # imports the hub client

    return github.fetch


def _modelscope() -> _Fetch:
    from openaudit.sources import modelscope  # noqa: PLC0415  # imports the hub client

    return modelscope.fetch


def _ollama() -> _Fetch:
    from openaudit.sources import ollama_registry  # noqa: PLC0415  # imports the hub client

    return ollama_registry.fetch


def _offline(reference: Reference, records: Sequence[Record], route: Route) -> Release:
    from openaudit.sources import cache  # noqa: PLC0415  # imports the bundle reader

    endpoint = route.endpoint(reference.scheme)
    cached = cache.lookup(reference, endpoint=endpoint)
    if cached is not None:
        return cached
    recorded = endpoint is None and reference.revision in _DEFAULT_REVISIONS
    if recorded and catalog.find(reference, records):
        return catalog.read(reference, records)
    where = "the cache" if endpoint or reference.revision else "the cache or the catalog"
    raise ReleaseNotFound(
        f"{reference}: not in {where}; run `openaudit fetch {reference}` once with a network"
    )


_SOURCES: Final[Mapping[Scheme, Callable[[], _Fetch]]] = {
    Scheme.HUGGINGFACE: _huggingface,
    Scheme.GITHUB: _github,
    Scheme.MODELSCOPE: _modelscope,
    Scheme.OLLAMA: _ollama,
}
