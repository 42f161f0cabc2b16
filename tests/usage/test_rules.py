"""`rules/uses.yaml` speaks of clauses, parameters and values that there are."""

import pytest

from openaudit.clauses.known import profile_clauses
from openaudit.data import knowledge
from openaudit.model.clause import ClauseKind
from openaudit.model.usage import Use
from tests.usage.made_up import SEEN, rules

CASES = [
    (question.use, clause, case)
    for question in rules().questions
    for clause, cases in question.clauses.items()
    for case in cases
]


def values_of(clause: str, name: str) -> set[object]:
    """Return the values that a parameter has in rules and profiles."""
    rule = knowledge().clauses[clause]
    capture = rule.captures.get(name)
    found: set[object] = {*(capture.values or {}).values()} if capture else set()
    found |= {(a.set or {}).get(name) for a in rule.match}
    for profile in knowledge().licenses.values():
        for held in profile_clauses(profile, [rule], SEEN):
            value = held.params.get(name)
            found |= set(value) if isinstance(value, tuple) else {value}
    return found


def test_every_use_is_a_question_asked_once() -> None:
    assert [q.use for q in rules().questions] == list(Use)
    assert all(q.asks.endswith("?") for q in rules().questions)


def test_every_clause_that_has_a_say_is_one() -> None:
    known = set(knowledge().clauses)

    assert {clause for _, clause, _ in CASES} <= known
    assert {i for q in rules().questions for i in q.implied_by} <= known
    assert set(rules().duties) | rules().unfounded | set(rules().branding.caps) <= known


@pytest.mark.parametrize(("use", "clause", "case"), CASES)
def test_every_value_a_case_looks_for_is_one_that_clauses_have(
    use: Use, clause: str, case: object
) -> None:
    del use
    for name, wanted in {**case.params, **case.includes}.items():  # type: ignore[attr-defined]
        assert wanted - {None} <= values_of(clause, name), name


def test_every_restriction_has_a_say_or_is_a_duty() -> None:
    heard = {clause for _, clause, _ in CASES} | set(rules().duties)
    restricting = {r.id for r in knowledge().clauses.values() if r.kind is ClauseKind.RESTRICTION}

    assert restricting <= heard


def test_every_obligation_is_called_for_by_a_use() -> None:
    obliging = {r.id for r in knowledge().clauses.values() if r.kind is ClauseKind.OBLIGATION}

    assert obliging <= set(rules().duties)
    assert all(d.by for d in rules().duties.values())
    assert all(bool(d.perhaps) == bool(d.when) for d in rules().duties.values())


def test_the_last_case_of_a_ban_asks_nothing_of_the_clause() -> None:
    """A parameter that nobody foresaw must not make a restriction say nothing."""
    for question in rules().questions:
        for clause, cases in question.clauses.items():
            if clause == "registration":  # one for commercial use alone is none beside it
                continue
            last = cases[-1]
            needs = last.params or last.includes
            assert not needs, (question.use, clause)


def test_every_member_of_a_union_is_a_country() -> None:
    countries = set(knowledge().uses["countries"].split())

    assert rules().unions["EU"] < rules().unions["EEA"] < countries
    assert len(rules().unions["EU"]) == 27
    assert len(rules().unions["EEA"]) == 30
    assert "NO" in countries
