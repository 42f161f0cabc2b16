"""Command lines: which words of a command name a release, by `rules/discovery.yaml`."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.discovery.fallbacks import fallbacks
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Command, Lexicon, Sense
from openaudit.discovery.shell import Word, commands
from openaudit.discovery.variables import Variables, assigned

_VARIABLE: Final = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)(?:\[[@*]\])?\}?")
_DEFAULTED: Final = re.compile(r"\$\{(?P<name>[A-Za-z_]\w*):?[-=](?P<default>[^}]*)\}")
_INLINE: Final = re.compile(r"[,\s]")
_DATASET: Final = frozenset({"dataset", "datasets"})
_SAYS: Final = frozenset({"echo", "printf", "print"})
_QUOTES: Final = "\"'"


def read_lines(text: str, lexicon: Lexicon, variables: Variables | None = None) -> Iterator[Hit]:
    """Yield the releases that the command lines of a text name, links not counted.

    What the text itself creates with Ollama is no release of a hub.
    """
    variables = {} if variables is None else variables
    lines = list(commands(text))
    own = {f"ollama:{w[2].text}" for w in lines if [x.text for x in w[:2]] == ["ollama", "create"]
           and len(w) > 2}  # fmt: skip  # noqa: PLR2004  # ollama create NAME
    for words in lines:
        for hit in read_words(words, lexicon, variables):
            if hit.named.id not in own:
                yield hit


def read_words(
    words: Sequence[Word], lexicon: Lexicon, variables: Variables | None = None
) -> Iterator[Hit]:
    """Yield what one command names; assignments are kept in `variables` for those after it."""
    yield from _Line(words, lexicon, {} if variables is None else variables).hits()


class _Line:
    def __init__(self, words: Sequence[Word], lexicon: Lexicon, variables: Variables) -> None:
        self._words, self._lexicon, self._variables = assigned(words, variables), lexicon, variables
        self._command = _command(words, lexicon)

    def hits(self) -> Iterator[Hit]:
        rule = self._command[0] if self._command else None
        if rule is not None and rule.sense is None and not _takes(rule):
            return
        revision = self._value_of("--revision")
        for hit in self._named(rule):
            yield hit.at_revision(revision)
        for word in self._words:
            yield from self._quoted(word)

    def _quoted(self, word: Word) -> Iterator[Hit]:
        """Read a script in quotes: sh -c "ollama pull name"."""
        said = self._words[0].text in _SAYS
        if said or " " not in word.text or self._lexicon.first_words.isdisjoint(word.text.split()):
            return
        for inner in commands(word.text):
            placed = [Word(w.text, w.offset + word.offset) for w in inner if w.text != word.text]
            yield from read_words(placed, self._lexicon, self._variables)

    def _named(self, rule: Command | None) -> Iterator[Hit]:
        for at, word in enumerate(self._words):
            following = self._words[at + 1] if at + 1 < len(self._words) else None
            if word.text.startswith("-"):
                yield from self._flag(word, following, rule)
            elif defaulted := _DEFAULTED.fullmatch(word.text):
                if sense := self._lexicon.key(defaulted["name"]):
                    yield from self._value(word, sense, f"default of {defaulted['name']}")
            else:
                yield from self._assignment(word)
        if rule is not None and rule.sense is not None:
            yield from self._positional(rule)

    def _flag(self, word: Word, following: Word | None, rule: Command | None) -> Iterator[Hit]:
        flag, _, value = word.text.partition("=")
        taken = word.after(len(flag) + 1) if value else following
        if rule is not None and flag in rule.flags:
            sense: Sense | None = rule.sense or Sense("model", "legacy")
        else:
            sense = self._lexicon.key(flag) if flag.startswith("--") else None
        if sense is not None and taken is not None and not taken.text.startswith("-"):
            router = rule.router if rule else False
            yield from self._value(taken, Sense(sense.kind, sense.bare, router), f"flag {flag}")

    def _assignment(self, word: Word) -> Iterator[Hit]:
        """Read NAME=VALUE, also several joined by commas: pretrained=org/name,dtype=auto."""
        name, sign, _ = word.text.partition("=")
        if not sign or not name.replace(".", "_").replace("-", "_").isidentifier():
            return
        value = word.after(len(name) + 1)
        parts = _parts(value)
        sense = self._lexicon.key(name)
        revision = None
        for part in parts:
            key, equals, text = part.text.partition("=")
            if equals and self._lexicon.is_revision(key):
                revision = text.strip(_QUOTES)
        for part in parts:
            found = self._assignment(part) if "=" in part.text and "{" not in part.text else (
                self._value(part, sense, f"value of {name}") if sense is not None else ()
            )  # fmt: skip
            for hit in found:
                yield hit.at_revision(revision)

    def _positional(self, rule: Command) -> Iterator[Hit]:
        """Read the first argument of a command that takes a name."""
        start = self._command[1] if self._command else 0
        dataset = self._value_of("--repo-type") in _DATASET
        sense = Sense("dataset", "any") if dataset else rule.sense
        skip = False
        for word in self._words[start:]:
            valued = skip
            skip = word.text in self._lexicon.valued_flags
            if valued or word.text.startswith("-") or sense is None:
                continue
            found = list(self._value(word, sense, f"command {' '.join(rule.words)}"))
            yield from found
            if found or sense.kind == "ollama":
                return

    def _value(self, word: Word, sense: Sense, how: str) -> Iterator[Hit]:
        """Read the word in a place that names a release; a variable stands for what it holds."""
        if variable := _VARIABLE.fullmatch(word.text):
            for held in self._variables.get(variable["name"], ()):
                if not _VARIABLE.match(held.text):
                    yield from self._plain(held, sense, how)
            return
        found = list(self._plain(word, sense, how))
        yield from found
        for text, at in () if found else fallbacks(word.text):
            yield from self._plain(Word(text, word.offset + at), sense, how)

    def _plain(self, word: Word, sense: Sense, how: str) -> Iterator[Hit]:
        text, offset = word.text, word.offset
        if "=" in text and "/" in text.partition("=")[2]:  # a named adapter: sql=org/name
            if any(self._lexicon.key(p.partition("=")[0]) for p in _INLINE.split(text)):
                yield from self._assignment(Word(f"args={text}", offset - len("args=")))
                return
            offset += text.index("=") + 1
            text = text.partition("=")[2].partition(",")[0]
        named = self._lexicon.read(text, sense)
        if named is not None:
            place = text.find(named.written)
            yield Hit(named, offset + max(place, 0), how)

    def _value_of(self, flag: str) -> str | None:
        return _value_of(self._words, flag)


def _parts(value: Word) -> list[Word]:
    """Return the parts of a value between commas and spaces; a fallback is kept whole."""
    if "${" in value.text or "{{" in value.text:
        return [value]
    parts, at = [], 0
    for text in _INLINE.split(value.text):
        bare = text.strip(_QUOTES)
        parts.append(Word(bare, value.offset + at + text.find(bare)))
        at += len(text) + 1
    return parts


def _command(words: Sequence[Word], lexicon: Lexicon) -> tuple[Command, int] | None:
    """Return the rule a command follows and the place after its words; wrappers come before it."""
    plain = [word.text for word in words]
    for at, text in enumerate(plain):
        program = text.rsplit("/", 1)[-1]
        if program not in lexicon.first_words:
            continue
        for rule in lexicon.commands:
            size = len(rule.words)
            if program == rule.words[0] and tuple(plain[at + 1 : at + size]) == rule.words[1:]:
                return rule, at + size
    return None


def _takes(rule: Command) -> bool:
    """Say whether a command without a name as its argument may still take one by a flag."""
    return bool(rule.flags) or rule.router or len(rule.words) == 1


def _value_of(words: Sequence[Word], flag: str) -> str | None:
    for at, word in enumerate(words):
        if word.text == flag and at + 1 < len(words):
            return words[at + 1].text
        if word.text.startswith(f"{flag}="):
            return word.text.partition("=")[2]
    return None
