"""Facts side by side: what is not known of all releases, and what openness does not tell."""

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.release import Plain
from openaudit.model.report import Report
from openaudit.reporters.grid import NONE, NOT_APPLICABLE, UNKNOWN, Cell, Row, State

_MOST_QUESTIONS: Final = 8
_CONTEXT: Final = {
    "context.hardware": "hardware",
    "context.compute_provider": "computers of",
    "context.compute": "compute",
    "context.compute_flop": "operations (FLOP)",
    "context.emissions": "emissions stated",
    "context.labor": "labor",
    "lineage.synthetic_from": "outputs of",
    "context.developer_type": "developed by",
}


def question_rows(reports: Sequence[Report], *, whole: bool) -> Iterator[Row]:
    """Yield what is open of any release beside what is known of the others; most shared first."""
    asked = [q for r in reports for q in r.open_questions]
    titles = {q.fact: q.title for q in asked}
    counts = {i: sum(q.fact == i for q in asked) for i in titles}
    ordered = sorted(titles, key=lambda i: -counts[i])
    for name in ordered if whole else ordered[:_MOST_QUESTIONS]:
        yield Row(name, titles[name], tuple(_fact(r, name) for r in reports))
    more = len(ordered) - _MOST_QUESTIONS
    if more > 0 and not whole:
        rest = {q.fact for q in asked} & set(ordered[_MOST_QUESTIONS:])
        left = [sum(q.fact in rest for q in r.open_questions) for r in reports]
        cells = tuple(Cell(f"{n} unknown", State.UNKNOWN, value=n) if n else NONE for n in left)
        yield Row("more", f"and {more} more, all in the JSON report", cells)


def context_rows(reports: Sequence[Report]) -> Iterator[Row]:
    """Yield who steers what each stands on, and what is known of its making. Never scored."""
    yield Row("stewards", "software, steered by", tuple(map(_stewards, reports)))
    for name, title in _CONTEXT.items():
        if any(f.id == name for r in reports for f in r.facts):
            yield Row(name, title, tuple(_fact(r, name) for r in reports))


def _stewards(report: Report) -> Cell:
    if not report.context:
        return UNKNOWN
    told = [f"{s.framework}: {s.steward or 'not recorded'}" for s in report.context]
    return Cell("; ".join(told), value={s.framework: s.steward or None for s in report.context})


def _fact(report: Report, name: str) -> Cell:
    found = next((f for f in report.facts if f.id == name), None)
    answer = Answer.UNKNOWN if found is None else found.answer
    match answer:
        case Answer.UNKNOWN:
            return UNKNOWN
        case Answer.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case Answer.YES | Answer.NO:
            return Cell(answer.value, value=answer is Answer.YES)
        case Answer.VALUE:
            return UNKNOWN if found is None else Cell(_said(found), value=found.value)
    assert_never(answer)


def _said(fact: Fact) -> str:
    values = fact.value if isinstance(fact.value, list) else [fact.value]
    told = ", ".join(map(_plain, values)) or "none"
    inferred = isinstance(fact.value, float) and fact.method is Method.INFERRED
    return f"{told}, inferred" if inferred else told


def _plain(value: Plain) -> str:
    if isinstance(value, dict):
        return " ".join(str(v) for v in value.values() if v is not None)
    return f"{value:.3g}" if isinstance(value, float) else str(value)
