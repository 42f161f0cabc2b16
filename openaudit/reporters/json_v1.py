"""The report as JSON, version 1: a stable surface. Field names are never renamed or dropped.

Plain dicts, because this is the path that has to start fast; `json_v1_types` holds the types that
make the published schema and check this module in the tests.
"""

import json
import re
from collections.abc import Sequence
from typing import assert_never

from openaudit import __version__
from openaudit.model.clause import Clause, Param
from openaudit.model.decision import Decision, Violation
from openaudit.model.evidence import Evidence, Observation, Quote
from openaudit.model.fact import Answer, Fact
from openaudit.model.finding import Finding
from openaudit.model.license import ArtifactLicense, Declaration
from openaudit.model.lineage import Chain, Node
from openaudit.model.release import Gate, Plain, Release
from openaudit.model.report import Report
from openaudit.model.scorecard import Grade
from openaudit.model.usage import UseAnswer
from openaudit.model.verdict import Verdict
from openaudit.reporters.changes import removed_value, touching

SCHEMA = "openaudit-report-v1"

# C1 controls, zero widths, bidirectional marks and isolates; C0 is escaped by JSON itself.
_ACTING = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def render(reports: Sequence[Report], knowledge_date: str, decision: Decision | None = None) -> str:
    """Return one object with every release, indented, keys in the order of the schema."""
    return dumps(document(reports, knowledge_date, decision), indent=2) + "\n"


def render_lines(
    reports: Sequence[Report], knowledge_date: str, decision: Decision | None = None
) -> str:
    """Return one object a line, each a whole report of one release, with the decision on it."""
    lines = (
        document([r], knowledge_date, decision and decision.on(str(r.release.reference)))
        for r in reports
    )
    return "".join(f"{dumps(line)}\n" for line in lines)


def dumps(value: Plain, indent: int | None = None) -> str:
    """Return JSON in which characters that act on a terminal or hide are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def document(
    reports: Sequence[Report], knowledge_date: str, decision: Decision | None = None
) -> dict[str, Plain]:
    """Return the report as JSON values. Where no policy decided, the outcome is a pass."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "openaudit", "version": __version__, "knowledge_date": knowledge_date},
        "releases": [_release(r) for r in reports],
        "decision": _decision(decision),
    }


def _decision(decision: Decision | None) -> Plain:
    if decision is None:
        return {"policy": None, "outcome": "pass", "violations": [], "waived": [], "notes": []}
    return {
        "policy": decision.policy,
        "outcome": decision.outcome.value,
        "violations": [_violation(v) for v in decision.violations],
        "waived": [
            {
                **_violation(w.violation),
                "reason": w.reason,
                "owner": w.owner,
                "expires": w.expires,
            }
            for w in decision.waived
        ],
        "notes": list(decision.notes),
    }


def _violation(violation: Violation) -> dict[str, Plain]:
    return {
        "rule": violation.rule,
        "release": violation.release,
        "severity": violation.severity.value,
        "message": violation.message,
        "reason": violation.reason,
        "unknown": violation.unknown,
        "known": violation.known,
        "outcome": violation.outcome.value,
        "clauses": list(violation.clauses),
        "fingerprint": violation.fingerprint,
        "evidence": [evidence(e) for e in violation.evidence],
    }


def _release(report: Report) -> Plain:
    release = report.release
    return {
        **_identity(release),
        "label": _label(report.label),
        "dimensions": {g.dimension: _grade(g) for g in report.dimensions},
        "licenses": [_license(a, report.clauses) for a in report.licenses],
        "clauses": [clause(c) for c in report.clauses],
        "facts": [_fact(f) for f in report.facts],
        "lineage": _lineage(release, report.chain),
        "frameworks": [_framework(v) for v in report.frameworks],
        "findings": [_finding(f) for f in report.findings],
        "questions": [_question(a) for a in report.questions],
        "obligations": [
            {"clause": o.clause.id, "text": o.text, "via": list(o.clause.via)}
            for o in report.obligations
        ],
    }


def _identity(release: Release) -> dict[str, Plain]:
    return {
        "ref": str(release.reference),
        "hub": release.hub,
        "id": release.id,
        "revision": release.revision,
        "source": release.origin.value,
        "retrieved_at": release.retrieved_at,
        "gated": _gated(release.metadata.gate),
    }


def _gated(gate: Gate | None) -> Plain:
    """As the hub's API has it: false, `auto` or `manual`; null where nobody said."""
    match gate:
        case None:
            return None
        case Gate.OPEN:
            return False
        case Gate.AUTO | Gate.MANUAL:
            return gate.value
    assert_never(gate)


def _label(label: Verdict | None) -> Plain:
    if label is None:
        return {"framework": "g7-2026", "value": "not-applicable", "possible": [], "unknown": []}
    return {
        "framework": label.framework,
        "value": label.label or "unknown",
        "possible": list(label.possible),
        "unknown": list(label.unknown),
    }


def _grade(grade: Grade) -> Plain:
    because: list[Plain] = [
        {"fact": f.id, "answer": _said(f), "evidence": [evidence(e) for e in f.evidence]}
        for f in grade.because
    ]
    return {"grade": grade.grade or "unknown", "score": grade.score, "because": because}


def _said(fact: Fact) -> Plain:
    return fact.answer.value if fact.value is None else fact.value


def _license(license_: ArtifactLicense, clauses: Sequence[Clause]) -> Plain:
    concluded = license_.concluded
    return {
        "artifact": license_.artifact,
        "declared": [_declaration(d) for d in license_.declared],
        "concluded": {
            "id": concluded.id,
            "name": concluded.name,
            "expression": concluded.expression,
            "match": concluded.match.value,
            "similarity": concluded.similarity,
            "evidence": evidence(concluded.evidence) if concluded.evidence else None,
        },
        "changes": {
            "added": [_added(q, clauses) for q in license_.added],
            "removed": [removed_value(loss) for loss in license_.losses],
        },
        "ignored": [evidence(q) for q in license_.ignored],
    }


def _added(quote: Quote, clauses: Sequence[Clause]) -> Plain:
    held = touching(clauses, quote.start, quote.end, quote.document)
    return {"quote": quote.text, "start": quote.start, "end": quote.end, "clauses": list(held)}


def _declaration(declaration: Declaration) -> Plain:
    return {
        "value": declaration.value,
        "expression": declaration.expression,
        "evidence": evidence(declaration.evidence),
    }


def clause(found: Clause) -> Plain:
    """Return one clause; the reading of a lone text shows it the same way."""
    return {
        "id": found.id,
        "title": found.title,
        "kind": found.kind.value,
        "params": {k: _param(v) for k, v in found.params.items()},
        "section": found.section,
        "confidence": found.confidence.value,
        "from": found.basis.value,
        "via": list(found.via),
        "evidence": evidence(found.evidence),
    }


def _param(value: Param) -> Plain:
    return list(value) if isinstance(value, tuple) else value


def _fact(fact: Fact) -> Plain:
    return {
        "id": fact.id,
        "answer": fact.answer.value,
        "value": _value(fact),
        "method": fact.method.value,
        "confidence": fact.confidence.value,
        "evidence": [evidence(e) for e in fact.evidence],
    }


def _value(fact: Fact) -> Plain:
    """Return the value; of a fact that is answered by yes or no, the answer as a boolean."""
    match fact.answer:
        case Answer.YES | Answer.NO:
            return fact.answer is Answer.YES
        case Answer.VALUE | Answer.UNKNOWN | Answer.NOT_APPLICABLE:
            return fact.value
    assert_never(fact.answer)


def _lineage(release: Release, chain: Chain) -> Plain:
    """Return the chain; the release itself is its first node, where it has parents at all."""
    return {
        "nodes": [release.id, *(n.id for n in chain.nodes)] if chain.edges else [],
        "behind": [_node(n) for n in chain.nodes],
        "edges": [
            {
                "child": e.child,
                "parent": e.parent,
                "relation": e.relation,
                "confidence": e.confidence.value,
                "evidence": evidence(e.evidence),
            }
            for e in chain.edges
        ],
        "conflicts": [
            {
                "clause": c.clause.id,
                "severity": c.severity.value,
                "dropped_by": c.dropped_by,
                "declared": c.declared,
                "inherited_from": c.inherited_from,
                "path": list(c.path),
                "confidence": c.confidence.value,
                "cure": c.cure,
                "evidence": [evidence(e) for e in c.evidence],
            }
            for c in chain.conflicts
        ],
    }


def _node(node: Node) -> Plain:
    concluded = node.license.concluded if node.license else None
    return {
        "id": node.id,
        "state": node.state.value,
        "license": concluded.id if concluded else None,
        "gated": node.gated,
        "detail": node.detail,
    }


def _framework(verdict: Verdict) -> Plain:
    return {
        "id": verdict.framework,
        "name": verdict.name,
        "version": verdict.version,
        "test": verdict.test,
        "scope": verdict.scope,
        "verdict": verdict.label or "unknown",
        "because": list(verdict.because),
        "possible": list(verdict.possible),
        "unknown": list(verdict.unknown),
        "requirements": [
            {
                "id": r.id,
                "cites": r.cites,
                "met": r.met.value,
                "level": r.level,
                "because": list(r.because),
            }
            for r in verdict.requirements
        ],
    }


def _question(answer: UseAnswer) -> Plain:
    return {
        "question": answer.question.value,
        "answer": answer.answer.value,
        "clauses": list(dict.fromkeys(c.id for c in answer.clauses)),
        "conditions": list(answer.conditions),
        "because": list(answer.because),
        "settle": list(answer.settle),
    }


def _finding(finding: Finding) -> Plain:
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "message": finding.message,
        "evidence": [evidence(e) for e in finding.evidence],
    }


def evidence(item: Evidence) -> Plain:
    """Return one piece of evidence: a quote with its place, or an observation."""
    match item:
        case Quote():
            return {
                "document": item.document,
                "revision": item.revision,
                "sha256": item.sha256,
                "line": item.line,
                "start": item.start,
                "end": item.end,
                "quote": item.text,
                **_of_another(item),
            }
        case Observation():
            return {
                "source": item.source.value,
                "revision": item.revision,
                "detail": item.detail,
                **_of_another(item),
            }
    assert_never(item)


def _of_another(item: Evidence) -> dict[str, Plain]:
    """Return which other release it is of; what says nothing is of the release itself."""
    return {} if item.release is None else {"release": item.release}
