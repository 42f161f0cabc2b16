"""The entries of what openness does not tell: stewards, machines, energy and people. Unscored."""

from collections.abc import Iterator
from typing import Final

from openaudit.model.evidence import Quote
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.report import Report
from openaudit.reporters.citing import cited
from openaudit.reporters.layout import Entry

_TITLES: Final = {
    "context.hardware": "hardware",
    "context.compute_provider": "computers of",
    "context.compute": "compute",
    "context.compute_flop": "operations",
    "context.emissions": "emissions",
    "context.labor": "labor",
    "lineage.synthetic_from": "outputs of",
}


def context_entries(report: Report) -> Iterator[Entry]:
    """Yield who steers what the release stands on, then what is known of its making."""
    for steward in report.context:
        who = f"steered by {steward.steward}" if steward.steward else "steward not recorded"
        yield Entry(steward.framework, who, steward.license)
    facts = {f.id: f for f in report.facts}
    for fact_id, title in _TITLES.items():
        fact = facts.get(fact_id)
        if fact is None or fact.value == []:
            continue
        where = next((cited(e) for e in fact.evidence if isinstance(e, Quote)), "")
        # A figure that only a record gives, and a bare yes, are left to the JSON report.
        words = fact.answer is Answer.VALUE and not isinstance(fact.value, int | float)
        if words or (where and fact.answer in (Answer.YES, Answer.VALUE)):
            yield Entry(title, _told(fact), where)


def _told(fact: Fact) -> str:
    if fact.answer is Answer.YES:
        return "a figure is given"
    value = fact.value if isinstance(fact.value, list) else [fact.value]
    said = ", ".join(f"{v:.3g}" if isinstance(v, float) else str(v) for v in value)
    by_rule = isinstance(fact.value, float) and fact.method is Method.INFERRED
    return f"{said}, inferred from size and data" if by_rule else said
