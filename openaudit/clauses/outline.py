"""Cut a text into numbered blocks: its paragraphs, headings and list items.

A block knows the number printed for it, composed over its levels ("1.", "b." and "v." give
"1.b.v"), and the block that introduces the list it stands in. Only line starts are looked at.
"""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from openaudit.clauses.lines import CHINESE_NUMBER, Line, Marker, Reading, lines, marker

_SECTION: Final = re.compile(
    r"(?:section|article|clause|part)\s+(?P<value>\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,5})\b"
    r"(?P<rest>\s*(?:[:.\u2013\u2014-].*|\*.*)?$)",
    re.IGNORECASE,
)
_ANNEX: Final = re.compile(
    r"(?P<name>(?:attachment|exhibit|appendix|annex|schedule|addendum)"
    r"(?:\s+(?:[A-Z]|\d{1,2}|[IVX]{1,4})\b)?)"
    r"(?:\s*[:.\u2013\u2014(-].{0,90}|\*+|(?-i:(?: [A-Z][\w-]*){1,8}))?$",
    re.IGNORECASE,
)
_CHINESE_PART: Final = re.compile(  # a chapter or an annex, with its title
    rf"(?P<name>\u7b2c\s?(?:{CHINESE_NUMBER}|\d{{1,2}})\s?[\u7ae0\u7f16\u8282]"
    rf"|\u9644[\u4ef6\u5f55\u8868]\s?(?:{CHINESE_NUMBER}|\d{{1,2}}|[A-Z]\b)?)"
    r"(?![\u7684\u89c4\u6240\u4e4b\u53ca\u548c\u4e0e\u6216\u81f3\u4e2d])[^\u3002\uff1b\uff0c]{0,40}$"
)
_CHINESE_START: Final = re.compile(r"[\u201c\u300c\u300a(\uff08]?[\u3400-\u9fff]")
_CHINESE_TITLE: Final = 20
_CHINESE_SECTIONS: Final = ("article", "\u4e00.")
_POLICY_TITLE: Final = re.compile(
    r"\b(?:acceptable|prohibited|responsible|restricted) uses? policy\W*$", re.IGNORECASE
)
_END_OF_TERMS: Final = re.compile(r"\W*end of (?:the )?terms", re.IGNORECASE)
_LINE_BREAKS: Final = re.compile(r"(?:\s|<br ?/?>)+$")
_CLOSING: Final = "*_ \t\"')]\u201d\u2019\uff09"
_QUOTES: Final = ('"', "\u201c")
_CLOSED: Final = (".", "!", "?", ";", "\u3002", "\uff01", "\uff1f", "\uff1b")
_ITEM_END: Final = re.compile(
    r"[;,\uff1b\uff0c\u3001](?:\s*(?:and|or|and/or|\u4ee5?\u53ca|\u548c|\u6216\u8005?))?\s*$",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(
    r"[.;:!?\u3002\uff1b\uff1a\uff01\uff1f][\"'\u201d\u2019)\uff09\]*_]*\s*$"
)
_GOES_ON: Final = re.compile(r"[:;](?:\s+(?:and|or|and/or))?$", re.IGNORECASE)
_ITEM_STOP: Final = re.compile(r"[.!?\u3002\uff01\uff1f][\"'\u201d\u2019)\uff09\]*_]*\s*$")
_MAX_DEPTH: Final = 8
MAX_LINES: Final = 30_000  # like MAX_LENGTH, far beyond any license
_TITLE_LENGTH: Final = 80
_WRAPPED: Final = 200  # longer lines are paragraphs
_NARROWEST: Final = 60  # columns; a line that ends before, with room for the next word, ends there


@dataclass(slots=True)
class Block:
    """Original offsets without the marker. `lead` is the block that introduces the list."""

    start: int
    end: int
    section: str
    lead: "Block | None" = None
    heading: bool = False


@dataclass(slots=True)
class _Level:
    """One open level of numbering; `block` is its newest block, `style` its kind of marker.

    `running` says that its items are parts of one sentence.
    """

    style: str
    value: int
    printed: str
    indent: int
    block: Block
    captioned: bool = False
    running: bool = False


@dataclass(slots=True)
class _Outline:
    text: str
    blocks: list[Block] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    container: str = ""
    keep_container: bool = False
    root: Block | None = None
    previous: Line | None = None
    dotted: dict[str, Block] = field(default_factory=dict)


def blocks(text: str) -> list[Block]:
    """Return the blocks of `text` in their order; together they hold everything but markers."""
    outline = _Outline(text)
    for line in islice(lines(text), MAX_LINES):
        _add(outline, line)
        outline.previous = line
    return outline.blocks


def _add(outline: _Outline, line: Line) -> None:
    fresh = _fresh(outline, line)
    if fresh and _container(outline, line):
        return
    if fresh and (found := marker(line)):
        _numbered(outline, line, found)
        return
    if line.bullet:
        _unnumbered(outline, line, "bullet")
    elif line.hash or _starts_paragraph(outline, line):
        _paragraph(outline, line)
    else:
        outline.blocks[-1].end = line.end


def _fresh(outline: _Outline, line: Line) -> bool:
    """Say whether a marker at the start of `line` can be one, and not a wrapped sentence."""
    before = outline.previous
    if before is None or line.gap or line.bullet or line.hash:
        return True
    if _SENTENCE_END.search(before.text) or _ITEM_END.search(before.text):
        return True
    if len(before.text) < _TITLE_LENGTH // 2:
        return True
    found = marker(line)
    return found is not None and any(
        _continues(outline, reading) or _opens(before, line, reading) for reading in found.readings
    )


def _continues(outline: _Outline, reading: Reading) -> bool:
    return any(
        level.style == reading.style and level.value + 1 == reading.value
        for level in outline.levels
    )


def _opens(before: Line, line: Line, reading: Reading) -> bool:
    """Say whether a list begins here: no wrapped line is indented or starts with "(a)"."""
    return reading.value == 1 and (line.indent > before.indent or reading.style.endswith(")"))


def _container(outline: _Outline, line: Line) -> bool:
    """Open a named part: a section with a heading of its own, an annex, a policy."""
    title = line.text.strip("*_ ")
    if _END_OF_TERMS.match(title):
        name, keep = "", False
    elif annex := _ANNEX.match(title):
        name, keep = annex["name"], True
    elif part := _CHINESE_PART.match(title):
        name, keep = part["name"], True
    elif section := _SECTION.match(title):
        value = section["value"]
        if value[0].isdigit():
            _reset(outline, "", keep=False)
            block = _block(outline, line, heading=True)
            _absolute(outline, line, value, block)
            return True
        name, keep = title[: section.start("rest")], False
    elif len(title) <= _TITLE_LENGTH and _POLICY_TITLE.search(title):
        # A policy printed below a license has numbers of its own.
        name, keep = title.replace("*", ""), bool(outline.levels)
    else:
        return False
    _reset(outline, name, keep=keep)
    outline.root = _block(outline, line, heading=True)
    return True


def _reset(outline: _Outline, name: str, *, keep: bool) -> None:
    outline.container = name
    outline.keep_container = keep
    outline.levels.clear()
    outline.dotted.clear()


def _numbered(outline: _Outline, line: Line, found: Marker) -> None:
    if found.dotted:
        outline.levels.clear()
        above = outline.dotted.get(found.dotted.rpartition(".")[0])
        lead = above if above and _is_open(outline, above, colon=True) else None
        block = _block(outline, line, lead=lead, skip=found.length)
        _absolute(outline, line, found.dotted, block)
        outline.dotted[found.dotted] = block
        return
    if _ends_dotted(outline, found):
        outline.levels.clear()
    running = _running(outline, line, found)
    reading = _place(outline, line, found)
    if reading.style == "article":  # its number runs on over the chapters
        outline.keep_container = False
    block = _block(outline, line, lead=_lead(outline), skip=found.length)
    level = _Level(
        reading.style, reading.value, reading.printed, line.indent, block, found.captioned, running
    )
    outline.levels.append(level)
    block.section = _path(outline)


def _ends_dotted(outline: _Outline, found: Marker) -> bool:
    """Say whether an article follows numbers printed in full ("2.4"), which stand in no list."""
    styles = {level.style for level in outline.levels}
    article = any(reading.style == "article" for reading in found.readings)
    return article and "article" not in styles and "dotted 1" in styles


def _running(outline: _Outline, line: Line, found: Marker) -> bool:
    """Say whether the item is part of a sentence: it goes on in lower case, or after an item."""
    before = outline.previous
    runs_on = before is not None and bool(_ITEM_END.search(before.text))
    return runs_on or line.text[found.length :].lstrip()[:1].islower()


def _absolute(outline: _Outline, line: Line, dotted: str, block: Block) -> None:
    """Open the levels of a number that is printed in full."""
    for depth, part in enumerate(dotted.split(".")):
        style = f"dotted {depth}" if depth else "1."
        outline.levels.append(_Level(style, int(part), part, line.indent, block))
    block.section = _path(outline)


def _place(outline: _Outline, line: Line, found: Marker) -> Reading:
    """Close the levels that end before this marker, and return the reading that fits.

    Of several levels that a number may continue, the one that looks like it does: at the same
    indent, with or without a caption like this line; then the innermost.
    """
    levels = outline.levels
    fitting = [
        (level.indent == line.indent, level.captioned == found.captioned, depth, reading)
        for depth, level in enumerate(levels)
        for reading in found.readings
        if level.style == reading.style and level.value + 1 == reading.value
    ]
    if fitting:
        *_, depth, reading = max(fitting, key=lambda f: f[:3])
        del levels[depth:]
        return reading
    first = next((r for r in found.readings if r.value == 1), None)
    if first and len(levels) < _MAX_DEPTH:
        while levels and not levels[-1].printed and levels[-1].indent >= line.indent:
            levels.pop()
        return first
    last = found.readings[-1]
    # A number is left out: of several levels it may go on with, the one that looks like it again.
    earlier = [
        (level.indent == line.indent, level.captioned == found.captioned, depth)
        for depth, level in enumerate(levels)
        if level.style == last.style and level.value < last.value
    ]
    del levels[max(earlier)[-1] if earlier else _MAX_DEPTH - 1 :]
    return last


def _unnumbered(outline: _Outline, line: Line, style: str) -> None:
    """Add a list item without a number: a bullet, or a bare line below a lead-in."""
    levels = outline.levels
    while levels and _ended(levels[-1], line):
        levels.pop()
    block = _block(outline, line, lead=_lead(outline))
    if len(levels) < _MAX_DEPTH:
        levels.append(_Level(style, 0, "", line.indent, block))


def _ended(level: _Level, line: Line) -> bool:
    if level.printed:
        return level.indent > line.indent and line.gap
    return level.indent >= line.indent


def _paragraph(outline: _Outline, line: Line) -> None:
    levels = outline.levels
    if line.hash:
        _reset(outline, line.text.strip("*_ #")[:60], keep=False)
    out = bool(levels) and levels[-1].indent > line.indent and line.gap
    quoted = out and _is_quoted(outline, levels[-1].block, line)
    while levels and not quoted and levels[-1].indent > line.indent and line.gap:
        levels.pop()
    depth = len(levels)
    while levels and _finished(outline, levels[-1], line):
        levels.pop()
    if len(levels) == depth and not quoted and _listed(outline, line):
        _unnumbered(outline, line, "line")
        return
    while levels and not levels[-1].printed and levels[-1].indent >= line.indent and line.gap:
        levels.pop()
    block = _block(outline, line, heading=line.hash)
    if levels:
        levels[-1].block = block
    else:
        outline.root = block


def _finished(outline: _Outline, level: _Level, line: Line) -> bool:
    """Say whether the paragraph that begins with `line` follows a list and is no part of it."""
    block = level.block
    if not (level.printed and level.running) or level.indent < line.indent:
        return False
    return bool(_ITEM_STOP.search(outline.text[max(block.start, block.end - 30) : block.end]))


def _is_quoted(outline: _Outline, block: Block, line: Line) -> bool:
    """Say whether the line begins a notice that `block` tells to print: set apart, no new part."""
    return line.text.startswith(_QUOTES) and _is_open(outline, block, colon=True)


def _listed(outline: _Outline, line: Line) -> bool:
    """Say whether an unmarked paragraph is an item of a list: the first one, or a further one."""
    top = outline.levels[-1] if outline.levels else None
    if top and top.style == "line" and top.indent == line.indent:
        last = outline.text[top.block.start : top.block.end]
        return (line.indent > 0 and line.indent > _outer(outline)) or bool(_ITEM_END.search(last))
    parent = top.block if top else outline.root
    if parent is None:
        return False
    return _is_open(outline, parent, colon=True) or _hangs(outline, parent, line)


def _hangs(outline: _Outline, parent: Block, line: Line) -> bool:
    """Say whether the line goes on below an unfinished sentence, further in and in lower case."""
    before = outline.previous
    further = before is not None and line.indent > before.indent and outline.blocks[-1] is parent
    return further and line.text[:1].islower() and _is_open(outline, parent)


def _outer(outline: _Outline) -> int:
    """Return the indent of the level that the topmost one stands in."""
    return outline.levels[-2].indent if len(outline.levels) > 1 else 0


def _starts_paragraph(outline: _Outline, line: Line) -> bool:
    before = outline.previous
    if before is None or line.gap or not outline.blocks:
        return True
    if outline.blocks[-1].heading:
        return True
    if _CHINESE_START.match(line.text):
        return bool(_SENTENCE_END.search(before.text)) or _below_title(outline, before, line)
    return _looks_new(outline, before, line) or _is_bare_item(outline, before, line)


def _is_bare_item(outline: _Outline, before: Line, line: Line) -> bool:
    """Say whether an indented line without a mark is an item: the first, or not a wrapped one."""
    if line.indent > before.indent and before.text.endswith(":"):
        return True
    top = outline.levels[-1] if outline.levels else None
    if top is None or top.style != "line" or not top.indent == before.indent == line.indent > 0:
        return False
    room = _NARROWEST - before.indent - len(before.text) - 1
    return len(line.text.split(maxsplit=1)[0]) < room


def _looks_new(outline: _Outline, before: Line, line: Line) -> bool:
    """Say whether a line of a text that has capital letters begins a paragraph."""
    first = line.text.lstrip("\"'(\u201c[")[:1]
    if not (first.isupper() or first.isdigit()):
        return False
    in_lines = bool(outline.levels) and outline.levels[-1].style == "line"
    if in_lines and _SENTENCE_END.search(before.text):
        return True
    if _GOES_ON.search(before.text) and not line.text[:12].isupper():
        return True
    return len(before.text) > _WRAPPED


def _below_title(outline: _Outline, before: Line, line: Line) -> bool:
    """Say whether the line before is a short Chinese title: the first line, or a numbered one."""
    short = len(before.text) <= _CHINESE_TITLE and line.indent <= before.indent
    return (
        short
        and not before.text.endswith(("\uff0c", "\u3001"))
        and (len(outline.blocks) == 1 or _is_section(before))
    )


def _is_section(line: Line) -> bool:
    found = marker(line)
    return found is not None and any(r.style in _CHINESE_SECTIONS for r in found.readings)


def _lead(outline: _Outline) -> Block | None:
    """Return the block that introduces the list an item joins at the open levels."""
    parent = outline.levels[-1].block if outline.levels else outline.root
    if parent is None or _is_open(outline, parent):
        return parent
    # An item out of its order, below one that ends as its list goes on.
    goes_on = outline.text[parent.start : parent.end].rstrip().endswith((";", "\uff1b"))
    return parent.lead if goes_on else None


def _is_open(outline: _Outline, block: Block, *, colon: bool = False) -> bool:
    end = outline.text[max(block.start, block.end - 60) : block.end]
    tail = _LINE_BREAKS.sub("", end).rstrip(_CLOSING)
    return tail.endswith((":", "\uff1a")) if colon else not tail.endswith(_CLOSED)


def _block(
    outline: _Outline,
    line: Line,
    *,
    lead: Block | None = None,
    skip: int = 0,
    heading: bool = False,
) -> Block:
    block = Block(line.start + skip, line.end, _path(outline), lead, heading)
    outline.blocks.append(block)
    return block


def _path(outline: _Outline) -> str:
    numbers = [level.printed for level in outline.levels if level.printed]
    if outline.container and (outline.keep_container or not numbers):
        numbers.insert(0, outline.container)
    return ".".join(numbers)
