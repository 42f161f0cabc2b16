"""What prose claims: the sentences, labels, headings and badges that put something under a license.

A claim says without condition what is under the license. What it is about is told by its own words;
where these are not clear it is about something else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from openaudit.licenses.badges import badges
from openaudit.licenses.names import NOTHING, resolve
from openaudit.licenses.prose import (
    TAIL,
    ends_whole,
    parts,
    rest_of_sentence,
    sentence_start,
    subjects,
)
from openaudit.licenses.reader import MOST, Reader, license_word, mention_of, name_at
from openaudit.model.mention import Claim, Mention, Subject

_HEADING: Final = re.compile(r"^#{1,6} (?P<title>.{1,200})$", re.MULTILINE)
_SAYS_LICENSE: Final = re.compile(r"licen[sc]|许可|协议|授权", re.IGNORECASE)
_OF: Final = re.compile(r"(?:\b(?:of|for)|\()[ \t]*(?P<what>[^()\n]{1,80})")
_FOR: Final = re.compile(
    r"[ \t]*(?:\(|for\b)(?:[ \t]*the\b)?[ \t]*(?P<what>(?:model |source )?\w{1,20}"
    r"(?: and (?:model |source )?\w{1,20})?)[ \t]*\)?"
    r"(?:[ \t]*(?:[.|]?[ \t]*$|[,;]|and\b)[ \t]*(?:and\b)?[ \t]*)",
    re.IGNORECASE | re.MULTILINE,
)
_AGAIN: Final = re.compile(r"[ \t]{0,9}\([ \t]{0,9}")
_CELL: Final = re.compile(r"[^|]*\|")
_MOST_JOINED: Final = 4
_OWN_LINE: Final = re.compile(r"\n\s{0,9}")


def claims(reader: Reader) -> Iterator[Mention]:
    """Yield the names that a sentence, a label or a heading gives to something."""
    headings = list(_HEADING.finditer(reader.text))
    starts = [h.start() for h in headings]

    def section(place: int) -> str:
        number = bisect_right(starts, place) - 1
        return headings[number]["title"] if number >= 0 else ""

    for label, _ in zip(reader.words.label.finditer(reader.text), range(MOST), strict=False):
        said = next((g for g in label.groupdict().values() if g), "")
        yield from _labeled(reader, label.start(), label.end(), said, section(label.start()))
    for heading in headings[:MOST]:
        if _SAYS_LICENSE.search(heading["title"]):
            line = _OWN_LINE.match(reader.text, heading.end())
            if line:
                yield from _labeled(reader, heading.start(), line.end(), _titled(heading), "")
    last: Mention | None = None
    for verb, needs_word in _verbs(reader):
        said = _said(reader, verb, section(verb.start()), last, needs_word=needs_word)
        if said is not None:
            last = said
            yield said


def _verbs(reader: Reader) -> list[tuple[re.Match[str], bool]]:
    """Return what may say that a license follows, in order, and whether it needs that word."""
    found: list[tuple[re.Match[str], bool]] = []
    for pattern, needs_word in ((reader.words.strong, False), (reader.words.weak, True)):
        verbs = pattern.finditer(reader.text)
        found += [(v, needs_word) for v, _ in zip(verbs, range(MOST), strict=False)]
    return sorted(found, key=lambda f: (f[0].end(), f[1], f[0].start()))


def _titled(heading: re.Match[str]) -> str:
    """Return what a heading says it is the license of: `Model license`, `License of the code`."""
    before, after = _SAYS_LICENSE.split(heading["title"], maxsplit=1)
    of = _OF.search(after)
    return of["what"] if of else before


def _labeled(reader: Reader, start: int, place: int, said: str, section: str) -> Iterator[Mention]:
    """Yield the name that alone fills the line from `place` on: `License: X`."""
    met = name_at(reader, place, wraps=False)
    if met is None or not ends_whole(reader.text, met[0].end, reader.words):
        return
    mention, licensed = met
    first = start + len(reader.text[start:place]) - len(reader.text[start:place].lstrip())
    line = reader.text[mention.end :][:TAIL].split("\n", 1)[0]
    if shared := list(_shared(reader, first, place)):
        yield from shared
        return
    cell = _CELL.match(line)
    if not reader.words.finished.fullmatch(cell[0][:-1] if cell else line):
        return
    if cell and not licensed and line[cell.end() :].strip("| "):
        return  # a row of a table that compares
    found = subjects(said, reader.own_name, reader.words) if said.strip() else (Subject.RELEASE,)
    if found == (Subject.RELEASE,) and reader.words.foreign_section.search(section):
        found = (Subject.OTHER,)
    yield _with_claim(mention, Claim(found, first, mention.end))


def _shared(reader: Reader, start: int, place: int) -> Iterator[Mention]:
    """Yield the names of a line that gives each a part: `X for the code, Y (weights)`."""
    found: list[Mention] = []
    over = reader.text.find("\n", place)
    over = len(reader.text) if over < 0 else over
    while (met := name_at(reader, place, wraps=False)) is not None:
        part = _FOR.match(reader.text, met[0].end, over)
        what = parts(part["what"], reader.words) if part else ()
        if part is None or not what:
            return
        found.append(_with_claim(met[0], Claim(what, start, met[0].end)))
        start = place = part.end()
    if not reader.text[place:over].strip(" .|"):
        yield from found


def _said(
    reader: Reader, verb: re.Match[str], section: str, last: Mention | None, *, needs_word: bool
) -> Mention | None:
    """Return the name that follows a verb, with what the sentence says it is the license of.

    `last` is the claim before: `X is under A and Y under B` makes two.
    """
    met = name_at(reader, verb.end(), wraps=True)
    start = sentence_start(reader.text, verb.start())
    if met is None or start is None:
        return None
    mention, licensed = met
    if needs_word and not (licensed or reader.words.anchor.match(reader.text, mention.start)):
        return None
    if not _finished(reader, mention):
        return None
    second = last is not None and start < last.end <= verb.start()
    start = last.end if last is not None and second else start
    whole = reader.text[start : mention.start]
    if reader.words.doubt.search(whole) or reader.words.altered_before.search(whole):
        return None
    said = " ".join([*reader.text[start : verb.start()].split(), *verb[0].split()[1:-1]])
    if reader.text[:start].endswith(": "):
        said = f"{reader.text[:start].rsplit(chr(10), 1)[-1]}{said}"
    found = subjects(said, reader.own_name, reader.words)
    if found == (Subject.RELEASE,) and second and last is not None and last.claim is not None:
        found = last.claim.subjects
    elif found == (Subject.RELEASE,) and reader.words.foreign_section.search(section):
        found = (Subject.OTHER,)
    return _with_claim(mention, Claim(found, start, mention.end))


def _finished(reader: Reader, mention: Mention, depth: int = 0) -> bool:
    """Say whether nothing follows a name in its sentence that could limit what is said of it.

    Nothing can be but words that say where the text stands, and a claim of another part.
    """
    if not ends_whole(reader.text, mention.end, reader.words):
        return False
    end = _said_again(reader, mention)
    rest = rest_of_sentence(reader.text, end)
    if rest is None:
        return False
    if reader.words.finished.fullmatch(rest):
        return True
    joint = reader.words.joint.match(reader.text, end)
    start = joint.end() if joint else end
    for verb in _next_verbs(reader, start, end + len(rest)):
        met = name_at(reader, verb.end(), wraps=True)
        said = f"{reader.text[start : verb.start()]} {' '.join(verb[0].split()[1:-1])}"
        if met is not None and parts(said, reader.words) and not reader.words.doubt.search(said):
            return depth < _MOST_JOINED and _finished(reader, met[0], depth + 1)
    return False


def _next_verbs(reader: Reader, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the first of what may say, between `start` and `end`, that a license follows."""
    for pattern in (reader.words.strong, reader.words.weak):
        if verb := pattern.search(reader.text, start, end):
            yield verb


def _said_again(reader: Reader, mention: Mention) -> int:
    """Return where a name ends with itself in other words: `the MIT License (MIT)`."""
    again = _AGAIN.match(reader.text, mention.end)
    met = reader.names.longest(reader.text, again.end()) if again else None
    if met is None:
        return mention.end
    named = resolve(met.value, reader.profiles, reader.tags)
    same = (named.id, named.expression) == (mention.id, mention.expression)
    return license_word(reader, met)[0] if same else mention.end


def badge_claims(reader: Reader) -> Iterator[Mention]:
    """Yield what the badges say; one that leads to a code host shows the license of the code."""
    for badge, _ in zip(badges(reader.raw[: len(reader.text)]), range(MOST), strict=False):
        named = resolve(badge.message, reader.profiles, reader.tags)
        if named == NOTHING or not _SAYS_LICENSE.search(badge.label):
            continue
        said = _SAYS_LICENSE.split(badge.label)[0]
        found = subjects(said, reader.own_name, reader.words)
        if found == (Subject.RELEASE,) and reader.words.code_host.search(badge.target):
            found = (Subject.CODE,)
        mention = mention_of(badge.message, badge.start, badge.end, named)
        yield _with_claim(mention, Claim(found, badge.start, badge.end))


def _with_claim(mention: Mention, claim: Claim) -> Mention:
    return Mention(
        mention.value,
        mention.start,
        mention.end,
        mention.id,
        mention.expression,
        mention.candidates,
        claim,
    )
