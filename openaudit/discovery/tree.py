"""A configuration file as values that know where they stand, whatever its syntax."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text value. `raw` is its source, which differs by quotes and escapes; it is at `offset`."""

    text: str
    raw: str
    offset: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A sequence of values."""

    items: "list[Tree]"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values in order of writing; a key may come twice.

    `places` are the offsets of the keys, where they are known.
    """

    pairs: "list[tuple[str, Tree]]"
    places: tuple[int, ...] = ()

    def text(self, wanted: Callable[[str], bool]) -> str | None:
        """Return the text under the first key that is `wanted`."""
        for key, value in self.pairs:
            if wanted(key) and isinstance(value, Scalar):
                return value.text
        return None


Tree = Scalar | Listing | Mapping
