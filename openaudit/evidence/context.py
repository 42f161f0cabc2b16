"""What openness does not show: the software a release stands on, and who steers it. Unscored."""

from collections.abc import Iterable, Iterator, Mapping

from openaudit.evidence.ledger import fact, told
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.release import Release
from openaudit.model.report import Steward


def context_facts(release: Release, stewards: Mapping[str, Steward]) -> Iterator[Fact]:
    """Yield the frameworks that the hub's library field and tags name and that we have recorded."""
    said = [release.metadata.library or "", *release.metadata.tags]
    named = [s for s in said if s.casefold() in stewards]
    if named:
        names = sorted({stewards[n.casefold()].framework for n in named})
        evidence = told(release, ", ".join(named))
        yield fact("context.frameworks", list(names), Method.OBSERVED, evidence)


def context(facts: Mapping[str, Fact], stewards: Mapping[str, Steward]) -> tuple[Steward, ...]:
    """Return who steers the frameworks a release names, each once."""
    named = facts.get("context.frameworks")
    if named is None or named.answer is not Answer.VALUE or not isinstance(named.value, list):
        return ()
    return tuple(_known(map(str, named.value), stewards))


def _known(names: Iterable[str], stewards: Mapping[str, Steward]) -> Iterator[Steward]:
    found = [stewards.get(n.casefold()) or Steward(n, "", "", None) for n in names]
    yield from dict.fromkeys(found)
