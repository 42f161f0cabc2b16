"""What a release was made from: the releases behind it, and the terms they put on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Final, TypeAlias

from openaudit.model.clause import Clause, ClauseKind, Confidence, Severity
from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen
from openaudit.model.license import ArtifactLicense
from openaudit.model.release import Release

DATASET: Final = "dataset"
"""The relation to data: it never makes a derivative by itself, see `rules/lineage.yaml`."""

DISTILLED: Final = "distilled"
"""The relation to a model whose outputs were learned from; whether it binds is a question too."""


DEEPEST: Final = 8
"""Steps up the chain that are gone, unless somebody says otherwise."""


@frozen
class Edge:
    """`child` was made from `parent`; `relation` is None where nobody says how.

    `confidence` is low where only prose names the parent: then it is a question, not a claim.
    """

    child: str
    parent: str
    relation: str | None
    evidence: Evidence
    confidence: Confidence = Confidence.HIGH


class NodeState(StrEnum):
    """Whether a release of the chain was read, or why not."""

    READ = "read"
    MISSING = "missing"
    GATED = "gated"
    UNREACHABLE = "unreachable"
    NOT_FOLLOWED = "not-followed"


@frozen
class Absent:
    """Why a release of the chain was not read."""

    state: NodeState
    detail: str


Answer: TypeAlias = Release | Absent
Ask: TypeAlias = Callable[[Sequence[str]], Mapping[str, Answer]]
"""Gives releases by reference, or says why there is none; of a batch, as many as it can at once."""


@frozen
class Node:
    """One release of a chain with its own terms; `detail` says why it was not read, or its new id.

    `license` is None where it was not read. `gated` ones show their license before their files.
    `known` says that no term can bind beside `clauses`; `unlicensed` that it surely names no
    license, all being read that could. `prose` are uses that its card alone withholds.
    """

    id: str
    state: NodeState
    license: ArtifactLicense | None = None
    clauses: tuple[Clause, ...] = ()
    detail: str = ""
    gated: bool = False
    known: bool = False
    unlicensed: bool = False
    prose: tuple[Clause, ...] = ()


@frozen
class Conflict:
    """A term that binds a release through its parents and that its own license does not hold.

    `path` runs from the release to the one whose term it is. `dropped_by` is the release on it
    that let go of the term first; `declared` is the license it names instead, None for none at all.
    """

    clause: Clause
    severity: Severity
    dropped_by: str
    declared: str | None
    inherited_from: str
    path: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    confidence: Confidence
    cure: str


@frozen
class Flow:
    """What comes along with a relation: clause ids, or all that a table lists for derivatives.

    `asks` says that what flows is a question to look into, and binds nobody by itself;
    `in_question` are those clauses of which alone that is so. `of_all` are licenses of which all
    terms come along, `without` has by license the terms that do not: by their own words.
    """

    clauses: frozenset[str]
    asks: bool
    in_question: frozenset[str] = frozenset()
    of_all: frozenset[str] = frozenset()
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def takes(self, clause: str, license_id: str | None) -> bool:
        """Say whether a term of a license comes along."""
        if clause in self.without.get(license_id or "", ()):
            return False
        return clause in self.clauses or license_id in self.of_all


@frozen
class Term:
    """How one kind of clause is inherited; see `rules/lineage.yaml`.

    `severity` is that of losing it, None where a child may leave it to the parent's license.
    `covered_by` are clauses of a child that withhold as much. `compare` tells which parameters
    make a clause weaker: `at-most` for a number that must not be larger, `includes` for a list
    that must hold at least the same. `beside_lost` is what must be lost with it, for it to matter.
    """

    severity: Severity | None
    cure: str
    covered_by: frozenset[str]
    compare: Mapping[str, str]
    beside_lost: ClauseKind | None = None
    by_existing: bool = False


@frozen
class Inheritance:
    """The table: what flows over which relation, and what losing it means.

    `same` has, for a license, those that satisfy its share-alike term; `cure` mends several losses,
    `own` is added to a cure where one account published both.
    """

    flows: Mapping[str, Flow]
    terms: Mapping[str, Term]
    same: Mapping[str, frozenset[str]]
    cure: str
    own: str


@frozen
class Chain:
    """The releases behind one, nearest first, and what follows from them.

    `inherited` are the clauses that come from them, each with its path in `via`; `asked` are those
    that only raise a question, `unchecked` those that bind and that its own license, which is not
    known, may pass on. `open` names the releases whose terms bind, or may bind, and are
    not all known.
    """

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    inherited: tuple[Clause, ...] = ()
    asked: tuple[Clause, ...] = ()
    unchecked: tuple[Clause, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Say whether all that may bind was read and its terms are known."""
        return not self.open

    @property
    def bases(self) -> tuple[Edge, ...]:
        """Return the edges to models."""
        return tuple(e for e in self.edges if e.relation != DATASET)
