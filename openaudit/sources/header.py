"""What was read of the header of a file of weights."""

from dataclasses import dataclass

from openaudit.model.release import Plain


class Malformed(ValueError):
    """The bytes are not the header they claim to be."""


@dataclass(frozen=True, slots=True)
class Header:
    """The fields that describe the weights. `complete` is False where a bound cut the header.

    `sha256` is of the bytes that were read.
    """

    fields: dict[str, Plain]
    sha256: str
    complete: bool
