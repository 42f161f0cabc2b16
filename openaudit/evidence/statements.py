"""Every place of a release that names a license."""

from collections.abc import Iterator

from openaudit.evidence.ledger import told
from openaudit.model.card import Card
from openaudit.model.license import Statement, StatementKind
from openaudit.model.release import Release

_FIELDS = {
    "license": StatementKind.TAG,
    "license_name": StatementKind.NAME,
    "license_link": StatementKind.LINK,
}
_TAG = "license:"


def statements(release: Release, card: Card) -> tuple[Statement, ...]:
    """Return what the front matter says, then what the hub's tags add to it."""
    said = tuple(_of_card(card))
    values = {s.value.casefold() for s in said}
    return said + tuple(s for s in _of_tags(release) if s.value.casefold() not in values)


def _of_card(card: Card) -> Iterator[Statement]:
    for key, kind in _FIELDS.items():
        if field := card.fields.get(key):
            for value in field.strings():
                yield Statement(value, kind, field.evidence)


def _of_tags(release: Release) -> Iterator[Statement]:
    for tag in release.metadata.tags:
        if tag.startswith(_TAG):
            seen = told(release, f"tag {tag}")
            yield Statement(tag.removeprefix(_TAG), StatementKind.TAG, seen)
