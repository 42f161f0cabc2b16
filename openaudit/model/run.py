"""One run: what was audited, what the policy says of it, and where a code base names it."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from openaudit.model.clause import Severity
from openaudit.model.decision import Decision
from openaudit.model.report import Report
from openaudit.model.sighting import Sighting


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """A rule that releases were held against, in words: of the policy, or of a finding.

    `title` says what it is for in a line, `meaning` why it is there ("" where nobody said).
    """

    id: str
    title: str
    meaning: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Unaudited:
    """A reference that could not be audited, and why, in one line."""

    reference: str
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a format may write down. Reports, violations and rules are in the order shown.

    `decision` is None where no policy was given. `sightings` are by the reference as audited,
    which is `str(report.release.reference)` and `Violation.release`. `root` is the directory that
    was searched, relative to that of the repository, with `/`; "" where it is the same.
    `manifest` is the file, relative to the same, that stands for what no line names: the policy,
    the lock; "" for none. `rules` are by id, those that nobody broke too. `category` tells apart
    the runs over one repository.
    """

    reports: tuple[Report, ...]
    knowledge_date: str
    decision: Decision | None = None
    sightings: Mapping[str, tuple[Sighting, ...]] = field(default_factory=dict)
    root: str = ""
    manifest: str = ""
    rules: Mapping[str, JudgedRule] = field(default_factory=dict)
    unaudited: tuple[Unaudited, ...] = ()
    category: str = "check"

    def seen(self, reference: str) -> tuple[Sighting, ...]:
        """Return where `reference` stands, with files relative to the repository's directory."""
        found = self.sightings.get(reference, ())
        return tuple(replace(s, file=posixpath.join(self.root, s.file)) for s in found)
