"""The header of a GGUF file: what it says, and that no header costs time or memory."""

import struct
import time
from collections.abc import Mapping
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.sources import gguf
from openaudit.sources.header import Malformed
from tests.sources.weights import Value
from tests.sources.weights import gguf as written

SAID: Mapping[str, Value] = {
    "general.license": "apache-2.0",
    "general.file_type": 15,
    "general.tags": ["a", "b"],
}


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("order", ["<", ">"])
def test_the_general_fields_are_read_in_either_byte_order(version: int, order: str) -> None:
    data = written({**SAID, "tiny.scale": 0.5}, version=version, order=order)

    header = gguf.read(BytesIO(data))

    assert header.fields == SAID
    assert header.complete


def test_fields_after_a_vocabulary_are_read_and_the_vocabulary_is_not_kept() -> None:
    words = [f"word{n}" for n in range(2_000)]
    data = written(
        {
            "tokenizer.ggml.tokens": words,
            "tokenizer.ggml.scores": [1, 2, 3],
            "general.many": words,
            "general.numbers": [1, 2],
            "general.name": "Tiny",
            "general.ready": True,
        }
    )

    assert gguf.read(BytesIO(data)).fields == {"general.name": "Tiny", "general.ready": True}


def test_weights_are_never_read() -> None:
    data = BytesIO(written(SAID) + bytes(100_000))

    gguf.read(data)

    assert data.tell() < 300


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "too short"),
        (b"GGUF\x03", "too short"),
        (b"GGML" + bytes(20), "does not begin as"),
        (b"version https://git-lfs.github.com/spec/v1\n", "does not begin as"),
        (b"GGUF" + struct.pack("<IQQ", 1, 0, 0), "version 1; versions 2 and 3"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 60), "claims 1,152,921,504,606,846,976 fields"),
        (b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1 << 40), "a field name of"),
        (b"GGUF" + struct.pack("<IQQQcI", 3, 0, 1, 1, b"a", 99), "unknown type 99"),
        (
            b"GGUF" + struct.pack("<IQQQcI", 3, 0, 1, 1, b"a", 9) + struct.pack("<IQ", 9, 1) * 9,
            "deep",
        ),
    ],
)
def test_what_is_no_header_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        gguf.read(BytesIO(data))


@pytest.mark.parametrize("cut", [26, 60, 100])
def test_a_file_that_ends_early_gives_what_stands_before(cut: int) -> None:
    header = gguf.read(BytesIO(written({**SAID, "general.name": "Tiny"})[:cut]))

    assert not header.complete
    assert header.fields.items() <= SAID.items()


@pytest.mark.parametrize("kind", [8, 9], ids=["text", "list"])
def test_a_length_that_no_file_has_costs_nothing(kind: int) -> None:
    length = struct.pack("<Q", 1 << 62)
    field = struct.pack("<QcI", 1, b"a", kind) + (b"" if kind == 8 else struct.pack("<I", 4))
    started = time.process_time()

    header = gguf.read(BytesIO(b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + field + length))

    assert not header.complete
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize("kind", [8, 9], ids=["texts", "lists"])
def test_a_list_of_millions_costs_little_and_what_stands_before_it_is_kept(kind: int) -> None:
    count = 4_000_000
    before = written({"general.license": "mit"})[24:-64]
    field = struct.pack("<QcIIQ", 1, b"a", 9, kind, count)
    item = struct.pack("<Q", 0) if kind == 8 else struct.pack("<IQ", 4, 0)
    head = b"GGUF" + struct.pack("<IQQ", 3, 0, 2)
    started = time.process_time()

    header = gguf.read(BytesIO(head + before + field + item * count))

    assert (header.fields, header.complete) == ({"general.license": "mit"}, False)
    assert time.process_time() - started < 2


def test_a_bound_on_the_bytes_ends_the_reading() -> None:
    data = BytesIO(written({"tokenizer.ggml.tokens": ["word"] * 10_000, "general.name": "Tiny"}))

    header = gguf.read(data, most=5_000)

    assert (header.fields, header.complete) == ({}, False)
    assert data.tell() <= 5_000


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(rest: bytes) -> None:
    try:
        header = gguf.read(BytesIO(b"GGUF\x03\0\0\0" + rest))
    except Malformed:
        return

    assert all(key.startswith("general.") for key in header.fields)
