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
    """One demand of a framework. `because` are ids of the facts that decided or are missing.

    `cites` is where the framework demands it. `level` is the step reached where the demand has
    more than two, None where it has not or where that is unknown; met is then the highest step.
    """

    id: str
    title: str
    met: Met
    because: tuple[str, ...]
    cites: str = ""
    level: str | None = None


@frozen
class Verdict:
    """The label, or None where unknown; then `possible` holds the labels that remain.

    `at_least` is the most open label that is proven, None where none that demands anything is;
    `unknown` are the ids of the facts that would settle it; `reasons` say in words why
    it holds, then what keeps the release from the most open label. `because` are the ids of the
    facts that decided the label.

    `test` is what the label is called ("verdict", "license test"), `scope` whether the framework
    speaks of this release at all, `caveat` what no fact decides, `context` the ids of facts that
    the framework wants to be seen beside the label, unscored.
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
    because: tuple[str, ...] = ()
    test: str = "verdict"
    scope: str = ""
    caveat: str = ""
    context: tuple[str, ...] = ()
