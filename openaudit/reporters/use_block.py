"""The answers to a use profile, and its checklist, as entries."""

from collections.abc import Iterator
from typing import assert_never

from openaudit.model.clause import Clause
from openaudit.model.evidence import Quote
from openaudit.model.report import Report
from openaudit.model.usage import Answer, UseAnswer
from openaudit.reporters.layout import BOX, Block, Entry


def answers_block(report: Report) -> Block | None:
    """Return the questions with their answers; None where nothing was asked."""
    if report.use is None:
        return None
    entries = (e for a in report.questions for e in _entries(a))
    return Block("May I?", tuple(entries))


def duty_entries(report: Report) -> Iterator[Entry]:
    """Yield what the use calls for, as a checklist; the text says where it stands."""
    quotes: dict[str, str] = {}
    for obligation in report.obligations:
        quotes.setdefault(obligation.text, _quote(obligation.clause))
    for text, quote in quotes.items():
        yield Entry(BOX, text, "", quote)


def _entries(answer: UseAnswer) -> Iterator[Entry]:
    """Yield the answer, then why or on which conditions; a ban with its words."""
    said, conditions = _said(answer)
    yield Entry(answer.question, said)
    first = next(iter(answer.clauses), None)
    for number, reason in enumerate(answer.because):
        ban = answer.answer is Answer.NO and number == 0 and first is not None
        yield Entry("·", reason, "", _quote(first) if ban and first else "", under=True)
    if answer.settle:
        yield Entry("?", "; ".join(answer.settle), under=True)
    for condition in conditions:
        yield Entry("·", condition, under=True)


def _said(answer: UseAnswer) -> tuple[str, tuple[str, ...]]:
    """Return the answer in words, and the conditions to show with it.

    Beside a ban they would read as if meeting them were enough.
    """
    match answer.answer:
        case Answer.YES:
            return (
                "yes, and it stays so while:" if answer.conditions else "yes"
            ), answer.conditions
        case Answer.YES_IF:
            return "yes, if:", answer.conditions
        case Answer.NO:
            return "no:", ()
        case Answer.UNCLEAR:
            return "unclear:", answer.conditions
    assert_never(answer.answer)


def _quote(clause: Clause) -> str:
    return clause.evidence.text if isinstance(clause.evidence, Quote) else ""
