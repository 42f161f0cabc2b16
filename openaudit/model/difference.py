"""What changed between two license texts."""

from openaudit.model.clause import Clause
from openaudit.model.frozen import frozen
from openaudit.model.text_report import TextReport


@frozen
class Passage:
    """A run of words in one of the two texts; `start:end` are code point offsets there.

    `sections` are printed there, in their order; `clauses` are the ids of those that went, came or
    changed and whose words it takes in.
    """

    start: int
    end: int
    text: str
    sections: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@frozen
class Difference:
    """Two texts and what sets them apart: passages, and the clauses that came, went or changed.

    A clause changed where both texts have its id in the same section, or once each, with other
    parameters.
    """

    old: TextReport
    new: TextReport
    removed: tuple[Passage, ...]
    added: tuple[Passage, ...]
    lost: tuple[Clause, ...]
    gained: tuple[Clause, ...]
    changed: tuple[tuple[Clause, Clause], ...]

    @property
    def same(self) -> bool:
        """Say whether the texts have the same words in the same order."""
        return not (self.removed or self.added)
