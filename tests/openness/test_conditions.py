import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.model.verdict import Met
from openaudit.openness.conditions import Condition, evaluate
from tests.openness import facts


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ({"a.x": [True]}, Met.YES),
        ({"a.x": [False]}, Met.NO),
        ({"b.x": ["full"]}, Met.YES),
        ({"b.x": ["none", "partial"]}, Met.NO),
        ({"c.x": ["na", "full"]}, Met.YES),
        ({"unseen.x": [True]}, Met.UNKNOWN),
        ({"d.x": [True]}, Met.UNKNOWN),
        ({"not": {"a.x": [True]}}, Met.NO),
        ({"not": {"d.x": [True]}}, Met.UNKNOWN),
        ({"all": [{"a.x": [True]}, {"b.x": ["full"]}]}, Met.YES),
        ({"all": []}, Met.YES),
        ({"any": []}, Met.NO),
    ],
)
def test_condition_is_met_as_its_facts_say(condition: Condition, met: Met) -> None:
    known = facts({"a.x": True, "b.x": "full", "c.x": "na", "d.x": None})

    outcome = evaluate(condition, known)

    assert outcome.met is met


def test_a_refusal_decides_whatever_is_unknown_beside_it() -> None:
    outcome = evaluate({"all": [{"a.x": [True]}, {"unseen.x": [True]}]}, facts({"a.x": False}))

    assert outcome.met is Met.NO
    assert outcome.decided == ("a.x",)
    assert outcome.missing == ()


def test_an_unknown_names_the_facts_that_would_settle_it() -> None:
    condition: Condition = {"all": [{"a.x": [True]}, {"any": [{"u.x": [True]}, {"v.x": [True]}]}]}

    outcome = evaluate(condition, facts({"a.x": True}))

    assert outcome.met is Met.UNKNOWN
    assert outcome.missing == ("u.x", "v.x")


def test_one_is_not_true() -> None:
    assert evaluate({"a.x": [True]}, facts({"a.x": 1})).met is Met.NO


def test_a_list_is_true_when_it_holds_something() -> None:
    known = facts({"a.x": ["parent"], "b.x": []})

    assert evaluate({"a.x": [True]}, known).met is Met.YES
    assert evaluate({"b.x": [False]}, known).met is Met.YES


_LEAVES = st.sampled_from(["p.x", "q.x", "r.x"]).map(lambda name: {name: [True]})
_CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=8,
)
_TRUTHS = st.sampled_from([True, False, None])


@given(condition=_CONDITIONS, p=_TRUTHS, q=_TRUTHS, r=_TRUTHS)
def test_a_known_answer_never_changes_when_an_unknown_is_settled(
    condition: Condition, *, p: bool | None, q: bool | None, r: bool | None
) -> None:
    """The promise of three-valued logic: learning more only ever turns unknown into an answer."""
    before = evaluate(condition, facts({"p.x": p, "q.x": q, "r.x": r})).met

    for settled in (True, False):
        filled = [settled if v is None else v for v in (p, q, r)]
        after = evaluate(
            condition, facts(dict(zip(("p.x", "q.x", "r.x"), filled, strict=True)))
        ).met

        assert after is not Met.UNKNOWN
        assert before in (after, Met.UNKNOWN)
