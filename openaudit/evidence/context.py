"""What openness does not show: the software a release stands on, and who steers it. Unscored."""

from collections.abc import Iterable, Iterator, Mapping

from openaudit.evidence.ledger import fact, told
from openaudit.evidence.prose import Prose
from openaudit.evidence.signals import Hit, compiled, sentence_at
from openaudit.model.card import Card
from openaudit.model.evidence import Evidence
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.profile import LicenseProfile
from openaudit.model.record import Record
from openaudit.model.release import Plain, Release
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


def context_facts(
    release: Release, known: Mapping[str, Steward], card: Card, prose: Prose | None
) -> Iterator[Fact]:
    """Yield the frameworks that the hub and the card name, and the emissions in front matter."""
    field = card.fields.get("library_name")
    own = field.strings()[:1] if field else ()
    said = [*own, *([] if own else [release.metadata.library or ""]), *release.metadata.tags]
    named = [s for s in said if s.casefold() in known]
    names = {known[n.casefold()].framework for n in named}
    evidence: list[Evidence] = [field.evidence] if field and {*own} & {*named} else []
    if told_ := [n for n in named if n not in own]:
        evidence.append(told(release, ", ".join(told_)))
    observed = len(evidence)
    for name, quote in _frameworks(prose):
        if not (k := known.get(name.casefold())) or k.framework not in names:
            names.add(k.framework if k else name)
            evidence.append(quote)
    if names:
        method = Method.PARSED if len(evidence) > observed else Method.OBSERVED
        yield fact("context.frameworks", [*sorted(names)], method, *evidence)
    emitted = card.fields.get("co2_eq_emissions")
    if emitted is not None and _has_number(emitted.value):
        yield fact("context.emissions", True, Method.PARSED, emitted.evidence)


def _frameworks(prose: Prose | None) -> Iterator[tuple[str, Evidence]]:
    """Yield each framework that the card names, with the first sentence that does."""
    if prose is None:
        return
    for name, pattern in prose.rules.frameworks.items():
        for found in compiled(pattern).finditer(prose.page.plain):
            if sentence := sentence_at(prose.page, found.start()):
                yield name, prose.quote(Hit(*found.span(), sentence))
                break


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
