"""Where a release stands, as entries: facts, grades, labels, verdicts, findings, itself."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from openaudit.model.clause import Confidence
from openaudit.model.evidence import Evidence
from openaudit.model.fact import Answer, Fact
from openaudit.model.release import Plain
from openaudit.model.usage import Answer as May
from openaudit.model.usage import UseAnswer
from openaudit.model.verdict import Met, Verdict
from openaudit.policy.comparison import Value
from openaudit.policy.domain import NOT_APPLICABLE
from openaudit.policy.entry import Case, Entry, Found, World


def facts(case: Case, ids: frozenset[str]) -> Found:
    """Return the facts, or those asked for by name."""
    entries = tuple(_fact(f, case) for f in case.report.facts if not ids or f.id in ids)
    if entries:
        return Found(entries)
    return Found(tuple(_unknown(i, _asked(i, case)) for i in sorted(ids)))


def _fact(fact: Fact, case: Case) -> Entry:
    value = _answer(fact)
    if fact.answer is Answer.UNKNOWN:
        return _unknown(fact.id, _asked(fact.id, case), id=fact.id)
    world: World = {
        "id": fact.id,
        "value": value,
        "confidence": fact.confidence.value,
        "method": fact.method.value,
    }
    return Entry(
        worlds=(world,),
        subject=fact.id,
        text=f"{fact.id} is {_said(value)} ({case.words.titles.get(fact.id, fact.id)})",
        evidence=fact.evidence,
        doubtful=fact.confidence is Confidence.LOW,
    )


def _answer(fact: Fact) -> Value:
    match fact.answer:
        case Answer.YES:
            return True
        case Answer.NO:
            return False
        case Answer.VALUE:
            return _value(fact.value)
        case Answer.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case Answer.UNKNOWN:
            return None
    assert_never(fact.answer)


def _value(value: Plain) -> Value:
    if isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list):
        return tuple(v for v in value if isinstance(v, str | int | float | bool))
    return None


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _asked(fact_id: str, case: Case) -> str:
    return f"{fact_id}: {case.words.titles.get(fact_id, fact_id)}"


def _unknown(subject: str, text: str, **known: Value) -> Entry:
    return Entry(({**known},) if known else (), subject, text)


def label(case: Case, _: frozenset[str]) -> Found:
    """Return the headline label, or those that are still possible."""
    headline = case.report.label
    if headline is None:
        world: World = {"value": NOT_APPLICABLE}
        return Found((Entry((world,), "label", "no label: they speak of models only"),))
    worlds, text = _verdict(headline)
    evidence = _decided(headline, case)
    return Found((Entry(tuple({"value": w} for w in worlds), "label", text, evidence),))


def _decided(verdict: Verdict, case: Case) -> tuple[Evidence, ...]:
    """Return the evidence of the facts that decided a verdict."""
    decided = (f for f in case.report.facts if f.id in verdict.because)
    return tuple(dict.fromkeys(e for f in decided for e in f.evidence))


def _verdict(verdict: Verdict) -> tuple[tuple[str, ...], str]:
    if verdict.label is not None:
        return (verdict.label,), f"the label is {verdict.label}"
    undecided = f"the label is undecided between {', '.join(verdict.possible)}"
    return verdict.possible, f"{undecided}; not known: {', '.join(verdict.unknown)}"


def dimensions(case: Case, ids: frozenset[str]) -> Found:
    """Return the grades asked for by name."""
    return Found(tuple(_dimension(i, case) for i in sorted(ids)))


def _dimension(name: str, case: Case) -> Entry:
    """Return a grade; what could still raise it makes higher ones possible."""
    grade = next((g for g in case.report.dimensions if g.dimension == name), None)
    ladder = case.words.dimensions[name]
    if grade is None or grade.grade is None:
        missing = ", ".join(grade.open_questions) if grade else "not graded"
        return Entry((), name, f"the grade of {name} is not known: {missing}")
    possible = ladder.at_least(grade.grade) if grade.open_questions else (grade.grade,)
    worlds = tuple({"id": name, "grade": g, "score": ladder.scores.get(g)} for g in possible)
    evidence = tuple(e for f in grade.because for e in f.evidence)
    return Entry(worlds, name, f"{name} is graded {grade.grade}: {grade.summary}", evidence)


def frameworks(case: Case, ids: frozenset[str]) -> Found:
    """Return the verdicts of the frameworks asked for by name."""
    entries: list[Entry] = []
    for verdict in case.report.frameworks:
        if verdict.framework not in ids:
            continue
        worlds, text = _verdict(verdict)
        plain: World = {"id": verdict.framework, "requirement": None, "met": None}
        entries.append(
            Entry(
                tuple({**plain, "verdict": w} for w in worlds),
                verdict.framework,
                text,
                _decided(verdict, case),
            )
        )
    return Found(tuple(entries) or tuple(Entry((), i, f"{i} was not judged") for i in sorted(ids)))


def requirements(case: Case, ids: frozenset[str]) -> Found:
    """Return the requirements of the frameworks asked for by name."""
    met: dict[Met, Value] = {Met.YES: True, Met.NO: False, Met.UNKNOWN: None}
    entries = [
        Entry(
            ({"id": v.framework, "requirement": r.id, "met": met[r.met]},),
            f"{v.framework}.{r.id}",
            f"{r.title}: {r.met} ({', '.join(r.because)})",
        )
        for v in case.report.frameworks
        if v.framework in ids
        for r in v.requirements
    ]
    return Found(tuple(entries) or tuple(Entry((), i, f"{i} was not judged") for i in sorted(ids)))


def questions(case: Case, ids: frozenset[str]) -> Found:
    """Return the answers for the profile of use; what is unclear, or was not asked, is unknown."""
    asked = {a.question.value: a for a in case.report.questions}
    return Found(
        tuple(
            _question(asked[i])
            if i in asked
            else Entry((), i, f"whether {i} is allowed was not asked: say what you want with --use")
            for i in sorted(ids)
        )
    )


def _question(answer: UseAnswer) -> Entry:
    known: dict[May, Value] = {May.YES: True, May.NO: False, May.YES_IF: "yes-if"}
    conditions = f": {'; '.join(answer.conditions)}" if answer.conditions else ""
    return Entry(
        worlds=({"id": answer.question.value, "answer": known.get(answer.answer)},),
        subject=answer.question.value,
        text=f"{answer.question.value} is answered {answer.answer}{conditions}",
        evidence=tuple(dict.fromkeys(c.evidence for c in answer.clauses)),
    )


def findings(case: Case, _: frozenset[str]) -> Found:
    """Return the findings; a report has them all."""
    entries = (
        Entry(({"id": f.id, "severity": f.severity.value},), f.id, f.message, f.evidence)
        for f in case.report.findings
    )
    return Found(tuple(entries))


def release(case: Case, _: frozenset[str]) -> Found:
    """Return the release itself."""
    audited = case.report.release
    gate = audited.metadata.gate
    world: World = {
        "id": str(replace(audited.reference, revision=None)),
        "hub": audited.hub,
        "kind": audited.reference.kind.value,
        "source": audited.origin.value,
        "gate": gate.value if gate else None,
        "revision": audited.revision,
    }
    facts = f"{audited.origin} of {audited.hub}, gate {gate.value if gate else 'not known'}"
    return Found((Entry((world,), "release", f"{world['id']}: {facts}"),))


def knowledge(case: Case, _: frozenset[str]) -> Found:
    """Return how old the knowledge is on the day of the run."""
    day = case.report.knowledge_date
    age = (case.today - date.fromisoformat(day)).days
    world: World = {"age": age, "date": day}
    return Found((Entry((world,), "knowledge", f"the knowledge is of {day}, {age} days old"),))
