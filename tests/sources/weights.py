"""Headers of weights, written for the tests: GGUF in both byte orders, and safetensors."""

import json
import struct
from collections.abc import Mapping
from typing import Final

Value = bool | int | float | str | list[str] | list[int]

_STRING: Final = 8
_ARRAY: Final = 9


def gguf(fields: Mapping[str, Value], *, version: int = 3, order: str = "<") -> bytes:
    """Return a GGUF file with these fields, no tensors and some bytes that stand for weights."""
    written = b"".join(_text(k, order) + _typed(v, order) for k, v in fields.items())
    counts = struct.pack(f"{order}IQQ", version, 0, len(fields))
    return b"GGUF" + counts + written + bytes(64)


def safetensors(metadata: Mapping[str, object] | None) -> bytes:
    """Return a safetensors file with this `__metadata__` and no tensors."""
    header = json.dumps({} if metadata is None else {"__metadata__": metadata}).encode()
    return struct.pack("<Q", len(header)) + header


def _typed(value: Value, order: str) -> bytes:
    match value:
        case bool():
            return struct.pack(f"{order}IB", 7, value)
        case int():
            return struct.pack(f"{order}II", 4, value)
        case float():
            return struct.pack(f"{order}Id", 12, value)
        case str():
            return struct.pack(f"{order}I", _STRING) + _text(value, order)
        case list():
            return struct.pack(f"{order}I", _ARRAY) + _list(value, order)


def _list(items: list[str] | list[int], order: str) -> bytes:
    texts = [i for i in items if isinstance(i, str)]
    kind = _STRING if texts else 4
    held = [_text(t, order) for t in texts] or [struct.pack(f"{order}I", i) for i in items]
    return struct.pack(f"{order}IQ", kind, len(items)) + b"".join(held)


def _text(text: str, order: str) -> bytes:
    data = text.encode()
    return struct.pack(f"{order}Q", len(data)) + data
