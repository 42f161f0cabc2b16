"""The fingerprints of known license texts: a file of hashes, read only when a text is at hand.

The file holds no text. A reference is the ordered shingles of its body (the text without title and
copyright lines), written as runs over one pool of numbers, because licenses copy each other; the
digests of that body; and the digests of the titles a copy may carry. A sample of the shingles, one
in eight and all of a short text, leads to the references that hold them.
"""

import json
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Final

from openaudit.data import fingerprints
from openaudit.errors import DataInvalid
from openaudit.licenses.shingles import WIDTH, Shingles

MAGIC: Final = b"openaudit fingerprints 1\n"
ARRAYS: Final = {
    "pool": "I",
    "run_starts": "I",
    "run_lengths": "H",
    "keys": "I",
    "offsets": "I",
    "postings": "H",
    "title_sums": "I",
}
"""The tables of the file, in order, and the type of their numbers, little-endian."""
ONE_IN: Final = 8
"""Of the shingles of a long text, those divisible by it are sampled."""
WHOLE: Final = 256
"""Up to so many shingles all are sampled."""
DIGEST: Final = 16
TITLE: Final = 8
_POSTINGS_READ: Final = 12_000


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One known text. `length` is in words, `core` without an appendix that copies may omit.

    `sampled` is how many of its shingles lead to it, each for `one_in` of them; `runs` is its part
    of the run tables.
    """

    number: int
    ids: tuple[str, ...]
    length: int
    core: int
    sampled: int
    one_in: int
    runs: slice
    digests: frozenset[bytes]
    titles: frozenset[bytes]


class Index:
    """Known texts, by digest, by title and by shingle."""

    def __init__(
        self,
        references: Sequence[Reference],
        tables: Mapping[str, "array[int]"],
        title_lengths: Sequence[int],
    ) -> None:
        self.references: Final = tuple(references)
        self.title_lengths: Final = tuple(title_lengths)
        self.by_digest: Final = _by(references, lambda r: r.digests)
        self.by_title: Final = _by(references, lambda r: r.titles)
        self.title_sums: Final = frozenset(tables["title_sums"])
        self._tables: Final = tables
        self._keys: Final = dict(zip(tables["keys"], range(len(tables["keys"])), strict=True))

    @classmethod
    def read(cls, content: bytes) -> "Index":
        """Return the index that `build` wrote.

        Raises:
            DataInvalid: it is not one, or of another version.
        """
        if not content.startswith(MAGIC):
            raise DataInvalid("fingerprints.bin: not fingerprints of this version; build them anew")
        end = content.index(b"\n", len(MAGIC))
        header = json.loads(content[len(MAGIC) : end])
        tables: dict[str, array[int]] = {}
        position = end + 1
        for name, kind in ARRAYS.items():
            tables[name] = table = array(kind)
            size = header["sizes"][name] * table.itemsize
            table.frombytes(content[position : position + size])
            if sys.byteorder == "big":
                table.byteswap()
            position += size
        references = _references(header["references"], content[position:])
        return cls(references, tables, header["title_lengths"])

    def shingles(self, reference: Reference) -> Shingles:
        """Return the shingles of a text, in order."""
        pool, parts = self._tables["pool"], array("I")
        starts = self._tables["run_starts"][reference.runs]
        lengths = self._tables["run_lengths"][reference.runs]
        for start, length in zip(starts, lengths, strict=True):
            parts += pool[start : start + length]
        return parts

    def shared(self, hashes: AbstractSet[int]) -> Counter[int]:
        """Return how many sampled shingles each reference shares.

        The rarest are looked up first and the commonest not at all where there are very many.
        """
        offsets, postings = self._tables["offsets"], self._tables["postings"]
        rows = list(map(self._keys.__getitem__, self._keys.keys() & hashes))
        ranges = [(offsets[row], offsets[row + 1]) for row in rows]
        if sum(end - start for start, end in ranges) > _POSTINGS_READ:
            ranges.sort(key=lambda r: (r[1] - r[0], r))
        read = array("H")
        for start, end in ranges:
            read += postings[start:end]
            if len(read) > _POSTINGS_READ:
                break
        return Counter(read)


@cache
def shipped() -> Index:
    """Return the index of the fingerprints that come with openaudit."""
    return Index.read(fingerprints())


def _by(
    references: Iterable[Reference], keys: Callable[[Reference], Iterable[bytes]]
) -> Mapping[bytes, tuple[Reference, ...]]:
    found: dict[bytes, tuple[Reference, ...]] = {}
    for reference in references:
        for key in keys(reference):
            found[key] = (*found.get(key, ()), reference)
    return found


def _references(rows: Iterable["_Row"], hashes: bytes) -> list[Reference]:
    """Return the references of the header, with their digests and titles out of `hashes`."""
    found: list[Reference] = []
    position = run = 0
    for number, (ids, length, core, sampled, runs, digests, titles) in enumerate(rows):
        middle = position + digests * DIGEST
        end = middle + titles * TITLE
        found.append(
            Reference(
                number=number,
                ids=tuple(ids),
                length=length,
                core=core,
                sampled=sampled,
                one_in=1 if length - WIDTH < WHOLE else ONE_IN,
                runs=slice(run, run + runs),
                digests=_cut(hashes, position, middle, DIGEST),
                titles=_cut(hashes, middle, end, TITLE),
            )
        )
        position, run = end, run + runs
    return found


_Row = tuple[list[str], int, int, int, int, int, int]


def _cut(hashes: bytes, start: int, end: int, size: int) -> frozenset[bytes]:
    return frozenset(hashes[at : at + size] for at in range(start, end, size))
