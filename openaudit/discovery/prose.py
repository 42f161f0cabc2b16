"""References in plain text, reStructuredText and web pages: links, code that is set apart."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.discovery.code import read_code
from openaudit.discovery.commands import read_lines
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.links import read_links

_INDENTED: Final = re.compile(r"(?m)^(?![ \t]{2,})[^\n]*")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_SCRIPT: Final = re.compile(
    r"<script\b[^>]*>(?P<code>.*?)(?:</script>|\Z)", re.DOTALL | re.IGNORECASE
)
_COMMAND: Final = re.compile(r"(?m)^[ \t]*(?:[-*$>][ \t]+)?(?P<line>(?P<program>[\w.-]+) [^\n]+)")
_LINE: Final = re.compile(r"(?m)^[ \t]*(?:[-*][ \t]+)?(?P<name>[^\s#]+)[ \t]*(?:#[^\n]*)?$")


def read_text(text: str, lexicon: Lexicon, stem: str) -> Iterator[Hit]:
    """Yield what a text links to, and each line of a file that is called a list of names."""
    sense = lexicon.listed(stem)
    for found in _LINE.finditer(text) if sense is not None else ():
        named = lexicon.read(found["name"], sense) if sense else None
        if named is not None:
            yield Hit(named, found.start("name"), "line of a list")
    for found in _COMMAND.finditer(text):
        if found["program"] in lexicon.first_words:
            for hit in read_lines(found["line"], lexicon):
                yield hit.moved(found.start("line"))
    yield from read_links(text, lexicon)


def read_prose(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield what a document links to, and what commands in its indented blocks name."""
    yield from read_lines(_INDENTED.sub(lambda found: " " * len(found[0]), text), lexicon)
    yield from read_links(text, lexicon)


def read_page(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield what a web page links to, and what its scripts name."""
    shown = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for script in _SCRIPT.finditer(shown):
        for hit in read_code(script["code"], "typescript", lexicon):
            yield hit.moved(script.start("code"))
        shown = shown[: script.start()] + " " * len(script[0]) + shown[script.end() :]
    yield from read_links(shown, lexicon)
