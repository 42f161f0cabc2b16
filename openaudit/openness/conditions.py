"""Evaluate the conditions of `rules/` over facts, three-valued (Kleene, strong).

An unknown fact leaves a condition unknown unless the other parts decide it, so "we do not know"
never turns into "no". No reader of a rule needs more than `all`, `any`, `not` and a fact with the
values it may have, or `{over: number}` for one that is an amount.
"""

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from openaudit.model.fact import Answer, Fact
from openaudit.model.frozen import frozen
from openaudit.model.release import Plain
from openaudit.model.verdict import Met

Condition = Mapping[str, Any]
"""As the YAML has it; `openness.schema` has checked its shape."""


@frozen
class Outcome:
    """`decided` are ids of the facts that made it so; `missing` those that could still decide."""

    met: Met
    decided: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def evaluate(condition: Condition, facts: Mapping[str, Fact]) -> Outcome:
    """Return whether `condition` holds of `facts`; a fact that is absent is unknown."""
    [(key, value)] = condition.items()
    if key == "all":
        return every([evaluate(part, facts) for part in value])
    if key == "any":
        return either([evaluate(part, facts) for part in value])
    if key == "not":
        return negated(evaluate(value, facts))
    return _of_fact(key, value, facts)


def _of_fact(
    fact_id: str, accepted: list[Plain] | Mapping[str, float], facts: Mapping[str, Fact]
) -> Outcome:
    answer = comparable(facts.get(fact_id))
    if isinstance(accepted, Mapping):
        if not isinstance(answer, int | float) or isinstance(answer, bool):
            return Outcome(Met.UNKNOWN, missing=(fact_id,))
        over = answer > accepted["over"]
        return Outcome(Met.YES if over else Met.NO, decided=(fact_id,))
    if answer is None:
        return Outcome(Met.UNKNOWN, missing=(fact_id,))
    # A list has no value to name: `true` asks whether it holds anything.
    if isinstance(answer, list):
        answer = bool(answer)
    met = any(answer is a or (answer == a and type(answer) is type(a)) for a in accepted)
    if not met and any(a in facts[fact_id].more for a in accepted):
        return Outcome(Met.UNKNOWN, missing=(fact_id,))
    return Outcome(Met.YES if met else Met.NO, decided=(fact_id,))


def comparable(fact: Fact | None) -> Plain:
    """Return what a condition compares: true, false, `na` or the value; None where unknown."""
    if fact is None:
        return None
    match fact.answer:
        case Answer.YES:
            return True
        case Answer.NO:
            return False
        case Answer.VALUE:
            return fact.value
        case Answer.NOT_APPLICABLE:
            return "na"
        case Answer.UNKNOWN:
            return None
    assert_never(fact.answer)


def every(parts: list[Outcome]) -> Outcome:
    """Return whether all parts are met; where not, the parts that refuse decided it."""
    refused = [p for p in parts if p.met is Met.NO]
    if refused:
        return Outcome(Met.NO, decided=_union(p.decided for p in refused))
    open_ = [p for p in parts if p.met is Met.UNKNOWN]
    if open_:
        return Outcome(Met.UNKNOWN, missing=_union(p.missing for p in open_))
    return Outcome(Met.YES, decided=_union(p.decided for p in parts))


def either(parts: list[Outcome]) -> Outcome:
    """Return whether one of the parts is met."""
    return negated(every([negated(part) for part in parts]))


def negated(outcome: Outcome) -> Outcome:
    """Return the opposite; what is unknown stays so."""
    match outcome.met:
        case Met.YES:
            return Outcome(Met.NO, outcome.decided)
        case Met.NO:
            return Outcome(Met.YES, outcome.decided)
        case Met.UNKNOWN:
            return outcome
    assert_never(outcome.met)


def _union(ids: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for group in ids for i in group))
