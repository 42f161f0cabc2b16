"""Rate a release by a framework that adds up parameters, each on a ladder of levels.

The verdict is the plain mean of the levels' points with two digits, and unknown while one level is;
then `possible` holds every mean that the known levels leave open.
"""

from collections.abc import Mapping
from typing import Any

from openaudit.model.fact import Fact
from openaudit.model.frozen import frozen
from openaudit.model.verdict import Met, Requirement, Verdict
from openaudit.openness.conditions import Outcome, evaluate


@frozen
class _Rating:
    """The levels that remain, one where it is known, and the facts that decided or would."""

    levels: tuple[str, ...]
    because: tuple[str, ...]


def rated(framework: Mapping[str, Any], facts: Mapping[str, Fact]) -> Verdict:
    """Return the mean over all parameters."""
    points: Mapping[str, float] = framework["points"]
    ratings = {k: _rating(p, points, facts) for k, p in framework["parameters"].items()}
    means = _means([[points[x] for x in r.levels] for r in ratings.values()])
    known = len(means) == 1 and all(len(r.levels) == 1 for r in ratings.values())
    requirements = tuple(
        _requirement(k, p, ratings[k], points) for k, p in framework["parameters"].items()
    )
    open_ = [r for r in requirements if r.level is None]
    return Verdict(
        framework=framework["id"],
        version=framework["version"],
        name=framework["name"],
        label=means[0] if known else None,
        at_least=None,
        possible=() if known else tuple(means),
        unknown=tuple(dict.fromkeys(i for r in open_ for i in r.because)),
        reasons=tuple(_said(requirements, points)),
        requirements=requirements,
        because=tuple(dict.fromkeys(i for r in requirements if r.level for i in r.because)),
    )


def _rating(
    parameter: Mapping[str, Any], points: Mapping[str, float], facts: Mapping[str, Fact]
) -> _Rating:
    """Return the first level that holds, or that and the ones above that may."""
    levels = list(points)
    remaining: list[tuple[str, Outcome]] = []
    decided: tuple[str, ...] = ()
    for level in levels[:-1]:
        outcome = evaluate(parameter[level], facts)
        if outcome.met is Met.UNKNOWN:
            remaining.append((level, outcome))
            continue
        decided += outcome.decided
        if outcome.met is Met.YES:
            levels[-1] = level
            break
    if remaining:
        missing = (i for _, outcome in remaining for i in outcome.missing)
        return _Rating((*(x for x, _ in remaining), levels[-1]), tuple(dict.fromkeys(missing)))
    return _Rating((levels[-1],), tuple(dict.fromkeys(decided)))


def _requirement(
    name: str, parameter: Mapping[str, Any], rating: _Rating, points: Mapping[str, float]
) -> Requirement:
    highest = next(iter(points))
    met = Met.UNKNOWN
    if len(rating.levels) == 1:
        met = Met.YES if rating.levels[0] == highest else Met.NO
    elif highest not in rating.levels:
        met = Met.NO
    return Requirement(
        id=name,
        title=parameter["title"],
        met=met,
        because=rating.because,
        cites=parameter["cites"],
        level=rating.levels[0] if len(rating.levels) == 1 else None,
    )


def _means(choices: list[list[float]]) -> list[str]:
    """Return every mean that one point of each choice can give, in order."""
    sums = {0.0}
    for points in choices:
        sums = {s + p for s in sums for p in points}
    return list(dict.fromkeys(f"{s / len(choices):.2f}" for s in sorted(sums)))


def _said(requirements: tuple[Requirement, ...], points: Mapping[str, float]) -> list[str]:
    counts = [(level, sum(r.level == level for r in requirements)) for level in points]
    unknown = sum(r.level is None for r in requirements)
    said = [f"{count} of {len(requirements)} {level}" for level, count in counts if count]
    return [*said, *([f"{unknown} not known"] if unknown else [])]
