"""What is not known and would matter: the facts that could still change a grade or the label."""

from collections.abc import Mapping, Sequence
from typing import Any

from openaudit.model.report import OpenQuestion
from openaudit.model.scorecard import Grade
from openaudit.model.verdict import Verdict


def open_questions(
    graded: Sequence[Grade], label: Verdict | None, facts: Mapping[str, Mapping[str, Any]]
) -> tuple[OpenQuestion, ...]:
    """Return them, the label's first. `facts` are the titles of `rules/facts.yaml`."""
    headline = (i for g in graded if g.headline for i in g.open_questions)
    ids = dict.fromkeys([*(label.unknown if label else ()), *headline])
    return tuple(OpenQuestion(i, facts[i]["title"], facts[i].get("settle", "")) for i in ids)
