"""What a report for people is made of: blocks of entries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a block. `place` says where it stands; `quote` is verbatim."""

    label: str
    text: str
    place: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A titled group of entries; never empty."""

    title: str
    entries: tuple[Entry, ...]
