"""What a reader of one kind of file gives: a name at an offset of its text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from openaudit.discovery.lexicon import Lexicon, Named


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text; `offset` counts characters from 0."""

    named: Named
    offset: int
    how: str

    def moved(self, by: int) -> "Hit":
        """Return the hit in the text that this text was cut from, `by` characters in."""
        return replace(self, offset=self.offset + by)

    def at_revision(self, revision: str | None) -> "Hit":
        """Return the hit with a revision that stands beside it, if it has none of its own."""
        if revision is None or self.named.revision is not None:
            return self
        return replace(self, named=replace(self.named, revision=revision))


Read = Callable[[str, Lexicon], Iterator[Hit]]
