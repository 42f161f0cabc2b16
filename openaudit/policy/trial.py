"""Try a policy on the tests inside its file: made-up releases, and recorded ones by reference.

Whoever calls says how a release is audited, so that a test goes through the whole audit.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Final

from openaudit.data import Knowledge
from openaudit.model.clause import Basis, Clause, Confidence, Param
from openaudit.model.decision import Decision, Outcome
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Observation, Witness
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.frozen import frozen
from openaudit.model.reference import Reference, Scheme
from openaudit.model.release import Metadata, Origin, Plain, RecordedFact, Release
from openaudit.model.report import Report
from openaudit.policy.decide import decide
from openaudit.policy.policy import Given, Policy, Trial

_MADE_UP: Final = Reference(Scheme.HUGGINGFACE, "acme/made-up")
_GIVEN: Final = Observation(Witness.CATALOG, None, "given by the test")

Audit = Callable[[Release], Report]
Look = Callable[[str], Report]


@frozen
class Result:
    """How a test went; `what` is wrong with it, "" where it passed."""

    trial: Trial
    what: str = ""


def results(policy: Policy, knowledge: Knowledge, audit: Audit, look: Look) -> Iterator[Result]:
    """Yield how each test of the policy goes.

    `audit` audits a release; `look` gives the audit of a reference, and raises where there is none.
    The day is that of the test, else that of the knowledge.
    """
    for trial in policy.tests:
        today = date.fromisoformat(trial.today or knowledge.date)
        if trial.release is not None:
            report = look(trial.release)
        elif trial.given is not None:
            report = made_up(trial.given, knowledge, audit)
        else:
            continue
        yield Result(trial, _amiss(trial, decide([report], policy, today=today)))


def _amiss(trial: Trial, decision: Decision) -> str:
    """Say what is not as the test asks, "" where all is."""
    broken = {v.rule for v in decision.violations if v.outcome is not Outcome.PASS}
    rules = ", ".join(sorted(broken)) or "none"
    if decision.outcome != trial.expect:
        return f"asks for {trial.expect}, and it is {decision.outcome}; rules broken: {rules}"
    if trial.violates is not None and broken != set(trial.violates):
        return f"asks that {', '.join(sorted(trial.violates)) or 'none'} be broken; broken: {rules}"
    return ""


def _release(given: Given) -> Release:
    """Return a release as `given` has it: a card, weights, perhaps a license text."""
    front: dict[str, Plain] = {"library_name": "transformers"}
    front |= {"license": given.license} if given.license is not None else {}
    front |= {"base_model": given.base_model} if given.base_model is not None else {}
    # Each value as JSON, which is YAML, too.
    fields = "".join(f"{k}: {json.dumps(v)}\n" for k, v in front.items())
    texts = [("README.md", Role.CARD, f"---\n{fields}---\n\n{given.card}\n")]
    texts += [("LICENSE", Role.LICENSE, given.text)] if given.text is not None else []
    parents = ((given.base_model, None),) if given.base_model is not None else ()
    return Release(
        reference=_MADE_UP,
        hub="test",
        id=_MADE_UP.id,
        revision=None,
        origin=Origin.CATALOG,
        retrieved_at=None,
        metadata=Metadata(
            gate=given.gate,
            files=("README.md", *(n for n, _, _ in texts[1:]), "model.safetensors"),
            card=front,
            library="transformers",
            base_models=parents,
        ),
        documents=tuple(Document(n, r, t, sha256(t.encode()).hexdigest()) for n, r, t in texts),
        recorded=tuple(RecordedFact(k, v, "the test", "") for k, v in given.facts.items()),
    )


def made_up(given: Given, knowledge: Knowledge, audit: Audit) -> Report:
    """Return the audit of a made-up release, with its facts and clauses whatever was found."""
    report = audit(_release(given))
    facts = {f.id: f for f in report.facts} | {k: _fact(k, v) for k, v in given.facts.items()}
    added = tuple(_clause(name, params, knowledge) for name, params in given.clauses)
    return replace(report, facts=tuple(facts.values()), clauses=(*report.clauses, *added))


def _fact(fact_id: str, value: Plain) -> Fact:
    if value is None:
        return Fact(fact_id, Answer.UNKNOWN, None, Method.CURATED, Confidence.LOW)
    if isinstance(value, bool):
        answer = Answer.YES if value else Answer.NO
        return Fact(fact_id, answer, None, Method.CURATED, Confidence.HIGH, (_GIVEN,))
    return Fact(fact_id, Answer.VALUE, value, Method.CURATED, Confidence.HIGH, (_GIVEN,))


def _clause(name: str, params: Mapping[str, Param], knowledge: Knowledge) -> Clause:
    rule = knowledge.clauses[name]
    return Clause(
        id=rule.id,
        title=rule.title,
        kind=rule.kind,
        severity=rule.severity,
        params=params,
        section="",
        message=f"{rule.title}.",
        confidence=Confidence.HIGH,
        basis=Basis.PROFILE,
        evidence=_GIVEN,
    )
