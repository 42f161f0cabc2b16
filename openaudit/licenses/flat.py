"""Prose without its markup, every character where it was: markup becomes spaces.

So names and sentences can be looked for in plain words, and what is found stands at the same place
of the file. Code and comments are blanked too: they say nothing to the reader of a card.
"""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.model.frozen import frozen

LONGEST_PROSE: Final = 400_000
"""Code points that are read; the longest card known has a tenth of it."""

_MOST_URLS: Final = 400
_HIDING: Final = re.compile(
    r"^[ \t]{0,3}(?P<fence>```|~~~)(?P<info>[^`\n]{0,200})$|<!--", re.MULTILINE
)
_MARKUP: Final = re.compile(
    r"""
    (?P<target>\]\([^()\s]{0,1000}(?:\ "[^"\n]{0,200}")?\))
    |(?P<tag></?[A-Za-z][^<>]{0,1000}>)
    |(?P<url>https?://[^\s<>()\[\]"'`|\uff0c\u3002\uff09]{1,2000})
    |^(?P<bullet>[ \t>]{0,40}(?:[-*+]|\d{1,2}[.)])[ \t])
    |(?P<mark>[*`\[\]\\"“”~]|(?<!\w)_|_(?!\w))
    """,
    re.MULTILINE | re.VERBOSE,
)
_URL: Final = re.compile(r"https?://[^\s<>()\[\]\"'`|\uff0c\u3002\uff09]{1,2000}")
# What is struck through is taken back by whoever wrote it.
_STRUCK: Final = re.compile(
    r"(?<!~)~~(?=[^\s~])[^~\n]{1,600}~~(?!~)|<(?P<tag>del|strike|s)>[^<>\n]{1,600}</(?P=tag)>",
    re.IGNORECASE,
)
_VISIBLE: Final = re.compile(r"[^\n]")


@frozen
class Address:
    """An address that stands at `start:end`, its last full stop left out."""

    url: str
    start: int
    end: int


@frozen
class Flat:
    """`text` is as long as what it was made of; a bullet is `•`. `addresses` are in order."""

    text: str
    addresses: tuple[Address, ...]


def flat(text: str) -> Flat:
    """Return the prose of `text`."""
    text = _STRUCK.sub(lambda m: _VISIBLE.sub(" ", m[0]), _shown(text[:LONGEST_PROSE]))
    urls = (m for m, _ in zip(_URL.finditer(text), range(_MOST_URLS), strict=False))
    addresses = tuple(_address(m) for m in urls)
    return Flat(_MARKUP.sub(_blank, text), addresses)


def _address(found: re.Match[str]) -> Address:
    url = found[0].rstrip(".,;:!?")
    return Address(url, found.start(), found.start() + len(url))


def _blank(found: re.Match[str]) -> str:
    if found["bullet"] is not None:
        return "•".ljust(len(found[0]))
    return _VISIBLE.sub(" ", found[0])


def _shown(text: str) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in _hidden(text):
        pieces += [text[done:start], _VISIBLE.sub(" ", text[start:end])]
        done = end
    return "".join((*pieces, text[done:]))


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Yield fenced code and comments; what is opened and never closed hides nothing."""
    done, fence = 0, None
    last_comment_end = text.rfind("-->")
    for sign in _HIDING.finditer(text):
        if sign.start() < done:
            continue
        if sign["fence"] is None:
            if fence is None and sign.end() <= last_comment_end:
                done = text.index("-->", sign.end()) + len("-->")
                yield sign.start(), done
        elif fence is None:
            fence = sign
        elif sign["fence"] == fence["fence"] and not sign["info"].strip():
            yield fence.start(), sign.end()
            fence = None
