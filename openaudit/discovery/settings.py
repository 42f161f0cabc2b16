"""References in configuration: YAML, JSON, TOML, environment files, front matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from openaudit.discovery.commands import read_words
from openaudit.discovery.fallbacks import fallbacks
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon, Sense
from openaudit.discovery.links import read_links
from openaudit.discovery.shell import Word, commands
from openaudit.discovery.syntax import parse_json, parse_toml
from openaudit.discovery.tree import Listing, Mapping, Scalar, Tree
from openaudit.discovery.variables import Variables  # noqa: TC001  # beside the words it holds
from openaudit.discovery.yamltree import parse_yaml

_NAME: Final = frozenset({"name", "key"})
_VALUE: Final = frozenset({"value", "values", "default"})
_COMMAND: Final = (("command", "args"), ("entrypoint", "command"))
_OLLAMA: Final = "ollama"


def read_yaml(text: str, lexicon: Lexicon, stem: str = "") -> Iterator[Hit]:
    """Yield the releases that the documents of a YAML file name.

    `stem` is the file's name without its ending: a bare list in models.yaml holds models.
    """
    for tree in parse_yaml(text):
        yield from read_tree(tree, lexicon, stem)


def read_json(text: str, lexicon: Lexicon, stem: str = "") -> Iterator[Hit]:
    """Yield the releases that a JSON file names."""
    yield from read_tree(parse_json(text), lexicon, stem)


def read_toml(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that a TOML or INI file names."""
    yield from read_tree(parse_toml(text), lexicon)


def read_tree(tree: Tree, lexicon: Lexicon, stem: str = "") -> Iterator[Hit]:
    """Yield the releases named below `tree`."""
    sense = lexicon.listed(stem) if isinstance(tree, Listing) else None
    yield from _Settings(lexicon).read(tree, _Place("", sense))


@dataclass(frozen=True, slots=True)
class _Place:
    """A key, what it or one above it says of its value, and whether Ollama is spoken of."""

    key: str
    sense: Sense | None = None
    ollama: bool = False


class _Settings:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, tree: Tree, place: _Place) -> Iterator[Hit]:
        """Read the value at a place."""
        match tree:
            case Scalar():
                yield from self._scalar(tree, place)
            case Listing(items=items):
                yield from self._listing(items, place)
            case Mapping():
                yield from self._mapping(tree, place)

    def _mapping(self, tree: Mapping, outer: _Place) -> Iterator[Hit]:
        revision = tree.text(self._lexicon.is_revision)
        served = (tree.text(self._lexicon.is_provider) or "").lower() == _OLLAMA
        declared = self._declared(tree)
        yield from self._keys(tree, outer)
        skipped = self._lexicon.aliases([key for key, _ in tree.pairs])
        for key, value in tree.pairs:
            if key in skipped or self._lexicon.is_silent(key):
                continue
            if self._lexicon.is_output(key):
                sense = None
            elif declared is not None and key.lower() in _VALUE:
                sense = declared
            else:
                sense = self._sense(key, self._inherited(tree, key, value, outer))
            if served and sense is not None and sense.kind == "model" and isinstance(value, Scalar):
                sense = Sense(_OLLAMA, "any")
            ollama = outer.ollama or key.lower() == _OLLAMA
            for hit in self.read(value, _Place(key, sense, ollama)):
                yield hit.at_revision(revision) if isinstance(value, Scalar) else hit
        yield from self._program(tree)

    def _keys(self, tree: Mapping, outer: _Place) -> Iterator[Hit]:
        """Read keys that are names themselves: models: {org/a: {context: 4096}}."""
        for (key, _), at in zip(tree.pairs, tree.places, strict=False) if outer.sense else ():
            named = self._lexicon.read(key, outer.sense) if outer.sense and "/" in key else None
            if named is not None:
                yield Hit(named, at, "key of a mapping")

    def _inherited(self, tree: Mapping, key: str, value: Tree, outer: _Place) -> Sense | None:
        """Return what the key around says of this one's value.

        A model's key may hold one model by its fields, {name: org/a}, or several, {small: org/a}.
        """
        if outer.sense is None or not self._lexicon.has_fields(key for key, _ in tree.pairs):
            return outer.sense
        held = self._lexicon.is_inner(key) or not isinstance(value, Scalar)
        return outer.sense if held else None

    def _sense(self, key: str, outer: Sense | None) -> Sense | None:
        own = self._lexicon.key(key)
        if own is not None and outer is not None and outer.kind == "dataset":
            own = outer if self._lexicon.is_inner(key) else own
        return own or outer

    def _declared(self, tree: Mapping) -> Sense | None:
        """Return the sense of a variable given as a pair: {name: MODEL_ID, value: org/name}."""
        name = tree.text(lambda key: key.lower() in _NAME)
        has = any(key.lower() in _VALUE for key, _ in tree.pairs)
        return self._lexicon.key(name) if name is not None and has and " " not in name else None

    def _program(self, tree: Mapping) -> Iterator[Hit]:
        """Read a program and its arguments where two keys hold them: command and args."""
        held = {key: _words(value) for key, value in tree.pairs}
        image = tree.text(lambda key: key == "image") or ""
        for first, then in _COMMAND:
            before = held.get(first) or [Word(w, 0) for w in self._lexicon.entrypoint(image)]
            after = held.get(then) or []
            if before and after:
                names = {w.offset for w in after}
                found = read_words([*before, *after], self._lexicon)
                yield from (hit for hit in found if hit.offset in names)

    def _listing(self, items: Sequence[Tree], place: _Place) -> Iterator[Hit]:
        words = [Word(i.text, i.offset) for i in items if isinstance(i, Scalar)]
        if len(words) > 1 and len(words) == len(items):
            yield from read_words(words, self._lexicon)
        for item in items:
            yield from self.read(item, place)

    def _scalar(self, value: Scalar, place: _Place) -> Iterator[Hit]:
        how = f"key {place.key}" if place.key else "item of a list"
        if (sense := place.sense) is not None:
            if place.ollama and sense.kind == "model" and "/" not in value.text:
                sense = Sense(_OLLAMA, "any")
            found = False
            for text, at in _readings(value):
                named = self._lexicon.read(text, sense)
                if named is not None:
                    offset = max(value.raw.find(named.written), 0) if at is None else at
                    yield Hit(named, value.offset + offset, how)
                    found = True
            if found:
                return
        nested = self._file(value, place.key) if "\n" in value.text else None
        yield from self._inside(value) if nested is None else nested

    def _inside(self, value: Scalar) -> Iterator[Hit]:
        """Read links, assignments and command lines in a text value."""
        raw = value.raw.replace("\n", " ") if value.raw.startswith(">") else value.raw
        for hit in read_links(raw, self._lexicon):
            yield hit.moved(value.offset)
        if "=" in raw or "-" in raw or " " in raw:
            variables: Variables = {}
            for words in commands(raw):
                for hit in read_words(words, self._lexicon, variables):
                    yield hit.moved(value.offset)

    def _file(self, value: Scalar, key: str) -> list[Hit] | None:
        """Read a file that a configuration holds under its name; None: it is none."""
        read = self._lexicon.reader(PurePath(key)) if "." in key else None
        if read is None:
            return None
        lines = value.raw.splitlines(keepends=True)
        found = []
        for hit in read(value.text, self._lexicon):
            line = value.text.count("\n", 0, hit.offset) + (value.raw[:1] in "|>")
            before = sum(map(len, lines[:line]))
            at = value.raw.find(hit.named.written, before)
            found.append(replace(hit, offset=value.offset + max(at, 0)))
        return found


def _readings(value: Scalar) -> Iterator[tuple[str, int | None]]:
    """Yield the texts a value may name by, with their offsets in it where they are parts of it."""
    if "+" in value.text and value.text.count("/") > 1:  # a model and an adapter on it
        yield from ((part, None) for part in value.text.split("+"))
    else:
        yield value.text, None
        yield from fallbacks(value.raw)


def _words(value: Tree) -> list[Word]:
    match value:
        case Scalar(raw=raw, offset=offset):
            return [Word(w.text, w.offset + offset) for line in commands(raw) for w in line]
        case Listing(items=items):
            return [Word(i.text, i.offset) for i in items if isinstance(i, Scalar)]
        case _:
            return []
