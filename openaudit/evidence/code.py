"""What the release says of its code: the hub's metadata, and the code that its card shows."""

from collections.abc import Iterator, Mapping

from openaudit.evidence.artifacts import library
from openaudit.evidence.ledger import fact
from openaudit.evidence.prose import Prose
from openaudit.evidence.signals import hits
from openaudit.model.evidence import Evidence, Observation, Witness
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Release
from openaudit.model.report import Steward


def code_facts(
    release: Release, stewards: Mapping[str, Steward], prose: Prose | None
) -> Iterator[Fact]:
    """Yield that a public library runs the model, where the hub or the card's code names one.

    A library name that nobody has looked up says nothing: it may be private.
    """
    steward = stewards.get((release.metadata.library or "").casefold())
    seen: Evidence | None = library(release) if steward else None
    if steward is None and prose is not None:
        steward, seen = _shown(stewards, prose)
    if steward is None or seen is None:
        return
    yield fact("code.inference", "full", Method.INFERRED, seen)
    said = Observation(Witness.CATALOG, None, f"{steward.framework}: {steward.license}")
    yield fact("code.osd", steward.open_source, Method.INFERRED, seen, said)


def _shown(stewards: Mapping[str, Steward], prose: Prose) -> tuple[Steward | None, Evidence | None]:
    """Return the library that the card's code loads the model with, where it is one we know.

    A framework that code merely uses, as any model does, runs no model by itself.
    """
    for signal in prose.rules.loads:
        for hit in hits(signal, prose.page, prose.rules.empty):
            if steward := stewards.get(hit.value.casefold()):
                return steward, prose.quote(hit)
    return None, None
