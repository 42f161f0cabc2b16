"""A rule that applied, with what it rests on."""

from collections.abc import Mapping
from typing import TypeAlias

from openaudit.model.clause import Severity
from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen

Trouble: TypeAlias = tuple[str, Mapping[str, str], tuple[Evidence, ...]]
"""What a stage noticed: the id of a finding rule, the values of its message, what it rests on."""


@frozen
class Finding:
    """Something the user should know. `message` is one sentence with its values."""

    id: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
