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

_OPEN: Final = frozenset("([{")
_CLOSE: Final = frozenset(")]}")
_ASSIGNS: Final = frozenset({":", "=", ":=", "=>", "?="})
_ELSE: Final = frozenset({"||", "??", "|", "?"})
_SPLITS: Final = frozenset({",", ";"})
_QUOTES: Final = "\"'`"


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


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


def read_code(text: str, language: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases a source text names, in a language Pygments knows by that name."""
    yield from _Code(_tokens(text, language), lexicon).hits()


def _tokens(text: str, language: str) -> list[_Token]:
    """Return names, whole strings and marks; comments and white space are left out."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  # many trees hold Python alone
    from pygments.token import String, Token  # noqa: PLC0415
    from pygments.token import is_token_subtype as within  # noqa: PLC0415

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    found: list[_Token] = []
    string = ""
    start = 0
    for offset, kind, value in lexer.get_tokens_unprocessed(text):
        if within(kind, String) and not within(kind, String.Doc):
            start = offset if not string else start
            string += value
            if _ended(string):
                found.append(_Token("string", string[1:-1], start + 1))
                string = ""
            continue
        string = ""
        if within(kind, Token.Comment) or within(kind, String.Doc) or not value.strip():
            continue
        name = within(kind, Token.Name) or within(kind, Token.Keyword)
        found.append(_Token("name" if name else "mark", value.strip(), offset))
    return found


def _ended(string: str) -> bool:
    quoted = len(string) > 1 and string[0] in _QUOTES and string[0] == string[-1]
    return quoted and not (string[-2] == "\\" and string[-3:-2] != "\\")


class _Code:
    def __init__(self, tokens: Sequence[_Token], lexicon: Lexicon) -> None:
        self._tokens, self._lexicon = tokens, lexicon
        self._bound: dict[str, _Token] = {}
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

    def _mark(self, at: int, token: _Token) -> Iterator[Hit]:
        for mark in _marks(token.text):
            level = self._levels[-1]
            if mark in _OPEN:
                self._levels.append(self._opened(at, mark, level))
            elif mark in _CLOSE and len(self._levels) > 1:
                yield from self._closed(self._levels.pop())
            elif mark in _SPLITS:
                level.argument += mark == ","
                level.key = level.outer if level.callee == "[" else ""
            elif mark in _ASSIGNS:
                level.keys.append(self._before(at))
                level.key = self._before(at) or level.key

    def _opened(self, at: int, mark: str, level: _Level) -> _Level:
        before = self._dotted(at) if mark == "(" else ""
        if mark == "(" and before:
            return _Level(callee=before, outer=level.key)
        if mark == "[":
            return _Level(callee="[", key=level.key or level.outer, outer=level.key or level.outer)
        return _Level(key="", outer=level.key or (level.outer if mark != "{" else ""))

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

    def _string(self, at: int, token: _Token) -> None:
        level = self._levels[-1]
        if self._lexicon.is_revision(level.key) and level.revision is None:
            level.revision = token.text
        for hit in read_links(token.text, self._lexicon):
            level.hits.append(hit.moved(token.offset))
        for sense, how in self._senses(at, level):
            named = self._lexicon.read(token.text, sense)
            if named is not None:
                place = token.text.find(named.id.rpartition("datasets/")[2])
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
        if (argument or self._previous(at) in _ELSE) and (read := self._environment(at, level)):
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
        if self._previous(at) in _ELSE:
            name = self._before(at - 1)
        else:
            first = self._tokens[at - 2] if at > 1 else None
            declares = self._lexicon.declares(level.callee.rpartition(".")[2])
            name = first.text if declares and first and first.kind == "string" else ""
        sense = self._lexicon.key(name) if name else None
        return (sense, f"default of {name}") if sense is not None else None

    def _name(self, at: int, token: _Token) -> None:
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

    def _before(self, at: int) -> str:
        """Return the name or quoted key before a mark; a type note in between is passed over."""
        for back in range(at - 1, max(at - 5, -1), -1):
            token = self._tokens[back]
            if token.kind == "string":
                return token.text
            if token.kind == "name":
                typed = (
                    back > 0 and self._tokens[back - 1].text == ":" and self._tokens[at].text == "="
                )
                return self._before(back - 1) if typed else token.text
        return ""

    def _dotted(self, at: int) -> str:
        """Return the called name before a bracket: `outlines.models.vllm`."""
        parts: list[str] = []
        back = at - 1
        marks = self._tokens[at].text
        if not marks.startswith("("):
            return ""
        while back >= 0 and self._tokens[back].kind == "name":
            parts.append(self._tokens[back].text)
            if back == 0 or self._tokens[back - 1].text not in (".", "::", "?."):
                break
            back -= 2
        return ".".join(reversed(parts))


def _is_argument(level: _Level) -> bool:
    return not level.key and level.callee not in ("", "[")


def _marks(text: str) -> Iterator[str]:
    """Yield the single marks of a token that Pygments keeps together, such as `({`."""
    if text[0] in _OPEN | _CLOSE | _SPLITS:
        yield from text
    else:
        yield text
