"""Whether there is a card, and whether it says more than its template."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.evidence.ledger import fact, told
from openaudit.model.card import Card
from openaudit.model.document import Document, Reason, Role
from openaudit.model.evidence import Evidence, Observation, Witness
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Origin, Release

_STUB_WORDS: Final = 100
"""A card with fewer words of prose than this is a stub; empty templates stay below it."""

# What the hub's template holds before anyone has written into it.
_PLACEHOLDER = re.compile(r"\[?More Information Needed\]?", re.IGNORECASE)
_LABELS = re.compile(r"^#{1,6} [^\n]*|\*\*[^*\n]{1,80}:\*\*", re.MULTILINE)
_HINT: Final = 8
"""Words of explanation that the template spends on each placeholder it leaves."""

# The paper on emissions that the hub's template of a card refers to.
_TEMPLATE: Final = ("arxiv:1910.09700",)


def documentation_facts(release: Release, card: Card) -> Iterator[Fact]:
    """Yield what the presence and bulk of the card show; what its prose says `prose` yields."""
    for document in release.texts(Role.CARD)[:1]:
        grade = "stub" if _own_words(card.body) < _STUB_WORDS else "partial"
        start = document.text.find(card.body)
        first = _first_line(document, max(start, 0))
        yield fact("doc.card", grade, Method.INFERRED, *first)
    if _has_no_card(release):
        seen = Observation(Witness.LISTING, release.revision, "no README.md in the listing")
        yield fact("doc.card", "none", Method.OBSERVED, seen)
    if paper := _paper(release):
        yield fact("doc.preprint", True, Method.OBSERVED, paper)


def _own_words(body: str) -> int:
    """Return about how many words of prose somebody wrote."""
    plain = _without(_without(body, "<!--", "-->"), "```", "```")
    prose, placeholders = _PLACEHOLDER.subn(" ", plain)
    return len(_LABELS.sub(" ", prose).split()) - _HINT * placeholders


def _without(text: str, opening: str, closing: str) -> str:
    """Return `text` without what stands between the marks; in one pass, whatever it holds."""
    kept = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(closing)
    return " ".join([*kept, text[at:]])


def _has_no_card(release: Release) -> bool:
    files = release.metadata.files
    unread = any(
        m.role is Role.CARD and m.reason is not Reason.NOT_PUBLISHED for m in release.missing
    )
    return (
        bool(files)
        and release.origin is not Origin.LOCAL  # a disk may hold a part of the release
        and not release.texts(Role.CARD)
        and not unread
        and "README.md" not in (files or ())
    )


def _paper(release: Release) -> Evidence | None:
    """Return the hub's tag of a paper. It makes one of every address in a card.

    So the tag speaks only where there is no card to read.
    """
    if release.texts(Role.CARD):
        return None
    tags = [t for t in release.metadata.tags if t.startswith("arxiv:") and t not in _TEMPLATE]
    return told(release, f"tag {tags[0]}") if tags else None


def _first_line(document: Document, start: int) -> tuple[Evidence, ...]:
    found = re.compile(r"\S[^\r\n]{0,200}").search(document.text, start)
    return (document.quote(found.start(), found.end()),) if found else ()
