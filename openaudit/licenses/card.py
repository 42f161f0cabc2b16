"""A license among other prose: a model card, its front matter, the prompt of a gate.

There the words around the license are nobody's business, save those of its own section: what stands
between its heading and the next one is part of what is granted, or may be.
"""

import re
from typing import Final

_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,4} ", re.MULTILINE)
_TABLE = re.compile(r"^\|.*\|\s*$", re.MULTILINE)
_APART = re.compile(r"[ \t\r]*(?:$|#|```|~~~|---|\|)", re.MULTILINE)
_KEY = re.compile(r"[ \t]{0,20}[\w-]{1,60}:(?=\s)")
_SECTION = re.compile(
    r"^[ ]{0,3}(?:#{1,6}[ \t][^\n]*|<h[1-6]\b[^\n]*"
    r"|[^\s|>#`~-][^\n]*\n[ ]{0,3}(?:={2,}|-{3,})[ \t\r]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADINGS: Final = 2


def is_card(text: str) -> bool:
    """Say whether a text has the form of a card: front matter, or headings with code or a table."""
    if _FRONT.match(text):
        return True
    headings = len(_HEADING.findall(text))
    return headings >= _HEADINGS and ("```" in text or _TABLE.search(text) is not None)


def body(text: str) -> int:
    """Return where the front matter of a card is over; 0 where it has none."""
    opening = _FRONT.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return closing.end() if closing else 0


def section(text: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """Return the heading above `text[start:end]`, and where its section ends.

    Without a heading above it the section begins, with an empty one, at the top of the card. None
    in front matter, which has no sections.
    """
    top = body(text)
    if start < top:
        return None
    heading = (top, top)
    for found in _SECTION.finditer(text, top):
        if found.end() <= start:
            heading = found.span()
        elif found.start() >= end:
            return heading, found.start()
    return heading, len(text)


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the paragraph of `text[start:end]` begins and ends.

    A heading, fence, table or rule ends it, and in front matter a key does, which is no part of it.
    """
    front = _front_matter_end(text)
    first = text.rfind("\n", 0, start) + 1
    if first < front and (key := _KEY.match(text, first, start)):
        return key.end(), _paragraph_end(text, end, front)
    while first:
        before = text.rfind("\n", 0, first - 1) + 1
        if _is_apart(text, before, front):
            break
        first = before
    return first, _paragraph_end(text, end, front)


def _paragraph_end(text: str, end: int, front: int) -> int:
    line = text.find("\n", end)
    while line >= 0 and not _is_apart(text, line + 1, front):
        line = text.find("\n", line + 1)
    return line if line >= 0 else len(text)


def _is_apart(text: str, line: int, front: int) -> bool:
    """Say whether the line that begins at `line` is no prose of the same paragraph."""
    if line < front and _KEY.match(text, line):
        return True
    return line >= len(text) or _APART.match(text, line) is not None


def _front_matter_end(text: str) -> int:
    opening = _FRONT.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return closing.start() if closing else 0
