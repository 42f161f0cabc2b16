"""What the release says of its code. Only what the hub's metadata decides is read here."""

from collections.abc import Iterator, Mapping

from openaudit.evidence.artifacts import library
from openaudit.evidence.ledger import fact
from openaudit.model.evidence import Observation, Witness
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Release
from openaudit.model.report import Steward


def code_facts(release: Release, stewards: Mapping[str, Steward]) -> Iterator[Fact]:
    """Yield that a public library runs the model, where the hub names one that we have recorded.

    A library name that nobody has looked up says nothing: it may be private.
    """
    steward = stewards.get((release.metadata.library or "").casefold())
    if steward is None:
        return
    yield fact("code.inference", "full", Method.INFERRED, library(release))
    said = Observation(Witness.CATALOG, None, f"{steward.framework}: {steward.license}")
    yield fact("code.osd", steward.open_source, Method.INFERRED, library(release), said)
