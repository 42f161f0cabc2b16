"""References in shell scripts and environment files, with the code that they carry."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import Final

from openaudit.discovery.code import read_code
from openaudit.discovery.commands import read_lines, read_words
from openaudit.discovery.hit import Hit, Read
from openaudit.discovery.lexicon import Lexicon, Sense
from openaudit.discovery.links import read_links
from openaudit.discovery.python import read_python
from openaudit.discovery.settings import read_tree
from openaudit.discovery.shell import Word, commands, uncommented
from openaudit.discovery.syntax import parse_json
from openaudit.discovery.tree import Mapping, Scalar
from openaudit.discovery.variables import Variables, arrays

_HEREDOC: Final = re.compile(
    r"(?P<line>^[^\n]*)<<-?[ \t]*(?P<quote>['\"]?)(?P<end>\w+)(?P=quote)(?P<rest>[^\n]*)\n"
    r"(?P<body>.*?)^[ \t]*(?P=end)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_TARGET: Final = re.compile(r"(?:>{1,2}|\btee\b(?:[ \t]+-a)?)[ \t]*(?P<file>[^\s<>|&;]+)")
_PYTHON: Final = re.compile(r"(?:.*/)?python[\d.]*|ipython")
_OLLAMA: Final = re.compile(r":11434\b|/api/(?:generate|chat|pull|embed|embeddings|show)\b")
_SHOWN: Final = re.compile(r"[^\n]")
_HOLDS: Final = frozenset({"model", "name"})


def read_script(text: str, lexicon: Lexicon, variables: Variables | None = None) -> Iterator[Hit]:
    """Yield the releases that a script names: in commands, code, data and links."""
    variables = {} if variables is None else variables
    plain = text
    for read, start, end in heredocs(text, lexicon):
        for hit in read(text[start:end], lexicon):
            yield hit.moved(start)
        plain = plain[:start] + _SHOWN.sub(" ", plain[start:end]) + plain[end:]
    for name, items in arrays(uncommented(plain)):
        variables[name] = tuple(items)
        sense = lexicon.key(name)
        for item in items if sense is not None else ():
            yield from read_words(
                [Word(f"{name}={item.text}", item.offset - len(name) - 1)], lexicon
            )
    yield from read_lines(plain, lexicon, variables)
    for words in commands(plain):
        yield from _carried(words, lexicon)
    yield from read_links(uncommented(plain), lexicon)


def read_environment(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield what the variables of an environment file name; a provider may stand in its own."""
    yield from read_script(text, lexicon)
    variables: Variables = {}
    list(read_lines(text, lexicon, variables))
    for name, values in variables.items():
        stem = re.sub(r"_?(?:PROVIDER|BACKEND|TYPE)$", "", name)
        if stem == name or [v.text.lower() for v in values] != ["ollama"]:
            continue
        for other, held in variables.items():
            sense = lexicon.key(other)
            if sense is None or sense.kind != "model" or not other.startswith(stem):
                continue
            for word in held:
                named = (
                    lexicon.read(word.text, Sense("ollama", "any"))
                    if "/" not in word.text
                    else None
                )
                if named is not None:
                    yield Hit(named, word.offset, f"value of {other}, beside {name}")


def heredocs(text: str, lexicon: Lexicon) -> Iterator[tuple[Read, int, int]]:
    """Yield the texts that a script hands to another program, and how each is to be read.

    One that is for the shell itself, or for a file of no known kind, is left to the shell.
    """
    for found in _HEREDOC.finditer(text) if "<<" in text else ():
        line = f"{found['line']} {found['rest']}"
        target = _TARGET.search(line)
        if any(_PYTHON.fullmatch(word) for word in line.split()):
            yield read_code_or_python, *found.span("body")
        elif target and (read := lexicon.reader(PurePath(target["file"].strip("\"'")))):
            yield read, *found.span("body")


def read_code_or_python(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Read Python; where it does not parse, the strings beside what names them."""
    try:
        yield from read_python(text, lexicon)
    except SyntaxError:
        yield from read_code(text, "python", lexicon)


def _carried(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Hit]:
    """Read code and data in the arguments of a command: python -c '...', curl -d '{...}'."""
    python = any(_PYTHON.fullmatch(word.text) for word in words)
    for before, word in pairwise(words):
        if python and before.text == "-c":
            for hit in read_code_or_python(word.text, lexicon):
                yield hit.moved(word.offset)
        elif word.text.startswith("{") and '"' in word.text:
            for hit in _data(word.text, words, lexicon):
                yield hit.moved(word.offset)


def _data(text: str, words: Sequence[Word], lexicon: Lexicon) -> Iterator[Hit]:
    tree = parse_json(text)
    if not any(_OLLAMA.search(word.text) for word in words):
        yield from read_tree(tree, lexicon)
        return
    for key, value in tree.pairs if isinstance(tree, Mapping) else ():
        if key in _HOLDS and isinstance(value, Scalar):
            named = lexicon.read(value.text, Sense("ollama", "any"))
            if named is not None:
                yield Hit(named, value.offset, f"{key} of a request to Ollama")
