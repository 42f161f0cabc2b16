"""Answer facts from the prose of a card, by the signals of `rules/evidence/`.

What a card says is what its publisher claims: a quote stands behind every answer. What a card does
not say stays unknown, for the paper or the repository may say it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openaudit.evidence.ledger import at_least, fact
from openaudit.evidence.passages import Page, read_page
from openaudit.evidence.signals import Hit, Reader, compiled, quoted
from openaudit.evidence.wording import CardRules, Signal, card_rules
from openaudit.model.card import Card
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Release

_LONGEST_QUOTE: Final = 300
_MOST_VALUES: Final = 12
_MOST_READ: Final = 300_000
"""Code points of a card that are read."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The card of a release, cut into sentences, and the rules to read it by."""

    document: Document
    reader: Reader
    rules: CardRules

    @property
    def page(self) -> Page:
        """The sentences."""
        return self.reader.page

    def quote(self, hit: Hit) -> Quote:
        """Return the sentence in which `hit` stands."""
        return self.document.quote(*quoted(self.page, hit, _LONGEST_QUOTE))


def read_prose(release: Release, card: Card) -> Prose | None:
    """Return the prose of the card, None where none was read."""
    documents = release.texts(Role.CARD)[:1]
    if not documents or not card.body.strip():
        return None
    rules = card_rules()
    start = len(documents[0].text) - len(card.body)
    page = read_page(documents[0].text[: start + _MOST_READ], start)
    return Prose(documents[0], Reader(page, rules.empty), rules)


def prose_facts(prose: Prose) -> Iterator[Fact]:
    """Yield every fact that a signal answers; of each the answer of the first that holds."""
    for fact_id, signals in prose.rules.signals.items():
        if answer := _answered(prose, fact_id, signals):
            yield answer


def frameworks(prose: Prose) -> dict[str, Quote]:
    """Return the software frameworks that the card names, and where it first does."""
    named: dict[str, Quote] = {}
    for name, pattern in prose.rules.frameworks.items():
        for sentence, found in prose.reader.places(pattern):
            if not compiled(prose.rules.cited).search(
                prose.page.plain, sentence.start, sentence.end
            ):
                named[name] = prose.quote(Hit(*found.span(), sentence))
                break
    return named


def loading(prose: Prose) -> Iterator[tuple[str, Quote]]:
    """Yield each library with which code in the card loads the model.

    A framework that code merely uses, as any model does, runs no model by itself.
    """
    for signal in prose.rules.loads:
        for hit in prose.reader.hits(signal):
            yield hit.value.casefold(), prose.quote(hit)


def _answered(prose: Prose, fact_id: str, signals: Sequence[Signal]) -> Fact | None:
    """Return the answer of the first signal that holds anywhere in the card."""
    for signal in signals:
        found = []
        for hit in prose.reader.hits(signal):
            found.append(hit)
            if signal.value is not None or len(found) == _MOST_VALUES:
                break
        if found:
            return _stated(prose, fact_id, signal, found)
    return None


def _stated(prose: Prose, fact_id: str, signal: Signal, found: list[Hit]) -> Fact:
    method = Method.INFERRED if signal.inferred else Method.PARSED
    quotes = list(dict.fromkeys(prose.quote(h) for h in found))
    if signal.value is not None:
        return at_least(fact(fact_id, signal.value, method, quotes[0]), *signal.more)
    values = list(
        dict.fromkeys(" ".join(h.value.replace("*", "").split()).strip(" _|`") for h in found)
    )
    return fact(fact_id, list(values), method, *quotes)
