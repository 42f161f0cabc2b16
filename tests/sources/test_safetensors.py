"""The free text in the header of a safetensors file."""

import struct
from io import BytesIO

import pytest

from openaudit.sources import safetensors
from openaudit.sources.header import Malformed
from tests.sources.weights import safetensors as written


def test_the_strings_of_the_metadata_are_read_and_nothing_else() -> None:
    data = BytesIO(written({"modelspec.license": "MIT", "count": 3}) + bytes(1_000))

    header = safetensors.read(data)

    assert header.fields == {"modelspec.license": "MIT"}
    assert data.tell() < 100


def test_a_header_without_metadata_has_no_fields() -> None:
    assert safetensors.read(BytesIO(written(None))).fields == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\0", "too short"),
        (struct.pack("<Q", 1 << 62), "claims a header of 4,611,686,018,427,387,904 bytes"),
        (struct.pack("<Q", 10) + b"{}", "ends within"),
        (struct.pack("<Q", 2) + b"{{", "not valid JSON"),
        (struct.pack("<Q", 2) + b"[]", "no JSON object"),
        (struct.pack("<Q", 40_000) + b"[" * 40_000, "not valid JSON"),
    ],
)
def test_what_is_no_header_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        safetensors.read(BytesIO(data))
