"""How much of what a hub says is kept.

An answer may be 50 MB long. What is longer or more than any release needs is left out, and that is
said where an audit would have read it: it is then unknown, not absent.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from openaudit.model.document import Missing, Reason, Role
from openaudit.model.release import Plain

LONGEST: Final = 2_000
"""Characters of a name, a tag, or a value of the card that is no text of a gate."""

MOST_TAGS: Final = 5_000
MOST_BASES: Final = 500
MOST_LINKS: Final = 20
_MOST_ITEMS: Final = 1_000
_READ_KEYS: Final = ("license", "license_name", "license_link", "base_model", "datasets")


def short(names: Iterable[str]) -> list[str]:
    """Return the names that are no longer than any needs to be."""
    return [n for n in names if len(n) <= LONGEST]


def others(count: int, what: str) -> tuple[Missing, ...]:
    """Return what stands for `count` things that were left out, nothing where none was."""
    detail = "the hub gives more, or longer ones, than any release needs"
    missing = Missing(f"and {count:,} more {what}", Role.LICENSE, Reason.FAILED, detail)
    return (missing,) if count else ()


def kept_of_card(card: Mapping[str, Plain], whole: Iterable[str]) -> dict[str, Plain]:
    """Return the front matter without what is too long or too many; the keys `whole` stay so."""
    untouched = {*whole}
    items = list(card.items())[:_MOST_ITEMS]
    return {k: v if k in untouched else _kept(v) for k, v in items if len(k) <= LONGEST}


def cut_from_card(card: Mapping[str, Plain], kept: Mapping[str, Plain]) -> Iterator[Missing]:
    """Yield the fields an audit reads that are in `card` and not, or not whole, in `kept`."""
    for key in _READ_KEYS:
        if card.get(key) != kept.get(key):
            detail = "it is longer than any release needs"
            yield Missing(f"{key} of the card", Role.LICENSE, Reason.FAILED, detail)


def _kept(value: Plain) -> Plain:
    match value:
        case str():
            return value if len(value) <= LONGEST else None
        case list():
            return [_kept(v) for v in value[:_MOST_ITEMS]]
        case dict():
            items = list(value.items())[:_MOST_ITEMS]
            return {k: _kept(v) for k, v in items if len(k) <= LONGEST}
        case _:
            return value
