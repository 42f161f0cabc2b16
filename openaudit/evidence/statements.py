"""Every place of a release that names a license."""

from collections.abc import Iterable, Iterator

from openaudit.evidence.ledger import fact, told
from openaudit.model.card import Card
from openaudit.model.evidence import Quote
from openaudit.model.fact import Fact, Method
from openaudit.model.license import Statement, StatementKind
from openaudit.model.release import Plain, Release

_FIELDS = {
    "license": StatementKind.TAG,
    "license_name": StatementKind.NAME,
    "license_link": StatementKind.LINK,
}
_TAG = "license:"


def statements(release: Release, card: Card) -> tuple[Statement, ...]:
    """Return what the front matter says, then what files beside the weights and tags add to it."""
    card_says = tuple(_of_card(card))
    quoted = [s for s in card_says if isinstance(s.evidence, Quote)]
    files = _added(quoted, _of_files(release))
    # What the metadata holds in place of a card may be what such a file says, without its place.
    told_only = _added(files, (s for s in card_says if s not in quoted))
    said = (*quoted, *files, *told_only)
    return (*said, *_added(said, _of_tags(release)))


def declared(release: Release, card: Card) -> Iterator[Fact]:
    """Yield the license as declared: its tags and its name. A sentence or a link declares none."""
    said = [s for s in statements(release, card) if s.kind is not StatementKind.LINK]
    if said:
        values: list[Plain] = [*dict.fromkeys(s.value for s in said)]
        yield fact("license.declared", values, Method.PARSED, *(s.evidence for s in said))


def _added(said: Iterable[Statement], more: Iterable[Statement]) -> tuple[Statement, ...]:
    values = {s.value.casefold() for s in said}
    return tuple(s for s in more if s.value.casefold() not in values)


def _of_files(release: Release) -> Iterator[Statement]:
    documents = {d.name: d for d in release.documents}
    for one in release.metadata.declared:
        kind, document = _FIELDS.get(one.field), documents.get(one.document)
        if kind is not None and document is not None:
            seen = told(release, f"{one.key} of {one.document}: {one.value}")
            place = document.quote(*one.span) if one.span else seen
            yield Statement(one.value, kind, place)


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
