"""A claim about a release, with its evidence. Unknown is an answer."""

from enum import StrEnum

from openaudit.model.clause import Confidence
from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen
from openaudit.model.release import Plain


class Answer(StrEnum):
    """The five answers a fact can have."""

    YES = "yes"
    NO = "no"
    VALUE = "value"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class Method(StrEnum):
    """How a fact was come by: seen, read, concluded, or looked up by a person."""

    OBSERVED = "observed"
    PARSED = "parsed"
    INFERRED = "inferred"
    CURATED = "curated"


@frozen
class Fact:
    """One fact. `value` is set where `answer` is VALUE, and only there.

    `more` are values that stay possible beside it: a card that names one data set does not say
    that it names all of them.
    """

    id: str
    answer: Answer
    value: Plain
    method: Method
    confidence: Confidence
    evidence: tuple[Evidence, ...] = ()
    more: tuple[str, ...] = ()
