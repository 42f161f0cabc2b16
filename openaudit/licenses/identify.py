"""Whether a text is, word for word, one of the known licenses.

Ignored are copyright lines (`copyright`) and, at the very beginning, the title lines that the
profile lists for that license; nothing else is, so a text with one word more, less or other is
not identified.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from openaudit.licenses.copyright import without_copyright
from openaudit.licenses.normalize import digest_words, words
from openaudit.model.profile import LicenseProfile


def identify(text: str, profiles: Mapping[str, LicenseProfile]) -> tuple[str, ...]:
    """Return the ids of the licenses whose text this is: several where texts are identical."""
    found = _identify(words(without_copyright(text)[0]), profiles)
    # Where a copyright line and the title share a line, the title says so and both go together.
    return found or _identify(words(text), profiles)


def _identify(folded: Sequence[str], profiles: Mapping[str, LicenseProfile]) -> tuple[str, ...]:
    digests: dict[int, str] = {}
    found: list[str] = []
    for profile in profiles.values():
        start = title_length(folded, profile.titles)
        if start not in digests:
            digests[start] = digest_words(folded[start:])
        if any(known.words == digests[start] for known in profile.texts):
            found.append(profile.id)
    return tuple(found)


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
