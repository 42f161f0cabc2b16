"""Made-up releases with their terms, for the tests of lineage."""

from functools import cache
from pathlib import Path

from openaudit.clauses.known import profile_clauses
from openaudit.data import knowledge, read_yaml
from openaudit.lineage.table import inheritance
from openaudit.lineage.terms import Inherited, inherited
from openaudit.model.clause import Confidence
from openaudit.model.evidence import Observation, Witness
from openaudit.model.license import ArtifactLicense, Conclusion, Declaration, Match
from openaudit.model.lineage import Edge, Inheritance, Node, NodeState

ROOT = Path(__file__).parents[2]
SEEN = Observation(Witness.API, None, "made up")


@cache
def table() -> Inheritance:
    """Return the shipped table."""
    return inheritance(read_yaml(ROOT / "rules" / "lineage.yaml"))


def node(name: str, license_id: str | None, declared: str | None = None) -> Node:
    """Return a release under a license that has a profile; None: it names none."""
    if license_id is None:
        said = (Declaration(declared, None, None, SEEN),) if declared else ()
        nothing = Conclusion(None, None, None, Match.NONE, None, None)
        unlicensed = declared is None
        license_ = ArtifactLicense("weights", said, nothing)
        return Node(name, NodeState.READ, license_, unlicensed=unlicensed)
    profile = knowledge().licenses[license_id]
    said = (Declaration(declared or license_id, license_id, profile.expression, SEEN),)
    concluded = Conclusion(license_id, profile.name, profile.expression, Match.NAMED, None, SEEN)
    clauses = profile_clauses(profile, knowledge().clauses.values(), SEEN)
    return Node(name, NodeState.READ, ArtifactLicense("weights", said, concluded), clauses)


def edge(
    child: str, parent: str, relation: str | None, confidence: Confidence = Confidence.HIGH
) -> Edge:
    """Return an edge with made-up evidence."""
    return Edge(child, parent, relation, SEEN, confidence)


def chain(*nodes: Node, edges: list[Edge]) -> tuple[Node, dict[str, Node], tuple[Inherited, ...]]:
    """Return the first node as the root, the others by id, and what the root inherits."""
    others = {n.id: n for n in nodes[1:]}
    return nodes[0], others, inherited(nodes[0].id, others, edges, table())
