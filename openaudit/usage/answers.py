"""Answer the questions of a use profile from the clauses that bind."""

from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.model.clause import Clause, ClauseKind
from openaudit.model.frozen import frozen
from openaudit.model.usage import Answer, UseAnswer, UseProfile
from openaudit.usage.branding import Credit, credit
from openaudit.usage.compared import said_by
from openaudit.usage.table import Effect, Question, UseRules
from openaudit.usage.terms import Doubt, Terms, doubts, sentence

_ORDER: Final = (Effect.FORBIDS, Effect.UNCLEAR, Effect.ASKS, Effect.HOLDS)


@frozen
class Point:
    """What one clause, or several that were lost together, say to a use."""

    effect: Effect
    clauses: tuple[Clause, ...]
    text: str
    lifts: str = ""


def answers(profile: UseProfile, terms: Terms, rules: UseRules) -> tuple[UseAnswer, ...]:
    """Return an answer for each use of the profile, in the order of the table."""
    unfounded = tuple(dict.fromkeys(_unfounded(terms, rules)))
    open_ = (*doubts(terms), *unfounded)
    listed = terms.listed and not unfounded
    asked = (q for q in rules.questions if q.use in profile.uses)
    return tuple(
        _answer(q, _points(q, profile, terms, rules), open_, implied=listed and _implied(q, terms))
        for q in asked
    )


def _implied(question: Question, terms: Terms) -> bool:
    return any(c.id in question.implied_by and not c.via for c in terms.clauses)


def _answer(
    question: Question, points: Sequence[Point], open_: Sequence[Doubt], *, implied: bool
) -> UseAnswer:
    effects = {p.effect for p in points}
    answer = _judged(effects, open_, implied=implied)
    stopping = [p for p in points if p.effect in (Effect.FORBIDS, Effect.UNCLEAR)]
    limits = [p for p in points if p.effect in (Effect.ASKS, Effect.HOLDS)]
    known = answer is Answer.NO
    because = [p.text for p in stopping] + ([] if known else [d.because for d in open_])
    settle = [p.lifts for p in stopping] + ([] if known else [d.settle for d in open_])
    return UseAnswer(
        question=question.use,
        answer=answer,
        clauses=_once(points),
        conditions=tuple(dict.fromkeys(p.text for p in limits)),
        title=question.asks,
        because=tuple(dict.fromkeys(because)),
        settle=tuple(dict.fromkeys(filter(None, settle))),
    )


def _judged(effects: set[Effect], open_: Sequence[Doubt], *, implied: bool) -> Answer:
    """Return the answer; a term that implies the use makes up for a license listed in part."""
    if Effect.FORBIDS in effects:
        return Answer.NO
    if Effect.UNCLEAR in effects or (open_ and not implied):
        return Answer.UNCLEAR
    return Answer.YES_IF if Effect.ASKS in effects or open_ else Answer.YES


def _once(points: Sequence[Point]) -> tuple[Clause, ...]:
    """Return the clauses of the points, each once, in their order."""
    found: list[Clause] = []
    for clause in (c for p in points for c in p.clauses):
        if not any(clause is other or clause == other for other in found):
            found.append(clause)
    return tuple(found)


def _points(question: Question, profile: UseProfile, terms: Terms, rules: UseRules) -> list[Point]:
    """Return what all terms say to a use, the deciding ones first."""
    found = (
        *_binding(question, profile, terms, rules),
        *_dropped(terms, rules),
        *_in_question(question, profile, terms, rules),
    )
    return sorted(found, key=lambda p: _ORDER.index(p.effect))


def _binding(
    question: Question, profile: UseProfile, terms: Terms, rules: UseRules
) -> Iterator[Point]:
    for clause in terms.clauses:
        if clause.id == rules.branding.duty and credit(clause, profile, terms, rules) in (
            Credit.NOT_DUE,
            Credit.OPEN,
        ):
            continue  # the cap that asks for it says so
        fellows = frozenset(c.id for c in terms.clauses if c.via == clause.via)
        case = question.case(clause, profile.uses, fellows)
        if case is not None:
            effect, text, lifts = said_by(clause, case, profile, terms, rules)
            yield Point(effect, (clause,), sentence(text, clause), lifts)
        elif clause.kind is ClauseKind.RESTRICTION and not rules.speaks_of(clause.id):
            yield Point(Effect.ASKS, (clause,), sentence(clause.message, clause))


def _dropped(terms: Terms, rules: UseRules) -> Iterator[Point]:
    """Yield, for each release that let go of terms, that these bind all the same."""
    together: dict[tuple[str, str, str], list[Clause]] = {}
    for lost in terms.chain.conflicts:
        key = (lost.dropped_by, lost.declared or "no license", lost.inherited_from)
        together.setdefault(key, []).append(lost.clause)
    for (dropper, declared, origin), clauses in together.items():
        ids = ", ".join(dict.fromkeys(c.id for c in clauses))
        text = rules.words["dropped"].format(
            clauses=ids, origin=origin, release=dropper, declared=declared
        )
        yield Point(Effect.ASKS, tuple(clauses), text)


def _in_question(
    question: Question, profile: UseProfile, terms: Terms, rules: UseRules
) -> Iterator[Point]:
    """Yield the terms of which it is open whether they come along, where they would limit.

    A restriction limits every use: whether the release may be there at all can hang on it.
    """
    for clause in terms.chain.asked:
        case = question.case(clause, profile.uses, frozenset(rules.clauses))
        if case is None and clause.kind is not ClauseKind.RESTRICTION:
            continue
        if case and said_by(clause, case, profile, terms, rules)[0] is Effect.HOLDS:
            continue
        text = rules.words["in_question"].format(
            clause=clause.id, origin=clause.via[-1], message=clause.message.removesuffix(".")
        )
        yield Point(Effect.ASKS, (clause,), text)


def _unfounded(terms: Terms, rules: UseRules) -> Iterator[Doubt]:
    """Yield that a release may not be passed on at all, by the license of what it was made from."""
    for lost in terms.chain.conflicts:
        if lost.clause.id in rules.unfounded:
            values = {"release": lost.dropped_by, "origin": lost.inherited_from}
            because = rules.words["unfounded"].format(**values, message=lost.clause.message)
            yield Doubt(because.removesuffix("."), lost.cure)
