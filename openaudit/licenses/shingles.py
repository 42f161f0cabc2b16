"""Numbers that stand for four words in a row, and digests of titles and whole texts."""

from array import array
from collections.abc import Sequence
from hashlib import blake2b
from itertools import islice
from typing import Final, TypeAlias
from zlib import crc32

Shingles: TypeAlias = "array[int]"
"""Shingles in the order of a text."""
WIDTH: Final = 4
"""How many words a shingle covers."""
_JOINED: Final = 4_096
"""Words joined at a time: to join takes ten times the memory of what is joined."""


def shingles(folded: Sequence[bytes]) -> Shingles:
    """Return one 32-bit number for each four words in a row; none for a shorter text."""
    rows = zip(*(islice(folded, start, None) for start in range(WIDTH)), strict=False)
    return array("I", map(crc32, map(b" ".join, rows)))


def text_digest(folded: Sequence[bytes]) -> bytes:
    """Return the 16 bytes that profiles record, in hexadecimal, as `words`."""
    whole = blake2b(digest_size=16)
    for start in range(0, len(folded), _JOINED):
        whole.update(b" " if start else b"")
        whole.update(b" ".join(folded[start : start + _JOINED]))
    return whole.digest()


def title_sum(folded: Sequence[bytes]) -> int:
    """Return a number that a title has, and few other words: what else may be one is digested."""
    return crc32(b" ".join(folded))


def title_digest(folded: Sequence[bytes]) -> bytes:
    """Return the 8 bytes that stand for a title."""
    return blake2b(b" ".join(folded), digest_size=8).digest()
