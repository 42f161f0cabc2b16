"""What a report for people is made of: blocks of entries."""

from openaudit.model.frozen import frozen


@frozen
class Entry:
    """One line of a block. `place` says where it stands; `quote` is verbatim."""

    label: str
    text: str
    place: str = ""
    quote: str = ""


@frozen
class Block:
    """A titled group of entries; never empty."""

    title: str
    entries: tuple[Entry, ...]
