"""Where a clause or a piece of evidence stands, in a few words."""

from dataclasses import replace
from typing import assert_never

from openaudit.model.clause import Clause
from openaudit.model.evidence import Evidence, Observation, Quote


def place(clause: Clause) -> str:
    """Return where a clause stands, as a reader would look it up."""
    section = f"section {clause.section}" if clause.section else ""
    if clause.via:
        section = " · ".join(filter(None, [f"from {clause.via[-1]}", section]))
    seen = clause.evidence if not clause.via else replace(clause.evidence, release=None)
    if clause.policy:
        return " of the ".join(filter(None, [section, clause.policy]))
    if isinstance(seen, Quote):
        return " · ".join(filter(None, [section, cited(seen)]))
    return section


def cited(evidence: Evidence | None) -> str:
    """Return the place of `evidence` in a few words."""
    match evidence:
        case Quote():
            said = f"{evidence.document} line {evidence.line}"
        case Observation():
            said = f"{evidence.source}: {evidence.detail}"
        case None:
            return ""
        case _:
            assert_never(evidence)
    return said if evidence.release is None else f"{evidence.release}: {said}"
