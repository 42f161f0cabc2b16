"""References in other languages: JavaScript, TypeScript, Go, Rust, Java and their like.

Pygments splits the text into strings, names and marks; what a string stands beside says whether it
names a release: a key, an assignment, an argument. That holds in every language with braces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon, Sense
from openaudit.discovery.links import read_links
from openaudit.discovery.tokens import Before, Token, tokens

_OPEN: Final = frozenset("([{")
_CLOSE: Final = frozenset(")]}")
_ASSIGNS: Final = frozenset({":", "=", ":=", "=>", "?="})
_ELSE: Final = frozenset({"||", "??", "|", "?"})
_BLOCKS: Final = frozenset({"enum", "variable"})
_SPLITS: Final = frozenset({",", ";"})


@dataclass(slots=True)
class _Level:
    """What an open bracket belongs to: a call with the place of its argument, or a key."""

    callee: str = ""
    argument: int = 0
    key: str = ""
    outer: str = ""
    keys: list[str] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    revision: str | None = None
    asked: int = 0
    otherwise: bool = False
    first: str = ""


def read_code(text: str, language: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases a source text names, in a language Pygments knows by that name."""
    yield from _Code(tokens(text, language), lexicon).hits()


class _Code:
    def __init__(self, found: Sequence[Token], lexicon: Lexicon) -> None:
        self._tokens, self._lexicon = found, lexicon
        self._before = Before(found)
        self._bound: dict[str, Token] = {}
        self._levels = [_Level()]

    def hits(self) -> Iterator[Hit]:
        for at, token in enumerate(self._tokens):
            if token.kind == "string":
                if not self._is_key(at):
                    self._string(at, token)
            elif token.kind == "name":
                self._name(at, token)
            else:
                yield from self._mark(at, token)
        while self._levels:
            yield from self._closed(self._levels.pop())

    def _mark(self, at: int, token: Token) -> Iterator[Hit]:
        for mark in _marks(token.text):
            level = self._levels[-1]
            if mark in _OPEN:
                self._levels.append(self._opened(at, mark, level))
            elif mark in _CLOSE and len(self._levels) > 1:
                yield from self._closed(self._levels.pop())
            elif mark in _SPLITS:
                level.argument += mark == ","
                level.otherwise = False
                level.key = level.outer if level.callee == "[" else ""
            elif mark == "?":
                level.asked += self._following(at) != ":"
            elif mark == ":" and level.asked:
                level.asked -= 1
                level.otherwise = True
            elif mark in _ASSIGNS:
                level.keys.append(self._before.name(at))
                level.key = self._before.name(at) or level.key

    def _opened(self, at: int, mark: str, level: _Level) -> _Level:
        before = self._before.called(at) if mark == "(" else ""
        if mark == "(" and before:
            return _Level(callee=before, outer=level.key)
        if mark == "[":
            return _Level(callee="[", key=level.key or level.outer, outer=level.key or level.outer)
        if mark == "{" and (named := self._named_block(at)):
            return _Level(outer=named)
        return _Level(key="", outer=level.key or (level.outer if mark != "{" else ""))

    def _named_block(self, at: int) -> str:
        """Return the name of an enumeration, or of a block that has one: variable "model" {."""
        before = self._tokens[max(at - 2, 0) : at]
        if len(before) > 1 and before[0].text in _BLOCKS:
            return before[1].text.strip("\"'")
        return ""

    def _closed(self, level: _Level) -> Iterator[Hit]:
        if self._lexicon.writes(level.callee.rpartition(".")[2]):
            return
        if len(self._levels) > 0 and not level.callee:
            inner = level.hits  # an object of options belongs to the call around it
            if self._levels[-1].callee and self._levels[-1].callee != "[":
                self._levels[-1].hits += [h.at_revision(level.revision) for h in inner]
                self._levels[-1].revision = self._levels[-1].revision or level.revision
                return
        for hit in level.hits:
            yield hit.at_revision(level.revision)

    def _string(self, at: int, token: Token) -> None:
        level = self._levels[-1]
        level.first = level.first or token.text
        if self._lexicon.is_revision(level.key) and level.revision is None:
            level.revision = token.text
        for hit in read_links(token.text, self._lexicon):
            level.hits.append(hit.moved(token.offset))
        for sense, how in self._senses(at, level):
            named = self._lexicon.read(token.text, sense)
            if named is not None:
                place = token.text.find(named.written)
                level.hits.append(Hit(named, token.offset + max(place, 0), how))
                return
        if level.key and self._previous(at) in _ASSIGNS | {"("}:
            self._bound.setdefault(level.key, token)

    def _senses(self, at: int, level: _Level) -> Iterator[tuple[Sense, str]]:
        """Yield how the string at `at` may be read, surest first."""
        if level.key and self._lexicon.is_output(level.key):
            return
        yield from self._taken(level)
        yield from self._kept(level)
        argument = _is_argument(level)
        declares = self._lexicon.declares(level.callee.rpartition(".")[2])
        if argument and declares and (held := self._lexicon.key(level.outer)):
            yield held, f"value of {level.outer}"
        if sense := self._lexicon.key(self._attribute(at)):
            yield sense, f"default of {self._attribute(at)}"
        if (argument or (self._previous(at) in _ELSE or level.otherwise)) and (
            read := self._environment(at, level)
        ):
            yield read

    def _taken(self, level: _Level) -> Iterator[tuple[Sense, str]]:
        """Yield what a function takes at this place, or as an option of an object it is given."""
        call = self._lexicon.call(level.callee) if level.callee else None
        if call is not None and _is_argument(level) and level.argument in call.at:
            yield call.sense, f"argument of {level.callee}"
        outer = self._levels[-2].callee if len(self._levels) > 1 else ""
        options = self._lexicon.call(outer) if outer and not level.callee else None
        if options is not None and level.key in options.keywords:
            yield options.sense, f"option {level.key} of {outer}"

    def _kept(self, level: _Level) -> Iterator[tuple[Sense, str]]:
        """Yield what the key says, or the key of the object or list around it."""
        call = self._levels[-2] if len(self._levels) > 1 else level
        declares = self._lexicon.declares(call.callee.rpartition(".")[2])
        declared = self._lexicon.key(call.first) if declares else None
        if level.key in self._lexicon.default_keywords and declared is not None:
            yield declared, f"default of {call.first}"
        if own := self._lexicon.key(level.key):
            yield own, f"value of {level.key}"
        elif level.callee in ("", "[") and self._holds(level):
            outer = self._lexicon.key(level.outer)
            if outer is not None:
                yield outer, f"value of {level.outer}"

    def _holds(self, level: _Level) -> bool:
        """Say whether the key at hand, inside what a model's key names, holds a name."""
        inner = not level.key or self._lexicon.is_inner(level.key)
        return inner or not self._lexicon.has_fields(level.keys)

    def _environment(self, at: int, level: _Level) -> tuple[Sense, str] | None:
        """Read a default after a variable's name: process.env.MODEL_ID || "org/name"."""
        if self._previous(at) in _ELSE or level.otherwise:
            name = self._before.name(at - 1)
        else:
            first = self._tokens[at - 2] if at > 1 else None
            declares = self._lexicon.declares(level.callee.rpartition(".")[2])
            name = first.text if declares and first and first.kind == "string" else ""
        sense = self._lexicon.key(name) if name else None
        return (sense, f"default of {name}") if sense is not None else None

    def _attribute(self, at: int) -> str:
        """Return the field that a Rust attribute is of; its lexer keeps the string alone."""
        following = self._tokens[at + 1 : at + 4]
        names = [t.text for t in following if t.kind == "name" and t.text not in ("pub", "let")]
        over = (
            len(following) > 1
            and following[0].kind == "name"
            and ":" in [t.text for t in following]
        )
        return names[0] if over and names else ""

    def _name(self, at: int, token: Token) -> None:
        """Read a variable in an argument's place, bound to a string before."""
        level = self._levels[-1]
        bound = self._bound.get(token.text)
        call = self._lexicon.call(level.callee) if level.callee else None
        takes = call is not None and not level.key and level.argument in call.at
        if (
            bound is not None
            and call is not None
            and takes
            and self._following(at) in (",", ")", "")
        ):
            named = self._lexicon.read(bound.text, call.sense)
            if named is not None:
                level.hits.append(Hit(named, bound.offset, f"argument of {level.callee}"))

    def _is_key(self, at: int) -> bool:
        return self._following(at) in (":", "=>") and self._previous(at) in ("{", ",", "", "(")

    def _previous(self, at: int) -> str:
        return self._tokens[at - 1].text if at else ""

    def _following(self, at: int) -> str:
        return self._tokens[at + 1].text[:2].strip() if at + 1 < len(self._tokens) else ""


def _is_argument(level: _Level) -> bool:
    return not level.key and level.callee not in ("", "[")


def _marks(text: str) -> Iterator[str]:
    """Yield the single marks of a token that Pygments keeps together, such as `({`."""
    if text[0] in _OPEN | _CLOSE | _SPLITS:
        yield from text
    else:
        yield text
