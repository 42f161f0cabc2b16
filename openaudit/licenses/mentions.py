"""Names of licenses in running prose: where they stand, and what the prose says is under them.

A name is met whole or not at all, and a sentence is a claim only where it says without condition
what is under the license. What a sentence is about is told by its own words; where these are not
clear it is about something else. So prose is under-read rather than misread.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.licenses.flat import flat
from openaudit.licenses.lexicon import lexicon
from openaudit.licenses.names import NOTHING, Profiles, Tags, resolve
from openaudit.licenses.prose import ends_whole, patterns
from openaudit.licenses.reader import BEFORE, MOST, Reader, as_written, license_word, mention_of
from openaudit.licenses.sayings import badge_claims, claims
from openaudit.model.mention import Mention, MentionRules

_WORD_START: Final = re.compile(r"(?<![A-Za-z0-9_+-])(?:[^\W_])|(?<=[^\x00-\x7f])[^\x00-\x7f]")
_ID_SIGN: Final = re.compile(r"`(?P<id>[A-Za-z][\w.+-]{1,60})`")
_LAST_WORD: Final = re.compile(r"(?<![\w.])([A-Z][\w.-]*) $")
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?:•|\n]\s{0,9})$")
_JOINING: Final = frozenset({"the", "a", "an", "under", "license", "licensed", "see"})
_THE: Final = re.compile(r"the\s", re.IGNORECASE)


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
    reader = Reader(text, flattened, names, words, profiles, tags, _name_of(own_name))
    found: list[Mention] = []
    for mention in (*claims(reader), *badge_claims(reader), *_bare(reader), *_addressed(reader)):
        inside = any(s < mention.end and mention.start < e for s, e in apart)
        if not inside and not any(m.start < mention.end and mention.start < m.end for m in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start)[:MOST])


def _name_of(own_name: str) -> re.Pattern[str] | None:
    """Return a pattern for the name of a release, however its parts are joined."""
    parts = [re.escape(p) for p in re.split(r"[\s_-]+", own_name) if p]
    if not parts:
        return None
    joined = r"[\s_-]*".join(parts)
    return re.compile(rf"(?<![\w-]){joined}(?![\w-])", re.IGNORECASE)


def _bare(reader: Reader) -> Iterator[Mention]:
    """Yield the names that hold or precede the word license, and those that need none."""
    for anchor, _ in zip(reader.words.anchor.finditer(reader.text), range(MOST), strict=False):
        yield from _around(reader, anchor)
    for sign, _ in zip(_ID_SIGN.finditer(reader.raw), range(MOST), strict=False):
        met = reader.names.longest(reader.text, sign.start("id"), wraps=False)
        known = met is not None and met.end == sign.end("id")
        if met and known and any(c.isdigit() for c in met.value):
            named = resolve(met.value, reader.profiles, reader.tags)
            if named != NOTHING:
                yield mention_of(as_written(reader, met, named), met.start, met.end, named)


def _around(reader: Reader, anchor: re.Match[str]) -> Iterator[Mention]:
    """Yield the longest name that `anchor` is a part of or follows, if it is a name of its own."""
    first = max(0, anchor.start() - BEFORE)
    for start in (*_WORD_START.finditer(reader.text, first, anchor.start()), anchor):
        if _THE.match(reader.text, start.start()):
            continue
        met = reader.names.longest(reader.text, start.start())
        if met is None:
            continue
        end, licensed = license_word(reader, met)
        if end < anchor.end() and met.end < anchor.end():
            continue
        unmistakable = licensed or start is anchor
        if unmistakable and _stands_alone(reader, start.start(), end):
            named = resolve(met.value, reader.profiles, reader.tags)
            if named != NOTHING:
                yield mention_of(as_written(reader, met, named), met.start, end, named)
        return


def _stands_alone(reader: Reader, start: int, end: int) -> bool:
    """Say whether a name is not the rest of a longer one, nor one that was changed."""
    before = reader.text[max(0, start - BEFORE) : start]
    if re.search(r"[\w+]-$", before) or reader.words.altered_before.search(before):
        return False
    word = _LAST_WORD.search(before)
    first = word is None or _SENTENCE_END.search(before[: word.start()]) is not None
    if word and not first and word[1].lower() not in _JOINING:
        return False
    return ends_whole(reader.text, end, reader.words)


def _addressed(reader: Reader) -> Iterator[Mention]:
    """Yield the addresses at which a known license stands."""
    for address in reader.flat.addresses:
        named = resolve(address.url, reader.profiles, reader.tags)
        if named != NOTHING:
            yield mention_of(address.url, address.start, address.end, named)
