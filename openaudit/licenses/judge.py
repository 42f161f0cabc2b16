"""The verdict on known texts found in a text: exact, or near with what was added and removed."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from openaudit.licenses.card import body, paragraph, section
from openaudit.licenses.index import Reference
from openaudit.licenses.reading import Reading
from openaudit.licenses.search import Found
from openaudit.licenses.shingles import text_digest
from openaudit.model.license import Cause, FoundLicense, Match, Removed

Range = tuple[int, int]


@dataclass(slots=True)
class _Case:
    """One license in the making. Word numbers; `head` is where its titles begin."""

    found: Found
    references: tuple[Reference, ...]
    head: int
    added: list[Range] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    whole: bool = False


def judge(reading: Reading, found: Sequence[Found], *, card: bool) -> tuple[FoundLicense, ...]:
    """Return the licenses found, in order.

    Outside a `card`, a license is exact only where all the words of the text are explained.
    """
    cases: list[_Case] = []
    for each in found:
        end = cases[-1].found.end if cases else 0
        cases.append(_case(reading, each, end))
    _add_around(reading, cases, card=card)
    spoiled = not card and not all(_is_exact(c) for c in cases)
    return tuple(_license(reading, c, exact=_is_exact(c) and not spoiled) for c in cases)


def _case(reading: Reading, found: Found, end: int) -> _Case:
    """Return what stands between the blocks of one license, and what is missing there."""
    same = _same(reading, found.reference)
    heads = {r: reading.head(found.start, r, end) for r in same}
    head = min(heads.values())
    case = _Case(found, tuple(r for r in heads if heads[r] == head), head)
    pieces: list[bytes] = []
    place, before = 0, found.start
    for block in found.blocks:
        missing = block.known - place
        if block.start > before and (missing or not reading.is_only_notices(before, block.start)):
            case.added.append((before, block.start))
        if missing:
            case.removed.append(_removed(reading, place, missing, (before, block.start)))
        pieces += reading.folded[block.start : block.end]
        place, before = block.known_end, block.end
    if found.length > place:
        missing = found.length - place
        case.removed.append(_removed(reading, place, missing, (before, before)))
    case.whole = text_digest(pieces) in found.reference.digests
    return case


def _removed(reading: Reading, place: int, missing: int, gap: Range) -> Removed:
    """Return the place where words are missing; `gap` are the words that stand there instead."""
    first, after = gap
    start = reading.span(first - 1, first)[1] if place else reading.span(first, first + 1)[0]
    end = reading.span(after, after + 1)[0] if first < after else start
    return Removed(place, missing, start, max(start, end))


def _same(reading: Reading, reference: Reference) -> list[Reference]:
    """Return the known texts with this body, which may differ in their titles."""
    by_digest = reading.index.by_digest
    same = {r for d in reference.digests for r in by_digest[d] if r.length == reference.length}
    return sorted(same, key=lambda r: (r is not reference, r.number))


def _add_around(reading: Reading, cases: Sequence[_Case], *, card: bool) -> None:
    """Count the words around the licenses as added: to the next license, at the end to the last."""
    for number, case in enumerate(cases):
        before = cases[number - 1].found.end if number else 0
        after = len(reading.folded) if number + 1 == len(cases) else case.found.end
        if card:
            case.head = _head_in_body(reading, case)
            before, after = _own_section(reading, case, before, cases[number + 1 :])
        if before < case.head and (card or not reading.only_leads(before, case.head)):
            case.added.insert(0, (before, case.head))
        if case.found.end < after and not reading.is_only_notices(case.found.end, after):
            case.added.append((case.found.end, after))


def _head_in_body(reading: Reading, case: _Case) -> int:
    """Return where the titles of a license begin: a tag in the front matter above is none."""
    top = body(reading.text)
    if reading.span(case.found.start, case.found.start + 1)[0] < top:
        return case.head
    titles = range(case.head, case.found.start)
    return case.head + bisect_left(titles, top, key=lambda w: reading.span(w, w + 1)[0])


def _own_section(reading: Reading, case: _Case, before: int, following: Sequence[_Case]) -> Range:
    """Return the words about a license in a card: of its section, or of its paragraph.

    Its heading is among them where it says more than that a license follows.
    """
    start, end = reading.span(case.head, case.found.end)
    after = following[0].head if following else len(reading.folded)
    first, last = paragraph(reading.text, start, end)
    own = section(reading.text, start, end)
    if own is None:
        return _words(reading, case, before, first), _words_after(reading, case, after, last)
    (opening, closing), last = own
    head, lead = (_words(reading, case, before, at) for at in (opening, closing))
    reference = case.found.reference
    said = head < lead and reading.is_said(head, lead, reference)
    if not said:
        head = case.head if reading.lead_in(case.head, reference, lead) == lead else lead
    return head, _words_after(reading, case, after, last)


def _words(reading: Reading, case: _Case, before: int, offset: int) -> int:
    """Return the first word above the license, after `before`, that stands at `offset` or later."""
    above = range(before, case.head)
    return before + bisect_left(above, offset, key=lambda word: reading.span(word, word + 1)[0])


def _words_after(reading: Reading, case: _Case, after: int, offset: int) -> int:
    """Return the end of the words below the license, before `after`, that stand before `offset`."""
    below = range(case.found.end, after)
    last = bisect_left(below, offset, key=lambda word: reading.span(word, word + 1)[0])
    return case.found.end + last


def _is_exact(case: _Case) -> bool:
    return case.whole and not case.added and not case.removed


def _license(reading: Reading, case: _Case, *, exact: bool) -> FoundLicense:
    found = case.found
    rivals = found.rivals if case.removed else ()
    ids = list(dict.fromkeys(i for r in (*case.references, *rivals) for i in r.ids))
    start, end = reading.span(case.head, found.end)
    return FoundLicense(
        id=ids[0],
        also=tuple(ids[1:]),
        match=Match.EXACT if exact else Match.NEAR,
        similarity=1.0 if exact else _similarity(case),
        start=start,
        end=end,
        added=tuple(reading.span(*words) for words in case.added),
        removed=tuple(case.removed),
        cause=None if exact else _cause(case),
    )


def _cause(case: _Case) -> Cause:
    if case.added or case.removed:
        return Cause.WORDS
    return Cause.BESIDE if case.whole else Cause.ORDER


def _similarity(case: _Case) -> float:
    added = sum(end - start for start, end in case.added)
    matched = case.found.matched
    return round(2 * matched / (matched + added + case.found.length), 4)
