"""The terms that come to a release from the releases behind it, each with its path.

A term flows down edge by edge as the table says for the relation. Where a release on the way holds
the same license, the term is told of the release farthest away: it is the origin.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from openaudit.model.clause import Clause, Confidence
from openaudit.model.frozen import frozen
from openaudit.model.license import Match
from openaudit.model.lineage import Edge, Flow, Inheritance, Node

_UNKNOWN: Final = "unknown"


@frozen
class Inherited:
    """One clause of a release far up. `path` runs from the release below to its own one.

    `asked` says that on the way it became a question, `changed` that its license is a changed one,
    so that who is under the standard text need not hold the term.
    """

    clause: Clause
    path: tuple[str, ...]
    license_id: str | None
    asked: bool = False
    changed: bool = False
    confidence: Confidence = Confidence.HIGH

    @property
    def origin(self) -> str:
        """Return the release whose term it is."""
        return self.path[-1]

    @property
    def told(self) -> Clause:
        """Return the clause with the way it took, nearest first."""
        return replace(self.clause, via=self.path[1:], confidence=self.confidence)


def inherited(
    root: str, nodes: Mapping[str, Node], edges: Sequence[Edge], table: Inheritance
) -> tuple[Inherited, ...]:
    """Return the terms that come to `root`; `edges` hold no circle."""
    return _Terms(nodes, edges, table).above(root)


class _Terms:
    """The terms of each release of one chain, worked out once."""

    def __init__(
        self, nodes: Mapping[str, Node], edges: Sequence[Edge], table: Inheritance
    ) -> None:
        self._nodes, self._table = nodes, table
        self._edges: dict[str, list[Edge]] = {}
        for edge in edges:
            self._edges.setdefault(edge.child, []).append(edge)
        self._known: dict[str, tuple[Inherited, ...]] = {}

    def above(self, name: str) -> tuple[Inherited, ...]:
        """Return what comes to `name` over all its edges, each term of a license once."""
        if name not in self._known:
            found: dict[tuple[object, ...], Inherited] = {}
            for edge in self._edges.get(name, ()):
                flow = self._table.flows.get(edge.relation or _UNKNOWN, self._table.flows[_UNKNOWN])
                for term in (*self.above(edge.parent), *self._own(edge.parent)):
                    known = term.clause.id in self._table.terms
                    if known and flow.takes(term.clause.id, term.license_id):
                        further = _further(term, edge, flow)
                        _keep(found, further)
            self._known[name] = tuple(found.values())
        return self._known[name]

    def _own(self, name: str) -> tuple[Inherited, ...]:
        node = self._nodes.get(name)
        if node is None or node.license is None:
            return ()
        license_id = node.license.concluded.id
        changed = node.license.concluded.match is Match.NEAR
        binding = (
            Inherited(c, (name,), license_id, changed=changed, confidence=c.confidence)
            for c in node.clauses
        )
        # A card has no force, but it speaks for its publisher: a question to whoever builds on it.
        spoken = (Inherited(c, (name,), None, asked=True) for c in node.prose)
        return (*binding, *spoken)


def _further(term: Inherited, edge: Edge, flow: Flow) -> Inherited:
    doubtful = flow.asks or term.clause.id in flow.in_question
    asked = term.asked or doubtful or edge.confidence is Confidence.LOW
    lower = Confidence.LOW if asked else term.confidence
    return replace(term, path=(edge.child, *term.path), asked=asked, confidence=lower)


def _keep(found: dict[tuple[object, ...], Inherited], term: Inherited) -> None:
    """Keep one of the terms that are the same: what binds before a question, then the farthest."""
    key = (
        term.clause.id,
        term.license_id or term.origin,
        tuple(sorted(term.clause.params.items())),
    )
    other = found.get(key)
    if other is None or (other.asked, -len(other.path)) > (term.asked, -len(term.path)):
        found[key] = term
