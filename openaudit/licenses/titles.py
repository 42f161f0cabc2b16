"""Titles: what may stand above a license, and is known for each one by hash or by profile.

A title is accepted whole or not at all, and only for the license that it is a title of, so that
`License: research use` over the words of another license is a word too many.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from openaudit.licenses.copyright import without_copyright
from openaudit.licenses.index import Index
from openaudit.licenses.normalize import digest_words, words
from openaudit.licenses.shingles import title_digest, title_sum

Numbers = frozenset[int]
LONGEST_HEAD: Final = 400
"""Words above a license that are looked at for titles and copyright statements."""
_MOST_PLACES: Final = 24


def after_titles(folded: Sequence[bytes], index: Index) -> Mapping[int, Numbers | None]:
    """Return each place where a body may begin, and the references whose titles lead there.

    None stands for every reference: at the very beginning there is no title that excludes one.
    """
    places: dict[int, Numbers | None] = {0: None}
    open_ = [0]
    while open_ and len(places) < _MOST_PLACES:
        start = open_.pop()
        for length, titled in _titles_at(folded, start, index):
            allowed = places[start]
            both = titled if allowed is None else titled & allowed
            known = places.get(start + length, frozenset())
            if known is not None and not both <= known:
                places[start + length] = both | known
                open_.append(start + length)
    return places


def _titles_at(folded: Sequence[bytes], start: int, index: Index) -> Iterator[tuple[int, Numbers]]:
    for length in index.title_lengths:
        title = folded[start : start + length]
        if len(title) == length and title_sum(title) in index.title_sums:
            found = index.by_title.get(title_digest(title), ())
            yield length, frozenset(r.number for r in found)


def title_length(folded: Sequence[str], titles: Sequence[str]) -> int:
    """Return how many words of `titles` the text begins with, longest title first, repeatedly."""
    known = sorted((title_words(t) for t in titles), key=len, reverse=True)
    start = 0
    while title := next((t for t in known if tuple(folded[start : start + len(t)]) == t), None):
        start += len(title)
    return start


def body_digest(text: str, titles: Sequence[str]) -> str:
    """Return the digest a profile records: of the text without title and copyright lines."""
    folded = words(without_copyright(text)[0])
    return digest_words(folded[title_length(folded, titles) :])


@lru_cache(maxsize=4096)
def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title; cached, as every text is held against every title."""
    return tuple(words(title))
