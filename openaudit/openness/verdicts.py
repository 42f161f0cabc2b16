"""Judge a release by a published framework, as its YAML in `rules/frameworks/` has it.

The label is the first tier all of whose requirements are met, and only if every tier above it is
known not to be. Otherwise the label is unknown, and `possible` names the tiers that remain.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from openaudit.model.fact import Fact
from openaudit.model.verdict import Met, Requirement, Verdict
from openaudit.openness.conditions import Outcome, evaluate


def verdict(framework: Mapping[str, Any], facts: Mapping[str, Fact]) -> Verdict:
    """Return what `framework` says of a release with these facts."""
    outcomes = {k: evaluate(r["when"], facts) for k, r in framework["requirements"].items()}
    tiers = [(t["label"], _tier(t["needs"], outcomes), t["needs"]) for t in framework["tiers"]]
    first = next(i for i, (_, met, _) in enumerate(tiers) if met is Met.YES)
    open_ = [t for t in tiers[:first] if t[1] is Met.UNKNOWN]
    label = None if open_ else tiers[first][0]
    return Verdict(
        framework=framework["id"],
        version=framework["version"],
        name=framework["name"],
        label=label,
        at_least=tiers[first][0] if tiers[first][2] else None,
        possible=(*(t[0] for t in open_), tiers[first][0]) if open_ else (),
        unknown=_missing(outcomes[n] for t in open_ for n in t[2]),
        reasons=_reasons(framework, first, outcomes),
        requirements=tuple(
            Requirement(k, r["title"], outcomes[k].met, outcomes[k].decided or outcomes[k].missing)
            for k, r in framework["requirements"].items()
        ),
    )


def _tier(needs: Iterable[str], outcomes: Mapping[str, Outcome]) -> Met:
    met = {outcomes[n].met for n in needs}
    if Met.NO in met:
        return Met.NO
    return Met.UNKNOWN if Met.UNKNOWN in met else Met.YES


def _reasons(
    framework: Mapping[str, Any], first: int, outcomes: Mapping[str, Outcome]
) -> tuple[str, ...]:
    """Say why the label holds, then what keeps the release from the most open one."""
    tiers, requirements = framework["tiers"], framework["requirements"]
    says = tiers[first]["says"]
    if not tiers[first]["needs"]:
        return (says,)
    missed = [n for n in tiers[0]["needs"] if outcomes[n].met is Met.NO]
    return (says, *(requirements[n]["unmet"] for n in missed))


def _missing(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for o in outcomes for i in o.missing))
