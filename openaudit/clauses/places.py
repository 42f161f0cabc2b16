"""Where the numbered parts of a text stand."""

from collections.abc import Iterator

from openaudit.clauses.fold import MAX_LENGTH
from openaudit.clauses.numbering import Number, number
from openaudit.clauses.outline import blocks
from openaudit.model.frozen import frozen


@frozen
class Place:
    """A paragraph, heading or list item at `start:end`, without its marker.

    `section` is the number printed for it, or for what it stands in; empty where there is none.
    """

    start: int
    end: int
    section: str
    number: Number


def places(text: str, start: int, end: int) -> tuple[Place, ...]:
    """Return the places of `text` that begin in `start:end`, in their order."""
    return tuple(_places(text, start, end))


def _places(text: str, start: int, end: int) -> Iterator[Place]:
    for block in blocks(text[:MAX_LENGTH]):
        if block.end > start and block.start < end:
            yield Place(block.start, block.end, block.section, number(block.section))
