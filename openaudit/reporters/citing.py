"""Where a clause or a piece of evidence stands, in a few words."""

from typing import assert_never

from openaudit.model.clause import Clause
from openaudit.model.evidence import Evidence, Observation, Quote


def place(clause: Clause) -> str:
    """Return where a clause stands, as a reader would look it up."""
    section = f"section {clause.section}" if clause.section else ""
    if clause.via:
        section = " · ".join(filter(None, [f"from {clause.via[-1]}", section]))
    if clause.policy:
        return " of the ".join(filter(None, [section, clause.policy]))
    if isinstance(clause.evidence, Quote):
        return " · ".join(filter(None, [section, cited(clause.evidence)]))
    return section


def cited(evidence: Evidence | None) -> str:
    """Return the place of `evidence` in a few words."""
    match evidence:
        case Quote():
            return f"{evidence.document} line {evidence.line}"
        case Observation():
            return f"{evidence.source}: {evidence.detail}"
        case None:
            return ""
    assert_never(evidence)
