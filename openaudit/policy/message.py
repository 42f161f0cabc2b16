"""The sentence of a rule for whoever reads the report, with the values of what was found."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from openaudit.policy.comparison import Value
from openaudit.policy.domain import SUBJECTS
from openaudit.policy.vocabulary import Vocabulary

_SLOT: Final = re.compile(r"\{([^{}]*)\}")
_ALWAYS: Final = frozenset(("release", "license", "label", "found", "clause", "value"))
_NOT_STATED: Final = "(not stated)"


def names_in(message: str) -> tuple[str, ...]:
    """Return the names that stand in braces."""
    return tuple(_SLOT.findall(message))


def usable(clauses: Iterable[str], words: Vocabulary) -> frozenset[str]:
    """Return the names that a message can use; of `clauses` their parameters, too."""
    of_subjects = {name for s in SUBJECTS.values() for name in s.attributes}
    return _ALWAYS.union(of_subjects, *(words.clauses.get(c, ()) for c in clauses))


def filled(message: str, values: Mapping[str, Value]) -> str:
    """Return `message` with each name in braces replaced; it never fails."""
    return _SLOT.sub(lambda slot: worded(values.get(slot[1])), message)


def worded(value: Value) -> str:
    """Return a value as a reader expects it: 700,000,000, yes, EU and UK."""
    if value is None:
        return _NOT_STATED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,}"
    if isinstance(value, tuple):
        items = [worded(v) for v in value]
        return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
    return value
