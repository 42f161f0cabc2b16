"""Judge a release by a published framework, as its YAML in `rules/frameworks/` has it.

The label is the first tier that holds, and only if every tier above it is known not to. Otherwise
the label is unknown, and `possible` names the tiers that remain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from openaudit.model.fact import Fact
from openaudit.model.verdict import Met, Requirement, Verdict
from openaudit.openness.conditions import Outcome, either, evaluate, every, negated


def verdict(framework: Mapping[str, Any], facts: Mapping[str, Fact]) -> Verdict:
    """Return what `framework` says of a release with these facts."""
    if "parameters" in framework:
        from openaudit.openness.parameters import rated  # noqa: PLC0415  # the label needs none

        found = rated(framework, facts)
    else:
        demands = framework["requirements"].items()
        found = judged(framework, {k: evaluate(r["when"], facts) for k, r in demands})
    return replace(
        found,
        test=framework.get("test", "verdict"),
        scope=_scope(framework.get("scope"), facts),
        caveat=" ".join(framework.get("caveat", "").split()),
        context=tuple(framework.get("context", ())),
    )


def judged(framework: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> Verdict:
    """Return the label that these outcomes of the requirements, by id, add up to."""
    tiers = framework["tiers"]
    held = [_tier(t, outcomes) for t in tiers]
    first = next(i for i, outcome in enumerate(held) if outcome.met is Met.YES)
    open_ = [i for i in range(first) if held[i].met is Met.UNKNOWN]
    label = tiers[first]["label"]
    return Verdict(
        framework=framework["id"],
        version=framework["version"],
        name=framework["name"],
        label=None if open_ else label,
        at_least=label if tiers[first].get("needs") else None,
        possible=(*(tiers[i]["label"] for i in open_), label) if open_ else (),
        unknown=_union(held[i].missing for i in open_),
        reasons=_reasons(framework, first, outcomes),
        requirements=tuple(
            Requirement(
                id=k,
                title=r["title"],
                met=outcomes[k].met,
                because=outcomes[k].decided or outcomes[k].missing,
                cites=r["cites"],
            )
            for k, r in framework["requirements"].items()
        ),
        because=() if open_ else _union(held[i].decided for i in (first, *range(first))),
    )


def _tier(tier: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> Outcome:
    """Return whether all that the tier needs is met, and one of what it misses is not."""
    parts = [
        outcomes[n] if isinstance(n, str) else either([outcomes[i] for i in n])
        for n in tier.get("needs", ())
    ]
    if misses := tier.get("misses"):
        parts.append(negated(every([outcomes[n] for n in misses])))
    return every(parts)


def _reasons(
    framework: Mapping[str, Any], first: int, outcomes: Mapping[str, Outcome]
) -> tuple[str, ...]:
    """Say why the label holds, then what keeps the release from the most open one."""
    tiers, requirements = framework["tiers"], framework["requirements"]
    tier = tiers[first]
    wanted = tier.get("names", tier.get("misses", tiers[0].get("needs", ())))
    ids = (i for n in wanted for i in ([n] if isinstance(n, str) else n))
    missed = [i for i in ids if outcomes[i].met is Met.NO]
    return (tier["says"], *(requirements[i]["unmet"] for i in missed))


def _scope(scope: Mapping[str, Any] | None, facts: Mapping[str, Fact]) -> str:
    """Return of what the framework speaks, and what is known of this release in that respect."""
    if scope is None:
        return ""
    held = (c["says"] for c in scope["cases"] if evaluate(c["when"], facts).met is Met.YES)
    return " ".join(f"{scope['says']} {next(held, scope['unknown'])}".split())


def _union(ids: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for group in ids for i in group))
