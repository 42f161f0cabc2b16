"""References in Makefiles and environment files: recipes, and variables of any assignment form."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.discovery.commands import read_words
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.links import read_links
from openaudit.discovery.shell import Word, commands
from openaudit.discovery.variables import Variables  # noqa: TC001  # an alias, as others here

_VARIABLE: Final = re.compile(
    r"^[ ]*(?:[\w.%/-]+:[ \t]+)?"
    r"(?:(?:export|override|define)[ ]+)?(?P<name>[\w.-]+)[ \t]*(?P<sign>[:?+!]{0,2}=)[ \t]*"
    r"(?P<value>[^\n#]*)",
    re.MULTILINE,
)
_RECIPE: Final = re.compile(r"^(?:\t| {2,})[@+-]*(?P<line>(?:[^\n\\]|\\.|\\\n)*)", re.MULTILINE)
_REFERENCE: Final = re.compile(r"\$\((?P<name>\w+)\)")


def read_makefile(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that the variables and recipes of a Makefile name."""
    variables: Variables = {}
    for found in _VARIABLE.finditer(text):
        value = found["value"].strip().strip("\"'")
        before = found.start("value") + found["value"].find(value) - len(found["name"]) - 1
        word = Word(f"{found['name']}={value}", before)
        yield from read_words([word], lexicon, variables)
    plain = _REFERENCE.sub(lambda m: f"${{{m['name']}}}", text).replace("$$", " $")
    for found in _RECIPE.finditer(plain):
        for words in commands(found["line"]):
            placed = [Word(word.text, word.offset + found.start("line")) for word in words]
            yield from read_words(placed, lexicon, variables)
    yield from read_links(text, lexicon)
