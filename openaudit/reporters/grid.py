"""What a comparison is made of: groups of rows, with one cell a release. A cell is never blank."""

from enum import StrEnum

from openaudit.model.frozen import frozen
from openaudit.model.release import Plain


class State(StrEnum):
    """What a cell says: something, that there is none, that nobody knows, or that none can be."""

    KNOWN = "known"
    NONE = "none"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


@frozen
class Cell:
    """One answer in a few words; `value` is the same for programs, None where nothing is known."""

    text: str
    state: State = State.KNOWN
    value: Plain = None


UNKNOWN = Cell("unknown", State.UNKNOWN)
NONE = Cell("none", State.NONE)
NOT_APPLICABLE = Cell("not applicable", State.NOT_APPLICABLE)


@frozen
class Row:
    """One thing that releases are compared by; the cells are in the order of the releases."""

    id: str
    title: str
    cells: tuple[Cell, ...]


@frozen
class Group:
    """Rows under a title; `scored` is False where nothing of them enters a grade or a verdict."""

    id: str
    title: str
    rows: tuple[Row, ...]
    scored: bool = True
