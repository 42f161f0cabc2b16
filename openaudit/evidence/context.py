"""What openness does not show: the software a release stands on, and who steers it. Unscored."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from openaudit.evidence.ledger import fact, told
from openaudit.model.card import Card
from openaudit.model.evidence import Evidence
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.profile import LicenseProfile
from openaudit.model.record import Record
from openaudit.model.release import Plain, Release
from openaudit.model.report import Steward

_NOTHING: Final[Mapping[str, Evidence]] = MappingProxyType({})


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


def context_facts(
    release: Release,
    known: Mapping[str, Steward],
    card: Card,
    mentioned: Mapping[str, Evidence] = _NOTHING,
) -> Iterator[Fact]:
    """Yield the frameworks that the hub and the card name, and the emissions in front matter.

    `mentioned` are those in the prose of the card; of a name in a tag only what we know counts.
    """
    field = card.fields.get("library_name")
    own = field.strings()[:1] if field else ()
    said = [*own, *([] if own else [release.metadata.library or ""]), *release.metadata.tags]
    named = [s for s in said if s.casefold() in known]
    names = {known[n.casefold()].framework for n in named}
    evidence: list[Evidence] = [field.evidence] if field and {*own} & {*named} else []
    if others := [n for n in named if n not in own]:
        evidence.append(told(release, ", ".join(others)))
    method = Method.OBSERVED
    for name, quote in mentioned.items():
        steward = known.get(name.casefold())
        framework = steward.framework if steward else name
        if framework not in names:
            names.add(framework)
            evidence.append(quote)
            method = Method.PARSED
    if names:
        yield fact("context.frameworks", [*sorted(names)], method, *evidence)
    emitted = card.fields.get("co2_eq_emissions")
    if emitted is not None and _has_number(emitted.value):
        yield fact("context.emissions", True, Method.PARSED, emitted.evidence)


def _has_number(value: Plain) -> bool:
    held = value.values() if isinstance(value, dict) else [value]
    return any(isinstance(v, int | float) and not isinstance(v, bool) for v in held)


def context(facts: Mapping[str, Fact], known: Mapping[str, Steward]) -> tuple[Steward, ...]:
    """Return who steers the frameworks a release names, each once."""
    named = facts.get("context.frameworks")
    if named is None or named.answer is not Answer.VALUE or not isinstance(named.value, list):
        return ()
    return tuple(_each(map(str, named.value), known))


def _each(names: Iterable[str], known: Mapping[str, Steward]) -> Iterator[Steward]:
    found = [known.get(n.casefold()) or Steward(n, "", "", None) for n in names]
    yield from dict.fromkeys(found)
