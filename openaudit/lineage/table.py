"""Read `rules/lineage.yaml`: what flows over which relation, and what losing it means."""

from collections.abc import Mapping
from typing import Any, Final

from openaudit.model.clause import ClauseKind, Severity
from openaudit.model.lineage import Flow, Inheritance, Term

_ALL: Final = "derivative"


def inheritance(raw: Mapping[str, Any]) -> Inheritance:
    """Return the table that the file holds."""
    terms = {k: _term(v) for k, v in raw["terms"].items()}
    flows = {
        relation: Flow(
            frozenset(terms) if flow["clauses"] == _ALL else frozenset(flow["clauses"]),
            asks=flow.get("asks", False),
            in_question=frozenset(flow.get("in_question", ())),
            of_all=frozenset(flow.get("of_all", ())),
            without={k: frozenset(v) for k, v in flow.get("without", {}).items()},
        )
        for relation, flow in raw["flows"].items()
    }
    same = {k: frozenset(v) for k, v in raw["same"].items()}
    return Inheritance(flows, terms, same, cure=raw["cure"], own=raw["own"])


def _term(raw: Mapping[str, Any]) -> Term:
    return Term(
        severity=Severity(raw["lost"]) if "lost" in raw else None,
        cure=raw.get("cure", ""),
        covered_by=frozenset(raw.get("covered_by", ())),
        compare=raw.get("weaker", {}),
        beside_lost=ClauseKind(raw["beside_lost"]) if "beside_lost" in raw else None,
        by_existing=raw.get("by_existing", False),
    )
