"""What stands below the tables of a comparison: the findings in words, and what it rests on."""

from collections.abc import Iterator
from typing import Final

from openaudit.model.run import Run
from openaudit.reporters.layout import Block, Entry

_MOST: Final = 40


def blocks(run: Run) -> Iterator[Block]:
    """Yield what was found and what could not be audited; no block is empty."""
    if found := _messages(run):
        yield Block("What was found", found)
    if run.unaudited:
        left = (Entry(u.reference, u.message) for u in run.unaudited)
        yield Block("Not audited", tuple(left))


def _messages(run: Run) -> tuple[Entry, ...]:
    """Return the findings in words, each once, with the releases it is of."""
    owners: dict[tuple[str, str], list[str]] = {}
    for report in run.reports:
        for finding in report.findings:
            key = (finding.severity.value, finding.message)
            owners.setdefault(key, []).append(str(report.release.reference))
    told = [
        Entry(severity, f"{', '.join(dict.fromkeys(names))}: {message}")
        for (severity, message), names in owners.items()
    ]
    more = len(told) - _MOST
    rest = [Entry("", f"and {more} more, all in the JSON report")] if more > 0 else []
    return (*told[:_MOST], *rest)


def footer(run: Run) -> str:
    """Return what a reader must know of the words in the cells."""
    return (
        "None: known that there is none. Unknown: nobody knows, and nothing may be concluded. "
        f"Knowledge of {run.knowledge_date}. Not legal advice."
    )
