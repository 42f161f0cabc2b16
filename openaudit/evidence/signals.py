"""Find what answers a fact in the sentences of a card, by the patterns of `rules/evidence/`.

A pattern is run over the sentences that hold one of the strings it cannot do without, and compiled
when there is one. So a card costs what it says of the things that are looked for.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from openaudit.evidence.needles import needles
from openaudit.evidence.passages import Page, Sentence
from openaudit.evidence.wording import Signal

KINDS: Final = ("prose", "row", "code")
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


_Match = re.Match[str]


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


class Reader:
    """A page, and what was looked up in it so far."""

    def __init__(self, page: Page, empty: Sequence[str]) -> None:
        self.page = page
        self._empty = empty
        self._holding: dict[str, tuple[int, ...]] = {}
        self._under: dict[tuple[str, str], bool] = {}
        self._hollow: dict[int, bool] = {}
        self._paths = "\n".join(dict.fromkeys(s.path for s in page.sentences))

    def hits(self, signal: Signal) -> Iterator[Hit]:
        """Yield every place where `signal` holds, in the order of the text."""
        for found in islice(self._candidates(signal), MOST_HITS):
            if self._holds(signal, found.sentence) and not self.says_nothing(found.sentence):
                yield found

    def says_nothing(self, sentence: Sentence) -> bool:
        """Say whether a sentence is a placeholder, or comes with the template."""
        if sentence.kind != "prose":
            return False
        known = self._hollow.get(sentence.start)
        if known is None:
            text = self.page.plain[sentence.start : sentence.end].strip()
            known = any(_finds(p, text) for p in self._empty)
            self._hollow[sentence.start] = known
        return known

    def places(
        self, pattern: str, where: Sequence[str] = KINDS
    ) -> Iterator[tuple[Sentence, _Match]]:
        """Yield every match of `pattern` within a sentence of a kind in `where`."""
        for sentence in self._holding_one(pattern):
            if sentence.kind in where:
                for found in compiled(pattern).finditer(
                    self.page.plain, sentence.start, sentence.end
                ):
                    yield sentence, found

    def links(self, sentence: Sentence) -> Iterator[str]:
        """Yield the addresses in `sentence`, in small letters."""
        for found in _LINK.finditer(self.page.text, sentence.start, sentence.end):
            yield found[0].lower()

    def _candidates(self, signal: Signal) -> Iterator[Hit]:
        if signal.says:
            for sentence, found in self.places(signal.says[0], signal.where):
                value = found.groupdict().get("value") or ""
                span = found.span("value") if value else found.span()
                yield Hit(*found.span(), sentence, self.page.text[slice(*span)] if value else "")
        elif signal.link:
            for found in _LINK.finditer(self.page.text, self.page.begin):
                sentence_ = sentence_at(self.page, found.start())
                if sentence_ and _finds(signal.link, found[0].lower()):
                    yield Hit(*found.span(), sentence_)
        elif signal.under and self._any_path(signal.under):
            for sentence in self.page.sentences:
                if sentence.kind in signal.where and self._is_under(signal.under, sentence):
                    yield Hit(sentence.start, sentence.end, sentence)

    def _holding_one(self, pattern: str) -> Sequence[Sentence]:
        """Return the sentences that may hold a match: those with a needle of the pattern."""
        wanted = needles(pattern)
        sentences = self.page.sentences
        if wanted is None:
            return sentences
        return [sentences[i] for i in sorted({i for w in wanted for i in self._with(w)})]

    def _with(self, text: str) -> tuple[int, ...]:
        """Return the numbers of the sentences that hold `text`."""
        known = self._holding.get(text)
        if known is None:
            known = self._holding[text] = tuple(self._find(text))
        return known

    def _find(self, text: str) -> Iterator[int]:
        page = self.page
        at = page.plain.find(text)
        while at >= 0:
            number = bisect_right(page.starts, at) - 1
            if number >= 0 and at < page.sentences[number].end:
                yield number
                at = page.plain.find(text, max(page.sentences[number].end - len(text), at) + 1)
            else:
                at = page.plain.find(text, at + 1)

    def _holds(self, signal: Signal, sentence: Sentence) -> bool:
        plain = self.page.plain[sentence.start : sentence.end]
        return (
            sentence.kind in signal.where
            and (signal.link is None or any(_finds(signal.link, a) for a in self.links(sentence)))
            and all(_finds(p, plain) for p in signal.says[1:])
            and not any(_finds(p, plain) for p in signal.unless)
            and (signal.under is None or self._is_under(signal.under, sentence))
            and not (signal.outside and self._is_under(signal.outside, sentence))
            and all(_finds(p, self._around(sentence)) for p in signal.near)
            and bool(signal.says or signal.link or len(_WORD.findall(plain)) >= signal.words)
        )

    def _around(self, sentence: Sentence) -> str:
        return self.page.plain[max(sentence.start - _NEAR, 0) : sentence.end + _NEAR]

    def _any_path(self, pattern: str) -> bool:
        wanted = needles(pattern)
        return wanted is None or any(w in self._paths for w in wanted)

    def _is_under(self, pattern: str, sentence: Sentence) -> bool:
        key = pattern, sentence.path
        known = self._under.get(key)
        if known is None:
            known = self._under[key] = _finds(pattern, sentence.path)
        return known


def _finds(pattern: str, text: str) -> bool:
    """Say whether `pattern` is in `text`; it is compiled when something of it may be."""
    wanted = needles(pattern)
    if wanted is not None and not any(w in text for w in wanted):
        return False
    return compiled(pattern).search(text) is not None


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
