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
from openaudit.model.card import Card
from openaudit.model.document import Document, Missing, Role
from openaudit.model.evidence import Observation, Witness
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.license import ArtifactLicense
from openaudit.model.lineage import Edge
from openaudit.model.release import Origin, Plain, RecordedFact, Release
from openaudit.model.report import Steward

_TITLE = 80
"""Code points quoted of a text to show that it is there."""


def observed_facts(
    release: Release, card: Card, parents: tuple[Edge, ...], stewards: Mapping[str, Steward]
) -> Iterator[Fact]:
    """Yield what the release itself shows, its license aside."""
    yield from artifact_facts(release)
    yield from access_facts(release, card)
    yield from code_facts(release, stewards)
    yield from data_facts(card)
    yield from documentation_facts(release, card)
    yield from lineage_facts(release, parents)
    yield from context_facts(release, stewards)


def license_facts(
    release: Release, license_: ArtifactLicense, documents: Sequence[Document]
) -> Iterator[Fact]:
    """Yield what was declared and concluded, and whether a text stands behind it."""
    declared = [d.value for d in license_.declared]
    if declared:
        evidence = [d.evidence for d in license_.declared]
        yield fact("license.declared", list(declared), Method.PARSED, *evidence)
    concluded = license_.concluded
    if concluded.expression and concluded.evidence:
        value = concluded.expression
        yield fact("weights.license", value, Method.INFERRED, concluded.evidence)
    texts = [d for d in documents if d.role is Role.LICENSE]
    unread = [m for m in release.missing if m.role is Role.LICENSE]
    if texts:
        quotes = [d.quote(0, min(len(d.text), _TITLE)) for d in texts]
        yield fact("usage.text_found", True, Method.OBSERVED, *quotes)
    elif release.metadata.files is not None and not unread:
        yield fact("usage.text_found", False, Method.OBSERVED)
    if _nothing_granted(release, license_, texts, unread):
        yield fact("usage.class", "none", Method.OBSERVED)
        yield fact("usage.osd", False, Method.OBSERVED)
        # There are no terms that could allow or forbid it.
        yield fact("usage.commercial", "na", Method.INFERRED)


def _nothing_granted(
    release: Release,
    license_: ArtifactLicense,
    texts: Sequence[Document],
    unread: Sequence[Missing],
) -> bool:
    """Return whether every place that could name a license was read and none does.

    Without a license nobody is allowed anything; but that holds only of what was looked at.
    """
    looked = release.metadata.files is not None or release.origin is Origin.CATALOG
    card_unread = any(m.role is Role.CARD for m in release.missing) and not release.metadata.card
    return looked and not (license_.declared or texts or unread or card_unread)


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
