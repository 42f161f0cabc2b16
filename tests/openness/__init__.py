"""Facts made up for a test."""

from collections.abc import Mapping

from hypothesis import strategies as st

from openaudit.data import knowledge
from openaudit.evidence.ledger import fact
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Plain


def facts(values: Mapping[str, Plain]) -> dict[str, Fact]:
    return {k: fact(k, v, Method.OBSERVED) for k, v in values.items()}


def asked_of(condition: object) -> set[str]:
    """Return the ids of the facts that stand in a part of a rule file."""
    if isinstance(condition, dict):
        inside = set().union(*map(asked_of, condition.values()))
        return inside | {k for k in condition if k in knowledge().facts}
    return set().union(*map(asked_of, condition)) if isinstance(condition, list) else set()


def values_of(fact_id: str) -> st.SearchStrategy[Plain]:
    """Return the values that a fact may have, the unknown aside."""
    if fact_id == "context.compute_flop":
        return st.sampled_from([1e22, 5e23, 2e25])
    allowed: list[Plain] = list(knowledge().facts[fact_id].get("values") or (True, False))
    return st.sampled_from(allowed)
