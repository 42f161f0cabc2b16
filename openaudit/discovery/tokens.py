"""Source text of any language as names, whole strings and marks, and what stands before a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_QUOTES: Final = "\"'`"
_DOTS: Final = frozenset({".", "::", "?.", "->"})
_TYPES: Final = frozenset("&<>[]|*.?") | {"::"}
_FAR: Final = 12
_MAKES: Final = frozenset({"new", "await", "return"})


@dataclass(frozen=True, slots=True)
class Token:
    """A name, a string (its text without quotes) or a mark, at its place."""

    kind: str
    text: str
    offset: int


def tokens(text: str, language: str) -> list[Token]:
    """Return names, whole strings and marks; comments and white space are left out."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  # many trees hold Python alone
    from pygments.token import String  # noqa: PLC0415
    from pygments.token import Token as Kind  # noqa: PLC0415
    from pygments.token import is_token_subtype as within  # noqa: PLC0415

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    found: list[Token] = []
    string = ""
    start = 0
    for offset, kind, value in lexer.get_tokens_unprocessed(text):
        if within(kind, String.Symbol):
            found.append(Token("name", value.strip(":\"'"), offset))
            continue
        if within(kind, String) and not within(kind, String.Doc):
            start = offset if not string else start
            string += value
            if _ended(string):
                found.append(Token("string", string[1:-1], start + 1))
                string = ""
            continue
        string = ""
        if within(kind, Kind.Comment) or within(kind, String.Doc) or not value.strip():
            continue
        name = within(kind, Kind.Name) or within(kind, Kind.Keyword)
        found.append(Token("name" if name else "mark", value.strip(), offset))
    return found


def _ended(string: str) -> bool:
    quoted = len(string) > 1 and string[0] in _QUOTES and string[0] == string[-1]
    return quoted and not (string[-2] == "\\" and string[-3:-2] != "\\")


class Before:
    """Answers what stands before a token: the name a sign binds, the function a bracket calls."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._known: dict[str, str] = {}
        for at, token in enumerate(found):
            if token.text == "as" and 0 < at < len(found) - 1 and found[at - 1].kind == "name":
                self._known[found[at + 1].text] = found[at - 1].text
            if (
                token.text == "new"
                and at > 1
                and at + 1 < len(found)
                and found[at - 1].text in ("=", ":=")
            ):
                self._known[found[at - 2].text] = found[at + 1].text

    def name(self, at: int) -> str:
        """Return the name or quoted key before a sign; a type note in between is passed over."""
        back = at - 1
        if back < 0 or (
            self._tokens[back].kind == "mark" and self._tokens[back].text not in _TYPES
        ):
            return self._nearest(at)
        if self._tokens[at].text in ("=", "?=") and (typed := self._typed(at)) is not None:
            return typed
        return self._nearest(at)

    def _nearest(self, at: int) -> str:
        for token in reversed(self._tokens[max(at - 5, 0) : at]):
            if token.kind != "mark":
                return token.text.strip("\"'?")
        return ""

    def _typed(self, at: int) -> str | None:
        """Return the name in `model: &str =` or `var model string =`; None where no type stands."""
        for back in range(at - 1, max(at - _FAR, -1), -1):
            token = self._tokens[back]
            if token.text == ":" and back > 0 and self._tokens[back - 1].kind == "name":
                return self._tokens[back - 1].text.strip("?")
            if token.text in ("var", "const") and back + 2 < at:
                return self._tokens[back + 1].text
            if token.kind == "mark" and token.text not in _TYPES:
                return None
        return None

    def called(self, at: int) -> str:
        """Return the called name before a bracket, with what the first of it stands for."""
        if not self._tokens[at].text.startswith("("):
            return ""
        parts: list[str] = []
        back = at - 1
        if back > 0 and self._tokens[back].text == ">":  # of a call with types: f<"x">(
            back = max((i for i in range(back) if self._tokens[i].text == "<"), default=back) - 1
        while back >= 0 and self._tokens[back].kind == "name":
            if self._tokens[back].text in _MAKES and self._tokens[back + 1].kind == "name":
                break
            parts.append(self._tokens[back].text)
            if back == 0 or self._tokens[back - 1].text not in _DOTS:
                break
            back = self._over(back - 2)
        if parts:
            parts[-1] = self._known.get(parts[-1], parts[-1])
        return ".".join(reversed(parts))

    def _over(self, back: int) -> int:
        """Step back over the arguments of a call in a chain: `builder().` and `new()?.`."""
        while back >= 0 and self._tokens[back].text in ("?", "!"):
            back -= 1
        depth = 0
        while (back >= 0 and self._tokens[back].text[:1] in (")", "(", "]", "[")) or depth:
            if back < 0:
                return back
            depth += {")": 1, "]": 1, "(": -1, "[": -1}.get(self._tokens[back].text[:1], 0)
            back -= 1
            if depth == 0 and (back < 0 or self._tokens[back].text[:1] not in (")", "]")):
                break
        return back
