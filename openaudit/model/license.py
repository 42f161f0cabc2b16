"""What a release says its license is, and what it is."""

from dataclasses import dataclass
from enum import StrEnum

from openaudit.model.evidence import Evidence


class Match(StrEnum):
    """How the conclusion was reached; see the `license` command in the README."""

    EXACT = "exact"
    NEAR = "near"
    NAMED = "named"
    NONE = "none"


class StatementKind(StrEnum):
    """Where a license is named: hub tag, `license_name`, `license_link`, or a sentence of prose."""

    TAG = "tag"
    NAME = "name"
    LINK = "link"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Statement:
    """One place of a release that names a license, as written there."""

    value: str
    kind: StatementKind
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class HubTag:
    """What a license tag of a hub means: one expression, or a family that leaves it open."""

    expression: str | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """One place that names a license. `id` is None where the name is not known to us."""

    value: str
    id: str | None
    expression: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The license an artifact is under, as far as can be said.

    `similarity` is 0 to 1, None where no text was compared.
    """

    id: str | None
    name: str | None
    expression: str | None
    match: Match
    similarity: float | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class ArtifactLicense:
    """Declared against concluded, for one artifact (`weights`, `code`, `data`, `card`).

    `complete` says that no other term can bind: every text that could hold one was read and is
    known word for word, and every name is known. Only then does a clause that is not found permit.
    """

    artifact: str
    declared: tuple[Declaration, ...]
    concluded: Conclusion
    complete: bool = False
