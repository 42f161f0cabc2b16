"""What a card says of the data the model was trained on."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from openaudit.evidence.ledger import at_least, fact, told
from openaudit.evidence.prose import Prose
from openaudit.evidence.signals import Hit, compiled, hits
from openaudit.model.card import Card, Field
from openaudit.model.document import Role
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Plain, Release

if TYPE_CHECKING:
    from openaudit.model.evidence import Evidence

_MOST_QUOTES: Final = 5
# What the hub can find: a name with its owner, or one of the old names without.
_ID = re.compile(r"[\w.-]+/[\w.-]+\Z|[a-z][a-z0-9_]+\Z")
_LINK = re.compile(r"https?://[^\s<>)\"'\]]{4,800}")


def data_facts(release: Release, card: Card, prose: Prose | None) -> Iterator[Fact]:
    """Yield the datasets that the card lists, and what its prose names and links.

    Whether they are all there were, or only some, the list does not say.
    """
    datasets = card.fields.get("datasets")
    if datasets is not None:
        names: list[Plain] = list(datasets.strings())
        yield fact("data.listed", names, Method.PARSED, datasets.evidence)
    elif release.texts(Role.CARD) and not card.notes:
        yield fact("data.listed", [], Method.PARSED, told(release, "the card lists no datasets"))
    yield from _named(prose, datasets)


def _named(prose: Prose | None, datasets: Field | None) -> Iterator[Fact]:
    """Yield whether the training data is named, and whether there is a way to it."""
    found = list(naming(prose)) if prose else []
    listed = [n for n in datasets.strings() if n[0].isalnum()] if datasets else []
    quotes: list[Evidence] = [prose.quote(h) for h in found[:_MOST_QUOTES]] if prose else []
    quotes += [datasets.evidence] if datasets and listed else []
    if not quotes:
        return
    whole = bool(found) and prose is not None and not any(_in_part(prose, h) for h in found)
    named = fact("data.pretrain.named", "all" if whole else "some", Method.INFERRED, *quotes)
    yield named if whole else at_least(named, "all")
    linked: list[Evidence] = [prose.quote(h) for h in found if _linked(prose, h)] if prose else []
    ids = [bool(_ID.match(i)) for i in listed]
    every = whole and (2 * len(linked) >= len(found) or (any(ids) and all(ids)))
    linked = [*linked[:_MOST_QUOTES], *([datasets.evidence] if datasets and any(ids) else [])]
    if linked:  # what is named twice is linked once
        released = fact(
            "data.pretrain.released", "full" if every else "partial", Method.INFERRED, *linked
        )
        yield released if every else at_least(released, "full")


def naming(prose: Prose) -> Iterator[Hit]:
    """Yield each sentence that speaks of training data and has the name of a data set in it."""
    seen: set[int] = set()
    for signal in prose.rules.data.training:
        for hit in hits(signal, prose.page, prose.rules.empty):
            if hit.sentence.start not in seen and _has_name(
                prose, hit.sentence.start, hit.sentence.end
            ):
                seen.add(hit.sentence.start)
                yield hit


def _has_name(prose: Prose, start: int, end: int) -> bool:
    words = prose.rules.data
    if any(compiled(p).search(prose.page.plain, start, end) for p in words.names):
        return True
    if any("/datasets/" in m[0] for m in _LINK.finditer(prose.page.text, start, end)):
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
    return led is not None and not _has_name(prose, start, led.start())


def _linked(prose: Prose, hit: Hit) -> bool:
    links = _LINK.finditer(prose.page.text, hit.sentence.start, hit.sentence.end)
    return any(compiled(prose.rules.data.hosts).search(m[0].lower()) for m in links)
