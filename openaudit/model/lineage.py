"""What a release says it was made from."""

from dataclasses import dataclass

from openaudit.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Edge:
    """`child` was made from `parent`; `relation` is None where nobody says how."""

    child: str
    parent: str
    relation: str | None
    evidence: Evidence
