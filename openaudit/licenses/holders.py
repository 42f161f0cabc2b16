"""The name of a holder within the sentences of a license, which every copy has for itself.

Only where a known text has such a place, only a few words, and none that says who may use a thing
or how; whatever else stands there stays a change.
"""

from collections.abc import Sequence
from typing import Final

from openaudit.data import knowledge
from openaudit.licenses.copyright import says_who
from openaudit.model.holders import HolderPlace

_MOST_WORDS: Final = 9
_MOST_NAMES: Final = 4


def standardized(folded: Sequence[bytes]) -> tuple[list[bytes], tuple[tuple[int, int], ...]]:
    """Return the words with the names of the standard text, and which words were another name."""
    known = knowledge().holders
    places = [p for p in known.places if _find(folded, p.before, 0) is not None]
    found = sorted({r for p in places for r in _names(folded, p, frozenset(known.parts))})
    changed: list[bytes] = []
    done = 0
    for (start, end), standard in found:
        if start >= done:
            changed += [*folded[done:start], *standard]
            done = end
    return [*changed, *folded[done:]], tuple(place for place, _ in found)


_Named = tuple[tuple[int, int], tuple[bytes, ...]]


def _names(folded: Sequence[bytes], place: HolderPlace, parts: frozenset[bytes]) -> list[_Named]:
    """Return where another name stands; a text has a place once, and no more are looked at."""
    at = 0
    while (before := _find(folded, place.before, at)) is not None:
        start = before + len(place.before)
        end = _find(folded[start : start + _MOST_WORDS + len(place.after)], place.after, 0)
        if end is not None:
            name = tuple(folded[start : start + end])
            other = name != place.standard and _is_name(name, parts)
            return [((start, start + end), place.standard)] if other else []
        at = start
    return []


def _is_name(name: Sequence[bytes], parts: frozenset[bytes]) -> bool:
    own = [w.decode() for w in name if w not in parts]
    return 0 < len(name) <= _MOST_WORDS and len(own) <= _MOST_NAMES and not any(map(says_who, own))


def _find(folded: Sequence[bytes], words: Sequence[bytes], start: int) -> int | None:
    """Return where `words` stand from `start` on."""
    at = start
    while True:
        try:
            at = folded.index(words[0], at)
        except ValueError:
            return None
        if tuple(folded[at : at + len(words)]) == tuple(words):
            return at
        at += 1
