"""References in Dockerfiles and in Modelfiles, whose FROM means two different things."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.discovery.commands import Variables, Word, commands, read_words
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon, Sense
from openaudit.discovery.links import read_links
from openaudit.discovery.syntax import parse_json
from openaudit.discovery.tree import Listing, Scalar

_INSTRUCTION: Final = re.compile(
    r"^[ \t]*(?:ONBUILD[ \t]+)?(?P<name>[A-Za-z]+)[ \t]+(?P<rest>(?:[^\n\\]|\\(?:[ \t]*\n)?)*)",
    re.MULTILINE,
)
_ASSIGNS: Final = frozenset({"ENV", "ARG"})
_RUNS: Final = frozenset({"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"})
_PAIR: Final = re.compile(r"(?P<name>\w+)[ \t]+(?P<value>[^\n]+?)[ \t]*\Z")
_MODEL: Final = re.compile(
    r"^[ \t]*(?P<name>FROM|ADAPTER)[ \t]+(?P<value>\S+)", re.MULTILINE | re.IGNORECASE
)


def read_dockerfile(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield what commands, variables and links of a Dockerfile name; an image is no release."""
    variables: Variables = {}
    plain = re.sub(r"(?m)^[ \t]*#[^\n]*", lambda found: " " * len(found[0]), text)
    for found in _INSTRUCTION.finditer(plain):
        name, rest, at = found["name"].upper(), found["rest"], found.start("rest")
        if name in _ASSIGNS:
            lines = _assigned(rest)
        elif name in _RUNS:
            lines = _command_lines(rest)
        else:
            continue
        for words in lines:
            placed = [Word(word.text, word.offset + at) for word in words]
            yield from read_words(placed, lexicon, variables)
    yield from read_links(plain, lexicon)


def read_modelfile(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the base and the adapter of an Ollama Modelfile; a local file is none."""
    for found in _MODEL.finditer(text):
        named = lexicon.read(found["value"], Sense("ollama", "any"))
        if named is not None:
            at = found["value"].find(named.id.removeprefix("ollama:"))
            yield Hit(named, found.start("value") + max(at, 0), f"{found['name']} of a Modelfile")


def _assigned(rest: str) -> Iterator[list[Word]]:
    """Yield NAME=VALUE pairs, also those written in the old form with a space."""
    pair = _PAIR.fullmatch(rest)
    if "=" not in rest and pair:
        before = pair.start("value") - len(pair["name"]) - 1
        yield [Word(f"{pair['name']}={pair['value']}", before)]
    else:
        yield from commands(rest)


def _command_lines(rest: str) -> Iterator[list[Word]]:
    """Yield the commands of a RUN or CMD, in its shell or its list form."""
    if rest.lstrip().startswith("["):
        tree = parse_json(rest)
        items = tree.items if isinstance(tree, Listing) else []
        yield [Word(i.text, i.offset) for i in items if isinstance(i, Scalar)]
    else:
        yield from commands(rest)
