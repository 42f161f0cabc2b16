"""References in Dockerfiles and in Modelfiles, whose FROM means two different things."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.discovery.commands import read_words
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon, Sense
from openaudit.discovery.links import read_links
from openaudit.discovery.scripts import read_script
from openaudit.discovery.shell import Word, commands
from openaudit.discovery.syntax import parse_json
from openaudit.discovery.tree import Listing, Scalar
from openaudit.discovery.variables import Variables  # noqa: TC001  # an alias, as others here

_INSTRUCTION: Final = re.compile(
    r"^[ \t]*(?:ONBUILD[ \t]+)?(?P<name>[A-Za-z]+)[ \t]+(?P<rest>(?:[^\n\\]|\\(?:[ \t]*\n)?)*)",
    re.MULTILINE,
)
_ASSIGNS: Final = frozenset({"ENV", "ARG"})
_RUNS: Final = frozenset({"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"})
_HEREDOC: Final = re.compile(
    r"^[ \t]*RUN\b[^\n]*<<-?[\"']?(?P<end>\w+)[\"']?[^\n]*\n(?P<body>.*?)^[ \t]*(?P=end)[ \t]*$",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_LONG: Final = re.compile(r'""".*?(?:"""|\Z)', re.DOTALL)
_PAIR: Final = re.compile(r"(?P<name>\w+)[ \t]+(?P<value>[^\n]+?)[ \t]*\Z")
_MODEL: Final = re.compile(
    r"^[ \t]*(?P<name>FROM|ADAPTER)[ \t]+(?P<value>\S+)", re.MULTILINE | re.IGNORECASE
)


def read_dockerfile(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield what commands, variables and links of a Dockerfile name; an image is no release."""
    variables: Variables = {}
    started: list[str] = []
    plain = re.sub(r"(?m)^[ \t]*#[^\n]*", lambda found: " " * len(found[0]), text)
    for found in _INSTRUCTION.finditer(plain):
        name, rest, at = found["name"].upper(), found["rest"], found.start("rest")
        if name in _ASSIGNS:
            lines = list(_assigned(rest))
        elif name in _RUNS and not rest.lstrip().startswith("["):
            yield from read_script(" " * at + rest, lexicon, variables)
            continue
        elif name in _RUNS:
            lines = _listed(rest)
            if name == "ENTRYPOINT":
                started = [word.text for word in lines[0]]
            elif name == "CMD" and started:
                lines = [[*(Word(text, -len(rest)) for text in started), *lines[0]]]
        else:
            continue
        for words in lines:
            placed = [Word(word.text, word.offset + at) for word in words]
            yield from (hit for hit in read_words(placed, lexicon, variables) if hit.offset >= at)
    for found in _HEREDOC.finditer(plain):
        yield from read_script(" " * found.start("body") + found["body"], lexicon, variables)
    yield from read_links(plain, lexicon)


def read_modelfile(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the base and the adapter of an Ollama Modelfile; a local file is none."""
    for found in _MODEL.finditer(_LONG.sub(lambda long: re.sub(r"[^\n]", " ", long[0]), text)):
        named = lexicon.read(found["value"], Sense("ollama", "any"))
        if named is not None:
            at = found["value"].find(named.written)
            yield Hit(named, found.start("value") + max(at, 0), f"{found['name']} of a Modelfile")


def _assigned(rest: str) -> Iterator[list[Word]]:
    """Yield NAME=VALUE pairs, also those written in the old form with a space."""
    pair = _PAIR.fullmatch(rest)
    if "=" not in rest and pair:
        before = pair.start("value") - len(pair["name"]) - 1
        yield [Word(f"{pair['name']}={pair['value']}", before)]
    else:
        yield from commands(rest)


def _listed(rest: str) -> list[list[Word]]:
    """Return the command of a RUN or CMD in its list form."""
    tree = parse_json(rest)
    items = tree.items if isinstance(tree, Listing) else []
    return [[Word(i.text, i.offset) for i in items if isinstance(i, Scalar)]]
