"""Facts made up for a test."""

from collections.abc import Mapping

from openaudit.evidence.ledger import fact
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Plain


def facts(values: Mapping[str, Plain]) -> dict[str, Fact]:
    return {k: fact(k, v, Method.OBSERVED) for k, v in values.items()}
