"""What a published framework says of a release."""

from enum import StrEnum

from openaudit.model.frozen import frozen


class Met(StrEnum):
    """Three-valued (Kleene): an unknown part leaves the whole unknown unless it cannot matter."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@frozen
class Requirement:
    """One demand of a framework. `because` are ids of the facts that decided or are missing."""

    id: str
    title: str
    met: Met
    because: tuple[str, ...]


@frozen
class Verdict:
    """The label, or None where unknown; then `possible` holds the labels that remain.

    `at_least` is the most open label that is proven, None where none that demands anything is;
    `unknown` are the ids of the facts that would settle it; `reasons` say in words why
    it holds, then what keeps the release from the most open label.
    """

    framework: str
    version: str
    name: str
    label: str | None
    at_least: str | None
    possible: tuple[str, ...]
    unknown: tuple[str, ...]
    reasons: tuple[str, ...]
    requirements: tuple[Requirement, ...]
