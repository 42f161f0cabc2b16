"""What a user wants to do with a release, and whether its terms let them."""

from dataclasses import dataclass
from enum import StrEnum

from openaudit.model.clause import Clause


class Use(StrEnum):
    """One thing a user may want to do; the questions of `rules/uses.yaml` are by these ids."""

    COMMERCIAL = "commercial"
    DISTILL = "distill"
    HOSTED = "hosted"
    MODIFY = "modify"
    REDISTRIBUTE = "redistribute"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True)
class UseProfile:
    """A user's deployment. None: not said, so that a threshold on it stays a condition.

    `mau` counts monthly active users; `revenue` is a year's, in `currency` (ISO 4217);
    `regions` are ISO 3166 codes, and EU for the union.
    """

    uses: frozenset[Use]
    mau: int | None = None
    revenue: int | None = None
    currency: str = "USD"
    regions: tuple[str, ...] = ()


class Answer(StrEnum):
    """May I? `unclear` is an answer of its own and never turns into yes or no."""

    YES = "yes"
    NO = "no"
    YES_IF = "yes-if"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class UseAnswer:
    """The answer to one question, the clauses that decide it, and its conditions in words."""

    question: Use
    answer: Answer
    clauses: tuple[Clause, ...]
    conditions: tuple[str, ...]
