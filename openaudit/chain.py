"""The chain behind a release: walked, read, and what follows from it for the release.

It meets several stages; it is pure over the callable that gives it releases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from openaudit.binding import known_profile, withheld_by_prose
from openaudit.data import Knowledge
from openaudit.errors import ReferenceInvalid, ReleaseNotFound
from openaudit.evidence.licensing import names_none
from openaudit.lineage.conflicts import asked, conflicts, unchecked
from openaudit.lineage.settled import unsettled
from openaudit.lineage.table import inheritance
from openaudit.lineage.terms import Inherited, inherited
from openaudit.lineage.walk import Walk, walk
from openaudit.model.clause import Basis, Clause
from openaudit.model.document import Reason, Role
from openaudit.model.evidence import Evidence
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.lineage import (
    DEEPEST,
    Absent,
    Answer,
    Ask,
    Chain,
    Node,
    NodeState,
)
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Release
from openaudit.sources import catalog
from openaudit.stated import Stated, stated

_ALONE: Final = Chain()
_DATASETS: Final = "datasets/"


def chain(
    release: Release, own: Stated, knowledge: Knowledge, ask: Ask, *, deepest: int = DEEPEST
) -> Chain:
    """Return what stands behind `release`; nothing is asked where it names no parent."""
    if not own.edges:
        return _ALONE
    read: dict[int, Stated] = {id(release): own}

    def of(one: Release) -> Stated:
        if id(one) not in read:
            read[id(one)] = stated(one, knowledge)
        return read[id(one)]

    found = _at_hand(walk(release, lambda one: of(one).edges, ask, deepest=deepest))
    nodes = {
        name: _unread(name, answer)
        if isinstance(answer, Absent)
        else _of_another(_read(name, answer, of(answer), knowledge))
        for name, answer in found.found.items()
    }
    root = _read(release.id, release, own, knowledge)
    table = inheritance(knowledge.lineage)
    terms = inherited(release.id, nodes, found.edges, table)
    questions = asked(root, terms, table)
    return Chain(
        nodes=tuple(nodes.values()),
        edges=tuple(
            e if e.child == release.id else replace(e, evidence=_told_of(e.child, e.evidence))
            for e in (*found.edges, *found.circles)
        ),
        inherited=tuple(t.told for t in terms if not t.asked and not _repeats(t, own.clauses)),
        asked=tuple(t.told for t in questions),
        unchecked=tuple(t.told for t in unchecked(root, terms, table)),
        conflicts=conflicts(root, nodes, terms, table),
        open=tuple(unsettled(release.id, nodes, found.edges, questions, table)),
    )


def behind(release: Release, knowledge: Knowledge, ask: Ask) -> Mapping[str, Answer]:
    """Return the releases that an audit of `release` asks for, or why one is not there."""
    return walk(release, lambda one: stated(one, knowledge).edges, ask).found


def recorded(knowledge: Knowledge) -> Ask:
    """Return a way to ask the catalog alone, which knows nothing but what it records."""

    def ask(names: Sequence[str]) -> Mapping[str, Answer]:
        answers: dict[str, Answer] = {}
        for name in names:
            try:
                answers[name] = catalog.read(parse(name), knowledge.records)
            except ReferenceInvalid:
                answers[name] = Absent(NodeState.NOT_FOLLOWED, "no id of a hub")
            except ReleaseNotFound:
                answers[name] = Absent(NodeState.NOT_FOLLOWED, "not in the catalog")
        return answers

    return ask


def _unread(name: str, absent: Absent) -> Node:
    return Node(name, absent.state, detail=absent.detail)


def _read(name: str, release: Release, its: Stated, knowledge: Knowledge) -> Node:
    present = f"datasets/{release.id}" if its.artifact == "data" else release.id
    renamed = f"now {present}" if present.casefold() != name.casefold() else ""
    gated = release.metadata.gate in (Gate.AUTO, Gate.MANUAL)
    return Node(
        name,
        NodeState.READ,
        its.license,
        its.clauses,
        detail=renamed,
        gated=gated,
        known=_is_known(release, its.license, knowledge),
        unlicensed=names_none(release, its.card),
        prose=withheld_by_prose(release, its.card, its.clauses, knowledge),
    )


def _of_another(node: Node) -> Node:
    """Return the node with evidence that names the release whose document it stands in."""

    def told(clause: Clause) -> Clause:
        own = clause.basis is Basis.TEXT  # a profile is ours
        return replace(clause, evidence=_told_of(node.id, clause.evidence)) if own else clause

    license_ = node.license
    if license_ is not None:
        seen = license_.concluded.evidence
        license_ = replace(
            license_,
            declared=tuple(
                replace(d, evidence=_told_of(node.id, d.evidence)) for d in license_.declared
            ),
            concluded=replace(
                license_.concluded, evidence=None if seen is None else _told_of(node.id, seen)
            ),
        )
    clauses, prose = (tuple(map(told, found)) for found in (node.clauses, node.prose))
    return replace(node, license=license_, clauses=clauses, prose=prose)


def _told_of(release: str, evidence: Evidence) -> Evidence:
    return replace(evidence, release=release)


def _repeats(term: Inherited, own: Sequence[Clause]) -> bool:
    """Say whether the release itself holds the very same clause."""
    return any(c.id == term.clause.id and c.params == term.clause.params for c in own)


def _at_hand(found: Walk) -> Walk:
    """Leave out the datasets that nobody was asked for; the facts list them."""
    aside = {
        name
        for name, answer in found.found.items()
        if name.startswith(_DATASETS)
        and isinstance(answer, Absent)
        and answer.state is NodeState.NOT_FOLLOWED
    }
    return Walk(
        {n: a for n, a in found.found.items() if n not in aside},
        [e for e in found.edges if e.parent not in aside],
        found.circles,
    )


def _is_known(release: Release, license_: ArtifactLicense, knowledge: Knowledge) -> bool:
    """Say whether all terms of a release are known, and what it was made from."""
    if any(m.reason is Reason.NOT_RECORDED and m.role is Role.CARD for m in release.missing):
        return False
    if not license_.complete or license_.concluded.match not in (Match.EXACT, Match.NAMED):
        return False
    profile = known_profile(license_.concluded.id, knowledge)
    return profile is not None and profile.verified is not None
