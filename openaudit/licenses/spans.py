"""Where each word of a text stands in the file.

Runs the passes of `normalize` one by one and keeps what each one moved, so that an offset in the
folded text leads back through them. This takes several times as long as folding for the words
alone, and is only done for a text whose words are not, as a whole, those of a known license.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from openaudit.licenses.normalize import PLAIN_WORD, WORD, Pass, passes

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Edits:
    """The substitutions of one pass that change a length: offsets after it and before it."""

    after: list[Span] = field(default_factory=list)
    before: list[Span] = field(default_factory=list)

    def back(self, offset: int) -> Span:
        """Return what the character at `offset` was made from."""
        at = bisect_right(self.after, (offset, float("inf"))) - 1
        if at < 0:
            return offset, offset + 1
        if offset < self.after[at][1]:
            return self.before[at]
        moved = self.before[at][1] + offset - self.after[at][1]
        return moved, moved + 1


class WordSpans:
    """The words of a text, by number, in the order and count of `normalize.words`."""

    def __init__(self, text: str) -> None:
        self._passes: list[_Edits] = []
        for each in passes(text):
            text, edits = _apply(each, text)
            if edits.after:
                self._passes.append(edits)
        word = PLAIN_WORD if text.isascii() else WORD
        self._folded: list[Span] = [found.span() for found in word.finditer(text)]

    def __len__(self) -> int:
        return len(self._folded)

    def span(self, first: int, end: int) -> Span:
        """Return the offsets in the file of the words from `first` up to, without, `end`.

        A word that a markup pass has made from several characters widens to all of them.
        """
        start, last = self._folded[first][0], self._folded[end - 1][1] - 1
        for edits in reversed(self._passes):
            start, last = edits.back(start)[0], edits.back(last)[1] - 1
        return start, last + 1


def _apply(each: Pass, text: str) -> tuple[str, _Edits]:
    edits, parts, position, length = _Edits(), list[str](), 0, 0
    for start, end, replacement in _substitutions(each, text):
        parts += (text[position:start], replacement)
        length += start - position
        if len(replacement) != end - start:
            edits.after.append((length, length + len(replacement)))
            edits.before.append((start, end))
        length += len(replacement)
        position = end
    return "".join((*parts, text[position:])), edits


def _substitutions(each: Pass, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what a pass replaces; character by character where it amounts to the same."""
    for found in each.pattern.finditer(text):
        whole = each.replace(found)
        singles = [each.single(c) for c in found[0]] if each.single else []
        if singles and "".join(singles) == whole:
            yield from ((i, i + 1, s) for i, s in enumerate(singles, found.start()))
        else:
            yield (*found.span(), whole)
