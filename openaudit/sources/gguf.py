"""The header of a GGUF file: what it says of itself, never its weights.

A header is foreign bytes: every length in it is compared with what may be read before anything is
read. Versions 2 and 3, in both byte orders. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import math
import struct
from hashlib import sha256
from typing import BinaryIO, Final

from openaudit.model.release import Plain
from openaudit.sources.header import Header, Malformed

MAGIC: Final = b"GGUF"
MOST: Final = 64_000_000
"""Bytes of a header that are read; vocabularies of 250,000 words take about 10 MB."""

_KEPT: Final = "general."
_VERSIONS: Final = (2, 3)
_MOST_FIELDS: Final = 20_000
_LONGEST_KEY: Final = 1_000
_LONGEST_TEXT: Final = 100_000
_MOST_ITEMS: Final = 1_000
_MOST_WALKED: Final = 1_500_000
"""Texts and lists within lists that are passed over; two vocabularies and their merges."""

_DEEPEST: Final = 3
_CHUNK: Final = 1 << 16
_BOOL, _STRING, _ARRAY = 7, 8, 9
_NUMBERS: Final = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", _BOOL: "B", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip


class _Cut(Exception):
    """There is no more to read, or no more may be read."""


def read(file: BinaryIO, most: int = MOST) -> Header:
    """Return the fields `general.*` of the header that begins where `file` stands.

    Raises:
        Malformed: it is no GGUF of a version that is known, or its fields contradict the format.
    """
    source = _Source(file, most)
    fields: dict[str, Plain] = {}
    try:
        for _ in range(_begin(source)):
            key, value = _field(source)
            if value is not None:
                fields.setdefault(key, value)
    except _Cut:
        return Header(fields, source.digest(), complete=False)
    return Header(fields, source.digest(), complete=True)


class _Source:
    """A file that is read forward, within a bound; `order` is the byte order of `struct`."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._left = most
        self._items = _MOST_WALKED
        self._hash = sha256()
        self.order = "<"

    def take(self, count: int) -> bytes:
        if count > self._left:
            raise _Cut
        data = self._file.read(count)
        self._left -= len(data)
        self._hash.update(data)
        if len(data) < count:
            raise _Cut
        return data

    def skip(self, count: int) -> None:
        if count > self._left:
            raise _Cut
        while count:
            count -= len(self.take(min(count, _CHUNK)))

    def count_items(self, count: int) -> None:
        self._items -= count
        if self._items < 0:
            raise _Cut

    def number(self, code: str) -> int | float:
        found: int | float = struct.unpack(
            self.order + code, self.take(struct.calcsize("<" + code))
        )[0]
        return found

    def count(self, code: str = "Q") -> int:
        return int(self.number(code))

    def digest(self) -> str:
        return self._hash.hexdigest()


def _begin(source: _Source) -> int:
    """Read magic, version and counts; return the number of fields."""
    try:
        magic, version = source.take(4), source.take(4)
    except _Cut as cut:
        raise Malformed("it is too short to be a GGUF file") from cut
    if magic != MAGIC:
        raise Malformed("it does not begin as a GGUF file")
    source.order = "<" if version[:2] != b"\0\0" else ">"
    found = struct.unpack(f"{source.order}I", version)[0]
    if found not in _VERSIONS:
        raise Malformed(f"it is of GGUF version {found}; versions 2 and 3 are read")
    source.count()  # tensors
    fields = source.count()
    if fields > _MOST_FIELDS:
        raise Malformed(f"it claims {fields:,} fields")
    return fields


def _field(source: _Source) -> tuple[str, Plain]:
    length = source.count()
    if length > _LONGEST_KEY:
        raise Malformed(f"a field name of {length:,} bytes")
    key = source.take(length).decode("utf-8", "replace")
    return key, _value(source, source.count("I"), 0, keep=key.startswith(_KEPT))


def _value(source: _Source, kind: int, depth: int, *, keep: bool) -> Plain:
    """Read one value; None where it is passed over."""
    if kind == _STRING:
        return _string(source, keep=keep)
    if kind == _ARRAY:
        return _array(source, depth, keep=keep)
    code = _NUMBERS.get(kind)
    if code is None:
        raise Malformed(f"a value of the unknown type {kind}")
    number = source.number(code)
    if not keep or not math.isfinite(number):
        return None
    return bool(number) if kind == _BOOL else number


def _string(source: _Source, *, keep: bool) -> str | None:
    length = source.count()
    if keep and length <= _LONGEST_TEXT:
        return source.take(length).decode("utf-8", "replace")
    source.skip(length)
    return None


def _array(source: _Source, depth: int, *, keep: bool) -> Plain:
    kind, length = source.count("I"), source.count()
    if depth == _DEEPEST:
        raise Malformed("its lists are nested too deep")
    if code := _NUMBERS.get(kind):
        source.skip(length * struct.calcsize("<" + code))
        return None
    keep = keep and length <= _MOST_ITEMS
    items: list[Plain] = []
    source.count_items(length)
    for _ in range(length):
        item = _value(source, kind, depth + 1, keep=keep)
        if keep:
            items.append(item)
    return items if keep else None
