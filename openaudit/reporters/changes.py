"""What differs from the standard text of a license: entries for people, values for JSON."""

from collections.abc import Iterable, Sequence

from openaudit.model.clause import Clause
from openaudit.model.evidence import Quote
from openaudit.model.license import Loss
from openaudit.model.release import Plain
from openaudit.reporters.layout import Entry


def added_entry(quote: str, line: int, clauses: Sequence[str]) -> Entry:
    """Return the entry of a passage that the standard text does not have."""
    held = f", with {', '.join(clauses)}" if clauses else ""
    return Entry("added", f"line {line}{held}", quote=quote)


def removed_entry(loss: Loss) -> Entry:
    """Return the entry of a removed place: what is gone, and the words before and after."""
    number = loss.removed.words
    words = f"{number} word{'' if number == 1 else 's'}"
    said = f"{words}: {loss.told}" if loss.told else f"{words}{_where(loss)}"
    return Entry("removed", f"line {loss.line}, {said}", quote=_gap(loss))


def _where(loss: Loss) -> str:
    before, after = loss.between
    if loss.section:
        return f" of section {loss.section}"
    if before and after:
        return f" between section {before} and section {after}"
    if before or after:
        return f" after section {before}" if before else f" before section {after}"
    return ""


def _gap(loss: Loss) -> str:
    after = loss.after.lstrip(" \t\r\n.,;:")  # what closes the sentence before says nothing here
    return f"{loss.before.rstrip()} […] {after}".strip()


def removed_value(loss: Loss) -> Plain:
    """Return a removed place as JSON; `start:end` is where it is, `before` and `after` verbatim."""
    return {
        "section": loss.section,
        "clauses": list(loss.clauses),
        "words": loss.removed.words,
        "certain": loss.certain,
        "start": loss.removed.start,
        "end": loss.removed.end,
        "before": loss.before,
        "after": loss.after,
        "between": list(loss.between),
    }


def touching(
    clauses: Iterable[Clause], start: int, end: int, document: str | None = None
) -> list[str]:
    """Return the ids of the clauses whose quote touches `start:end` of `document`, or of any."""
    quotes = [(c.id, c.evidence) for c in clauses if isinstance(c.evidence, Quote)]
    own = [(i, q) for i, q in quotes if document in (None, q.document)]
    return list(dict.fromkeys(i for i, q in own if q.start < end and q.end > start))
