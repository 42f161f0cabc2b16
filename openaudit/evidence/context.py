"""What openness does not show: the software a release stands on, and who steers it. Unscored."""

from collections.abc import Iterable, Iterator, Mapping

from openaudit.evidence.ledger import fact, told
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.profile import LicenseProfile
from openaudit.model.record import Record
from openaudit.model.release import Release
from openaudit.model.report import Steward


def stewards(
    records: Iterable[Record], licenses: Mapping[str, LicenseProfile]
) -> Mapping[str, Steward]:
    """Return the recorded software frameworks by every name they go by, case-folded."""
    found: dict[str, Steward] = {}
    for record in records:
        if record.steward is not None:
            steward = _steward(record, record.steward, licenses)
            found |= {name.casefold(): steward for name in record.names}
    return found


def _steward(record: Record, who: str, licenses: Mapping[str, LicenseProfile]) -> Steward:
    listed = record.metadata.get("license")
    tag = str(listed[0]) if isinstance(listed, list) and listed else ""
    known = next((p for p in licenses.values() if tag.lower() in p.tags), None)
    expression, open_source = (known.expression, known.osi) if known else (tag, None)
    return Steward(record.names[0], who, expression, open_source)


def context_facts(release: Release, known: Mapping[str, Steward]) -> Iterator[Fact]:
    """Yield the frameworks that the hub's library field and tags name and that we have recorded."""
    said = [release.metadata.library or "", *release.metadata.tags]
    named = [s for s in said if s.casefold() in known]
    if named:
        names = sorted({known[n.casefold()].framework for n in named})
        evidence = told(release, ", ".join(named))
        yield fact("context.frameworks", list(names), Method.OBSERVED, evidence)


def context(facts: Mapping[str, Fact], known: Mapping[str, Steward]) -> tuple[Steward, ...]:
    """Return who steers the frameworks a release names, each once."""
    named = facts.get("context.frameworks")
    if named is None or named.answer is not Answer.VALUE or not isinstance(named.value, list):
        return ()
    return tuple(_each(map(str, named.value), known))


def _each(names: Iterable[str], known: Mapping[str, Steward]) -> Iterator[Steward]:
    found = [known.get(n.casefold()) or Steward(n, "", "", None) for n in names]
    yield from dict.fromkeys(found)
