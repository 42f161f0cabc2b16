"""What a report for people is made of: blocks of entries."""

from typing import Final

from openaudit.model.frozen import frozen

BOX: Final = "[ ]"


@frozen
class Entry:
    """One line of a block. `place` says where it stands; `quote` is verbatim.

    `under` says that it belongs to the entry before; the label `BOX` makes an item to tick off.
    """

    label: str
    text: str
    place: str = ""
    quote: str = ""
    under: bool = False


@frozen
class Block:
    """A titled group of entries; never empty."""

    title: str
    entries: tuple[Entry, ...]
