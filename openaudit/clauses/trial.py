"""Try a rule on the examples inside its file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from openaudit.clauses.match import find_clauses
from openaudit.model.clause import Clause
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.frozen import frozen
from openaudit.model.rule import ClauseRule

if TYPE_CHECKING:
    from openaudit.clauses.schema import Example, RuleFile

_NO_HASH: Final = "0" * 64
_SHOWN: Final = 90


class Result(StrEnum):
    """How an example went; a skipped one needs a text that is not here."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@frozen
class Outcome:
    """One example: `field` says where it stands in the file, `what` is wrong where it failed."""

    field: str
    name: str
    result: Result
    what: str = ""


def outcomes(
    file: "RuleFile",
    rule: ClauseRule,
    rules: Mapping[str, ClauseRule],
    corpus: Callable[[str], str | None],
) -> Iterator[Outcome]:
    """Yield how each example goes; `corpus` gives a text that is not in the file, if it is here."""
    for kind, examples in (("match", file.tests.match), ("no_match", file.tests.no_match)):
        for at, example in enumerate(examples):
            field = f"tests.{kind}.{at}"
            text = example.text if example.text is not None else corpus(example.corpus or "")
            if text is None:
                yield Outcome(field, example.name, Result.SKIPPED)
                continue
            clauses = clauses_of(rule, text, rules)
            wrong = _amiss(example, clauses) if kind == "match" else _too_much(clauses)
            result = Result.FAILED if wrong else Result.PASSED
            yield Outcome(field, example.name, result, wrong)


def clauses_of(rule: ClauseRule, text: str, rules: Mapping[str, ClauseRule]) -> list[Clause]:
    """Return the clauses of `rule` in `text`; what it yields to is looked for as well."""
    others = [replace(rules[i], yields_to=()) for i in rule.yields_to if i in rules]
    document = Document("LICENSE", Role.LICENSE, text, _NO_HASH)
    return [c for c in find_clauses(document, [rule, *others]) if c.id == rule.id]


def holds(example: "Example", clauses: Sequence[Clause]) -> bool:
    """Say whether one of `clauses` is what the example asks for."""
    return any(
        (example.quote is None or example.quote in _quote(c))
        and (example.section is None or example.section == c.section)
        and (example.kind is None or example.kind == c.kind)
        and all(_plain(c.params.get(k)) == v for k, v in example.params.items())
        for c in clauses
    )


def _amiss(example: "Example", clauses: Sequence[Clause]) -> str:
    if holds(example, clauses):
        return "is found now: delete its `known_miss`" if example.known_miss else ""
    if example.known_miss:
        return ""
    asked = {
        **({"quote": example.quote} if example.quote else {}),
        **({"section": example.section} if example.section is not None else {}),
        **({"kind": str(example.kind)} if example.kind else {}),
        **example.params,
    }
    found = "; ".join(_told(c) for c in clauses) or "nothing"
    return f"asks for {_pairs(asked)}; found {found}" if asked else f"found {found}"


def _too_much(clauses: Sequence[Clause]) -> str:
    return f"must find nothing; found {'; '.join(map(_told, clauses))}" if clauses else ""


def _told(clause: Clause) -> str:
    quote = _quote(clause)
    short = quote if len(quote) <= _SHOWN else quote[: _SHOWN - 1] + "\u2026"
    where = {"section": clause.section} if clause.section else {}
    return f'"{short}" ({_pairs({**where, "kind": str(clause.kind), **clause.params})})'


def _pairs(values: Mapping[str, object]) -> str:
    return ", ".join(f"{k}={_plain(v)}" for k, v in values.items())


def _quote(clause: Clause) -> str:
    return " ".join(clause.evidence.text.split()) if isinstance(clause.evidence, Quote) else ""


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
