"""References in configuration: YAML, JSON, TOML, environment files, front matter."""

from collections.abc import Iterator
from typing import Final

from openaudit.discovery.commands import Word, commands, read_words
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon, Sense
from openaudit.discovery.links import read_links
from openaudit.discovery.syntax import parse_json, parse_toml, parse_yaml
from openaudit.discovery.tree import Listing, Mapping, Scalar, Tree

_NAME: Final = frozenset({"name", "key"})
_VALUE: Final = frozenset({"value", "default"})
_OLLAMA: Final = "ollama"


def read_yaml(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that the documents of a YAML file name."""
    for tree in parse_yaml(text):
        yield from read_tree(tree, lexicon)


def read_json(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that a JSON file names."""
    yield from read_tree(parse_json(text), lexicon)


def read_toml(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that a TOML or INI file names."""
    yield from read_tree(parse_toml(text), lexicon)


def read_tree(tree: Tree, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases named below `tree`."""
    yield from _Settings(lexicon).read(tree, None, "")


class _Settings:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, tree: Tree, sense: Sense | None, key: str) -> Iterator[Hit]:
        """Read a value under `key`; `sense` is what the key, or one above it, says of it."""
        match tree:
            case Scalar():
                yield from self._scalar(tree, sense, key)
            case Listing(items=items):
                yield from self._listing(items, sense, key)
            case Mapping():
                yield from self._mapping(tree, sense)

    def _mapping(self, tree: Mapping, outer: Sense | None) -> Iterator[Hit]:
        revision = tree.text(self._lexicon.is_revision)
        served = (tree.text(self._lexicon.is_provider) or "").lower() == _OLLAMA
        declared = self._declared(tree)
        fields = outer is not None and self._lexicon.has_fields(key for key, _ in tree.pairs)
        for key, value in tree.pairs:
            if self._lexicon.is_output(key):
                sense = None
            elif declared is not None and key.lower() in _VALUE:
                sense = declared
            else:
                held = not fields or self._lexicon.is_inner(key)
                inherits = held or not isinstance(value, Scalar)
                sense = self._sense(key, value, outer if inherits else None, served=served)
            for hit in self.read(value, sense, key):
                yield hit.at_revision(revision) if isinstance(value, Scalar) else hit

    def _sense(self, key: str, value: Tree, outer: Sense | None, *, served: bool) -> Sense | None:
        own = self._lexicon.key(key)
        if own is not None and served and own.kind == "model":
            own = Sense("ollama", "any") if isinstance(value, Scalar) else own
        if own is not None and outer is not None and outer.kind == "dataset":
            own = outer if self._lexicon.is_inner(key) else own
        return own or outer

    def _declared(self, tree: Mapping) -> Sense | None:
        """Return the sense of a variable given as a pair: {name: MODEL_ID, value: org/name}."""
        name = tree.text(lambda key: key.lower() in _NAME)
        has = any(key.lower() in _VALUE for key, _ in tree.pairs)
        return self._lexicon.key(name) if name is not None and has and " " not in name else None

    def _listing(self, items: list[Tree], sense: Sense | None, key: str) -> Iterator[Hit]:
        words = [Word(i.text, i.offset) for i in items if isinstance(i, Scalar)]
        if len(words) > 1 and len(words) == len(items):
            yield from read_words(words, self._lexicon)
        for item in items:
            yield from self.read(item, sense, key)

    def _scalar(self, value: Scalar, sense: Sense | None, key: str) -> Iterator[Hit]:
        if sense is not None:
            named = self._lexicon.read(value.text, sense)
            if named is not None:
                yield Hit(named, _place(value, named.id), f"key {key}" if key else "item of a list")
                return
        for hit in self._inside(value):
            yield hit.moved(value.offset)

    def _inside(self, value: Scalar) -> Iterator[Hit]:
        """Read links, assignments and command lines in a text value."""
        yield from read_links(value.raw, self._lexicon)
        if "=" in value.raw or "-" in value.raw or " " in value.raw:
            variables: dict[str, Word] = {}
            for words in commands(value.raw):
                yield from read_words(words, self._lexicon, variables)


def _place(value: Scalar, written: str) -> int:
    name = written.removeprefix("datasets/").removeprefix("ollama:").removeprefix("ms:")
    at = value.raw.find(name)
    return value.offset + max(at, 0)
