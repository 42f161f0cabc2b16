"""What a shell text binds names to, in the forms of several shells."""

import re
from collections.abc import Sequence
from typing import Final

from openaudit.discovery.shell import Word, commands

Variables = dict[str, tuple[Word, ...]]

_ARRAY: Final = re.compile(r"(?m)\b(?P<name>[A-Za-z_]\w*)\+?=\((?P<items>[^)]*)\)")
_SET: Final = frozenset({"set", "setx", "setenv"})
_SIGNS: Final = frozenset({"=", ":=", "?="})
_LOOP: Final = ("for", "in")


def arrays(text: str) -> list[tuple[str, list[Word]]]:
    """Return the arrays of a shell text: MODELS=(org/a org/b)."""
    return [
        (found["name"], [Word(w.text, w.offset + found.start("items"))
                         for line in commands(found["items"]) for w in line])
        for found in _ARRAY.finditer(text)
    ]  # fmt: skip


def assigned(words: Sequence[Word], variables: Variables) -> list[Word]:
    """Keep what a command binds in `variables`, and return its words with NAME=VALUE as one.

    `$env:NAME = "value"` of PowerShell and `set -x NAME value` of fish become that form; so does a
    loop over plain words.
    """
    texts = [word.text for word in words]
    if len(words) > 3 and (texts[0], texts[2]) == _LOOP:  # noqa: PLR2004  # for NAME in WORD...
        variables[texts[1]] = tuple(words[3:])
    rewritten = _spaced(words, texts)
    for word in rewritten:
        name, sign, _ = word.text.partition("=")
        name = name.rstrip(":?+")
        if sign and name.isidentifier():
            variables[name] = tuple(_values(word.after(len(word.text.partition("=")[0]) + 1)))
    return [_plain(word) for word in rewritten]


def _plain(word: Word) -> Word:
    """Return NAME:=VALUE as NAME=VALUE; the name begins later by as much."""
    name, sign, value = word.text.partition("=")
    cut = len(name) - len(name.rstrip(":?+"))
    return Word(f"{name.rstrip(':?+')}={value}", word.offset + cut) if sign and cut else word


def _spaced(words: Sequence[Word], texts: Sequence[str]) -> list[Word]:
    if len(words) > 2 and texts[1] in _SIGNS:  # noqa: PLR2004  # NAME = VALUE
        name, value = texts[0].removeprefix("$").removeprefix("env:"), words[2:]
    elif len(words) > 2 and texts[0] in _SET:  # noqa: PLR2004  # set NAME VALUE
        rest = [word for word in words[1:] if not word.text.startswith("-")]
        if len(rest) < 2 or "=" in rest[0].text:  # noqa: PLR2004  # as above
            return list(words)
        name, value = rest[0].text, rest[1:]
    else:
        return list(words)
    first = value[0]
    return [Word(f"{name}={first.text}", first.offset - len(name) - 1), *value[1:]]


def _values(value: Word) -> list[Word]:
    """Return the words of a value, as `for x in $NAME` would take them."""
    if "$" in value.text or " " not in value.text:
        return [value]
    at, found = 0, []
    for text in value.text.split(" "):
        found += [Word(text, value.offset + at)] if text else []
        at += len(text) + 1
    return found
