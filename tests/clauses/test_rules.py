"""The examples inside the rule files, and that each pattern of a rule is needed by one of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from openaudit.clauses.schema import Example
from openaudit.clauses.trial import Result, holds, outcomes
from openaudit.model.rule import Alternative, ClauseRule
from tests.clauses.examples import FILES, found, rule_file, rules

MATCH = [(p.stem, e) for p in FILES for e in rule_file(p).tests.match]
NO_MATCH = [(p.stem, e) for p in FILES for e in rule_file(p).tests.no_match]


def _name(value: object) -> str:
    return value.name if isinstance(value, Example) else str(value)


@pytest.mark.parametrize(("rule_id", "example"), MATCH, ids=_name)
def test_a_rule_finds_its_example(rule_id: str, example: Example) -> None:
    clauses = found(example, rules()[rule_id])

    missed = example.known_miss is not None
    assert holds(example, clauses) is not missed, [(c.section, dict(c.params)) for c in clauses]


@pytest.mark.parametrize(("rule_id", "example"), NO_MATCH, ids=_name)
def test_a_rule_passes_over_its_near_miss(rule_id: str, example: Example) -> None:
    clauses = found(example, rules()[rule_id])

    assert [getattr(c.evidence, "text", "") for c in clauses] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_pattern_of_a_rule_earns_its_place(path: Path) -> None:
    rule = rules()[path.stem]

    idle = [name for name, poorer in _poorer(rule) if _all_hold(path, poorer)]

    assert idle == [], "drop these patterns, or add the example that needs them"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_alternative_of_a_rule_earns_its_place(path: Path) -> None:
    rule = rules()[path.stem]

    idle = [
        f"match.{at}"
        for at in range(len(rule.match))
        if _all_hold(path, _with(rule, at, Alternative()))
    ]

    assert idle == [], "drop these alternatives, or add the example that needs them"


def _all_hold(path: Path, rule: ClauseRule) -> bool:
    """Say whether no example of the file notices that `rule` is poorer; stop at the first."""
    tried = outcomes(rule_file(path), rule, rules(), corpus=lambda _: None)
    return all(outcome.result is not Result.FAILED for outcome in tried)


def _poorer(rule: ClauseRule) -> Iterator[tuple[str, ClauseRule]]:
    """Yield the rule without one pattern each."""
    for at, alternative in enumerate(rule.match):
        for i, left in enumerate(_without_one(alternative.all)):
            yield f"match.{at}.all.{i}", _with(rule, at, replace(alternative, all=left))
        for i, left in enumerate(_without_one(alternative.in_order)):
            yield f"match.{at}.in_order.{i}", _with(rule, at, replace(alternative, in_order=left))
        for i, left in enumerate(_without_one(alternative.none)):
            yield f"match.{at}.none.{i}", _with(rule, at, replace(alternative, none=left))
        for i, left in enumerate(_without_one(alternative.optional)):
            yield f"match.{at}.optional.{i}", _with(rule, at, replace(alternative, optional=left))
    for i, left in enumerate(_without_one(rule.none)):
        yield f"none.{i}", replace(rule, none=left)
    for i, left in enumerate(_without_one(rule.optional)):
        yield f"optional.{i}", replace(rule, optional=left)
    for category, patterns in (rule.categories or {}).items():
        for i, left in enumerate(_without_one(patterns)):
            rest = {**(rule.categories or {}), category: left}
            yield f"categories.{category}.{i}", replace(rule, categories=rest)


def _without_one(patterns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [patterns[:i] + patterns[i + 1 :] for i in range(len(patterns))]


def _with(rule: ClauseRule, at: int, alternative: Alternative) -> ClauseRule:
    kept = (alternative,) if alternative.all or alternative.in_order else ()
    return replace(rule, match=(*rule.match[:at], *kept, *rule.match[at + 1 :]))
