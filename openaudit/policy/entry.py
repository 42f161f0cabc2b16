"""What a report holds of one subject, as entries that a condition can be compared with.

An entry has one world, or several where it is not known which of them is so, or none where nothing
is known. What is missing from a report is missing for good only where the report says that it
looked everywhere: else it is unknown.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen
from openaudit.model.report import Report
from openaudit.policy.comparison import Value
from openaudit.policy.vocabulary import Vocabulary

World = Mapping[str, Value]


@frozen
class Case:
    """One release to judge: its report, the words that policies use, the day of the run."""

    report: Report
    words: Vocabulary
    today: date


@frozen
class Entry:
    """One thing of a report. `text` says it in words, `subject` is its lasting name.

    `stated`: the first world is what the release says of itself, and counts against it.
    `doubtful`: it is seen, but not surely enough to rely on.
    """

    worlds: tuple[World, ...]
    subject: str
    text: str
    evidence: tuple[Evidence, ...] = ()
    clause: str = ""
    stated: bool = False
    doubtful: bool = False


@frozen
class Found:
    """The entries of a subject; `open` says why there may be more, "" where these are all."""

    entries: tuple[Entry, ...]
    open: str = ""


def texts(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return what entries say, each once."""
    return tuple(dict.fromkeys(e.text for e in entries))
