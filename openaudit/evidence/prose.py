"""Models that only the prose of a card names as what it was made from: questions, never claims.

The phrases are data, in `rules/lineage.yaml`. Only whole ids of a hub count, as a link or written
out; what stands in a block of code is no statement.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from openaudit.model.card import Card
from openaudit.model.clause import Confidence
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.lineage import DATASET, DISTILLED, Edge
from openaudit.model.reference import model_id
from openaudit.model.release import Release

_LONGEST: Final = 400_000
"""Code points of a card that are looked through."""

_BETWEEN: Final = r"(?!\w)[\s:*_`\"']*"
_HUB: Final = r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/"
_ID: Final = r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*\w"
_LINKED: Final = rf"\[(?P<text>[^\]\n]{{1,120}})\]\({_HUB}(?P<link>(?:{_ID})|[\w.-]+)/?[)#?]"
_PLAIN: Final = rf"(?:{_HUB})?(?P<plain>{_ID})(?:/(?!\w))?(?![\w/-]|\.\w)"
_AND_ONE: Final = re.compile(rf"(?:,|,?\s+and)\s+(?:{_LINKED}|{_PLAIN})", re.IGNORECASE)
_FENCED: Final = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_A_CARD: Final = re.compile(r"\bcards?\b", re.IGNORECASE)
# A name written out is one only where it looks like no two words with a slash: "Llama/Mistral".
_A_NAME: Final = re.compile(r"(?=.*\d)(?=.*[A-Za-z]{2}).*[-.].*|.*[A-Za-z]{3}.*-.*")


def named_in_prose(
    release: Release, card: Card, declared: Sequence[Edge], rules: Mapping[str, Any]
) -> tuple[Edge, ...]:
    """Return what the card says in its prose beyond `declared`, each at its first mention.

    A model it was distilled from always counts, a base only where none is declared.
    """
    known = {release.id.casefold(), *(e.parent.casefold() for e in declared)}
    based = any(e.relation not in (DATASET, DISTILLED) for e in declared)
    found: dict[str, Edge] = {}
    for document, text, start in _prose(release, card):
        for phrase in rules["phrases"]:
            if based and phrase["relation"] != DISTILLED:
                continue
            for name, at in _after(phrase["before"], text):
                quote = document.quote(start + at[0], start + at[1])
                edge = Edge(release.id, name, phrase["relation"], quote, Confidence.LOW)
                if name.casefold() not in known:
                    found.setdefault(name.casefold(), edge)
    return tuple(found.values())


def generators(release: Release, card: Card, rules: Mapping[str, Any]) -> dict[str, Quote]:
    """Return the services with whose outputs the card says it was trained, and where."""
    found: dict[str, Quote] = {}
    before = [p["before"] for p in rules["phrases"] if p["relation"] == DISTILLED]
    for document, text, start in _prose(release, card):
        for one in rules["generators"]:
            for said in before:
                pattern = rf"(?:{_spaced(said)}){_BETWEEN}\[?(?:OpenAI'?s? )?(?:{one['pattern']})"
                if place := re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
                    quote = document.quote(start + place.start(), start + place.end())
                    found.setdefault(one["name"], quote)
    return found


def _prose(release: Release, card: Card) -> Iterator[tuple[Document, str, int]]:
    """Yield the body of the card with its code blotted out, and where it starts."""
    for document in release.texts(Role.CARD)[:1]:
        start = len(document.text) - len(card.body)
        body = card.body[:_LONGEST]
        yield document, _FENCED.sub(lambda code: " " * len(code[0]), body), start


def _after(before: str, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each id that stands after `before`, or in a row with it, and where all that stands."""
    pattern = rf"(?:{_spaced(before)}){_BETWEEN}(?:{_LINKED}|{_PLAIN})"
    for first in re.finditer(pattern, text, re.IGNORECASE | re.MULTILINE):
        place: re.Match[str] | None = first
        while place is not None:
            if name := _named(place):
                yield name, (first.start(), place.end())
            place = _AND_ONE.match(text, place.end())


def _named(place: re.Match[str]) -> str | None:
    """Return the id of a model; None where the link leads to a card or the words are no name."""
    written = place["link"] or place["plain"]
    aside = _A_CARD.search(place["text"]) if place["link"] else not _A_NAME.fullmatch(written)
    return None if aside else model_id(written)


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")
