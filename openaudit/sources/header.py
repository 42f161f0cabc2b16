"""What was read of the header of a file of weights, and what it says in the words of a card."""

from collections.abc import Iterator, Mapping
from typing import Final

from openaudit.model.frozen import frozen
from openaudit.model.release import Plain
from openaudit.sources.configs import Said

_LICENSE_FIELDS: Final = ("license", "license_name", "license_link")
_MOST_LISTED: Final = 100


class Malformed(ValueError):
    """The bytes are not the header they claim to be."""


@frozen
class Header:
    """The fields that describe the weights. `complete` is False where a bound cut the header.

    `sha256` is of the bytes that were read.
    """

    fields: dict[str, Plain]
    sha256: str
    complete: bool


def of_gguf(fields: Mapping[str, Plain]) -> Iterator[Said]:
    """Yield what the fields of a GGUF file name: licenses, base models, datasets."""
    license_ = fields.get("general.license")
    if isinstance(license_, str):  # converters join the licenses of a list
        for one in license_.split(","):
            yield Said("license", "general.license", one.strip())
    for field, key in (("license_name", "license.name"), ("license_link", "license.link")):
        yield from _said(fields, field, f"general.{key}")
    # The source is what was converted, the base models are what its card named.
    yield from _said(fields, "base_model", "general.source.repo_url", "quantized")
    for field, prefix in (("base_model", "general.base_model"), ("datasets", "general.dataset")):
        count = fields.get(f"{prefix}.count")
        for number in range(min(count, _MOST_LISTED) if isinstance(count, int) else 0):
            keys = [f"{prefix}.{number}.{k}" for k in ("repo_url", "name")]
            yield from [s for k in keys for s in _said(fields, field, k)][:1]


def of_safetensors(fields: Mapping[str, Plain]) -> Iterator[Said]:
    """Yield what the free text of a safetensors file names, in the keys that are in use."""
    for field in (*_LICENSE_FIELDS, "base_model"):
        yield from _said(fields, field, field)
    yield from _said(fields, "license", "modelspec.license")


def _said(
    fields: Mapping[str, Plain], field: str, key: str, relation: str | None = None
) -> Iterator[Said]:
    value = fields.get(key)
    if isinstance(value, str) and value.strip():
        yield Said(field, key, value.strip(), relation)
