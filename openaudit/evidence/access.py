"""What stands between a reader and the files, and what the gate asks of them."""

from collections.abc import Iterator
from typing import Final

from openaudit.evidence.ledger import fact, told
from openaudit.model.card import Card
from openaudit.model.fact import Fact, Method
from openaudit.model.reference import Scheme
from openaudit.model.release import Gate, Release

_EUROPE: Final = "extra_gated_eu_disallowed"
_FORM: Final = "extra_gated_fields"
_TICK: Final = "checkbox"
# https://huggingface.co/docs/hub/models-gated
_ALWAYS_ASKED: Final = "who asks for access shares user name and e-mail address with the publisher"


def access_facts(release: Release, card: Card) -> Iterator[Fact]:
    """Yield the gate as the hub states it, whether it asks for personal data, whom it keeps out.

    What access costs and where the model is offered as a service, no release says of itself.
    """
    gate = release.metadata.gate
    if gate is not None:
        yield fact("access.gated", gate.value, Method.OBSERVED, told(release, f"gated: {gate}"))
    yield from _personal_data(release, card, gate)
    shut = card.fields.get(_EUROPE)
    if shut is not None and shut.value is True and gate is not Gate.OPEN:
        yield fact("usage.territory", ["EU"], Method.PARSED, shut.evidence)
        yield fact("usage.territory_limited", True, Method.PARSED, shut.evidence)


def _personal_data(release: Release, card: Card, gate: Gate | None) -> Iterator[Fact]:
    fact_id = "access.collects_personal_data"
    if gate is Gate.OPEN:
        seen = told(release, "gated: open, so there is no form")
        yield fact(fact_id, False, Method.OBSERVED, seen)
        return
    form = card.fields.get(_FORM)
    asked = form.value if form and isinstance(form.value, dict) else {}
    if form and any(kind != _TICK for kind in asked.values()):
        yield fact(fact_id, True, Method.PARSED, form.evidence)
    elif gate is not None and release.reference.scheme is Scheme.HUGGINGFACE:
        yield fact(fact_id, True, Method.INFERRED, told(release, f"gated: {gate}; {_ALWAYS_ASKED}"))
