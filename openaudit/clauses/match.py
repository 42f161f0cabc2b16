"""Find the clauses of a text that rules describe, each with its quote and parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Final

from openaudit.clauses.fold import bare
from openaudit.clauses.hit import Hit, Opened, apply
from openaudit.clauses.literals import letters
from openaudit.clauses.merge import listed, merged
from openaudit.clauses.message import sentence
from openaudit.clauses.pattern import all_there, find
from openaudit.clauses.segment import Segments, segment
from openaudit.clauses.shelf import Shelf, asked
from openaudit.model.clause import Basis, Clause, Confidence
from openaudit.model.document import Document, Role
from openaudit.model.frozen import frozen
from openaudit.model.rule import ClauseRule

_MAX_QUOTE: Final = 600
_CONFIDENCE: Final = {
    Role.LICENSE: Confidence.HIGH,
    Role.POLICY: Confidence.HIGH,
    Role.NOTICE: Confidence.MEDIUM,
    Role.GATE: Confidence.MEDIUM,
    Role.CARD: Confidence.LOW,
}


@frozen
class _Reading:
    """One text while it is read; `titled` says that its headings say something by themselves."""

    segments: Segments
    shelf: Shelf
    titled: bool
    opened: Opened = field(default_factory=dict)


def find_clauses(document: Document, rules: Iterable[ClauseRule]) -> tuple[Clause, ...]:
    """Return the clauses of `document` in the order of the text."""
    applicable = [rule for rule in rules if document.role.value in rule.applies_to]
    if not _worth_reading(document.text, applicable):
        return ()
    segments = segment(document.text)
    shelf = Shelf([unit.lower for unit in segments.units], asked(_patterns(applicable)))
    # In a card a heading is a sentence: nobody defines or lists anything under it by sections.
    reading = _Reading(segments, shelf, titled=document.role is Role.CARD)
    found = [(rule, hits) for rule in applicable if (hits := _rule_hits(rule, reading))]
    ids = {rule.id for rule, _ in found}
    clauses = [
        _clause(document, segments, hit)
        for rule, hits in found
        if ids.isdisjoint(rule.yields_to)
        for hit in hits
    ]
    return tuple(sorted(clauses, key=_place))


def _worth_reading(text: str, rules: Iterable[ClauseRule]) -> bool:
    """Say whether `text` may hold a clause at all; most model cards do not."""
    plain = bare(text)
    there: dict[str, bool] = {}
    return any(
        all_there(letters((*alternative.all, *alternative.in_order)), plain, there)
        for rule in rules
        for alternative in rule.match
    )


def _patterns(rules: Iterable[ClauseRule]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of patterns that are looked up together."""
    together: list[tuple[str, ...]] = []
    for rule in rules:
        together += [(*a.all, *a.in_order) for a in rule.match]
        together += [(p,) for ps in (rule.categories or {}).values() for p in ps]
    return tuple(together)


def _place(clause: Clause) -> tuple[int, str]:
    return getattr(clause.evidence, "start", 0), clause.id


def _rule_hits(rule: ClauseRule, reading: _Reading) -> list[Hit]:
    """Return one hit for each clause that the rule finds."""
    hits: list[Hit] = []
    units = reading.segments.units
    for alternative in rule.match:
        for index in reading.shelf.holding((*alternative.all, *alternative.in_order)):
            if units[index].caption and not reading.titled:
                continue
            hit = apply(rule, alternative, units[index], index, reading.opened)
            if hit is not None:
                hits.append(hit)
    if rule.categories:
        return listed(hits, _sorted_items(rule.categories, hits, reading.shelf))
    return merged(hits)


def _sorted_items(
    categories: Mapping[str, tuple[str, ...]], hits: list[Hit], shelf: Shelf
) -> dict[int, set[str]]:
    """Return the categories of the items that were hit, by index of the unit."""
    units = {hit.index: hit.unit for hit in hits}
    found: dict[int, set[str]] = {}
    for category, patterns in categories.items():
        for pattern in patterns:
            for index in shelf.holding((pattern,)):
                unit = units.get(index)
                if unit and find(pattern, unit.lower, unit.own):
                    found.setdefault(index, set()).add(category)
    return found


def _clause(document: Document, segments: Segments, hit: Hit) -> Clause:
    rule = hit.rule
    template = hit.alternative.message or rule.message
    start, end = segments.folded.span(*_quoted(segments, hit))
    return Clause(
        id=rule.id,
        title=rule.title,
        kind=hit.alternative.kind or rule.kind,
        severity=rule.severity,
        params=hit.params,
        section=hit.unit.section,
        message=sentence(template, hit.params, rule.captures),
        confidence=_CONFIDENCE[document.role],
        basis=Basis.TEXT,
        evidence=document.quote(start, end),
    )


def _quoted(segments: Segments, hit: Hit) -> tuple[int, int]:
    """Return the folded span to quote: the unit, or of a long one the part that matched.

    A list of prohibited uses is quoted from its lead-in on, as far as there is room.
    """
    unit = hit.unit
    if hit.rule.categories:
        for lead, _ in unit.leads:
            if 0 < unit.end - lead <= _MAX_QUOTE:
                return lead, unit.end
    if unit.end - unit.start <= _MAX_QUOTE:
        return unit.start, unit.end
    room = max(0, _MAX_QUOTE - (hit.end - hit.start))
    start = max(unit.start, hit.start - room // 2)
    end = min(unit.end, start + _MAX_QUOTE)
    text = segments.folded.text
    if start > unit.start:
        start = text.find(" ", start, hit.start) + 1 or start
    if end < unit.end:
        end = max(text.rfind(" ", hit.start + 1, end), start + 1)
    return start, end
