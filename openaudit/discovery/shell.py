"""The words of a shell text, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(
    r"(?P<skip>\\\r?\n|[ \t\f\v]+|(?:(?<=\s)|(?<=^))\#[^\n]*)"
    r"|(?P<end>[\n\r;&|()<>`]|\$\()"
    r"|(?P<word>(?:[^\s'\"\\;&|()<>`$]|\\.|\$\{[^}\n]*\}|\$(?!\()|'[^']*'|\"(?:\\.|[^\"\\])*\")+)"
    r"|(?P<other>.)",
    re.MULTILINE | re.DOTALL,
)
_QUOTES: Final = "\"'"
_COMMENT: Final = re.compile(r"(?m)(?:^|(?<=\s))#[^\n]*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command line without its quotes; `offset` counts characters from 0."""

    text: str
    offset: int

    def after(self, start: int) -> "Word":
        """Return what follows the first `start` characters, without quotes of its own."""
        return unquoted(self.text[start:], self.offset + start)


def commands(text: str) -> Iterator[list[Word]]:
    """Yield the words of each simple command of a shell text."""
    words: list[Word] = []
    for found in _WORD.finditer(text):
        if found.lastgroup == "word":
            words.append(unquoted(found["word"], found.start()))
        elif found.lastgroup == "end" and words:
            yield words
            words = []
    if words:
        yield words


def unquoted(raw: str, offset: int) -> Word:
    """Return a word as the shell passes it on, if quotes stand around the whole of it."""
    if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in _QUOTES:
        return Word(raw[1:-1], offset + 1)
    return Word(raw, offset)


def uncommented(text: str) -> str:
    """Return the text with comments blanked, at equal length."""
    return _COMMENT.sub(lambda found: " " * len(found[0]), text)
