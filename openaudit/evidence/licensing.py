"""What is known of the license itself: declared, concluded, and whether there is one at all."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.evidence.ledger import fact
from openaudit.model.card import Card
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Evidence, Observation, Witness
from openaudit.model.fact import Fact, Method
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.release import Origin, Release

_TITLE: Final = 80
"""Code points quoted of a text to show that it is there."""

_AGREES: Final = "usage.declared_vs_text"

_MAY_HOLD_TERMS: Final = re.compile(
    r"licen[cs]|terms|copying|legal|eula|agreement|notice|policy", re.IGNORECASE
)
_SPEAKS_OF_LICENSE: Final = re.compile(r"licen[cs]e|许可|许可证|授权|ライセンス", re.IGNORECASE)


def license_facts(
    release: Release, license_: ArtifactLicense, texts: Sequence[Document], unsure: str | None
) -> Iterator[Fact]:
    """Yield what was concluded, whether a text stands behind it, and if there is none.

    `texts` are the license texts; `unsure` is what `why_not_sure` says.
    """
    concluded = license_.concluded
    if concluded.expression and concluded.evidence:
        value = concluded.expression
        yield fact("weights.license", value, Method.INFERRED, concluded.evidence)
        if license_.artifact == "code":
            yield fact("code.license", value, Method.INFERRED, concluded.evidence)
    named = {d.id for d in license_.declared}
    if texts and concluded.match is Match.EXACT and named == {concluded.id} and concluded.evidence:
        said = [d.evidence for d in license_.declared]
        yield fact(_AGREES, "match", Method.INFERRED, concluded.evidence, *said)
    listing = Observation(Witness.LISTING, release.revision, "no license file in the listing")
    if texts:
        quotes = [d.quote(0, min(len(d.text), _TITLE)) for d in texts]
        yield fact("usage.text_found", True, Method.OBSERVED, *quotes)
    elif unsure is None and release.origin is not Origin.CATALOG:
        yield fact("usage.text_found", False, Method.OBSERVED, listing)
        if license_.declared:
            yield fact(_AGREES, "text_missing", Method.OBSERVED, listing)
    if unsure is None and not license_.declared and not texts:
        yield from _nothing_granted(release, listing)


def _nothing_granted(release: Release, listing: Observation) -> Iterator[Fact]:
    """Yield that no license grants anything: every place that could name one was read."""
    said: Evidence = listing
    if release.origin is Origin.CATALOG:
        said = Observation(Witness.CATALOG, None, "recorded as having no license")
    yield fact("usage.class", "none", Method.OBSERVED, said)
    yield fact("usage.osd", False, Method.OBSERVED, said)
    # There are no terms that could allow or forbid it.
    yield fact("usage.commercial", "na", Method.INFERRED, said)


def why_not_sure(release: Release, card: Card) -> str | None:
    """Return why a license may be there although none was found; None where none is.

    Without a license nobody is allowed anything, so every place that could name one must be read.
    """
    files = release.metadata.files
    if release.origin is Origin.CATALOG:
        unread = any(m.role is Role.LICENSE for m in release.missing)
        return "the catalog does not record it" if unread else None
    if not files or release.origin is Origin.LOCAL:
        return "this may be a part of the release"
    return _left_unread(release, card)


def names_none(release: Release, card: Card) -> bool:
    """Say whether a release surely names no license where one would be named.

    Of a release on disk the card is enough: what it was made from stands there, and so would this.
    """
    if release.origin is Origin.LOCAL:
        return bool(release.texts(Role.CARD)) and _left_unread(release, card) is None
    return why_not_sure(release, card) is None


def _left_unread(release: Release, card: Card) -> str | None:
    if release.missing:
        return f"{release.missing[0].name} was not read"
    if card.notes:
        return "the front matter of the card cannot be read"
    if _SPEAKS_OF_LICENSE.search(card.body):
        return "the prose of the card speaks of a license"
    read = {d.name for d in release.documents}
    files = release.metadata.files or ()
    held = [f for f in files if f not in read and _MAY_HOLD_TERMS.search(f)]
    return f"{held[0]} was not read" if held else None
