"""Judge a condition of a report, three-valued (Kleene, strong), and keep what decided it.

It is judged from the side of caution. Where the policy relies on a condition (`wanted`), what is
seen but doubtful, or only stated, does not make it hold; where the policy fears it, it does.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, assert_never

from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen
from openaudit.model.verdict import Met
from openaudit.policy import standing, terms
from openaudit.policy.comparison import Check, Value
from openaudit.policy.condition import Condition, Group, Leaf, Negation
from openaudit.policy.domain import SUBJECTS
from openaudit.policy.entry import Case, Entry, Found, texts

_SELECT: Final = frozenset({"artifact", "inherited"})
"""What chooses the licenses that a condition speaks of, before it asks something of each."""


_READERS: Final[Mapping[str, Callable[[Case, frozenset[str]], Found]]] = {
    "clause": terms.clauses,
    "license": terms.licenses,
    "conflict": terms.conflicts,
    "base": terms.bases,
    "fact": standing.facts,
    "label": standing.label,
    "dimension": standing.dimensions,
    "framework": standing.frameworks,
    "requirement": standing.requirements,
    "question": standing.questions,
    "finding": standing.findings,
    "release": standing.release,
    "knowledge": standing.knowledge,
}


@frozen
class Hit:
    """One thing that decided: its lasting name, what it says, the values that a message may use."""

    subject: str
    text: str
    evidence: tuple[Evidence, ...] = ()
    clauses: tuple[str, ...] = ()
    values: tuple[tuple[str, Value], ...] = ()


@frozen
class Outcome:
    """`hits` are what made it so, one by one; `missing` says in words what is not known."""

    met: Met
    hits: tuple[Hit, ...] = ()
    missing: tuple[str, ...] = ()


def judge(condition: Condition, case: Case, *, wanted: bool) -> Outcome:
    """Return whether `condition` holds; `wanted` says that the policy relies on it."""
    match condition:
        case Group(every=True):
            return _all([judge(p, case, wanted=wanted) for p in condition.parts])
        case Group():
            parts = [_negated(judge(p, case, wanted=wanted)) for p in condition.parts]
            return _negated(_all(parts, apart=True))
        case Negation():
            return _negated(judge(condition.part, case, wanted=not wanted))
        case Leaf():
            return _leaf(condition, case, wanted=wanted)
    assert_never(condition)


def _all(parts: Sequence[Outcome], *, apart: bool = False) -> Outcome:
    """Return the conjunction; what decides it is one hit, or one for each thing where `apart`."""
    refused = [p for p in parts if p.met is Met.NO]
    if refused:
        hits = tuple(h for p in refused for h in p.hits)
        return Outcome(Met.NO, hits if apart else _one(hits))
    open_ = [p for p in parts if p.met is Met.UNKNOWN]
    if open_:
        hits = tuple(h for p in open_ for h in p.hits)
        return Outcome(Met.UNKNOWN, hits, _once(m for p in open_ for m in p.missing))
    return Outcome(Met.YES, _one(h for p in parts for h in p.hits))


def _one(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return one hit for several that only decide together."""
    known = list(dict.fromkeys(hits))
    if len(known) < 2:  # noqa: PLR2004  # one is one already
        return tuple(known)
    return (
        Hit(
            subject="+".join(sorted({h.subject for h in known})),
            text=" ".join(f"{h.text.rstrip('.')}." for h in known),
            evidence=_evidence(known),
            clauses=tuple(dict.fromkeys(c for h in known for c in h.clauses)),
            values=tuple(dict(v for h in reversed(known) for v in h.values).items()),
        ),
    )


def _evidence(hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(e for h in hits for e in h.evidence))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _negated(outcome: Outcome) -> Outcome:
    match outcome.met:
        case Met.YES:
            return Outcome(Met.NO, outcome.hits)
        case Met.NO:
            return Outcome(Met.YES, outcome.hits)
        case Met.UNKNOWN:
            return outcome
    assert_never(outcome.met)


def _leaf(leaf: Leaf, case: Case, *, wanted: bool) -> Outcome:
    subject = leaf.subject
    if subject == "framework" and {"requirement", "met"} & leaf.checks.keys():
        subject = "requirement"
    read = _READERS[subject](case, leaf.ids())
    if subject == "license":
        return _licenses(leaf, read.entries, wanted=wanted)
    judged = [(e, _entry(e, leaf.checks, wanted=wanted)) for e in read.entries]
    held = [e for e, met in judged if met is Met.YES]
    if held:
        return Outcome(Met.YES, _hits(held))
    unsure = [e for e, met in judged if met is Met.UNKNOWN]
    if unsure or read.open:
        missing = (*texts(unsure), *filter(None, [read.open]))
        return Outcome(Met.UNKNOWN, _hits(unsure), missing)
    return Outcome(Met.NO, _hits(_spoken_of(leaf, subject, read.entries)))


def _spoken_of(leaf: Leaf, subject: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a condition is about, where it does not hold of them."""
    if subject in SUBJECTS and SUBJECTS[subject].many:
        return []  # of many clauses, those that are not meant say nothing
    about = {k: v for k, v in leaf.checks.items() if k in ("id", "requirement")}
    asked = about if subject == "requirement" else {}
    return [e for e in entries if _entry(e, asked, wanted=False) is not Met.NO]


def _licenses(leaf: Leaf, entries: Sequence[Entry], *, wanted: bool) -> Outcome:
    """Judge the licenses: all must be as wanted; what is feared holds where one is so."""
    select = {k: v for k, v in leaf.checks.items() if k in _SELECT}
    asked = {k: v for k, v in leaf.checks.items() if k not in _SELECT}
    meant = [e for e in entries if _entry(e, select, wanted=wanted) is not Met.NO]
    judged = [(e, _entry(e, asked, wanted=wanted)) for e in meant]
    by_met = {met: [e for e, m in judged if m is met] for met in Met}
    first, last = (Met.NO, Met.YES) if wanted else (Met.YES, Met.NO)
    if by_met[first]:
        return Outcome(first, _hits(by_met[first]))
    if by_met[Met.UNKNOWN] or not judged:
        missing = texts(by_met[Met.UNKNOWN]) or ("no license is meant by the condition",)
        return Outcome(Met.UNKNOWN, _hits(by_met[Met.UNKNOWN]), missing)
    return Outcome(last, _hits(by_met[last]))


def _entry(entry: Entry, checks: Mapping[str, tuple[Check, ...]], *, wanted: bool) -> Met:
    worlds = [_world(world, checks) for world in entry.worlds]
    if not worlds:
        return Met.UNKNOWN
    if Met.NO not in worlds and Met.UNKNOWN not in worlds:
        return Met.UNKNOWN if entry.doubtful and wanted else Met.YES
    if set(worlds) == {Met.NO}:
        return Met.NO
    against = Met.NO if wanted else Met.YES
    return against if entry.stated and worlds[0] is against else Met.UNKNOWN


def _world(world: Mapping[str, Value], checks: Mapping[str, tuple[Check, ...]]) -> Met:
    mets = {check.of(world.get(name)) for name, those in checks.items() for check in those}
    if Met.NO in mets:
        return Met.NO
    return Met.UNKNOWN if Met.UNKNOWN in mets else Met.YES


def _hits(entries: Sequence[Entry]) -> tuple[Hit, ...]:
    """Return a hit for every subject, with all the places where it stands."""
    by_subject: dict[str, list[Entry]] = {}
    for entry in entries:
        by_subject.setdefault(entry.subject, []).append(entry)
    return tuple(_hit(subject, group) for subject, group in by_subject.items())


def _hit(subject: str, entries: Sequence[Entry]) -> Hit:
    first = entries[0]
    values = dict(first.worlds[0]) if first.worlds else {}
    return Hit(
        subject=subject,
        text=" ".join(texts(entries)),
        evidence=tuple(dict.fromkeys(e for entry in entries for e in entry.evidence)),
        clauses=tuple(dict.fromkeys(e.clause for e in entries if e.clause)),
        values=tuple(values.items()),
    )
