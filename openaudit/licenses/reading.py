"""One text under examination: its words, their shingles, and where they stand."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Final

from openaudit.data import knowledge
from openaudit.licenses.copyright import is_copyright_line, is_wrapped, says_who
from openaudit.licenses.index import Index, Reference
from openaudit.licenses.shingles import shingles, title_digest, title_sum
from openaudit.licenses.spans import Span, WordSpans
from openaudit.licenses.titles import LONGEST_HEAD

_SIGNS: Final = frozenset({b"copyright", b"copyrights", b"c", b"all"})
_LONGEST_NOTICE: Final = 40
_KIND: Final = frozenset({b"license", b"licence", b"licensing", b"terms"})
_LONGEST_LEAD: Final = 20
_NAME: Final = (
    r"(?:the )?(?P<name>[a-z0-9]+(?: [a-z0-9]+){0,7}?)(?: models?| model weights| weights)?"
)


class Reading:
    """A text that is no known license as a whole. Words go by their numbers."""

    def __init__(self, text: str, folded: list[bytes], index: Index) -> None:
        self.text = text
        self.folded = folded
        self.index = index
        self.shingles = shingles(folded)

    @cached_property
    def _spans(self) -> WordSpans:
        return WordSpans(self.text)

    def span(self, first: int, end: int) -> Span:
        """Return the offsets in the text of the words `first:end`."""
        return self._spans.span(first, end)

    def titles_before(self, body: int, reference: Reference, first: int) -> int:
        """Return from where on, not before `first`, the words up to `body` are only titles."""
        return self._reach(body, lambda end: self._titles(end, reference, first))

    def head(self, body: int, reference: Reference, first: int) -> int:
        """Return from where on the words up to `body` are only titles and copyright statements."""
        return self._reach(
            body, lambda end: (*self._titles(end, reference, first), *self._notices(end, first))
        )

    def lead_in(self, end: int, reference: Reference, first: int) -> int:
        """Return from where on the words up to `end` only say that a license follows."""
        leading = knowledge().lead_ins.words

        def before(stop: int) -> Iterator[int]:
            yield from self._titles(stop, reference, first)
            yield from self._notices(stop, first)
            if stop > first and self.folded[stop - 1] in leading:
                yield stop - 1

        return self._reach(end, before)

    def only_leads(self, first: int, end: int) -> bool:
        """Say whether the words `first:end`, all above a license, are a sentence leading there."""
        if not 0 < end - first <= _LONGEST_LEAD:
            return False
        said = b" ".join(self.folded[first:end]).decode()
        for pattern in _lead_ins():
            found = pattern.fullmatch(said)
            name = found.groupdict().get("name") if found else None
            if found and (name is None or self._is_name(first, said, found.span("name"))):
                return True
        return False

    def _is_name(self, first: int, said: str, place: Span) -> bool:
        """Say whether words are one piece, spelled as a name, and tell nothing."""
        start = first + said.count(" ", 0, place[0])
        words = slice(*self.span(start, start + said.count(" ", *place) + 1))
        name = self.text[words]
        spelled = any(c.isupper() or c.isdigit() for c in name)
        return spelled and not any(map(str.isspace, name)) and not says_who(name)

    def is_said(self, first: int, end: int, reference: Reference) -> bool:
        """Say whether the words of a heading, which speaks of a license, say more than that."""
        words = range(first, end)
        kind = not _KIND.isdisjoint(self.folded[first:end])
        titled = kind or any(any(self._titles(w + 1, reference, first)) for w in words)
        return titled and self.lead_in(end, reference, first) > first

    def is_only_notices(self, first: int, end: int) -> bool:
        """Say whether the words `first:end` are copyright statements, on whatever lines."""
        if end - first >= LONGEST_HEAD + _LONGEST_NOTICE:
            return False
        return self._reach(end, lambda stop: self._notices(stop, first)) == first

    @staticmethod
    def _reach(end: int, before: Callable[[int], Iterable[int]]) -> int:
        reached, open_ = {end}, [end]
        while open_:
            at = open_.pop()
            if end - at < LONGEST_HEAD:
                found = set(before(at)) - reached
                reached |= found
                open_ += found
        return min(reached)

    def _titles(self, end: int, reference: Reference, first: int) -> Iterator[int]:
        """Yield the starts of titles of the reference that end before the word `end`."""
        for length in self.index.title_lengths:
            if length > end - first:
                return
            title = self.folded[end - length : end]
            likely = title_sum(title) in self.index.title_sums
            if likely and title_digest(title) in reference.titles:
                yield end - length

    def _notices(self, end: int, first: int) -> Iterator[int]:
        for start in range(max(first, end - _LONGEST_NOTICE), end):
            if self.folded[start] in _SIGNS and self._is_notice(start, end):
                yield start

    def _is_notice(self, first: int, end: int) -> bool:
        start, stop = self.span(first, end)
        opened = start > 0 and self.text[start - 1] == "("
        closed = stop < len(self.text) and self.text[stop] in ")>]}"
        line = self.text.rfind("\n", 0, start) + 1
        above = self.text[line:stop].splitlines()[:-1]
        return all(map(is_wrapped, above)) and is_copyright_line(
            self.text[start - opened : stop + closed]
        )


@cache
def _lead_ins() -> tuple[re.Pattern[str], ...]:
    known = knowledge().lead_ins
    what = f"(?:{'|'.join((*known.subjects, _NAME))})"
    return tuple(re.compile(sentence.replace("{what}", what)) for sentence in known.sentences)
