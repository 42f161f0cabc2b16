"""A rule that applied, with what it rests on."""

from dataclasses import dataclass

from openaudit.model.clause import Severity
from openaudit.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the user should know. `message` is one sentence with its values."""

    id: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
