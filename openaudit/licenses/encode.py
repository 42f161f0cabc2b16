"""The fingerprints of texts as bytes, in the form that `index` reads."""

import json
import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import Final

from openaudit.licenses.collect import LicenseText, Profiles, names_of
from openaudit.licenses.copyright import without_copyright
from openaudit.licenses.headings import titles
from openaudit.licenses.index import ARRAYS, MAGIC, ONE_IN, WHOLE
from openaudit.licenses.normalize import encoded_words
from openaudit.licenses.shingles import WIDTH, shingles, text_digest, title_digest, title_sum
from openaudit.model.frozen import frozen

_APPENDIX: Final = tuple(b"end of terms and conditions".split())
_SHORTEST_RUN: Final = 3
_LONGEST_RUN: Final = 0xFFFF

Words = tuple[bytes, ...]


@frozen
class _Body:
    """One text ready to be written: the ids that share it, its words without titles."""

    ids: tuple[str, ...]
    folded: Words
    core: int
    digests: tuple[bytes, ...]
    titles: tuple[bytes, ...]
    title_lengths: frozenset[int]
    title_sums: frozenset[int]


def encode(texts: Iterable[LicenseText], profiles: Profiles | None = None) -> bytes:
    """Return the fingerprints of `texts`, the same bytes in whatever order they come.

    Of ids that share a text, those with a profile come first. Editions that a profile records and
    that are not among the texts are taken in by their digest alone.
    """
    known = profiles or {}
    read = [_body(ids, text) for text, ids in _classes(texts, frozenset(known))]
    bodies = [b for b in read if len(b.folded) >= WIDTH]
    bodies += _recorded(known, bodies)
    sequences = [shingles(b.folded) for b in bodies]
    pool, starts, lengths, counts = _pooled(sequences)
    keys, offsets, postings, sampled = _sampled(sequences)
    sums = array("I", sorted({s for b in bodies for s in b.title_sums}))
    columns = (pool, starts, lengths, keys, offsets, postings, sums)
    tables = dict(zip(ARRAYS, columns, strict=True))
    header = {
        "sizes": {name: len(table) for name, table in tables.items()},
        "title_lengths": sorted(frozenset[int]().union(*(b.title_lengths for b in bodies))),
        "references": [
            [b.ids, len(b.folded), b.core, sampled[i], counts[i], len(b.digests), len(b.titles)]
            for i, b in enumerate(bodies)
        ],
    }
    if sys.byteorder == "big":
        for table in tables.values():
            table.byteswap()
    return b"".join(
        [
            MAGIC,
            json.dumps(header, separators=(",", ":")).encode() + b"\n",
            *(table.tobytes() for table in tables.values()),
            *(b"".join((*b.digests, *b.titles)) for b in bodies),
        ]
    )


def _classes(
    texts: Iterable[LicenseText], first: frozenset[str]
) -> list[tuple[LicenseText, tuple[str, ...]]]:
    """Return each different text once, with all ids that are this text, in the order of ids."""
    found: dict[Words, list[LicenseText]] = {}
    for text in texts:
        found.setdefault(tuple(encoded_words(without_copyright(text.text)[0])), []).append(text)
    classes = []
    for same in found.values():
        ids = sorted({t.id for t in same}, key=lambda i: (i not in first, len(i), i))
        names = tuple(sorted({n for t in same for n in t.names}))
        one = min(same, key=lambda t: (ids.index(t.id), t.text))
        classes.append((LicenseText(ids[0], names, one.text), tuple(ids)))
    return sorted(classes, key=lambda c: (c[1], c[0].text))


def _body(ids: tuple[str, ...], text: LicenseText) -> _Body:
    plain = without_copyright(text.text)[0]
    folded = tuple(encoded_words(plain))
    known = titles(plain, text.names)
    starts = _starts(folded, known)
    body = folded[max(starts) :]
    cores = _cores(body)
    digests = {text_digest(folded[s:]) for s in starts} | {text_digest(body[:c]) for c in cores}
    return _made(ids, body, min(cores), digests, known)


def _made(
    ids: tuple[str, ...], body: Words, core: int, digests: Iterable[bytes], known: Iterable[Words]
) -> _Body:
    return _Body(
        ids=ids,
        folded=body,
        core=core,
        digests=tuple(sorted(digests)),
        titles=tuple(sorted(title_digest(t) for t in known)),
        title_lengths=frozenset(len(t) for t in known),
        title_sums=frozenset(title_sum(t) for t in known),
    )


def _recorded(profiles: Profiles, bodies: Sequence[_Body]) -> list[_Body]:
    """Return the editions of which only the digest is at hand: known whole or not at all."""
    held = {(i, d) for b in bodies for i in b.ids for d in b.digests}
    editions: dict[bytes, list[str]] = {}
    for profile in profiles.values():
        for digest in dict.fromkeys(bytes.fromhex(t.words) for t in profile.texts):
            if (profile.id, digest) not in held:
                editions.setdefault(digest, []).append(profile.id)
    found: list[_Body] = []
    for digest, ids in sorted(editions.items()):
        known = titles("", [n for i in ids for n in names_of(profiles[i])])
        found.append(_made(tuple(ids), (), 0, [digest], known))
    return found


def _starts(folded: Words, known: Iterable[Words]) -> list[int]:
    """Return each place that titles alone lead to."""
    reached = [0]
    for start in reached:
        ends = {start + len(t) for t in known if folded[start : start + len(t)] == t}
        reached += sorted(ends.difference(reached))
    return reached


def _cores(body: Words) -> list[int]:
    """Return where the terms may end: at the end, and before and after the line that says so."""
    size = len(_APPENDIX)
    for at in range(len(body) // 3, len(body) - size + 1):
        if body[at : at + size] == _APPENDIX:
            return [at, at + size, len(body)]
    return [len(body)]


def _pooled(
    sequences: Sequence[Sequence[int]],
) -> "tuple[array[int], array[int], array[int], list[int]]":
    """Return one pool of numbers, and the runs over it that make up each sequence."""
    pool, starts, lengths = array("I"), array("I"), array("H")
    known: dict[int, int] = {}
    counts: list[int] = []
    for sequence in sequences:
        before, at = len(starts), 0
        for start, length in _runs(sequence, pool, known):
            fits = len(starts) > before and starts[-1] + lengths[-1] == start
            if fits and lengths[-1] + length <= _LONGEST_RUN:
                lengths[-1] += length
            else:
                starts.append(start)
                lengths.append(length)
            at += length
        counts.append(len(starts) - before)
    return pool, starts, lengths, counts


def _runs(
    sequence: Sequence[int], pool: "array[int]", known: dict[int, int]
) -> Iterable[tuple[int, int]]:
    """Yield where each stretch of `sequence` stands in the pool, adding what is new to it."""
    at = 0
    while at < len(sequence):
        start, length = known.get(sequence[at], -1), 0
        if start >= 0:
            longest = min(len(sequence) - at, len(pool) - start, _LONGEST_RUN)
            while length < longest and pool[start + length] == sequence[at + length]:
                length += 1
        if length < _SHORTEST_RUN:
            start, length = len(pool), 1
            known.setdefault(sequence[at], start)
            pool.append(sequence[at])
        yield start, length
        at += length


def _sampled(
    sequences: Sequence[Sequence[int]],
) -> "tuple[array[int], array[int], array[int], list[int]]":
    """Return the sampled shingles in order, and which sequences hold each of them."""
    found: dict[int, list[int]] = {}
    counts: list[int] = []
    for number, sequence in enumerate(sequences):
        whole = len(sequence) <= WHOLE
        chosen = {h for h in sequence if whole or h % ONE_IN == 0}
        counts.append(len(chosen))
        for h in chosen:
            found.setdefault(h, []).append(number)
    keys, offsets, postings = array("I", sorted(found)), array("I", [0]), array("H")
    for key in keys:
        postings.extend(found[key])
        offsets.append(len(postings))
    return keys, offsets, postings, counts
