"""A condition as a policy has it, read from YAML into values; every mistake has its place.

A condition is `all`, `any`, `not`, a fact id with a value, or a subject with what is asked of it:
an id, a list of ids, a comparison, or a mapping of attributes to any of these.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from openaudit.model.frozen import frozen
from openaudit.policy.comparison import OPERATORS, ORDERED, Check, Operand, number
from openaudit.policy.domain import ANY, FACT, SUBJECTS, Domain, Subject, attributes, domain
from openaudit.policy.vocabulary import Vocabulary, meant

Place: TypeAlias = "tuple[str | int, ...]"

_DEEPEST: Final = 60


class WrongHere(ValueError):
    """A part of a policy is wrong: `place` leads to it from the top of the file."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(problem)
        self.place, self.problem = place, problem


@frozen
class Leaf:
    """What is asked of one subject; `checks` are by attribute, and all must hold of one thing."""

    subject: str
    checks: Mapping[str, tuple[Check, ...]]

    def ids(self) -> frozenset[str]:
        """Return the ids that are asked for by name."""
        named = [c for c in self.checks.get("id", ()) if c.operator in ("eq", "in")]
        return frozenset(str(i) for c in named for i in _tuple(c.operand))


@frozen
class Group:
    """`all` or `any` of the parts."""

    every: bool
    parts: "tuple[Condition, ...]"


@frozen
class Negation:
    """The part does not hold."""

    part: "Condition"


Condition: TypeAlias = Leaf | Group | Negation


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf of a condition."""
    match condition:
        case Leaf():
            yield condition
        case Group():
            for part in condition.parts:
                yield from leaves(part)
        case Negation():
            yield from leaves(condition.part)


def parse(raw: Any, place: Place, words: Vocabulary) -> Condition:
    """Read a condition.

    Raises:
        WrongHere: the first thing that is wrong in it, with a hint at what may be meant.
    """
    if len(place) > _DEEPEST:
        raise WrongHere(place[:_DEEPEST], "nested too deep for anybody to read")
    if not isinstance(raw, dict) or not raw:
        raise WrongHere(place, "expected a condition such as {clause: training-ban}")
    if len(raw) > 1:
        # Several keys in one mapping hold together, as a reader expects.
        parts = tuple(parse({k: v}, place, words) for k, v in raw.items())
        return Group(every=True, parts=parts)
    [(key, value)] = raw.items()
    key = str(key)
    here = (*place, key)
    if key in ("all", "any"):
        if not isinstance(value, list) or not value:
            raise WrongHere(here, "expected a list of conditions")
        return Group(
            every=key == "all",
            parts=tuple(parse(part, (*here, at), words) for at, part in enumerate(value)),
        )
    if key == "not":
        return Negation(parse(value, here, words))
    return _named(key, value, here, words)


def _named(key: str, value: Any, here: Place, words: Vocabulary) -> Leaf:
    """Read a condition on one fact or subject."""
    if "." in key:
        if key not in words.facts:
            raise WrongHere(here, f"no fact is called {key}{meant(key, words.facts)}")
        checks = {"id": (Check("eq", key),), **_of_value(FACT, "value", value, here, words, key)}
        return Leaf("fact", checks)
    if key not in SUBJECTS:
        known = [*SUBJECTS, "all", "any", "not", *words.facts]
        raise WrongHere(here, f"no condition is called {key}{meant(key, known)}")
    return _leaf(SUBJECTS[key], value, here, words)


def _leaf(subject: Subject, value: Any, place: Place, words: Vocabulary) -> Leaf:
    if value == ANY and subject.many:
        return Leaf(subject.name, {})
    if isinstance(value, dict) and not set(value) <= set(OPERATORS):
        checks = _attributes(subject, value, place, words)
    else:
        checks = _of_value(subject, subject.main, value, place, words)
    for needed in subject.needs:
        if needed not in checks:
            raise WrongHere(place, f"needs {needed}")
    return Leaf(subject.name, checks)


def _attributes(
    subject: Subject, value: Mapping[Any, Any], place: Place, words: Vocabulary
) -> dict[str, tuple[Check, ...]]:
    named = value.get("id", ()) if subject.name == "clause" else ()
    ids = [named] if isinstance(named, str) else named if isinstance(named, list) else ()
    known = attributes(subject, [str(i) for i in ids], words)
    checks: dict[str, tuple[Check, ...]] = {}
    for name, asked in value.items():
        if name not in known:
            what = f"a {subject.name} has no attribute {name}"
            raise WrongHere((*place, str(name)), what + meant(str(name), known))
        only = str(value.get("id")) if isinstance(value.get("id"), str) else ""
        checks |= _of_value(subject, name, asked, (*place, name), words, only)
    return checks


def _of_value(  # noqa: PLR0913, PLR0917  # what is asked, of what, and where
    subject: Subject, name: str, asked: Any, place: Place, words: Vocabulary, only: str = ""
) -> dict[str, tuple[Check, ...]]:
    """Read what is asked of one attribute; `only` is the one id that is spoken of, if it is one."""
    if isinstance(asked, dict):
        for operator in asked:
            if operator not in OPERATORS:
                problem = f"no comparison is called {operator}{meant(str(operator), OPERATORS)}"
                raise WrongHere((*place, str(operator)), problem)
        pairs = [(o, _operand(v, (*place, o)), (*place, o)) for o, v in asked.items()]
    else:
        operator = subject.plain if name == subject.main else "eq"
        pairs = [
            (
                "in" if isinstance(asked, list) and operator == "eq" else operator,
                _operand(asked, place),
                place,
            )
        ]
    if not pairs:
        raise WrongHere(place, "compares with nothing")
    known = domain(subject, name, words, only)
    for operator, operand, where in pairs:
        _check(operator, operand, where, known)
    return {name: tuple(Check(o, v) for o, v, _ in pairs)}


def _check(operator: str, operand: Operand, place: Place, known: Domain | None) -> None:
    if operator == "exists":
        if not isinstance(operand, bool):
            raise WrongHere(place, "expected yes or no")
        return
    for item in _tuple(operand):
        if operator in ORDERED and number(item) is None:
            raise WrongHere(place, f"{item!r} is no number; write 5000000, 5M or 5 million")
        if operator in ("matches", *ORDERED) or known is None or isinstance(item, bool):
            continue
        if not isinstance(item, str) or item not in known:
            raise WrongHere(place, f"nothing is called {item}{meant(str(item), known.names)}")


def _operand(value: Any, place: Place) -> Operand:
    if isinstance(value, list):
        if not value:
            raise WrongHere(place, "the list is empty")
        return tuple(_scalar(item, (*place, at)) for at, item in enumerate(value))
    return _scalar(value, place)


def _scalar(value: Any, place: Place) -> str | int | float | bool:
    if isinstance(value, str | int | float):
        return value
    raise WrongHere(place, "expected a word, a number, yes or no, a list or a comparison")


def _tuple(operand: Operand) -> tuple[str | int | float | bool, ...]:
    return operand if isinstance(operand, tuple) else (operand,)
