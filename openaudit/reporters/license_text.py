"""The reading of a lone text, for a terminal: which license, what differs, what it says."""

from collections.abc import Iterator
from typing import Final

from openaudit.model.clause import Clause, ClauseKind
from openaudit.model.evidence import Quote
from openaudit.model.license import FoundLicense, Match
from openaudit.model.text_report import TextReport
from openaudit.reporters.changes import added_entry, removed_entry, touching
from openaudit.reporters.citing import place
from openaudit.reporters.layout import Block, Entry
from openaudit.reporters.plain import cut, shown

_QUOTE: Final = 160
_MOST_NAMES: Final = 3
_WORTH_TELLING: Final = 0.45
"""How much alike a text must be to be told beside the name that a text gives itself."""

_KINDS: Final = (
    (ClauseKind.RESTRICTION, "What binds you"),
    (ClauseKind.OBLIGATION, "What you must do"),
    (ClauseKind.POWER, "What the licensor may do"),
    (ClauseKind.GRANT, "What is granted"),
    (ClauseKind.TERM, "Legal terms"),
)


def heading(report: TextReport) -> str:
    """Return the verdict on the text in one line."""
    main, named = report.identification.main, report.named
    if named is not None:
        others = f"; others of this name: {', '.join(report.editions)}" if report.editions else ""
        return f"{named.name} ({named.expression}), by name; no text was read{others}"
    if main is not None:
        verdicts = "; ".join(_verdict(f, report) for f in report.identification.found)
        return f"several licenses: {verdicts}" if report.several else verdicts
    nearest = report.identification.nearest
    said = "no license text that openaudit knows"
    if names := _mentioned(report):
        said = f"{said}; it names {names}"
    if nearest is None or (names and nearest.similarity < _WORTH_TELLING):
        return said
    name = report.names[nearest.id].name
    return f"{said}; nearest {name} ({nearest.similarity:.0%} alike)"


def _mentioned(report: TextReport) -> str:
    """Return the licenses that the text names, each once, with the line of the first place."""
    lines: dict[str, int] = {}
    for mention in report.mentions:
        name = mention.id or mention.expression or mention.value
        lines.setdefault(name, report.text.count("\n", 0, mention.start) + 1)
    named = [f"{name} (line {line})" for name, line in lines.items()]
    more = f" and {len(named) - _MOST_NAMES} more" if len(named) > _MOST_NAMES else ""
    return f"{', '.join(named[:_MOST_NAMES])}{more}"


def _verdict(found: FoundLicense, report: TextReport) -> str:
    name = report.names[found.id]
    if found.match is Match.EXACT:
        also = f", the same text as {', '.join(found.also)}" if found.also else ""
        return f"{name.name} ({name.expression}), word for word{also}"
    if found.unlike:
        return f"not {name.name} as it stands: {found.unlike}"
    added, removed = _counted(len(found.added), "passage"), _counted(len(found.removed), "place")
    alike = f"{found.similarity:.1%} alike"
    return f"not {name.name}, but a changed one: {added} added, {removed} removed ({alike})"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def blocks(report: TextReport) -> Iterator[Block]:
    """Yield what differs from the standard text and what the text says; no block is empty."""
    if report.caution:
        yield Block("Mind", (Entry("", report.caution),))
    if any(f.added or f.removed for f in report.changed):
        yield Block("Changed", tuple(_changes(report)))
    ignored = tuple(_place(start, end, report) for start, end in report.identification.ignored)
    if ignored:
        yield Block("Copyright lines, not compared", ignored)
    for kind, title in _KINDS:
        entries = tuple(_entry(c) for c in report.clauses if c.kind is kind)
        if entries:
            yield Block(title, entries)


def _changes(report: TextReport) -> Iterator[Entry]:
    for start, end in (span for f in report.changed for span in f.added):
        line = report.text.count("\n", 0, start) + 1
        held = touching(report.clauses, start, end)
        yield added_entry(report.text[start:end], line, held)
    for loss in report.losses:
        yield removed_entry(loss)
    lost = ", ".join(dict.fromkeys(c.id for c in report.lost))
    if lost:
        yield Entry("not found", f"clauses of the standard text, place not known: {lost}")


def _place(start: int, end: int, report: TextReport) -> Entry:
    line = report.text.count("\n", 0, start) + 1
    return Entry("", f"“{cut(report.text[start:end], _QUOTE)}”", f"line {line}")


def _entry(clause: Clause) -> Entry:
    quote = getattr(clause.evidence, "text", "")
    return Entry(clause.id, clause.message, place(clause), quote)


def footer(report: TextReport) -> str:
    """Return what the reader must not forget."""
    main = report.identification.main
    whole = report.named is not None or (main is not None and main.match is Match.EXACT)
    caveat = "" if whole else "A clause that is not listed may be there all the same. "
    return f"{caveat}Not legal advice."


def one_line(report: TextReport) -> str:
    """Return the reading in a line, for `--quiet`."""
    own = dict.fromkeys(c.id for c in report.clauses if c.kind is ClauseKind.RESTRICTION)
    said = heading(report)
    if moved := _moved(report):
        said = f"{said}; {moved}"
    return f"{shown(report.file)}  {shown(said)}  {' '.join(own)}".rstrip()


def _is_new(clause: Clause, main: FoundLicense) -> bool:
    """Say whether all words of a clause were added; its full stop may be an old one."""
    quote = clause.evidence
    return isinstance(quote, Quote) and any(
        start <= quote.start and quote.end <= end + 1 for start, end in main.added
    )


def _moved(report: TextReport) -> str:
    """Return which clauses a changed text lost, or may have, got and has in other words."""
    main = report.identification.main
    if main is None:
        return ""
    sure = dict.fromkeys(i for loss in report.losses if loss.certain for i in loss.clauses)
    placed = (i for loss in report.losses for i in loss.clauses)
    unsure = dict.fromkeys(i for i in (*placed, *(c.id for c in report.lost)) if i not in sure)
    touched = (i for start, end in main.added for i in touching(report.clauses, start, end))
    new = dict.fromkeys(c.id for c in report.clauses if _is_new(c, main))
    said = {
        "lost": sure,
        "may have lost": unsure,
        "added": new,
        "changed": [i for i in dict.fromkeys(touched) if i not in new],
    }
    return "; ".join(f"{what} {', '.join(ids)}" for what, ids in said.items() if ids)
