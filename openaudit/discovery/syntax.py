"""Parsers of YAML, JSON and TOML that keep positions and forgive what editors forgive."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.discovery.tree import Listing, Mapping, Scalar, Tree

_DEEPEST: Final = 60
_TOKEN: Final = re.compile(
    r"(?P<skip>[ \t\r\f]+|//[^\n]*|/\*.*?\*/|(?<![^\s,\[{}])\#[^\n]*)"
    r"|(?P<long>\"\"\".*?\"\"\"|'''.*?''')"
    r"|(?P<string>\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*')"
    r"|(?P<mark>[{}\[\]:=,\n])"
    r"|(?P<bare>[^\s{}\[\]:=,\"']+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_HEADER: Final = re.compile(
    r"^[ \t]*\[\[?[ \t]*([^\]\n]+?)[ \t]*\]\]?[ \t]*(?:#[^\n]*)?$", re.MULTILINE
)
_COMMENT: Final = re.compile(r"(?m)^[ \t]*[;!][^\n]*")  # of INI and properties files
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_ENDS: Final = {"{": "}", "[": "]"}
_Tokens = list[tuple[str, str, int]]


def parse_json(text: str) -> Tree:
    """Return the value of a JSON text; comments and trailing commas do no harm."""
    tokens = [t for t in _tokens(text) if t[1] != "\n"]
    value, _ = _value(tokens, 0, 0)
    return value


def parse_toml(text: str) -> Tree:
    """Return the tables of a TOML (or INI) text one after another, each under its dotted name."""
    text = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    heads = list(_HEADER.finditer(text))
    bounds = [(None, 0), *((h[1], h.end()) for h in heads)]
    ends = [*(h.start() for h in heads), len(text)]
    tables: list[tuple[str, Tree]] = []
    for (name, start), end in zip(bounds, ends, strict=True):
        pairs = _Lines(text[start:end], start).pairs()
        if name is None:
            tables += pairs
        else:
            inner: Tree = Mapping(pairs)
            for part in reversed(name.replace('"', "").split(".")[1:]):
                inner = Mapping([(part, inner)])
            tables.append((name.replace('"', "").split(".")[0], inner))
    return Mapping(tables)


class _Lines:
    """The `key = value` lines of one table."""

    def __init__(self, text: str, offset: int) -> None:
        self._tokens = [(k, t, at + offset) for k, t, at in _tokens(text)]

    def pairs(self) -> list[tuple[str, Tree]]:
        pairs: list[tuple[str, Tree]] = []
        at, size = 0, len(self._tokens)
        while at < size:
            kind, text, _ = self._tokens[at]
            following = self._tokens[at + 1][1] if at + 1 < size else ""
            if kind in ("bare", "string") and following in ("=", ":"):
                value, at = self._after(at + 2)
                key = _unescaped(text) if kind == "string" else text
                inner = value
                for part in reversed(key.split(".")[1:]):
                    inner = Mapping([(part, inner)])
                pairs.append((key.split(".")[0], inner))
            else:
                at += 1
        return pairs

    def _after(self, at: int) -> tuple[Tree, int]:
        if at < len(self._tokens) and self._tokens[at][1] in _ENDS:
            return _value(self._tokens, at, 0)
        start = at
        while at < len(self._tokens) and self._tokens[at][1] != "\n":
            at += 1
        line = self._tokens[start:at]
        if len(line) == 1:
            return _scalar(line[0]), at
        if not line:
            return Scalar("", "", 0), at
        raw = "".join(_between(line))
        return Scalar(raw, raw, line[0][2]), at


def _between(line: _Tokens) -> Iterator[str]:
    """Yield an unquoted value's pieces with the spaces that stood between them."""
    end = line[0][2]
    for _, text, at in line:
        yield " " * (at - end)
        yield text
        end = at + len(text)


def _tokens(text: str) -> _Tokens:
    return [
        (found.lastgroup or "", found[0], found.start())
        for found in _TOKEN.finditer(text)
        if found.lastgroup not in ("skip", "other")
    ]


def _value(tokens: _Tokens, at: int, depth: int) -> tuple[Tree, int]:
    """Read one value; a mapping and a list end where they should, or where the text does."""
    if at >= len(tokens):
        return Scalar("", "", 0), at
    kind, text, _ = tokens[at]
    if kind == "mark" and text in _ENDS and depth < _DEEPEST:
        read = _mapping if text == "{" else _listing
        return read(tokens, at + 1, depth + 1)
    return _scalar(tokens[at]), at + 1


def _mapping(tokens: _Tokens, at: int, depth: int) -> tuple[Tree, int]:
    pairs: list[tuple[str, Tree]] = []
    places: list[int] = []
    while at < len(tokens) and tokens[at][1] != "}":
        kind, text, place = tokens[at]
        following = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        if kind in ("string", "bare") and following in (":", "="):
            value, at = _value(tokens, at + 2, depth)
            pairs.append((_unescaped(text) if kind == "string" else text, value))
            places.append(place + (kind == "string"))
        else:
            at += 1
    return Mapping(pairs, tuple(places)), at + 1


def _listing(tokens: _Tokens, at: int, depth: int) -> tuple[Tree, int]:
    items: list[Tree] = []
    while at < len(tokens) and tokens[at][1] != "]":
        kind, text, _ = tokens[at]
        if kind == "mark" and text not in _ENDS:
            at += 1
            continue
        value, at = _value(tokens, at, depth)
        items.append(value)
    return Listing(items), at + 1


def _scalar(token: tuple[str, str, int]) -> Scalar:
    kind, text, at = token
    if kind == "string":
        return Scalar(_unescaped(text), text[1:-1], at + 1)
    if kind == "long":
        return Scalar(text[3:-3], text[3:-3], at + 3)
    return Scalar(text, text, at)


def _unescaped(quoted: str) -> str:
    inner = quoted[1:-1]
    if "\\" not in inner or quoted[0] == "'":
        return inner
    return _ESCAPED.sub(lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), inner)


def flow(text: str, offset: int) -> Tree:
    """Return a value in braces or brackets, such as YAML has of JSON, that stands at `offset`."""
    tree, _ = _value([(k, t, at + offset) for k, t, at in _tokens(text)], 0, 0)
    return tree
