"""Signs that say something and are no words: a symbol that negates, a picture, what is not seen.

`normalize` makes a space of every character that is neither letter nor digit, so a `≠` before a
word or a message in invisible characters would change nothing. Punctuation, the signs of a
copyright line, a bullet at the start of a line, and rules drawn across the page are decoration.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from openaudit.licenses.normalize import BEYOND_ASCII, INVISIBLE

Span = tuple[int, int]
# Each begins with what it looks for: such patterns are ten times as fast.
_NEGATED: Final = {
    "~": re.compile(r"~(?:(?<![\w~/]~)|(?<=[^\s~/][ \t]~)[ \t]+)(?=[A-Za-z])"),
    "!": re.compile(r"!(?:(?<![\w!)\]\"']!)|(?<=[^\s!][ \t]!)[ \t]+)(?=[A-Za-z])"),
    "!=": re.compile(r"!="),
    "/=": re.compile(r"/="),
    "=\\": re.compile(r"=\\="),
    "<>": re.compile(r"<>(?=[ \t]?[A-Za-z])"),
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]+")
_NO_CONTROL: Final = bytes(b for b in range(0x100) if not _CONTROL.match(chr(b)))
_BULLETS: Final = (
    "".join(
        map(chr, (*range(0x25A0, 0x2600), 0x2605, 0x2606, *range(0x2794, 0x27BF), 0x2756, 0x2B24))
    )
    + "\u2190\u2191\u2192\u2193\u21d2\uf0a7\uf0b7\uf0d8"
)
_RULES: Final = "".join(map(chr, range(0x2500, 0x25A0)))
_QUIET: Final = frozenset(
    "\u00a6\u00a9\u00ad\u00ae\u00b0\u2044\u2117\u2120\u2122\u2212\u2217\u2219\u22c5\u2800\ufffd"
) | frozenset(_RULES)
_NUMERIC: Final = frozenset("\u00b1\u00d7\u00f7\u2248\u2264\u2265")
_OVERLAYS: Final = frozenset(
    map(
        chr,
        (
            *range(0x0334, 0x0339),  # strokes through a letter
            *range(0x20D0, 0x20F1),  # the same, and circles and slashes around it
            *range(0xFE00, 0xFE0E),  # forms of a sign that has no other, so nothing is seen
            *range(0xE0100, 0xE01F0),
            0x034F,
        ),
    )
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060]+|\ufeff+")
_MARKS: Final = 2
_SAYING: Final = frozenset({"So", "Sm", "Cf", "Co", "Cn", "Cs", "Me"})
_INDENT: Final = 40
_LINE_START = re.compile(rf"(?:\A|[\r\n\f\v])[\s>*#/;|\ufe0e\ufe0f{_BULLETS}]*\Z")


def may_have_signs(text: str) -> bool:
    """Say, fast, whether there can be any sign in `text`."""
    if any(sign in text for sign in _NEGATED) or _has_control(text):
        return True
    return not text.isascii() and any(map(_may_say, set(BEYOND_ASCII.findall(text))))


def _has_control(text: str) -> bool:
    return bool(text.encode("utf-8", "replace").translate(None, _NO_CONTROL))


def invisible(text: str) -> Iterator[Span]:
    """Yield the characters without width; not the mark of a file, wherever files were joined."""
    if any(sign in text for sign in INVISIBLE.hints):
        for found in _UNSEEN.finditer(text):
            start, end = found.span()
            within = text[max(0, start - 1) : start].isalnum() and text[end : end + 1].isalnum()
            if within or end - start > _MARKS or found[0][0] != "\ufeff":
                yield start, end


def signs(text: str) -> Iterator[Span]:
    """Yield the signs of `text` that are no decoration."""
    for sign, pattern in _NEGATED.items():
        if sign in text:
            yield from (m.span() for m in pattern.finditer(text))
    if _has_control(text):
        yield from (m.span() for m in _CONTROL.finditer(text))
    if not text.isascii():
        for run in BEYOND_ASCII.finditer(text):
            if _may_say(run[0]):
                yield from _of_run(text, run.start(), run.end())


def _of_run(text: str, first: int, end: int) -> Iterator[Span]:
    for at in range(first, end):
        if _is_sign(text[at]) and not (_UNSEEN.match(text[at]) or _is_decoration(text, at)):
            yield at, at + 1


def _is_decoration(text: str, at: int) -> bool:
    """Say whether a sign only opens a line, or belongs to a number."""
    if text[at] in _NUMERIC:
        return text[at + 1 : at + 3].lstrip()[:1].isdigit()
    if text[at] not in _BULLETS:
        return False
    # A cut makes no start of a line: what is longer than an indent holds something.
    before = f".{text[at - _INDENT : at]}" if at > _INDENT else text[:at]
    return _LINE_START.search(before) is not None


@lru_cache(maxsize=1024)
def _may_say(run: str) -> bool:
    return any(map(_is_sign, run))


@lru_cache(maxsize=4096)
def _is_sign(character: str) -> bool:
    """Say whether a character may speak: no letter, no punctuation, and not known to be quiet."""
    if character.isascii() or character in _QUIET:
        return False
    if character in _OVERLAYS or _UNSEEN.match(character):
        return True
    said = unicodedata.category(character) in _SAYING
    return said and not unicodedata.normalize("NFKC", character).isalnum()
