"""Terms that bind a release through its parents and that its own license lets go of."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from openaudit.lineage.terms import Inherited
from openaudit.model.clause import Clause, ClauseKind, Confidence, Param, Severity
from openaudit.model.evidence import Evidence, Observation, Witness
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.lineage import Conflict, Inheritance, Node, Term

_SEVERITY: Final = list(Severity)
_SHARE_ALIKE: Final = "same-license"


def conflicts(
    root: Node, nodes: Mapping[str, Node], terms: Iterable[Inherited], table: Inheritance
) -> tuple[Conflict, ...]:
    """Return the terms that `root` lost, gravest first.

    A term that only raises a question is no conflict, nor is one that the license of `root` holds,
    however much was lost on the way to it. A license of `root` that is not known may hold it.
    """
    found: list[Conflict] = []
    for term in terms:
        rule = table.terms[term.clause.id]
        if rule.severity is None or term.asked or not _lets_go(root):
            continue
        if _held(root, term, rule, table):
            continue
        dropper = _dropper(root, nodes, term, rule, table)
        if dropper is not None:
            found.append(_conflict(dropper, term, rule))
    lost = {(c.inherited_from, c.clause.kind) for c in found}
    kept = [c for c in found if _matters(c, table.terms[c.clause.id], lost)]
    return tuple(sorted(_mended(kept, table), key=lambda c: _SEVERITY.index(c.severity)))


def _matters(conflict: Conflict, rule: Term, lost: AbstractSet[tuple[str, ClauseKind]]) -> bool:
    kind = rule.beside_lost
    return kind is None or (conflict.inherited_from, kind) in lost


def _mended(found: Sequence[Conflict], table: Inheritance) -> Iterator[Conflict]:
    """Yield the conflicts; where a release lost several terms of one, with the cure of them all."""
    together = Counter((c.dropped_by, c.inherited_from) for c in found)
    for conflict in found:
        one = table.terms[conflict.clause.id].by_existing
        cure = conflict.cure
        if not one and together[conflict.dropped_by, conflict.inherited_from] > 1:
            cure = table.cure.format(base=conflict.inherited_from)
        yield replace(conflict, cure=cure + _if_its_own(conflict, table))


def _if_its_own(conflict: Conflict, table: Inheritance) -> str:
    """Return what may undo a conflict between two releases of one account."""
    owners = {name.rpartition("/")[0] for name in (conflict.dropped_by, conflict.inherited_from)}
    owner = min(owners)
    if len(owners) > 1 or not owner:
        return ""
    return table.own.format(owner=owner, base=conflict.inherited_from)


def asked(root: Node, terms: Iterable[Inherited], table: Inheritance) -> tuple[Inherited, ...]:
    """Return the terms that only raise a question, where the license of `root` leaves it open."""
    return tuple(
        t
        for t in terms
        if t.asked
        and table.terms[t.clause.id].severity is not None
        and t.clause.id not in {c.id for c in root.prose}
        and not _held(root, t, table.terms[t.clause.id], table)
    )


def unchecked(root: Node, terms: Iterable[Inherited], table: Inheritance) -> tuple[Inherited, ...]:
    """Return the terms that bind, and that the license of `root`, which nobody knows, may hold."""
    if root.license is None or _lets_go(root):
        return ()
    return tuple(
        t
        for t in terms
        if not t.asked
        and table.terms[t.clause.id].severity is not None
        and not _held(root, t, table.terms[t.clause.id], table)
    )


def _held(node: Node, term: Inherited, rule: Term, table: Inheritance) -> bool:
    """Say whether the own license of `node` holds the term, or one that withholds as much."""
    license_ = node.license
    if license_ is None:
        return False
    own = license_.concluded.id
    same = own is not None and own == term.license_id
    if same and (not term.changed or term.clause.id == _SHARE_ALIKE):
        return not rule.by_existing and not _taken_out(license_, term.clause)
    restricts = term.clause.kind is ClauseKind.RESTRICTION
    if own in table.same.get(term.license_id or "", ()) and not restricts:
        return True
    if term.clause.id == _SHARE_ALIKE or rule.by_existing:
        return False
    covering = {term.clause.id, *rule.covered_by}
    return any(
        c.id in covering and not (c.id == term.clause.id and _weaker(c, term.clause, rule))
        for c in node.clauses
    )


def _taken_out(license_: ArtifactLicense, clause: Clause) -> bool:
    """Say whether a changed text of the same license has surely lost the clause."""
    return any(loss.certain and clause.id in loss.clauses for loss in license_.losses)


def _weaker(own: Clause, base: Clause, rule: Term) -> bool:
    return any(
        _is_weaker(own.params.get(name), base.params.get(name), how)
        for name, how in rule.compare.items()
    )


def _is_weaker(own: "Param | None", base: "Param | None", how: str) -> bool:
    """Say whether a parameter withholds less; one that is not known says nothing."""
    if own is None or base is None:
        return False
    if how == "at-most" and isinstance(own, int | float) and isinstance(base, int | float):
        return own > base
    if how == "includes" and isinstance(own, tuple) and isinstance(base, tuple):
        return not set(base) <= set(own)
    return how == "covers" and own not in (base, "all")


def _dropper(
    root: Node, nodes: Mapping[str, Node], term: Inherited, rule: Term, table: Inheritance
) -> Node | None:
    """Return the release that let go of the term first, seen from where it comes from."""
    for name in reversed(term.path[:-1]):
        node = root if name == term.path[0] else nodes.get(name)
        if node is not None and _lets_go(node) and not _held(node, term, rule, table):
            return node
    return None


def _lets_go(node: Node) -> bool:
    """Say whether a release was read and its license is known, or is surely none at all."""
    if node.license is None:
        return False
    return _is_known(node.license) or (node.unlicensed and not _says_something(node))


def _is_known(license_: ArtifactLicense) -> bool:
    return license_.concluded.match in (Match.EXACT, Match.NAMED, Match.NEAR)


def _says_something(node: Node) -> bool:
    license_ = node.license
    return license_ is not None and bool(license_.declared or license_.concluded.evidence)


def _conflict(dropper: Node, term: Inherited, rule: Term) -> Conflict:
    license_ = dropper.license
    assert license_ is not None  # noqa: S101  # what lets go was read
    assert rule.severity is not None  # noqa: S101  # asked before
    declared = license_.declared[0].value if license_.declared else license_.concluded.name
    near = license_.concluded.match is Match.NEAR
    return Conflict(
        clause=term.told,
        severity=rule.severity,
        dropped_by=dropper.id,
        declared=declared,
        inherited_from=term.origin,
        path=term.path,
        evidence=(_stated(dropper, license_), term.clause.evidence),
        confidence=Confidence.MEDIUM if near else term.confidence,
        cure=rule.cure.format(base=term.origin),
    )


def _stated(node: Node, license_: ArtifactLicense) -> Evidence:
    if license_.concluded.evidence is not None and not license_.declared:
        return license_.concluded.evidence
    if license_.declared:
        return license_.declared[0].evidence
    return Observation(Witness.API, None, f"{node.id} names no license")
