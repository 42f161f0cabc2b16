"""What frameworks say of a release, as blocks of words: only those that were asked for."""

from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.model.report import Report
from openaudit.model.verdict import Met, Requirement, Verdict
from openaudit.reporters.layout import Block, Entry
from openaudit.reporters.plain import shown

_HEADINGS: Final = {Met.YES: "met", Met.NO: "not met", Met.UNKNOWN: "not known"}
_MOST_LABELS: Final = 6


def judgments(report: Report) -> Iterator[Block]:
    """Yield one block a framework, in the order in which they were asked for."""
    verdicts = {v.framework: v for v in report.frameworks}
    told: set[str] = set()
    for found in (verdicts[i] for i in report.asked if i in verdicts):
        entries = [*_verdict(found), *(e for e in _beside(found, report) if e.text not in told)]
        told |= {e.text for e in entries}
        yield Block(shown(found.name), tuple(entries))


def _verdict(found: Verdict) -> Iterator[Entry]:
    """Yield of what the framework speaks, its verdict, and what that rests on."""
    if found.scope:
        yield Entry("scope", found.scope)
    yield Entry(found.test, _said(found), f"version {found.version}")
    yield from _demands(found.requirements)
    if found.label is not None and found.because:
        yield Entry("decided by", ", ".join(found.because))
    if found.label is None and found.unknown:
        yield Entry("would settle it", ", ".join(found.unknown))


def _beside(found: Verdict, report: Report) -> Iterator[Entry]:
    """Yield what is to be seen with the verdict; frameworks of one author share it."""
    if context := "; ".join(_context(found, report)):
        yield Entry("beside it", context)
    if found.caveat:
        yield Entry("mind", found.caveat)


def _said(found: Verdict) -> str:
    if found.label is None:
        return f"unknown, may be {_remaining(found.possible)}"
    first, *others = found.reasons
    unmet = sum(r.met is Met.NO for r in found.requirements)
    # Where the reasons are all that is not met, they stand below already.
    told = others if len(others) < unmet or _rated(found) else ()
    return f"{found.label}: {'; '.join((first, *told))}"


def _rated(found: Verdict) -> bool:
    return any(r.level for r in found.requirements)


def _remaining(possible: tuple[str, ...]) -> str:
    """Return the labels that remain; of a long row, which only means make, the ends."""
    if len(possible) > _MOST_LABELS:
        return f"{possible[0]} to {possible[-1]}"
    return " or ".join(possible)


def _demands(requirements: Sequence[Requirement]) -> Iterator[Entry]:
    """Yield what is met, what is not, and what is not known; levels under their own names."""
    groups: dict[str, list[str]] = {}
    alike = len({r.cites for r in requirements}) == 1
    for demand in requirements:
        cited = "" if alike else f" ({demand.cites})"
        heading = demand.level or _HEADINGS[demand.met]
        groups.setdefault(heading, []).append(f"{demand.title}{cited}")
    last = [h for h in _HEADINGS.values() if h in groups]
    for heading in (*(h for h in groups if h not in last), *last):
        yield Entry(heading, "; ".join(groups[heading]))
    if alike and requirements:
        yield Entry("asked by", requirements[0].cites)


def _context(found: Verdict, report: Report) -> Iterator[str]:
    facts = {f.id: f for f in report.facts}
    for fact_id in found.context:
        value = facts[fact_id].value if fact_id in facts else None
        if value is not None:
            named = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"{fact_id.partition('.')[2].replace('_', ' ')}: {named}"
