"""Fold a text into the form that patterns see, and find the way back to the original.

White space becomes one space, curly quotes and dashes become plain, Markdown emphasis, HTML tags
and the decoration of a line's start disappear. Every folded character stands for one original
character, so that a quote can be cut from the original and stays verbatim.
"""

import re
from bisect import bisect_right
from typing import Final

from openaudit.model.frozen import frozen

# What no license reaches. Text beyond it is not read, which keeps a hostile file harmless.
MAX_LENGTH: Final = 1_000_000

_PLAIN: Final = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
}
_TAGS: Final = "a|b|br|code|div|em|font|h[1-6]|i|li|ol|p|pre|span|strong|sup|table|td|tr|u|ul"
_INVISIBLE: Final = "\u00ad\u200b-\u200f\u2060\ufeff"
_SPACES: Final = r" \t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# One character of a set comes first, because `re` then skips all others quickly.
_GAP: Final = re.compile(
    rf"[{_SPACES}*_`<{_INVISIBLE}](?:"
    r"(?<= )\s+|(?<=[^\S ])\s*"  # white space other than one space
    r"|(?<=\*)\**|(?<=_)_+|(?<=`)`*"  # Markdown emphasis and code
    rf"|(?<=<)/?(?:{_TAGS})\b[^<>\n]{{0,200}}>"
    rf"|(?<=[{_INVISIBLE}])[{_INVISIBLE}]*)"
)
_DROPPED: Final = "*_`\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LINE_START: Final = re.compile(r"(?:[>#*|]+[ \t]*)+")
_ONE_SPACE: Final = re.compile(r" (?!\s)")
_HYPHENATED: Final = re.compile(r"[^\W\d_]-$")
_UNSPACED: Final = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uff65]")  # Chinese and its marks


@frozen
class Folded:
    """`text` and `lower` have the same length; `lower` is what patterns are matched against.

    From `starts[i]` on, folded offsets and original offsets (`origins[i]` on) run in step.
    """

    text: str
    lower: str
    starts: list[int]
    origins: list[int]

    def origin(self, offset: int) -> int:
        """Return where the folded character at `offset` stands in the original."""
        at = bisect_right(self.starts, offset) - 1
        return self.origins[at] + offset - self.starts[at]

    def folded(self, origin: int) -> int:
        """Return the first folded offset that stands at `origin` or after it."""
        at = bisect_right(self.origins, origin) - 1
        offset = self.starts[at] + origin - self.origins[at]
        following = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
        return min(max(min(offset, following), 0), len(self.text))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of the folded one, which must not be empty."""
        return self.origin(start), self.origin(end - 1) + 1


def fold(text: str) -> Folded:
    """Fold `text`, of which no more than MAX_LENGTH characters are read."""
    plain = text[:MAX_LENGTH]
    if not plain.isascii():
        for curly, straight in _PLAIN.items():
            plain = plain.replace(curly, straight)
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = position = 0
    at_start = _LINE_START.match(plain)
    if at_start:
        position = at_start.end()
    for gap in _GAP.finditer(plain, position):
        if gap.start() < position:
            continue
        piece = plain[position : gap.start()]
        if piece:
            starts.append(length)
            origins.append(position)
            pieces.append(piece)
            length += len(piece)
        position, space = _after(plain, gap, piece)
        if space and (pieces and not pieces[-1].endswith(" ")):
            starts.append(length)
            origins.append(gap.start())
            pieces.append(" ")
            length += 1
    starts.append(length)
    origins.append(position)
    pieces.append(plain[position:])
    folded = "".join(pieces)
    return Folded(folded, _lower(folded), starts, origins)


def bare(text: str) -> str:
    """Return `text` so that each run of letters of the folded one stands in it; this is quick."""
    plain = text[:MAX_LENGTH].lower()
    for mark in "*_`" if plain.isascii() else _DROPPED:
        plain = plain.replace(mark, "")
    return plain


def _after(plain: str, gap: re.Match[str], before: str) -> tuple[int, bool]:
    """Return where the text goes on behind `gap`, and whether a space stands for it."""
    run = gap[0]
    if run[0] == "<":
        return gap.end() + (_ONE_SPACE.match(plain, gap.end()) is not None), True
    if not run[0].isspace():
        return gap.end(), False
    if "\n" not in run and "\r" not in run:
        return gap.end(), True
    decoration = _LINE_START.match(plain, gap.end())
    end = decoration.end() if decoration else gap.end()
    if _UNSPACED.match(before[-1:]) and _UNSPACED.match(plain, end):
        return end, False  # a line of Chinese breaks anywhere, also within a word
    return end, not _HYPHENATED.search(before[-2:])


def _lower(text: str) -> str:
    """Lower-case without changing the length: `İ`, for one, would become two characters."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
