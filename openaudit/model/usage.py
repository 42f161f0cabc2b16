"""What a user wants to do with a release, and whether its terms let them."""

from enum import StrEnum
from typing import Final

from openaudit.model.clause import Clause
from openaudit.model.frozen import frozen

DOLLARS: Final = "USD"


class Use(StrEnum):
    """One thing a user may want to do; the questions of `rules/uses.yaml` are by these ids."""

    COMMERCIAL = "commercial"
    DISTILL = "distill"
    HOSTED = "hosted"
    MODIFY = "modify"
    REDISTRIBUTE = "redistribute"
    RESEARCH = "research"


@frozen
class UseProfile:
    """A user's deployment. None: not said, so that a threshold on it stays a condition.

    `mau` counts monthly active users; `revenue` is a year's, in `currency` (ISO 4217);
    `regions` are ISO 3166 codes (UK for the kingdom), and EU and EEA for the unions: where the
    user is based, or offers it.
    """

    uses: frozenset[Use]
    mau: int | None = None
    revenue: int | None = None
    currency: str = DOLLARS
    regions: tuple[str, ...] = ()


class Answer(StrEnum):
    """May I? `unclear` is an answer of its own and never turns into yes or no."""

    YES = "yes"
    NO = "no"
    YES_IF = "yes-if"
    UNCLEAR = "unclear"


@frozen
class UseAnswer:
    """The answer to one question, the clauses that decide it, and its conditions in words.

    `clauses` are all that have a say, the deciding ones first. `conditions` must hold, today those
    of a `yes` do; beside a `no` or `unclear` they are what would be left to meet. `because` says
    what forbids, or what is not known; `settle` what would lift or settle that. `title` is the
    question as asked.
    """

    question: Use
    answer: Answer
    clauses: tuple[Clause, ...]
    conditions: tuple[str, ...]
    title: str = ""
    because: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()
