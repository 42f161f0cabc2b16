"""What stands between a reader and the files, and what the gate asks of them."""

from collections.abc import Iterator

from openaudit.evidence.ledger import fact, told
from openaudit.model.card import Card
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Gate, Release


def access_facts(release: Release, card: Card) -> Iterator[Fact]:
    """Yield the gate as the hub states it, and whether its form asks for personal data."""
    gate = release.metadata.gate
    if gate is None:
        return
    yield fact("access.gated", gate.value, Method.OBSERVED, told(release, f"gated: {gate}"))
    if gate is Gate.OPEN:
        seen = told(release, "gated: open, so there is no form")
        yield fact("access.collects_personal_data", False, Method.OBSERVED, seen)
    elif form := card.fields.get("extra_gated_fields"):
        yield fact("access.collects_personal_data", bool(form.value), Method.PARSED, form.evidence)
