"""The sentences of a card that name training data, and those that link it."""

from collections.abc import Iterator

from openaudit.evidence.prose_facts import Prose
from openaudit.evidence.signals import Hit, compiled
from openaudit.model.evidence import Quote


def named_data(prose: Prose) -> tuple[tuple[Quote, ...], tuple[Quote, ...], bool]:
    """Return the sentences that name training data, those that link it, and whether they are all.

    They are all where no sentence says that there was more.
    """
    found = list(_naming(prose))
    named = tuple(prose.quote(h) for h in found)
    linked = tuple(prose.quote(h) for h in found if _is_linked(prose, h))
    return named, linked, bool(found) and not any(_in_part(prose, h) for h in found)


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
