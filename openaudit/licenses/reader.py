"""Reading names of licenses in one text: where one stands, how far it goes, what it means."""

import re
from bisect import bisect_left
from typing import Final

from openaudit.licenses.flat import Flat
from openaudit.licenses.lexicon import Lexicon, Met
from openaudit.licenses.names import NOTHING, Named, Profiles, Tags, resolve
from openaudit.licenses.prose import Patterns
from openaudit.model.frozen import frozen
from openaudit.model.mention import Mention

MOST: Final = 300
"""Places that are looked at, and mentions that are returned: the first ones."""
BEFORE: Final = 100
_JOINT: Final = re.compile(r"[ \t]*(?P<word>/|&|and|or|或|和)[ \t]*", re.IGNORECASE)
_LINK_TEXT: Final = re.compile(r"[\s<*]*(?:[\s\[*]*[^\[\]\n]{0,60}\]\(<?)?")


@frozen
class Reader:
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


def name_at(reader: Reader, place: int, *, wraps: bool) -> tuple[Mention, bool] | None:
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


def _linked(reader: Reader, place: int) -> tuple[Mention, bool] | None:
    """Return what the address at `place` is known as: bare, or behind a few words."""
    places = [a.start for a in reader.flat.addresses]
    for address in reader.flat.addresses[bisect_left(places, place) :][:1]:
        between = reader.raw[place : min(address.start, place + BEFORE)]
        if _LINK_TEXT.fullmatch(between):
            named = resolve(address.url, reader.profiles, reader.tags)
            if named != NOTHING:
                return mention_of(address.url, address.start, address.end, named), True
    return None


def _resolved(reader: Reader, met: Met, *, wraps: bool) -> tuple[Mention, bool] | None:
    """Return a met name with the license it means, and a second one that `or` joins to it."""
    named = resolve(met.value, reader.profiles, reader.tags)
    end, licensed = license_word(reader, met)
    joint = _JOINT.match(reader.text, end)
    if joint:
        other = reader.names.longest(reader.text, joint.end(), wraps=wraps)
        if other is not None:
            both = f"{met.value} {joint['word']} {other.value}"
            end, licensed = license_word(reader, other)
            named = resolve(both, reader.profiles, reader.tags)
            return None if named == NOTHING else (mention_of(both, met.start, end, named), licensed)
    return (
        None
        if named == NOTHING
        else (mention_of(as_written(reader, met, named), met.start, end, named), licensed)
    )


def as_written(reader: Reader, met: Met, named: Named) -> str:
    """Return a name as the text has it, where that is known to mean the same."""
    written = " ".join(reader.text[met.start : met.end].split())
    return written if resolve(written, reader.profiles, reader.tags) == named else met.value


def license_word(reader: Reader, met: Met) -> tuple[int, bool]:
    """Return where the name ends with the word license after it, and whether it has that word."""
    word = reader.words.license_word.match(reader.text, met.end)
    if word:
        return word.end(), True
    inside = reader.words.license_word.search(reader.text, met.start, met.end)
    return met.end, inside is not None


def mention_of(value: str, start: int, end: int, named: Named) -> Mention:
    """Return a name that stands at `start:end`, of which nothing is claimed."""
    return Mention(value, start, end, named.id, named.expression, named.candidates)
