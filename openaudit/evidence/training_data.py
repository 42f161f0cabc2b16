"""The sentences of a card that name training data, and those that link it."""

from collections.abc import Iterator
from dataclasses import dataclass

from openaudit.evidence.data import MOST_QUOTES
from openaudit.evidence.ledger import at_least, fact
from openaudit.evidence.prose_facts import Prose
from openaudit.evidence.signals import Hit, compiled
from openaudit.model.evidence import Quote
from openaudit.model.fact import Fact, Method


@dataclass(frozen=True, slots=True)
class NamedData:
    """The sentences that name training data, and of these those that link it.

    `whole` says that none speaks of more; `later` are those of a second training: fine-tuning.
    """

    named: tuple[Quote, ...]
    linked: tuple[Quote, ...]
    whole: bool
    later: tuple[Quote, ...]

    def second_training(self) -> Iterator[Fact]:
        """Yield that data of a second training is named, and that there is a way to it."""
        linked = [q for q in self.later if q in self.linked]
        for fact_id, value, most, quotes in (
            ("data.posttrain.named", "some", "all", self.later),
            ("data.posttrain.released", "partial", "full", linked),
        ):
            if quotes:
                found = fact(fact_id, value, Method.INFERRED, *quotes[:MOST_QUOTES])
                yield at_least(found, most)


def named_data(prose: Prose) -> NamedData:
    """Return what the card says of the data by name."""
    found = {prose.quote(h): h for h in _naming(prose)}
    later = compiled(prose.rules.data.posttrain)
    return NamedData(
        named=tuple(found),
        linked=tuple(q for q, h in found.items() if _is_linked(prose, h)),
        whole=bool(found) and not any(_in_part(prose, h) for h in found.values()),
        later=tuple(q for q in found if later.search(q.text.lower())),
    )


def _naming(prose: Prose) -> Iterator[Hit]:
    """Yield each sentence that speaks of training data and has the name of a data set in it."""
    seen: set[int] = set()
    for signal in prose.rules.data.training:
        for hit in prose.reader.hits(signal):
            start = hit.sentence.start
            if seen and hit.sentence.kind == "heading":  # a title only says it again
                continue
            if start not in seen and _has_name(prose, hit, start, hit.sentence.end):
                seen.add(start)
                yield hit


def _has_name(prose: Prose, hit: Hit, start: int, end: int) -> bool:
    words = prose.rules.data
    if any(compiled(p).search(prose.page.plain, start, end) for p in words.names):
        return True
    if end == hit.sentence.end and any("/datasets/" in a for a in prose.reader.links(hit.sentence)):
        return True
    if compiled(words.linked).search(prose.page.text, start, end):
        return True
    return any(
        not compiled(words.unnamed).search(m["value"].lower())
        for m in compiled(words.named).finditer(prose.page.cased, start, end)
    )


def _in_part(prose: Prose, hit: Hit) -> bool:
    """Say whether a sentence names some of the data: there is more, or the names are examples."""
    start, end = hit.sentence.start, hit.sentence.end
    words = prose.rules.data
    if any(compiled(p).search(prose.page.plain, start, end) for p in words.partial):
        return True
    led = compiled(words.examples).search(prose.page.plain, start, end)
    return led is not None and not _has_name(prose, hit, start, led.start())


def _is_linked(prose: Prose, hit: Hit) -> bool:
    hosts = compiled(prose.rules.data.hosts)
    return any(hosts.search(address) for address in prose.reader.links(hit.sentence))
