"""What was audited, pinned: enough to tell later what moved, and how."""

from enum import StrEnum

from openaudit.model.frozen import frozen

Params = tuple[tuple[str, str], ...]


@frozen
class LockedText:
    """A text that could bind: its name in the release, and the sha256 of its bytes."""

    document: str
    sha256: str


@frozen
class LockedClause:
    """A clause and its parameters as text; `via` is the path through which it is inherited."""

    id: str
    params: Params
    via: tuple[str, ...] = ()


@frozen
class Locked:
    """One release. `revision` is the commit, None where the hub has none."""

    reference: str
    revision: str | None
    declared: tuple[str, ...]
    licenses: tuple[str, ...]
    texts: tuple[LockedText, ...]
    clauses: tuple[LockedClause, ...]
    digest: str


@frozen
class Lock:
    """A lock file. `path` is the tree that was searched; None where references were given."""

    path: str | None
    knowledge_date: str
    releases: tuple[Locked, ...]


class Kind(StrEnum):
    """What became of a release that was locked."""

    SAME = "same"
    MOVED = "moved"
    REREAD = "reread"
    DRIFT = "drift"
    UNLOCKED = "unlocked"
    FAILED = "failed"


@frozen
class Drift:
    """What `verify` saw of one reference: `changes` are sentences, in order."""

    reference: str
    kind: Kind
    changes: tuple[str, ...] = ()
