"""Grade each dimension by the ladder in `rules/dimensions.yaml`."""

from collections.abc import Iterable, Mapping
from typing import Any

from openaudit.model.fact import Fact
from openaudit.model.scorecard import Grade
from openaudit.model.verdict import Met
from openaudit.openness.conditions import Outcome, evaluate


def grades(ladders: Mapping[str, Any], facts: Mapping[str, Fact]) -> tuple[Grade, ...]:
    """Return a grade for every dimension, in the order of the file."""
    return tuple(_grade(k, v, facts) for k, v in ladders["dimensions"].items())


def _grade(dimension: str, ladder: Mapping[str, Any], facts: Mapping[str, Fact]) -> Grade:
    undecided: list[Outcome] = []
    for step in ladder["grades"]:
        outcome = evaluate(step["when"], facts)
        if outcome.met is Met.YES:
            return Grade(
                dimension=dimension,
                title=ladder["title"],
                headline=ladder["headline"],
                grade=step["grade"],
                score=step["score"],
                summary=step["text"],
                because=tuple(facts[i] for i in outcome.decided),
                open_questions=_missing(undecided),
            )
        if outcome.met is Met.UNKNOWN:
            undecided.append(outcome)
    return Grade(
        dimension=dimension,
        title=ladder["title"],
        headline=ladder["headline"],
        grade=None,
        score=None,
        summary="not known",
        because=(),
        open_questions=_missing(undecided),
    )


def _missing(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for o in outcomes for i in o.missing))
