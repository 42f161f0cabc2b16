"""What a document grants, asks, withholds or reserves."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen

Param: TypeAlias = "str | int | float | tuple[str, ...]"


class ClauseKind(StrEnum):
    """Whom a clause moves, and how."""

    RESTRICTION = "restriction"
    OBLIGATION = "obligation"
    GRANT = "grant"
    POWER = "power"
    TERM = "term"


class Severity(StrEnum):
    """How much attention something asks for."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Confidence(StrEnum):
    """How surely the claim follows from its evidence."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Basis(StrEnum):
    """`TEXT`: found in the text at hand. `PROFILE`: known of the license, the text was not read."""

    TEXT = "text"
    PROFILE = "profile"


@frozen
class Clause:
    """One clause of one document. `message` is the sentence for a user, values filled in.

    `via` is the path of releases through which the clause is inherited; empty for its own.
    `policy` names the use policy it stands in where no text was read; "" for the license itself.
    """

    id: str
    title: str
    kind: ClauseKind
    severity: Severity
    params: Mapping[str, Param]
    section: str
    message: str
    confidence: Confidence
    basis: Basis
    evidence: Evidence
    via: tuple[str, ...] = ()
    policy: str = ""
