"""What the release says of its code: the hub's metadata, and the code that its card shows."""

from collections.abc import Iterable, Iterator, Mapping

from openaudit.evidence.artifacts import library
from openaudit.evidence.ledger import fact
from openaudit.model.evidence import Evidence, Observation, Witness
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Release
from openaudit.model.report import Steward


def code_facts(
    release: Release,
    stewards: Mapping[str, Steward],
    loading: Iterable[tuple[str, Evidence]] = (),
) -> Iterator[Fact]:
    """Yield that a public library runs the model, where the hub or the card's code names one.

    `loading` are the libraries with which code in the card loads the model, case-folded. A library
    name that nobody has looked up says nothing: it may be private.
    """
    told = (
        [(release.metadata.library.casefold(), library(release))]
        if release.metadata.library
        else []
    )
    for name, seen in (*told, *loading):
        if steward := stewards.get(name):
            yield fact("code.inference", "full", Method.INFERRED, seen)
            said = Observation(Witness.CATALOG, None, f"{steward.framework}: {steward.license}")
            yield fact("code.osd", steward.open_source, Method.INFERRED, seen, said)
            return
