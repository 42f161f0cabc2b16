"""The difference of two license texts: for a terminal, and as JSON (`openaudit-diff-v1`)."""

from collections.abc import Iterable, Iterator
from typing import Final

from openaudit.model.clause import Clause
from openaudit.model.difference import Difference, Passage
from openaudit.model.release import Plain
from openaudit.model.text_report import TextReport
from openaudit.reporters.citing import place
from openaudit.reporters.json_v1 import clause, dumps
from openaudit.reporters.layout import Block, Entry

SCHEMA: Final = "openaudit-diff-v1"


def render_json(difference: Difference) -> str:
    """Return one object, indented."""
    return dumps(document(difference), indent=2) + "\n"


def render_line(difference: Difference) -> str:
    """Return the object on one line."""
    return f"{dumps(document(difference))}\n"


def document(difference: Difference) -> Plain:
    """Return the difference as JSON values."""
    return {
        "schema": SCHEMA,
        "old": difference.old.file,
        "new": difference.new.file,
        "same": difference.same,
        "removed": [_passage(p) for p in difference.removed],
        "added": [_passage(p) for p in difference.added],
        "clauses": {
            "lost": [clause(c) for c in difference.lost],
            "gained": [clause(c) for c in difference.gained],
            "changed": [{"old": clause(a), "new": clause(b)} for a, b in difference.changed],
        },
    }


def _passage(passage: Passage) -> Plain:
    return {
        "quote": passage.text,
        "start": passage.start,
        "end": passage.end,
        "section": ", ".join(passage.sections),
        "clauses": list(passage.clauses),
    }


def names(difference: Difference) -> str:
    """Return what is compared."""
    return f"{difference.old.file} → {difference.new.file}"


def heading(difference: Difference) -> str:
    """Return the verdict in one line."""
    if difference.same:
        return "the same words in the same order"
    moved = (difference.lost, difference.gained, difference.changed)
    if not any(moved):
        return "the words differ, and no clause that the rules know came, went or changed"
    lost, gained, changed = map(len, moved)
    return f"clauses: {lost} gone, {gained} new, {changed} changed"


def blocks(difference: Difference) -> Iterator[Block]:
    """Yield clauses first, then the passages; no block is empty."""
    yield from _some("Clauses gone", (_entry(c) for c in difference.lost))
    yield from _some("Clauses new", (_entry(c) for c in difference.gained))
    yield from _some("Clauses changed", (_changed(a, b) for a, b in difference.changed))
    yield from _some("Words gone", _passages(difference.removed, difference.old))
    yield from _some("Words new", _passages(difference.added, difference.new))


def _some(title: str, entries: Iterable[Entry]) -> Iterator[Block]:
    found = tuple(entries)
    if found:
        yield Block(title, found)


def _entry(found: Clause) -> Entry:
    return Entry(found.id, found.message, place(found))


def _changed(old: Clause, new: Clause) -> Entry:
    return Entry(new.id, f"was: {old.message} Is: {new.message}", place(new))


def _passages(passages: Iterable[Passage], report: TextReport) -> Iterator[Entry]:
    for passage in passages:
        line = report.text.count("\n", 0, passage.start) + 1
        yield Entry(f"line {line}", _where(passage), quote=passage.text)


def _where(passage: Passage) -> str:
    sections = passage.sections
    many = f"sections {sections[0]} to {sections[-1]}" if len(sections) > 1 else ""
    place = many or "".join(f"section {s}" for s in sections)
    held = f"with {', '.join(passage.clauses)}" if passage.clauses else ""
    return ", ".join(filter(None, [place, held]))
