"""Cut the prose of a card into sentences, each with its headings and with where it stands.

Cards are Markdown with HTML in it, and foreign: this is one pass over the lines, and nothing is
rendered. Markup is blanked out, never removed, so that offsets are those of the document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 1_200
"""Code points of a sentence; a longer one is cut, which bounds what a pattern may cost."""

MOST: Final = 20_000
"""Sentences that are read of one card."""

_BOLD: Final = 7
"""The level of a line that is bold from end to end: below every heading."""

_FENCE = re.compile(r"\s{0,12}(?:```|~~~)[^`\n]*\Z")
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t]*(\S[^\n]{0,200})")
_HTML_HEADING = re.compile(r"\s{0,12}<h([1-6])\b[^>\n]{0,200}>([^\n]{0,300})", re.IGNORECASE)
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*\Z")
_BOLD_LINE = re.compile(r"\s{0,3}(?:\*\*|__)([^*\n]{2,80}?)(?:\*\*|__)\s{0,3}:?\s*\Z")
_LEAD = re.compile(
    r"\s{0,8}(?:[-*+•]\s{1,4}|\d{1,2}[.)]\s{1,4})?(?:\*\*|__)([^*\n]{2,60}?)(?:\*\*|__)"
)
_LABEL = re.compile(r"\s{0,8}(?:[-*+•]\s{1,4})([^:\uff1a*\n]{2,40})[:\uff1a]\s")
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,2}[.)])\s")
_ROW = re.compile(r"\s{0,12}\||[^|\n]{1,200}\|[^|\n]{0,200}\|")
_RULE = re.compile(r"[\s|:+=-]+\Z")
_CELL = re.compile(r"\s{0,40}<t[rdh]\b", re.IGNORECASE)
_END = re.compile(
    r"[.!?]+[\"')\]*_\u201d\u2019]{0,3}(?=\s)|[\u3002\uff01\uff1f\uff1b]|<br\s{0,2}/?>"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|et al|fig|approx|no|dr|mr|ms|st)|\b[a-z])\Z"
)

_FORMS: Final = (
    ("empty", re.compile(r"[\s>]*\Z")),
    ("code", _FENCE),
    ("heading", _HEADING),
    ("heading", _HTML_HEADING),
    ("heading", _BOLD_LINE),
    ("underline", _UNDERLINE),
    ("cell", _CELL),
    ("row", _ROW),
    ("item", _ITEM),
)

_BLANKED = re.compile(
    r"!\[[^\]\n]{0,300}\]\([^)\s]{0,800}\)"  # an image
    r"|\]\([^)\n]{0,800}\)|\]\[[^\]\n]{0,80}\]"  # where a link leads
    r"|https?://[^\s<>)\"'\]]{1,800}"
    r"|</?[a-zA-Z][^<>\n]{0,800}>"
    r"|&nbsp;|[*_`\[\]>~\\]"
)
_COMMENT: Final = "<!--", "-->"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, an entry of a list, a row of a table or a block of code.

    `path` are the headings above it, lower case, outermost first; for a row, its table's head too.
    """

    start: int
    end: int
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Page:
    """The prose of a card from `begin` on; `cased` and lower case `plain` are as long as `text`."""

    text: str
    begin: int
    cased: str
    plain: str
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]


def read_page(text: str, start: int) -> Page:
    """Return the sentences of `text` from `start` on."""
    source = _without_comments(text, start)
    cased = _BLANKED.sub(_blank, source)
    plain = cased.lower()
    if len(plain) != len(cased):  # a few letters grow when they are made small
        plain = "".join(c if len(c.lower()) != 1 else c.lower() for c in cased)
    sentences: list[Sentence] = []
    for block in _blocks(source, start):
        sentences += _sentences(block, cased)
        if len(sentences) >= MOST:
            break
    return Page(text, start, cased, plain, tuple(sentences), tuple(s.start for s in sentences))


def _blank(found: re.Match[str]) -> str:
    # An underscore inside a word belongs to it: `model_max_length`.
    return found[0] if found[0] == "_" and _inside(found) else " " * len(found[0])


def _inside(found: re.Match[str]) -> bool:
    around = found.string[max(found.start() - 1, 0) : found.end() + 1]
    return len(around) == 3 and around[0].isalnum() and around[2].isalnum()  # noqa: PLR2004  # itself and a letter on each side


def _without_comments(text: str, start: int) -> str:
    opening, closing = _COMMENT
    kept, at = [" " * start], start
    while (found := text.find(opening, at)) >= 0:
        end = text.find(closing, found)
        if end < 0:
            break
        end += len(closing)
        kept += [text[at:found], re.sub(r"[^\n]", " ", text[found:end])]
        at = end
    return "".join([*kept, text[at:]])


@dataclass(slots=True)
class _Block:
    start: int
    end: int
    kind: str
    path: str


@dataclass(slots=True)
class _Outline:
    """The headings above the line that is read."""

    levels: list[tuple[int, str]] = field(default_factory=list)
    entries: list[tuple[int, str]] = field(default_factory=list)
    lead_in: str = ""
    table: str = ""

    def enter(self, level: int, title: str) -> None:
        self.entries, self.lead_in = [], ""
        while self.levels and self.levels[-1][0] >= level:
            self.levels.pop()
        self.levels.append((level, _plain(title)))

    def list_entry(self, line: str) -> str:
        """Return the path of an entry: what leads its list in, the entries it is nested in."""
        indent = len(line) - len(line.lstrip())
        self.entries = [e for e in self.entries if e[0] < indent]
        path = " / ".join([self.path, self.lead_in, *(t for _, t in self.entries)])
        if line.rstrip(" *_").endswith((":", "\uff1a")):
            self.entries.append((indent, _plain(line[:200])))
        return _with_lead(path, line)

    def paragraph(self, line: str) -> str:
        """Return the path of a paragraph: what stood before with a colon at its end leads it in."""
        path, self.lead_in = f"{self.path} / {self.lead_in}" if self.lead_in else self.path, ""
        return _with_lead(path, line)

    def led(self, paragraph: str) -> None:
        """Keep a paragraph that ends in a colon: it leads the list in that follows."""
        if not _ITEM.match(paragraph):
            end = paragraph.rstrip(" *_\r")
            self.lead_in = _plain(end[-200:]) if end.endswith((":", "\uff1a")) else ""

    @property
    def path(self) -> str:
        return " / ".join(t for _, t in self.levels)


def _plain(title: str) -> str:
    return " ".join(_BLANKED.sub(" ", title).lower().strip(" #:").split())


def _lines(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    at = start
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, end, text[at:end].rstrip("\r")
        at = end + 1


def _blocks(text: str, start: int) -> Iterator[_Block]:
    """Yield paragraphs, entries, rows and code, each with its headings."""
    outline = _Outline()
    block: _Block | None = None
    for at, end, line in _lines(text, start):
        kind = _kind(line)
        if block is not None and _goes_on(block, kind, line):
            block.end = end
            continue
        if block is not None and block.kind == "code":  # this line closes it
            yield block
            block = None
            continue
        if block is not None:
            if kind == "underline":
                outline.enter(1 if "=" in line else 2, text[block.start : block.end])
            else:
                yield block
            if kind in {"item", "empty"}:
                outline.led(text[block.start : block.end])
        block = _begun(outline, kind, line, at, end)
    if block is not None:
        yield block


def _goes_on(block: _Block, kind: str, line: str) -> bool:
    match block.kind:
        case "code":
            return kind != "code"
        case "cell":
            return kind in {"prose", "cell"} and "<tr" not in line
        case "prose":
            return kind == "prose"
        case _:
            return False


def _begun(outline: _Outline, kind: str, line: str, at: int, end: int) -> _Block | None:
    """Return the block that a line begins; None for a heading and for what has no words."""
    if kind not in {"row", "cell", "prose"}:
        outline.table = ""
    match kind:
        case "heading":
            above = outline.path
            _enter(outline, line)
            return _Block(at, end, "heading", above)
        case "code":
            return _Block(end, end, "code", outline.path)
        case "row" | "cell" if not _RULE.fullmatch(line):
            outline.table = outline.table or _plain(line[:300])
            return _Block(at, end, kind, f"{outline.path} / {outline.table}")
        case "item":
            return _Block(at, end, "prose", outline.list_entry(line))
        case "prose":
            outline.entries, outline.table = [], ""
            return _Block(at, end, "prose", outline.paragraph(line))
        case _:
            pass
    return None


def _kind(line: str) -> str:
    kinds = (kind for kind, form in _FORMS if form.match(line))
    found = next(kinds, "prose")
    return "prose" if found == "row" and line.count("|") == 1 else found


def _enter(outline: _Outline, line: str) -> None:
    if found := _HEADING.match(line):
        outline.enter(len(found[1]), found[2])
    elif found := _HTML_HEADING.match(line):
        outline.enter(int(found[1]), found[2])
    elif found := _BOLD_LINE.match(line):
        outline.enter(_BOLD, found[1])


def _with_lead(path: str, line: str) -> str:
    """Return the path, and the words in bold with which a paragraph begins."""
    found = _LEAD.match(line) or _LABEL.match(line)
    return f"{path} / {_plain(found[1])}" if found else path


def _sentences(block: _Block, cased: str) -> Iterator[Sentence]:
    kind = "row" if block.kind == "cell" else block.kind
    at = block.start
    if kind == "prose":
        for found in _END.finditer(cased, block.start, block.end):
            if _ABBREVIATED.search(cased[max(at, found.start() - 8) : found.start()].lower()):
                continue
            yield from _cut(at, found.end(), kind, block.path)
            at = found.end()
    yield from _cut(at, block.end, kind, block.path)


def _cut(start: int, end: int, kind: str, path: str) -> Iterator[Sentence]:
    for at in range(start, end, LONGEST):
        yield Sentence(at, min(at + LONGEST, end), kind, path)
