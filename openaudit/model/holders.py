"""Where a standard text names who holds the copyright, and copies name another."""

from openaudit.model.frozen import frozen


@frozen
class HolderPlace:
    """Words before and after the name, and what the standard text has in between."""

    before: tuple[bytes, ...]
    after: tuple[bytes, ...]
    standard: tuple[bytes, ...]


@frozen
class Holders:
    """The places, and the words of a name that are no name themselves."""

    places: tuple[HolderPlace, ...]
    parts: tuple[bytes, ...]
