"""Names of licenses in running prose: where they stand, and what the prose says is under them.

A name is met whole or not at all, and a sentence is a claim only where it says without condition
what is under the license. What a sentence is about is told by its own words; where these are not
clear it is about something else. So prose is under-read rather than misread.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.licenses.badges import badges
from openaudit.licenses.flat import Flat, flat
from openaudit.licenses.lexicon import Lexicon, Met, lexicon
from openaudit.licenses.names import NOTHING, Named, Profiles, Tags, resolve
from openaudit.licenses.prose import (
    TAIL,
    Patterns,
    ends_whole,
    parts,
    patterns,
    rest_of_sentence,
    sentence_start,
    subjects,
)
from openaudit.model.frozen import frozen
from openaudit.model.mention import Claim, Mention, MentionRules, Subject

_MOST: Final = 300
"""Places that are looked at, and mentions that are returned: the first ones."""
_BEFORE: Final = 100
_WORD_START: Final = re.compile(r"(?<![A-Za-z0-9_+-])(?:[^\W_])|(?<=[^\x00-\x7f])[^\x00-\x7f]")
_HEADING: Final = re.compile(r"^#{1,6} (?P<title>.{1,200})$", re.MULTILINE)
_SAYS_LICENSE: Final = re.compile(r"licen[sc]|许可|协议|授权", re.IGNORECASE)
_JOINT: Final = re.compile(r"[ \t]*(?P<word>/|&|and|or|或|和)[ \t]*", re.IGNORECASE)
_ID_SIGN: Final = re.compile(r"`(?P<id>[A-Za-z][\w.+-]{1,60})`")
_LAST_WORD: Final = re.compile(r"(?<![\w.])([A-Z][\w.-]*) $")
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?:•|\n]\s{0,9})$")
_JOINING: Final = frozenset({"the", "a", "an", "under", "license", "licensed", "see"})
_THE: Final = re.compile(r"the\s", re.IGNORECASE)
_LINK_TEXT: Final = re.compile(r"[\s<*]*(?:[\s\[*]*[^\[\]\n]{0,60}\]\(<?)?")
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


@frozen
class _Reader:
    """One text and all that is needed to read it."""

    raw: str
    flat: Flat
    names: Lexicon
    words: Patterns
    profiles: Profiles
    tags: Tags
    own_name: re.Pattern[str] | None

    @property
    def text(self) -> str:
        return self.flat.text


def find_mentions(  # noqa: PLR0913  # a text, whose it is, and what is known
    text: str,
    rules: MentionRules,
    profiles: Profiles,
    tags: Tags,
    *,
    own_name: str = "",
    apart: Sequence[tuple[int, int]] = (),
) -> tuple[Mention, ...]:
    """Return the names of licenses in `text`, in its order, each place once.

    `own_name` is the name of the release it belongs to. What stands within `apart`, the license
    texts in it, is not prose.
    """
    words = patterns(rules)
    flattened = flat(text)
    spoken = any(p.search(flattened.text) for p in (words.anchor, words.strong))
    if not spoken and not flattened.addresses:
        return ()
    names = lexicon(profiles, tags)
    reader = _Reader(text, flattened, names, words, profiles, tags, _name_of(own_name))
    found: list[Mention] = []
    for mention in (*_claims(reader), *_badges(reader), *_bare(reader), *_addressed(reader)):
        inside = any(s < mention.end and mention.start < e for s, e in apart)
        if not inside and not any(m.start < mention.end and mention.start < m.end for m in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start)[:_MOST])


def _name_of(own_name: str) -> re.Pattern[str] | None:
    """Return a pattern for the name of a release, however its parts are joined."""
    parts = [re.escape(p) for p in re.split(r"[\s_-]+", own_name) if p]
    if not parts:
        return None
    joined = r"[\s_-]*".join(parts)
    return re.compile(rf"(?<![\w-]){joined}(?![\w-])", re.IGNORECASE)


def _claims(reader: _Reader) -> Iterator[Mention]:
    """Yield the names that a sentence, a label or a heading gives to something."""
    headings = list(_HEADING.finditer(reader.text))
    starts = [h.start() for h in headings]

    def section(place: int) -> str:
        number = bisect_right(starts, place) - 1
        return headings[number]["title"] if number >= 0 else ""

    for label, _ in zip(reader.words.label.finditer(reader.text), range(_MOST), strict=False):
        said = next((g for g in label.groupdict().values() if g), "")
        yield from _labeled(reader, label.start(), label.end(), said, section(label.start()))
    for heading in headings[:_MOST]:
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


def _verbs(reader: _Reader) -> list[tuple[re.Match[str], bool]]:
    """Return what may say that a license follows, in order, and whether it needs that word."""
    found: list[tuple[re.Match[str], bool]] = []
    for pattern, needs_word in ((reader.words.strong, False), (reader.words.weak, True)):
        verbs = pattern.finditer(reader.text)
        found += [(v, needs_word) for v, _ in zip(verbs, range(_MOST), strict=False)]
    return sorted(found, key=lambda f: (f[0].end(), f[1], f[0].start()))


def _titled(heading: re.Match[str]) -> str:
    """Return what a heading says it is the license of: `Model license`, `License of the code`."""
    before, after = _SAYS_LICENSE.split(heading["title"], maxsplit=1)
    of = _OF.search(after)
    return of["what"] if of else before


def _labeled(reader: _Reader, start: int, place: int, said: str, section: str) -> Iterator[Mention]:
    """Yield the name that alone fills the line from `place` on: `License: X`."""
    met = _named(reader, place, wraps=False)
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


def _shared(reader: _Reader, start: int, place: int) -> Iterator[Mention]:
    """Yield the names of a line that gives each a part: `X for the code, Y (weights)`."""
    found: list[Mention] = []
    over = reader.text.find("\n", place)
    over = len(reader.text) if over < 0 else over
    while (met := _named(reader, place, wraps=False)) is not None:
        part = _FOR.match(reader.text, met[0].end, over)
        what = parts(part["what"], reader.words) if part else ()
        if part is None or not what:
            return
        found.append(_with_claim(met[0], Claim(what, start, met[0].end)))
        start = place = part.end()
    if not reader.text[place:over].strip(" .|"):
        yield from found


def _said(
    reader: _Reader, verb: re.Match[str], section: str, last: Mention | None, *, needs_word: bool
) -> Mention | None:
    """Return the name that follows a verb, with what the sentence says it is the license of.

    `last` is the claim before: `X is under A and Y under B` makes two.
    """
    met = _named(reader, verb.end(), wraps=True)
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


def _finished(reader: _Reader, mention: Mention, depth: int = 0) -> bool:
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
        met = _named(reader, verb.end(), wraps=True)
        said = f"{reader.text[start : verb.start()]} {' '.join(verb[0].split()[1:-1])}"
        if met is not None and parts(said, reader.words) and not reader.words.doubt.search(said):
            return depth < _MOST_JOINED and _finished(reader, met[0], depth + 1)
    return False


def _next_verbs(reader: _Reader, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the first of what may say, between `start` and `end`, that a license follows."""
    for pattern in (reader.words.strong, reader.words.weak):
        if verb := pattern.search(reader.text, start, end):
            yield verb


def _said_again(reader: _Reader, mention: Mention) -> int:
    """Return where a name ends with itself in other words: `the MIT License (MIT)`."""
    again = _AGAIN.match(reader.text, mention.end)
    met = reader.names.longest(reader.text, again.end()) if again else None
    if met is None:
        return mention.end
    named = resolve(met.value, reader.profiles, reader.tags)
    same = (named.id, named.expression) == (mention.id, mention.expression)
    return _license_word(reader, met)[0] if same else mention.end


def _named(reader: _Reader, place: int, *, wraps: bool) -> tuple[Mention, bool] | None:
    """Return the name after `place` and its article, and whether the word license is with it."""
    article = reader.words.article.match(reader.text, place)
    starts = [article.end(), place] if article else [place]
    for start in starts:
        gap = re.compile(r"[ \t]{0,1200}\n?[ \t]{0,80}" if wraps else r"[ \t]{0,1200}")
        blank = gap.match(reader.text, start)
        first = blank.end() if blank else start
        met = reader.names.longest(reader.text, first, wraps=wraps)
        if met is not None:
            return _resolved(reader, met, wraps=wraps)
    return _linked(reader, starts[0])


def _linked(reader: _Reader, place: int) -> tuple[Mention, bool] | None:
    """Return what the address at `place` is known as: bare, or behind a few words."""
    places = [a.start for a in reader.flat.addresses]
    for address in reader.flat.addresses[bisect_left(places, place) :][:1]:
        between = reader.raw[place : min(address.start, place + _BEFORE)]
        if _LINK_TEXT.fullmatch(between):
            named = resolve(address.url, reader.profiles, reader.tags)
            if named != NOTHING:
                return _mention(address.url, address.start, address.end, named), True
    return None


def _resolved(reader: _Reader, met: Met, *, wraps: bool) -> tuple[Mention, bool] | None:
    """Return a met name with the license it means, and a second one that `or` joins to it."""
    named = resolve(met.value, reader.profiles, reader.tags)
    end, licensed = _license_word(reader, met)
    joint = _JOINT.match(reader.text, end)
    if joint:
        other = reader.names.longest(reader.text, joint.end(), wraps=wraps)
        if other is not None:
            both = f"{met.value} {joint['word']} {other.value}"
            end, licensed = _license_word(reader, other)
            named = resolve(both, reader.profiles, reader.tags)
            return None if named == NOTHING else (_mention(both, met.start, end, named), licensed)
    return (
        None
        if named == NOTHING
        else (_mention(_as_written(reader, met, named), met.start, end, named), licensed)
    )


def _as_written(reader: _Reader, met: Met, named: Named) -> str:
    """Return a name as the text has it, where that is known to mean the same."""
    written = " ".join(reader.text[met.start : met.end].split())
    return written if resolve(written, reader.profiles, reader.tags) == named else met.value


def _license_word(reader: _Reader, met: Met) -> tuple[int, bool]:
    """Return where the name ends with the word license after it, and whether it has that word."""
    word = reader.words.license_word.match(reader.text, met.end)
    if word:
        return word.end(), True
    inside = reader.words.license_word.search(reader.text, met.start, met.end)
    return met.end, inside is not None


def _bare(reader: _Reader) -> Iterator[Mention]:
    """Yield the names that hold or precede the word license, and those that need none."""
    for anchor, _ in zip(reader.words.anchor.finditer(reader.text), range(_MOST), strict=False):
        yield from _around(reader, anchor)
    for sign, _ in zip(_ID_SIGN.finditer(reader.raw), range(_MOST), strict=False):
        met = reader.names.longest(reader.text, sign.start("id"), wraps=False)
        known = met is not None and met.end == sign.end("id")
        if met and known and any(c.isdigit() for c in met.value):
            named = resolve(met.value, reader.profiles, reader.tags)
            if named != NOTHING:
                yield _mention(_as_written(reader, met, named), met.start, met.end, named)


def _around(reader: _Reader, anchor: re.Match[str]) -> Iterator[Mention]:
    """Yield the longest name that `anchor` is a part of or follows, if it is a name of its own."""
    first = max(0, anchor.start() - _BEFORE)
    for start in (*_WORD_START.finditer(reader.text, first, anchor.start()), anchor):
        if _THE.match(reader.text, start.start()):
            continue
        met = reader.names.longest(reader.text, start.start())
        if met is None:
            continue
        end, licensed = _license_word(reader, met)
        if end < anchor.end() and met.end < anchor.end():
            continue
        unmistakable = licensed or start is anchor
        if unmistakable and _stands_alone(reader, start.start(), end):
            named = resolve(met.value, reader.profiles, reader.tags)
            if named != NOTHING:
                yield _mention(_as_written(reader, met, named), met.start, end, named)
        return


def _stands_alone(reader: _Reader, start: int, end: int) -> bool:
    """Say whether a name is not the rest of a longer one, nor one that was changed."""
    before = reader.text[max(0, start - _BEFORE) : start]
    if re.search(r"[\w+]-$", before) or reader.words.altered_before.search(before):
        return False
    word = _LAST_WORD.search(before)
    first = word is None or _SENTENCE_END.search(before[: word.start()]) is not None
    if word and not first and word[1].lower() not in _JOINING:
        return False
    return ends_whole(reader.text, end, reader.words)


def _addressed(reader: _Reader) -> Iterator[Mention]:
    """Yield the addresses at which a known license stands."""
    for address in reader.flat.addresses:
        named = resolve(address.url, reader.profiles, reader.tags)
        if named != NOTHING:
            yield _mention(address.url, address.start, address.end, named)


def _badges(reader: _Reader) -> Iterator[Mention]:
    """Yield what the badges say; one that leads to a code host shows the license of the code."""
    for badge, _ in zip(badges(reader.raw[: len(reader.text)]), range(_MOST), strict=False):
        named = resolve(badge.message, reader.profiles, reader.tags)
        if named == NOTHING or not _SAYS_LICENSE.search(badge.label):
            continue
        said = _SAYS_LICENSE.split(badge.label)[0]
        found = subjects(said, reader.own_name, reader.words)
        if found == (Subject.RELEASE,) and reader.words.code_host.search(badge.target):
            found = (Subject.CODE,)
        mention = _mention(badge.message, badge.start, badge.end, named)
        yield _with_claim(mention, Claim(found, badge.start, badge.end))


def _mention(value: str, start: int, end: int, named: Named) -> Mention:
    return Mention(value, start, end, named.id, named.expression, named.candidates)


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
