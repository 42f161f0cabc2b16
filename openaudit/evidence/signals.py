"""Find what answers a fact in the sentences of a card, by the patterns of `rules/evidence/`.

A pattern is run over the whole text once; the sentence around a hit is looked up. So a card costs
what its length costs, however many sentences it has.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from openaudit.evidence.passages import Page, Sentence
from openaudit.model.signal import Signal

MOST_HITS: Final = 400
"""Places that are looked at for one signal."""

_LINK = re.compile(r"https?://[^\s<>)\"'\]]{4,800}")
_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{2}|[^\W\d_][\w'-]*")
_PART = re.compile(r"(\\.|\[\^?(?:\\.|[^\]\\])+\])([*+]?)|( )([?*]?)")
_REPEATED: Final = 24
"""Characters that `*` and `+` stand for, at most: so no card can make a pattern slow."""
_GAP: Final = 100
"""White space that a space in a pattern stands for, at most: blanked addresses are long."""

_FAR: Final = 60
_NEAR: Final = 600


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a signal holds: the run to quote, and what its group `value` holds."""

    start: int
    end: int
    sentence: Sentence
    value: str = ""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern; a space in it stands for any white space that markup has left."""
    return re.compile(_PART.sub(_bounded, pattern))


def _bounded(found: re.Match[str]) -> str:
    one, repeat, space, optional = found.groups()
    if space:
        return rf"\s{{{0 if optional else 1},{_GAP}}}"
    one = one.replace(" ", r"\s") if one.startswith("[") else one
    return one + {"": "", "*": f"{{0,{_REPEATED}}}", "+": f"{{1,{_REPEATED}}}"}[repeat]


def hits(signal: Signal, page: Page, empty: Sequence[str]) -> Iterator[Hit]:
    """Yield every place where `signal` holds, in the order of the text."""
    for found in islice(_candidates(signal, page), MOST_HITS):
        if _holds(signal, page, found.sentence) and not says_nothing(page, found.sentence, empty):
            yield found


def says_nothing(page: Page, sentence: Sentence, empty: Sequence[str]) -> bool:
    """Say whether a sentence is a placeholder, or comes with the template."""
    if sentence.kind != "prose":
        return False
    text = page.plain[sentence.start : sentence.end].strip()
    return any(compiled(p).search(text) for p in empty)


def _candidates(signal: Signal, page: Page) -> Iterator[Hit]:
    if signal.says:
        for found in compiled(signal.says[0]).finditer(page.plain):
            sentence = sentence_at(page, found.start())
            if sentence is not None and found.end() <= sentence.end:
                value = found.groupdict().get("value") or ""
                span = found.span("value") if value else found.span()
                value = page.text[span[0] : span[1]] if value else ""
                yield Hit(*found.span(), sentence, value)
    elif signal.link:
        for found in _LINK.finditer(page.text):
            sentence = sentence_at(page, found.start())
            if sentence and compiled(signal.link).search(found[0].lower()):
                yield Hit(*found.span(), sentence)
    else:
        for sentence in page.sentences:
            if signal.under and compiled(signal.under).search(sentence.path):
                yield Hit(sentence.start, sentence.end, sentence)


def _holds(signal: Signal, page: Page, sentence: Sentence) -> bool:
    plain = page.plain[sentence.start : sentence.end]
    return (
        sentence.kind in signal.where
        and (signal.under is None or _finds(signal.under, sentence.path))
        and not (signal.outside and _finds(signal.outside, sentence.path))
        and all(_finds(p, plain) for p in signal.says[1:])
        and (signal.link is None or _leads(signal.link, page, sentence))
        and not any(_finds(p, plain) for p in signal.unless)
        and all(_finds(p, _around(page, sentence)) for p in signal.near)
        and bool(signal.says or signal.link or len(_WORD.findall(plain)) >= signal.words)
    )


def _finds(pattern: str, text: str) -> bool:
    return compiled(pattern).search(text) is not None


def _leads(pattern: str, page: Page, sentence: Sentence) -> bool:
    links = _LINK.finditer(page.text, sentence.start, sentence.end)
    return any(_finds(pattern, link[0].lower()) for link in links)


def _around(page: Page, sentence: Sentence) -> str:
    return page.plain[max(sentence.start - _NEAR, 0) : sentence.end + _NEAR]


def sentence_at(page: Page, offset: int) -> Sentence | None:
    """Return the sentence in which `offset` stands; None between sentences and in headings."""
    at = bisect_right(page.starts, offset) - 1
    if at < 0 or offset >= page.sentences[at].end:
        return None
    return page.sentences[at]


def quoted(page: Page, hit: Hit, longest: int) -> tuple[int, int]:
    """Return the run to quote: the sentence, or of a long one what stands around the hit."""
    start, end = hit.sentence.start, hit.sentence.end
    if end - start > longest:
        start = max(start, hit.start - _FAR)
        end = min(end, max(start + longest, min(hit.end, start + 2 * longest)))
    text = page.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
