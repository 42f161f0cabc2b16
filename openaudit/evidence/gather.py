"""Collect the facts of a release from every reader, and settle who wins.

What was observed or parsed stands. A fact a person recorded fills what nobody observed and replaces
what was only inferred; where it contradicts an observation, both are shown as a finding.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from openaudit.evidence.access import access_facts
from openaudit.evidence.artifacts import artifact_facts
from openaudit.evidence.code import code_facts
from openaudit.evidence.context import context_facts
from openaudit.evidence.data import data_facts
from openaudit.evidence.documentation import documentation_facts
from openaudit.evidence.ledger import fact, unknown
from openaudit.evidence.lineage import lineage_facts
from openaudit.evidence.statements import declared
from openaudit.model.card import Card
from openaudit.model.document import Role
from openaudit.model.evidence import Observation, Witness
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.lineage import Edge
from openaudit.model.release import Plain, RecordedFact, Release
from openaudit.model.report import Steward


def observed_facts(
    release: Release, card: Card, parents: tuple[Edge, ...], stewards: Mapping[str, Steward]
) -> Iterator[Fact]:
    """Yield what the release itself shows, its license aside."""
    yield from artifact_facts(release)
    yield from access_facts(release, card)
    yield from declared(release, card)
    yield from documentation_facts(release, card)
    yield from lineage_facts(release, parents)
    if release.texts(Role.CARD):
        yield from _said(release, card, stewards)
    yield from code_facts(release, stewards)
    yield from data_facts(release, card)
    yield from context_facts(release, stewards, card)


def _said(release: Release, card: Card, stewards: Mapping[str, Steward]) -> Iterator[Fact]:
    """Yield what the prose of the card says; what reads it is imported for a card alone."""
    from openaudit.evidence.computing import operations  # noqa: PLC0415  # the reason is above
    from openaudit.evidence.prose_facts import (  # noqa: PLC0415  # the reason is above
        frameworks,
        loading,
        prose_facts,
        read_prose,
    )
    from openaudit.evidence.training_data import named_data  # noqa: PLC0415  # the reason is above

    prose = read_prose(release, card)
    if prose is None:
        return
    data = named_data(prose)
    yield from code_facts(release, stewards, loading(prose))
    yield from data_facts(release, card, data.named, data.linked, whole=data.whole)
    yield from data.second_training()
    yield from context_facts(release, stewards, card, frameworks(prose))
    yield from prose_facts(prose)
    yield from operations(prose)


def settle(
    found: Iterable[Fact], recorded: Sequence[RecordedFact], ids: Iterable[str]
) -> tuple[dict[str, Fact], tuple[tuple[Fact, Fact], ...]]:
    """Return one fact for each of `ids`, and the pairs (observed, recorded) that contradict.

    `found` may hold several facts of one id; the first that is not unknown stands.
    """
    facts = {i: unknown(i) for i in ids}
    for one in found:
        if one.id not in facts or facts[one.id].answer is Answer.UNKNOWN:
            facts[one.id] = one
    contradictions: list[tuple[Fact, Fact]] = []
    for record in recorded:
        curated = _curated(record)
        current = facts.get(record.id)
        if (
            current is None
            or current.answer is Answer.UNKNOWN
            or (current.method is Method.INFERRED and not isinstance(current.value, list))
        ):
            facts[record.id] = curated
        elif (current.answer, current.value) != (curated.answer, curated.value):
            if isinstance(current.value, list) and isinstance(curated.value, list):
                facts[record.id] = _united(current, curated, [*current.value, *curated.value])
            else:
                contradictions.append((current, curated))
    return facts, tuple(contradictions)


def _united(one: Fact, other: Fact, values: list[Plain]) -> Fact:
    """Return a fact that lists what either lists: two lists of names add to each other."""
    distinct = [v for i, v in enumerate(values) if v not in values[:i]]
    return replace(one, value=distinct, evidence=(*one.evidence, *other.evidence))


def _curated(record: RecordedFact) -> Fact:
    note = f" ({record.note})" if record.note else ""
    detail = f"{record.source}, looked up {record.checked}{note}"
    return fact(record.id, record.value, Method.CURATED, Observation(Witness.CATALOG, None, detail))
