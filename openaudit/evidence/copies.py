"""Releases audited side by side that are one release on two hubs, under different licenses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Final

from openaudit.model.evidence import Evidence
from openaudit.model.finding import Trouble
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.reference import Scheme
from openaudit.model.release import Release
from openaudit.model.report import Report

_WEIGHTS: Final = re.compile(r"(?i).+\.(?:safetensors|gguf|bin|pt|pth|onnx|h5|msgpack)")
_KNOWN: Final = (Match.EXACT, Match.NAMED, Match.NEAR)


def differing(reports: Sequence[Report]) -> Iterator[tuple[Report, Trouble]]:
    """Yield each report of a release whose license is another one on another hub.

    A license that is not known is no other license.
    """
    for here, there in permutations(reports, 2):
        sign = _sign(here.release, there.release)
        one, other = _license(here), _license(there)
        if sign and one and other and _said(one) != _said(other):
            values = {
                "here": _named(here),
                "license": _said(one),
                "there": _named(there),
                "other": _said(other),
                "sign": sign,
            }
            seen = _seen(other, str(there.release.reference))
            yield here, ("hubs-differ", values, (*_seen(one, None), *seen))


def _sign(one: Release, other: Release) -> str | None:
    """Return by what two releases on two hubs are told to be one, None where nothing says so."""
    schemes = {one.reference.scheme, other.reference.scheme}
    if len(schemes) < 2 or schemes & {Scheme.PATH, Scheme.CATALOG, Scheme.GITHUB}:  # noqa: PLR2004  # two hubs
        return None
    if one.id.casefold() == other.id.casefold() and "/" in one.id:
        return "its id"
    same = one.id.rpartition("/")[2].casefold() == other.id.rpartition("/")[2].casefold()
    weights = _weights(one)
    return "its name and weights" if same and weights and weights == _weights(other) else None


def _weights(release: Release) -> frozenset[str]:
    return frozenset(f for f in release.metadata.files or () if _WEIGHTS.fullmatch(f))


def _license(report: Report) -> ArtifactLicense | None:
    """Return the license of the weights, where it is known."""
    found = (a for a in report.licenses if a.artifact == "weights")
    license_ = next(found, None)
    known = license_ is not None and license_.concluded.match in _KNOWN
    return license_ if known and license_ and license_.concluded.id else None


def _said(license_: ArtifactLicense) -> str:
    concluded = license_.concluded
    changed = "a changed " if concluded.match is Match.NEAR else ""
    return f"under {changed}{concluded.id}"


def _named(report: Report) -> str:
    return f"{report.release.reference} on {report.release.hub}"


def _seen(license_: ArtifactLicense, release: str | None) -> tuple[Evidence, ...]:
    declared = (d.evidence for d in license_.declared)
    seen = license_.concluded.evidence or next(declared, None)
    return () if seen is None else (replace(seen, release=release),)
