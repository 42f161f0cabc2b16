"""Cut a text into the units that rules are matched against: sentences and list items.

An item carries the sentence that introduces its list, so that "You agree not to use the model:"
makes each item below it a prohibition. Units cover the text; nothing is dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_lowercase
from typing import Final

from openaudit.clauses.fold import MAX_LENGTH, Folded, fold
from openaudit.clauses.lines import CHINESE_NUMBER, ROMAN, chinese_value
from openaudit.clauses.outline import Block, blocks
from openaudit.model.frozen import frozen

_SENTENCE_END: Final = re.compile(
    r"[.;?!][\"')\]]* (?=[\"'(\[]{0,2}[A-Z0-9\u00c0-\u00de\u4e00-\u9fff])"
    r"|[\u3002\uff01\uff1f][\uff09\u300d\u300f]*|;(?=[\u4e00-\u9fff\uff08])"
    r"|\uff1b(?!\s?(?:\u4ee5?\u53ca|\u548c|\u6216\u8005?)$)"  # but for "and" at an end
)
_NOT_AN_END: Final = re.compile(
    r"(?:^|[\s(\"'.])(?:[a-z]|inc|ltd|co|corp|llc|(?<!\? )(?<!\? a: )no"
    r"|nos|sec|art|e\.g|i\.e|vs|cf|fig|st|dr|mr|u\.s)\.$"
    r"|(?:^|[\uff1a\uff1b\uff0c])\d{1,2}\.$"  # the number of an item in a running list
)
_ANSWER: Final = re.compile(
    r"(?:a(?:nswer)?[:.] )?(?:yes|no|never|sure|absolutely|of course)\b[^.!?]{0,20}(?:[.!]|$)"
    r"|(?:only if|not (?:allowed|permitted)|then|that (?:needs|requires))\b[^.!?]{0,80}(?:[.!]|$)"
    r"|(?:\u7b54[\uff1a:])?(?:\u4e0d|\u5426|\u53ef\u4ee5|\u662f\u7684)"
)
_INLINE: Final = re.compile(
    r"[(\uff08](?<![^\s:;,\uff1a\uff1b\uff0c\u3001\u6216\u53ca\u548c][(\uff08])"
    rf"(?P<value>\d{{1,2}}|[ivx]{{1,5}}|[a-z]|{CHINESE_NUMBER})[)\uff09] ?",
    re.IGNORECASE,
)
_COLON: Final = re.compile(r": |\uff1a")
MAX_UNITS: Final = 30_000  # like MAX_LENGTH, far beyond any license
PIECE: Final = 4000
_MAX_LEAD: Final = 300
_MAX_LEADS: Final = 4
_MAX_CAPTION: Final = 80
_SHORT_CAPTION: Final = 4
_SAYS_SOMETHING: Final = re.compile(
    r"\b(?:no|not|only|never|must|may|shall|will|cannot|prohibited)\b"
)


Span = tuple[int, int]


@frozen
class Unit:
    """One sentence or item. Offsets are into the folded text.

    `text` is the lead-in, if any, and from `own` on the text at `start:end`; `lower` is its
    lower-cased twin. `leads` are the places of the lead-ins, outermost first. A caption is the
    title of the text that follows it and says nothing by itself.
    """

    text: str
    lower: str
    own: int
    start: int
    end: int
    section: str
    leads: tuple[Span, ...] = ()
    caption: bool = False


@frozen
class Segments:
    """The folded text and its units in their order."""

    folded: Folded
    units: tuple[Unit, ...]


def segment(text: str) -> Segments:
    """Cut `text` into units."""
    folded = fold(text)
    units: list[Unit] = []
    leads: dict[int, tuple[Span, ...]] = {}
    for block in blocks(text[:MAX_LENGTH]):
        start, end = _span(folded, block)
        if start == end:
            continue
        lead = leads.get(id(block.lead), ()) if block.lead else ()
        sentences = list(_sentences(folded, start, end))
        carried = lead
        for at, (first, past) in enumerate(sentences):
            further = at + 1 < len(sentences)
            caption = block.heading or (at == 0 and further and _is_caption(folded, first, past))
            parts = _units(folded, first, past, carried, block.section)
            units += (replace(part, caption=True) for part in parts) if caption else parts
            carried = _carried(folded, carried, first, past)
            if len(units) > MAX_UNITS:
                return Segments(folded, tuple(units))
        leads[id(block)] = (*lead, sentences[-1])[-_MAX_LEADS:]
    return Segments(folded, tuple(units))


def _carried(folded: Folded, lead: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """Return the lead-in of the next sentence: it goes on where a list runs on with semicolons."""
    if folded.text[end - 1] not in ";\uff1b":
        return ()
    colon = _COLON.search(folded.text, start, end)
    return (*lead, (start, colon.start() + 1))[-_MAX_LEADS:] if colon else lead


def _is_caption(folded: Folded, start: int, end: int) -> bool:
    title = folded.text[start:end]
    if end - start > _MAX_CAPTION or title[-1] not in ".:":
        return False
    words = [w for w in title.split() if w[0].isalpha()]
    if _SAYS_SOMETHING.search(title.lower()):
        return False
    return sum(w[0].isupper() for w in words) * 2 >= len(words) or len(words) <= _SHORT_CAPTION


def _span(folded: Folded, block: Block) -> Span:
    start, end = folded.folded(block.start), folded.folded(block.end)
    while start < end and folded.text[start] == " ":
        start += 1
    while end > start and folded.text[end - 1] == " ":
        end -= 1
    return start, end


def _sentences(folded: Folded, start: int, end: int) -> Iterator[Span]:
    position = start
    for boundary in _SENTENCE_END.finditer(folded.text, start, end):
        stop = boundary.end() if boundary[0][-1] != " " else boundary.end() - 1
        if _NOT_AN_END.search(folded.lower[max(position, stop - 12) : stop]):
            continue
        if boundary[0][0] in "?\uff1f" and _ANSWER.match(folded.lower, boundary.end()):
            continue  # a question and its short answer say something together only
        if position < stop:
            yield position, stop
        position = boundary.end()
    if position < end:
        yield position, end


def _units(
    folded: Folded, start: int, end: int, lead: tuple[Span, ...], section: str
) -> Iterator[Unit]:
    """Yield one sentence, or its introduction and each item where it runs a list inline."""
    marks = _inline_marks(folded.text, start, end)
    if not marks:
        yield from _pieces(folded, start, end, lead, section)
        return
    introduction = _trimmed(folded.text, start, marks[0][0])
    if introduction[0] < introduction[1]:
        yield from _pieces(folded, *introduction, lead, section)
        lead = (*lead, introduction)[-_MAX_LEADS:]
    stops = [m[0] for m in marks[1:]] + [end]
    for (_, first), stop in zip(marks, stops, strict=True):
        item = _trimmed(folded.text, first, stop)
        if item[0] < item[1]:
            yield from _pieces(folded, *item, lead, section)


def _inline_marks(text: str, start: int, end: int) -> list[Span]:
    """Return the marks of one running list, "(a)" and its successors, or none."""
    marks: list[Span] = []
    sequence: str | None = None
    for found in _INLINE.finditer(text, start, end):
        value = found["value"].lower()
        if not value.isascii():
            value = str(chinese_value(value))
        if sequence is None:
            sequence = {"1": "1", "a": "a", "i": "i"}.get(value)
            if sequence is None:
                continue
        if _nth(sequence, len(marks)) == value:
            marks.append(found.span())
    return marks if len(marks) > 1 else []


def _nth(sequence: str, index: int) -> str:
    if sequence == "1":
        return str(index + 1)
    if sequence == "a":
        return ascii_lowercase[index : index + 1]
    return ROMAN[index] if index < len(ROMAN) else ""


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def _pieces(
    folded: Folded, start: int, end: int, lead: tuple[Span, ...], section: str
) -> Iterator[Unit]:
    """Yield the unit, in parts where it is longer than any sentence should be."""
    text = lower = ""
    for first, past in lead:
        part = slice(max(first, past - _MAX_LEAD), past)
        text += folded.text[part] + " "
        lower += folded.lower[part] + " "
    position = start
    while position < end:
        stop = min(end, position + PIECE)
        if stop < end:
            space = folded.text.rfind(" ", position + PIECE // 2, stop)
            stop = space if space > 0 else stop
        yield Unit(
            text + folded.text[position:stop],
            lower + folded.lower[position:stop],
            len(text),
            position,
            stop,
            section,
            lead,
        )
        position = stop + 1 if folded.text[stop : stop + 1] == " " else stop
