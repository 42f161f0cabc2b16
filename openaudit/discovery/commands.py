"""Command lines: shell scripts, recipes, container arguments, commands in other files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Command, Lexicon, Sense
from openaudit.discovery.links import read_links

_WORD: Final = re.compile(
    r"(?P<skip>\\\r?\n|[ \t\f\v]+|(?:(?<=\s)|(?<=^))\#[^\n]*)"
    r"|(?P<end>[\n\r;&|()<>`]|\$\()"
    r"|(?P<word>(?:[^\s'\"\\;&|()<>`$]|\\.|\$\{[^}\n]*\}|\$(?!\()|'[^']*'|\"(?:\\.|[^\"\\])*\")+)"
    r"|(?P<other>.)",
    re.MULTILINE | re.DOTALL,
)
_ASSIGNED: Final = re.compile(r"(?P<name>[A-Za-z_][\w.-]*)\s*[:?+]?=(?P<value>.+)", re.DOTALL)
_VARIABLE: Final = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)(?::?[-=](?P<default>[^}]*))?\}?")
_QUOTES: Final = "\"'"
_INLINE: Final = re.compile(r"[,\s]")
_DATASET: Final = frozenset({"dataset", "datasets"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command line without its quotes; `offset` counts characters from 0."""

    text: str
    offset: int


Variables = dict[str, Word]


def read_lines(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that the command lines of a text name, links not counted."""
    variables: Variables = {}
    for words in commands(text):
        yield from read_words(words, lexicon, variables)


def read_script(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that the command lines of a script name, links included."""
    yield from read_lines(text, lexicon)
    yield from read_links(_uncommented(text), lexicon)


def commands(text: str) -> Iterator[list[Word]]:
    """Yield the words of each simple command of a shell text."""
    words: list[Word] = []
    for found in _WORD.finditer(text):
        if found.lastgroup == "word":
            words.append(_unquoted(found["word"], found.start()))
        elif found.lastgroup == "end" and words:
            yield words
            words = []
    if words:
        yield words


def read_words(
    words: Sequence[Word], lexicon: Lexicon, variables: Variables | None = None
) -> Iterator[Hit]:
    """Yield what one command names; assignments are kept in `variables` for those after it."""
    variables = {} if variables is None else variables
    command = _command(words, lexicon)
    revision = _value_of(words, "--revision")
    if command is not None and command[0].sense is None and not _takes(command[0]):
        return
    for hit in _named(words, command, lexicon, variables):
        yield hit.at_revision(revision)
    for word in words:
        yield from _quoted(word, lexicon, variables)


def _quoted(word: Word, lexicon: Lexicon, variables: Variables) -> Iterator[Hit]:
    """Read a script in quotes: sh -c "ollama pull name"."""
    if " " not in word.text or lexicon.first_words.isdisjoint(word.text.split()):
        return
    for inner in commands(word.text):
        placed = [Word(w.text, w.offset + word.offset) for w in inner if w.text != word.text]
        yield from read_words(placed, lexicon, variables)


def _named(
    words: Sequence[Word],
    command: tuple[Command, int] | None,
    lexicon: Lexicon,
    variables: Variables,
) -> Iterator[Hit]:
    flags = command[0].flags if command else frozenset()
    router = command[0].router if command else False
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        if word.text.startswith("-"):
            flag, _, value = word.text.partition("=")
            taken = _after(word, len(flag) + 1) if value else following
            sense = Sense("model", "legacy") if flag in flags else _flag_sense(flag, lexicon)
            if sense is not None and taken is not None and not taken.text.startswith("-"):
                sense = Sense(sense.kind, sense.bare, router=router)
                yield from _value(taken, sense, f"flag {flag}", lexicon, variables)
        else:
            yield from _assignment(word, lexicon, variables)
    if command is not None and command[0].sense is not None:
        yield from _positional(words, command, lexicon, variables)


def _assignment(word: Word, lexicon: Lexicon, variables: Variables) -> Iterator[Hit]:
    """Read NAME=VALUE, also where several are joined by commas: pretrained=org/name,dtype=auto."""
    found = _ASSIGNED.fullmatch(word.text)
    if not found:
        return
    value = _after(word, found.start("value"))
    parts = _INLINE.split(value.text)
    first = Word(parts[0].strip(_QUOTES), value.offset + (value.text[:1] in _QUOTES))
    variables[found["name"]] = first
    sense = lexicon.key(found["name"])
    if sense is not None:
        how = f"value of {found['name']}"
        yield from _value(first, sense, how, lexicon, variables)
    at = len(parts[0]) + 1
    for part in parts[1:]:
        inner = Word(part, value.offset + at)
        at += len(part) + 1
        yield from _assignment(inner, lexicon, {})


def _positional(
    words: Sequence[Word],
    command: tuple[Command, int],
    lexicon: Lexicon,
    variables: Variables,
) -> Iterator[Hit]:
    """Read the first argument of a command that takes a name."""
    rule, start = command
    kind = _value_of(words, "--repo-type")
    sense = Sense("dataset", "any") if kind in _DATASET else rule.sense
    skip = False
    for word in words[start:]:
        valued = skip
        skip = word.text in lexicon.valued_flags
        if valued or word.text.startswith("-") or sense is None:
            continue
        found = list(_value(word, sense, f"command {' '.join(rule.words)}", lexicon, variables))
        yield from found
        if found or sense.kind == "ollama":
            return


def _value(
    word: Word, sense: Sense, how: str, lexicon: Lexicon, variables: Mapping[str, Word]
) -> Iterator[Hit]:
    """Read the word in a place that names a release; a variable stands for what it was given."""
    variable = _VARIABLE.fullmatch(word.text)
    if variable:
        default = variable["default"]
        if default:
            inner = Word(default, word.offset + variable.start("default"))
            yield from _value(inner, sense, how, lexicon, variables)
        elif variable["name"] in variables:
            held = variables[variable["name"]]
            yield from () if _VARIABLE.match(held.text) else _value(held, sense, how, lexicon, {})
        return
    text, offset = word.text, word.offset
    if "=" in text and ("/" in text.partition("=")[2]):  # a named adapter: sql=org/name
        offset += text.index("=") + 1
        text = text.partition("=")[2].partition(",")[0]
    named = lexicon.read(text, sense)
    if named is not None:
        yield Hit(named, offset, how)


def _command(words: Sequence[Word], lexicon: Lexicon) -> tuple[Command, int] | None:
    """Return the rule a command follows and the place after its words; wrappers come before it."""
    plain = [w.text.rsplit("/", 1)[-1] if "/" in w.text and i == 0 else w.text
             for i, w in enumerate(words)]  # fmt: skip
    for at, text in enumerate(plain):
        program = text.rsplit("/", 1)[-1]
        if program not in lexicon.first_words:
            continue
        for rule in lexicon.commands:
            size = len(rule.words)
            if program == rule.words[0] and tuple(plain[at + 1 : at + size]) == rule.words[1:]:
                return rule, at + size
    return None


def _takes(command: Command) -> bool:
    """Say whether a command without a name as its argument may still take one by a flag."""
    return bool(command.flags) or command.router or len(command.words) == 1


def _flag_sense(flag: str, lexicon: Lexicon) -> Sense | None:
    return lexicon.key(flag) if flag.startswith("--") else None


def _value_of(words: Sequence[Word], flag: str) -> str | None:
    for at, word in enumerate(words):
        if word.text == flag and at + 1 < len(words):
            return words[at + 1].text
        if word.text.startswith(f"{flag}="):
            return word.text.partition("=")[2]
    return None


def _unquoted(raw: str, offset: int) -> Word:
    if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in _QUOTES:
        return Word(raw[1:-1], offset + 1)
    return Word(raw, offset)


def _after(word: Word, start: int) -> Word:
    text = word.text[start:]
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES
    return Word(text[1:-1], word.offset + start + 1) if quoted else Word(text, word.offset + start)


def _uncommented(text: str) -> str:
    """Return the text with comments blanked, at equal length."""
    return re.sub(r"(?m)(?:^|(?<=\s))#[^\n]*", lambda found: " " * len(found[0]), text)
