"""What a changed license text lost: the sections and clauses that stood where words were removed.

Of the standard text only hashes are at hand. So the sections come from the numbers that the text
itself prints before and after a place, and the clauses from the profile of the license. A clause
that the rules still find in its section is not lost; no section is named where no numbers tell.
Pure; like `binding`, it meets several stages.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cmp_to_key
from itertools import pairwise
from typing import Final

from openaudit.clauses.gaps import Gap, gaps
from openaudit.clauses.numbering import Number, follows, number, skipped
from openaudit.clauses.places import Place, places
from openaudit.model.clause import Clause
from openaudit.model.document import Document
from openaudit.model.evidence import Quote
from openaudit.model.frozen import frozen
from openaudit.model.license import FoundLicense, Loss, Removed
from openaudit.model.profile import LicenseProfile

_SHORTEST: Final = 5
"""Words that a clause has at least: fewer cannot be one that was taken out or put in."""

_LONGEST: Final = 100_000
"""Characters between two sections, more than in any license, in which a number is looked for."""

_SHOWN_WORDS: Final = 6
_SHOWN: Final = 80
_WORD: Final = re.compile(r"\w")
_RUN: Final = re.compile(r"\S+")


@frozen
class _Known:
    """A clause of the profile in one of its sections; `found` where the rules see it in another."""

    id: str
    section: str
    number: Number
    found: bool


def losses(
    document: Document,
    found: FoundLicense,
    profile: LicenseProfile | None,
    clauses: Sequence[Clause],
) -> tuple[Loss, ...]:
    """Return what stood at each removed place of `found`, in their order.

    `clauses` are what the rules find in `document`. Of a profile that nobody has checked against
    the text nothing is concluded.
    """
    if not found.removed:
        return ()
    printed = places(document.text, found.start, found.end)
    lost = gaps(found.removed, document.text, printed)
    numbered = {p.number[:depth] for p in printed for depth in range(1, len(p.number) + 1)}
    checked = profile if profile is not None and profile.verified is not None else None
    shown = [c for c in clauses if _stands_in(c, document)]
    for known in _unfound(checked, shown, found, printed) if checked else ():
        _assign(known, lost, numbered, shown, document.text)
    for gap in lost:
        if not _has_room(gap, gap.gone):
            gap.clauses = {i: n for i, n in gap.clauses.items() if n not in gap.gone}
            gap.gone.clear()
    _skip(lost, numbered, document.text)
    return tuple(_loss(gap, document, found) for gap in lost)


def _stands_in(clause: Clause, document: Document) -> bool:
    return isinstance(clause.evidence, Quote) and clause.evidence.document == document.name


def _unfound(
    profile: LicenseProfile,
    shown: Sequence[Clause],
    found: FoundLicense,
    printed: Sequence[Place],
) -> Iterator[_Known]:
    """Yield the clauses of the profile that no rule finds in their section, once for each section.

    Where sections got other numbers, or a passage that was added holds it, a clause may stand
    elsewhere; then it is not lost.
    """
    anywhere = _renumbered(found, printed)
    for known in profile.clauses:
        same = [c for c in shown if c.id == known.id]
        parts = known.section.split(",") if any(p.number for p in printed) else []
        listed = [(n, part.strip()) for part in parts if (n := number(part))]
        if any(anywhere or not listed or _touches_added(c, found) for c in same):
            continue
        missed = [each for each in listed if not _is_among(each[0], same)]
        for section, label in missed if listed else [((), "")]:
            yield _Known(known.id, label, section, found=len(missed) < len(listed))


def _is_among(section: Number, clauses: Iterable[Clause]) -> bool:
    return any(_same(section, number(c.section)) for c in clauses)


def _same(one: Number, other: Number) -> bool:
    """Say whether two numbers are of one section, or one of them of a part of the other's."""
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]


def _renumbered(found: FoundLicense, printed: Sequence[Place]) -> bool:
    """Say whether numbers of sections were changed: something new ends where a section begins."""
    starts = [p.start for p in printed if p.number]
    return any(0 <= at - end <= 2 for _, end in found.added for at in starts)  # noqa: PLR2004  # ". "


def _touches_added(clause: Clause, found: FoundLicense) -> bool:
    quote = clause.evidence
    return isinstance(quote, Quote) and any(
        quote.start < end and quote.end > start for start, end in found.added
    )


def _assign(
    known: _Known,
    lost: Sequence[Gap],
    numbered: Iterable[Number],
    shown: Sequence[Clause],
    text: str,
) -> None:
    """Put a clause that is not found down to the one place that may have held it, if any."""
    printed = frozenset(numbered)
    section = _deepest(known.number, printed)
    if not section:
        nameless = not printed or not known.number
        candidates = list(lost) if nameless and len(lost) == 1 else []
        kept = True
    elif section in printed:
        candidates = [] if known.found else [g for g in lost if g.touches(section)]
        kept = True
    else:
        candidates = [g for g in lost if g.holds(section)]
        kept = False
    if not candidates:
        return
    gap = max(candidates, key=lambda g: (kept or not g.inside, g.removed.words))
    kept = kept or _is_printed(section, gap, text)
    if any(c.id == known.id and _stands_at(c, gap, text) for c in shown):
        gap.standing.add(section)
        return
    gap.clauses[known.id] = section
    if section:
        label = known.section if section == known.number else ".".join(section)
        (gap.kept if kept else gap.gone).setdefault(section, label)


def _deepest(wanted: Number, printed: frozenset[Number]) -> Number:
    """Return the section down to the level that the text has numbers for; empty without numbers."""
    if not printed:
        return ()
    section = wanted
    while len(section) > 1 and section not in printed:
        siblings = any(len(n) == len(section) and n[:-1] == section[:-1] for n in printed)
        if siblings:
            break
        section = section[:-1]
    return section


def _is_printed(section: Number, gap: Gap, text: str) -> bool:
    """Say whether the number may stand around the place after all, where it was not read as one."""
    start = gap.low.start if gap.low else 0
    end = gap.high.start if gap.high else len(text)
    if end - start > _LONGEST:
        return True
    last = re.escape(section[-1])
    mark = rf"(?<![\w.])(?:(?:\w{{1,3}}\.)+{last}\b|{last}[.):])|\({last}\)"
    pattern = rf"\b{last}\b" if " " in section[-1] else mark
    return re.search(pattern, text[start:end], re.IGNORECASE) is not None


def _stands_at(clause: Clause, gap: Gap, text: str) -> bool:
    """Say whether a clause stands at the place after all: with its number gone or changed."""
    quote, high = clause.evidence, gap.high
    if not isinstance(quote, Quote):
        return False
    # A sentence that runs over the place may have been put together from what is left.
    over = _WORD.search(text, gap.removed.end, quote.end)
    if quote.start < gap.removed.start and not over:
        return False
    return high is None or quote.start < high.start


def _skip(lost: Sequence[Gap], numbered: Iterable[Number], text: str) -> None:
    """Add the numbers that are left out around a place, to the largest place between two sections.

    What the profile has no clause of is gone as well where the numbers before and after say so.
    """
    printed = frozenset(numbered)
    between: dict[tuple[Number, Number], list[Gap]] = {}
    for gap in lost:
        if gap.low and (gap.gone or not gap.inside):
            after = gap.high.number if gap.high else ()
            between.setdefault((gap.low.number, after), []).append(gap)
    for (low, high), several in between.items():
        largest = max(several, key=lambda g: g.removed.words)
        steps = (low, *sorted(largest.gone, key=_IN_ORDER), *([high] if high else []))
        between_steps = {n for pair in pairwise(steps) for n in skipped(*pair)} - printed
        missing = between_steps - largest.standing
        left_out = {n for n in missing if not _is_printed(n, largest, text)}
        if _has_room(largest, left_out | set(largest.gone)):
            largest.gone |= {n: ".".join(n) for n in sorted(left_out - set(largest.gone))}


def _has_room(gap: Gap, sections: Collection[Number]) -> bool:
    """Say whether the words that are missing can have made these sections.

    Where they cannot, it is the numbers of the text that were not read as they are meant.
    """
    return not sections or gap.removed.words >= _SHORTEST * (2 * len(sections) - 1)


def _order(one: Number, other: Number) -> int:
    return int(follows(one, other)) - int(follows(other, one))


_IN_ORDER: Final = cmp_to_key(_order)


def _loss(gap: Gap, document: Document, found: FoundLicense) -> Loss:
    removed = gap.removed
    sections = gap.kept | gap.gone
    labels = [sections[n] for n in sorted(sections, key=_IN_ORDER)]
    own = gap.low.section if gap.inside and gap.low and gap.low.number in gap.touched else ""
    return Loss(
        removed,
        _around(document, removed),
        (gap.low.section if gap.low else "", gap.high.section if gap.high else ""),
        ", ".join(labels) or own,
        tuple(gap.clauses),
        certain=_is_certain(gap, document.text, found),
    )


def _is_certain(gap: Gap, text: str, found: FoundLicense) -> bool:
    """Say whether whole sections are gone and nothing new is long enough to say the same.

    Where only a number is left out and no clause is known to have stood there, the words that are
    missing may be no more than a heading.
    """
    new = (text[start:end] for start, end in found.added)
    return (
        any(section in gap.gone for section in gap.clauses.values())
        and not gap.kept
        and all(len(passage.split()) < _SHORTEST for passage in new)
    )


def _around(document: Document, removed: Removed) -> Quote:
    """Return the place with some words on both sides."""
    text = document.text
    first = max(0, removed.start - _SHOWN)
    before = list(_RUN.finditer(text, first, removed.start))[-_SHOWN_WORDS:]
    after = list(_RUN.finditer(text, removed.end, removed.end + _SHOWN))[:_SHOWN_WORDS]
    start = before[0].start() if before else removed.start
    end = after[-1].end() if after else removed.end
    return document.quote(start, end)
