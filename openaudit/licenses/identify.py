"""Which known license a text is, or is nearest to, and what differs.

First the text as a whole is held against the digests of all known texts; that settles most files
and needs no more than their words. Otherwise known texts are looked for in it by shingles, one
after the other, and each is judged by structure alone: a text is `exact` only where every word is
explained by the known text, by its titles, by a sentence that leads to it, by copyright lines or
the names of holders, and where no sign and no markup among them says or hides anything. There is no
tolerance and no list of harmless words.
"""

from collections.abc import Sequence
from typing import Final

from openaudit.licenses.copyright import without_copyright
from openaudit.licenses.holders import standardized
from openaudit.licenses.index import Index
from openaudit.licenses.judge import judge
from openaudit.licenses.normalize import encoded_words
from openaudit.licenses.reading import Reading
from openaudit.licenses.search import search
from openaudit.licenses.shingles import text_digest
from openaudit.licenses.spans import Span, WordSpans
from openaudit.licenses.titles import after_titles
from openaudit.licenses.unspoken import heeded
from openaudit.model.license import FoundLicense, Identification, Match, Nearest

_LONGEST: Final = 50_000
"""Words; several times as many as the longest license has."""


def identify(text: str, index: Index, *, card: bool = False) -> Identification:
    """Return the licenses of `text`.

    In a `card` other prose may surround a license, which itself is held to the same measure.
    """
    plain, notices = without_copyright(text)
    bare = folded = encoded_words(plain)
    whole = _whole(folded, index)
    if not whole and notices:
        # Where a copyright line and the title share a line, the title says so; both go together.
        folded = encoded_words(text)
        whole = _whole(folded, index)
    if not whole:
        whole, names = _under_other_names(bare, plain, index)
        notices = tuple(sorted((*notices, *names)))
    if whole:
        return Identification(heeded([_exact(text, whole)], text), ignored=notices)
    reading = Reading(text, folded, index)
    matches, complete = search(reading)
    known = judge(reading, [m for m in matches if m.is_found], card=card and complete)
    if known or not matches:
        return Identification(heeded(known, text, card=card and complete), ignored=notices)
    best = matches[0]
    return Identification((), Nearest(best.reference.ids[0], best.similarity), notices)


def _whole(folded: Sequence[bytes], index: Index) -> tuple[str, ...]:
    """Return the ids of the licenses whose words, after titles, these are."""
    ids: dict[str, None] = {}
    if len(folded) > _LONGEST:
        return ()
    for start, allowed in after_titles(folded, index).items():
        for reference in index.by_digest.get(text_digest(folded[start:]), ()):
            if allowed is None or reference.number in allowed:
                ids |= dict.fromkeys(reference.ids)
    return tuple(ids)


def _under_other_names(
    bare: Sequence[bytes], plain: str, index: Index
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Return the same with the names of the standard text, and where others stand in this one."""
    words, places = standardized(bare)
    whole = _whole(words, index) if places else ()
    spans = WordSpans(plain) if whole else None
    return whole, tuple(spans.span(*p) for p in places) if spans else ()


def _exact(text: str, ids: Sequence[str]) -> FoundLicense:
    bare = text.lstrip("\ufeff \t\r\n")
    start = len(text) - len(bare)
    return FoundLicense(ids[0], tuple(ids[1:]), Match.EXACT, 1.0, start, start + len(bare.rstrip()))
