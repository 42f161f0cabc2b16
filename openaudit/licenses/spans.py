"""Where each word of a text stands in the file.

Runs the passes of `normalize` one by one and keeps what each one moved, so that an offset in the
folded text leads back through them. This takes several times as long as folding for the words
alone, and is only done for a text whose words are not, as a whole, those of a known license. Few of
its words are ever asked for: the rest is counted by pieces, and what is kept are numbers.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import Final

from openaudit.licenses.normalize import NO_WORD, PLAIN_WORD, WORD, Pass, count_words, passes

Span = tuple[int, int]
_PIECE: Final = 512
"""Characters of the folded text of which the words are counted together."""


class Edits:
    """The substitutions of one pass that change a length: offsets after it and before it."""

    def __init__(self) -> None:
        self._columns: Final = tuple(array("I") for _ in range(4))

    def __bool__(self) -> bool:
        return bool(self._columns[0])

    def add(self, after: Span, before: Span) -> None:
        """Take in one substitution; they come in order."""
        for column, offset in zip(self._columns, (*after, *before), strict=True):
            column.append(offset)

    def back(self, offset: int) -> Span:
        """Return what the character at `offset` was made from."""
        starts, ends, before, before_ends = self._columns
        # An empty replacement stands where the next one may begin: the last of them counts.
        at = bisect_right(starts, offset) - 1
        if at < 0:
            return offset, offset + 1
        if offset < ends[at]:
            return before[at], before_ends[at]
        moved = before_ends[at] + offset - ends[at]
        return moved, moved + 1


class WordSpans:
    """The words of a text, by number, in the order and count of `normalize.words`."""

    def __init__(self, text: str) -> None:
        self._passes: list[Edits] = []
        for each in passes(text):
            text, edits = apply(each, text)
            if edits:
                self._passes.append(edits)
        self._text: Final = text
        self._word: Final = PLAIN_WORD if text.isascii() else WORD
        self._starts: Final = array("I", [0])
        self._counts: Final = array("I", [0])
        for start, end in _pieces(text):
            self._starts.append(end)
            self._counts.append(self._counts[-1] + count_words(text[start:end]))

    def __len__(self) -> int:
        return self._counts[-1]

    def span(self, first: int, end: int) -> Span:
        """Return the offsets in the file of the words from `first` up to, without, `end`.

        A word that a markup pass has made from several characters widens to all of them.
        """
        return back(self._passes, self._found(first).start(), self._found(end - 1).end())

    def _found(self, number: int) -> re.Match[str]:
        piece = bisect_right(self._counts, number) - 1
        words = self._word.finditer(self._text, self._starts[piece])
        return next(islice(words, number - self._counts[piece], None))


def back(passes_: Sequence[Edits], start: int, end: int) -> Span:
    """Return where in the file the characters `start:end` come from, after all these passes."""
    last = end - 1
    for edits in reversed(passes_):
        start, last = edits.back(start)[0], edits.back(last)[1] - 1
    return start, last + 1


def _pieces(text: str) -> Iterator[Span]:
    """Yield the parts of a text, each of which ends where no word goes on."""
    start = 0
    while start < len(text):
        gap = NO_WORD.search(text, start + _PIECE)
        end = gap.start() if gap else len(text)
        yield start, end
        start = end


def apply(each: Pass, text: str) -> tuple[str, Edits]:
    """Return the text after a pass, and what that moved."""
    edits, out, position, length = Edits(), StringIO(), 0, 0
    for start, end, replacement in _substitutions(each, text):
        out.write(text[position:start])
        out.write(replacement)
        length += start - position
        if len(replacement) != end - start:
            edits.add((length, length + len(replacement)), (start, end))
        length += len(replacement)
        position = end
    out.write(text[position:])
    return out.getvalue(), edits


def _substitutions(each: Pass, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what a pass replaces; character by character where it amounts to the same."""
    for found in each.pattern.finditer(text):
        start, end = found.span()
        whole = each.replace(found)
        if whole == found[0]:
            continue
        singles = [each.single(c) for c in found[0]] if each.single and end - start > 1 else []
        if singles and "".join(singles) == whole:
            yield from ((i, i + 1, s) for i, s in enumerate(singles, start))
        else:
            yield start, end, whole
