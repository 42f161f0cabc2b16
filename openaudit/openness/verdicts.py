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
        reasons=_reasons(framework, tiers, first, outcomes),
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
    framework: Mapping[str, Any],
    tiers: list[tuple[str, Met, list[str]]],
    first: int,
    outcomes: Mapping[str, Outcome],
) -> tuple[str, ...]:
    """Say what keeps the release from the next more open label, and failing that what it meets."""
    requirements = framework["requirements"]
    above = next((t for t in reversed(tiers[:first]) if t[1] is Met.NO), None)
    missed = [n for n in (above[2] if above else ()) if outcomes[n].met is Met.NO]
    if missed:
        return tuple(requirements[n]["unmet"] for n in missed)
    return tuple(requirements[n]["met"] for n in tiers[first][2])


def _missing(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for o in outcomes for i in o.missing))
