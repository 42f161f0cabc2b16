"""Short ways to write a fact down, so that the readers say only what they saw."""

from dataclasses import replace

from openaudit.model.clause import Confidence
from openaudit.model.evidence import Evidence, Observation, Witness
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.release import Origin, Plain, Release

_CONFIDENCE = {
    Method.OBSERVED: Confidence.HIGH,
    Method.PARSED: Confidence.HIGH,
    Method.INFERRED: Confidence.MEDIUM,
    Method.CURATED: Confidence.HIGH,
}


def fact(fact_id: str, value: Plain, method: Method, *evidence: Evidence) -> Fact:
    """Return a fact whose answer follows from `value`: a bool, `na`, a value, or None (unknown).

    The confidence is the method's; what is unknown is known with no confidence to speak of: low.
    """
    answer = _answer(value)
    return Fact(
        id=fact_id,
        answer=answer,
        value=value if answer is Answer.VALUE else None,
        method=method,
        confidence=Confidence.LOW if answer is Answer.UNKNOWN else _CONFIDENCE[method],
        evidence=evidence,
    )


def at_least(found: Fact, *more: str) -> Fact:
    """Return `found` as a lower bound: one of `more` may be true as well."""
    return replace(found, more=more)


def told(release: Release, detail: str) -> Observation:
    """Return the evidence that the hub's metadata, or the catalog in its place, says so."""
    witness = Witness.CATALOG if release.origin is Origin.CATALOG else Witness.API
    return Observation(witness, release.revision, detail)


def unknown(fact_id: str) -> Fact:
    """Return the fact that nothing is known of `fact_id`."""
    return fact(fact_id, None, Method.OBSERVED)


def _answer(value: Plain) -> Answer:
    if value is None:
        return Answer.UNKNOWN
    if value is True:
        return Answer.YES
    if value is False:
        return Answer.NO
    return Answer.NOT_APPLICABLE if value == "na" else Answer.VALUE
