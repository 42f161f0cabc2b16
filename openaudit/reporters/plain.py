"""Foreign text, made safe to show: what a card says is data, never markup and never an escape."""

import re
import unicodedata
from typing import Final

_LONGEST: Final = 4_000
_SPACE = re.compile(r"\s+")
# Controls, format characters (bidirectional overrides, zero widths), surrogates, private use.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>!|~&$])")
# GitHub turns bare addresses into links; an entity in the middle shows the same and links nothing.
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)


def shown(text: str, *, longest: int = _LONGEST) -> str:
    """Return `text` on one line, white space folded, characters that act or hide replaced.

    A text of more than some thousand characters is cut: no name or message is as long. A quote may
    be, and is shown as a whole where that is asked for.
    """
    if len(text) > longest:
        text = text[:longest] + "…"
    folded = _SPACE.sub(" ", text).strip()
    if folded.isascii() and folded.isprintable():
        return folded
    return "".join("\ufffd" if unicodedata.category(c) in _HIDDEN else c for c in folded)


def shown_lines(text: str) -> str:
    """Return `text` with its lines, safe as `shown` makes them, white space kept."""
    kept = {"\n", "\t"}
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if plain.isascii() and plain.replace("\n", "").replace("\t", "").isprintable():
        return plain
    hidden = (c not in kept and unicodedata.category(c) in _HIDDEN for c in plain)
    return "".join("\ufffd" if act else c for c, act in zip(plain, hidden, strict=True))


def cut(text: str, width: int) -> str:
    """Return `text` as one safe line, cut at a word near `width` with an ellipsis outside it."""
    line = shown(text)
    if len(line) <= width:
        return line
    head = line[:width]
    return head[: head.rfind(" ")] + " …" if " " in head[width // 2 :] else head + "…"


def markdown(text: str) -> str:
    """Return `text` as Markdown that shows it literally, for use within a line.

    At the start of a line `#`, `-` and digits would act; nothing foreign stands there.
    """
    escaped = _MARKDOWN.sub(r"\\\1", shown(text))
    return _ADDRESS.sub(lambda found: f"&#{ord(found[0])};", escaped)
