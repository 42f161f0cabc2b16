"""How open a release is, dimension by dimension."""

from openaudit.model.fact import Fact
from openaudit.model.frozen import frozen


@frozen
class Grade:
    """The grade of one dimension. `grade` and `score` (0-100) are None where unknown.

    `because` are the facts that decided; `open_questions` the ids of facts that would settle it
    or could still raise it.
    """

    dimension: str
    title: str
    headline: bool
    grade: str | None
    score: int | None
    summary: str
    because: tuple[Fact, ...]
    open_questions: tuple[str, ...]
