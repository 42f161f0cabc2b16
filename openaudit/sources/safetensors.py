"""The free text in the header of a safetensors file: its `__metadata__`, never its weights."""

import json
import struct
from hashlib import sha256
from typing import BinaryIO, Final

from openaudit.model.release import Plain
from openaudit.sources.header import Header, Malformed

MOST: Final = 100_000_000
"""Bytes of a header; the format allows no more."""

_LENGTH: Final = 8
_MOST_FIELDS: Final = 1_000
_LONGEST_TEXT: Final = 100_000


def read(file: BinaryIO, most: int = MOST) -> Header:
    """Return the strings of `__metadata__`; no fields where there is none.

    Raises:
        Malformed: it is no safetensors file, or its header is longer than `most`.
    """
    start = file.read(_LENGTH)
    if len(start) < _LENGTH:
        raise Malformed("it is too short to be a safetensors file")
    length = struct.unpack("<Q", start)[0]
    if length > most:
        raise Malformed(f"it claims a header of {length:,} bytes; at most {most:,} are read")
    data = file.read(length)
    if len(data) < length:
        raise Malformed("it ends within its header")
    try:
        header: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Malformed("its header is not valid JSON") from error
    if not isinstance(header, dict):
        raise Malformed("its header is no JSON object")
    digest = sha256(start + data).hexdigest()
    return Header(_strings(header.get("__metadata__")), digest, complete=True)


def _strings(metadata: object) -> dict[str, Plain]:
    items = list(metadata.items())[:_MOST_FIELDS] if isinstance(metadata, dict) else []
    return {str(k): v for k, v in items if isinstance(v, str) and len(k) + len(v) <= _LONGEST_TEXT}
