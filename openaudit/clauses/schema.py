"""Read and check a rule file: the shipped ones in tests, a user's own before it is used."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from openaudit import data
from openaudit.clauses.values import TYPES
from openaudit.errors import DataInvalid
from openaudit.model.clause import ClauseKind, Severity
from openaudit.model.document import Role
from openaudit.model.rule import ClauseRule

_GROUP = re.compile(r"\(\?P<(\w+)>")
_ESCAPE_OR_GROUP = re.compile(r"\\.|\(\?P<\w+>")
_UNKNOWN_GROUP = re.compile(r"\(\?(?!:|=|!|<=|<!|P<)")
_ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


def _pattern(pattern: str) -> str:
    """Accept a pattern that compiles, is lower case, and cannot run away on a hostile text."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(str(error)) from error
    bare = _ESCAPE_OR_GROUP.sub("", pattern)
    if bare != bare.lower():
        raise ValueError("capital letters never match: texts are lower-cased first")
    if _UNKNOWN_GROUP.search(pattern):
        raise ValueError("only plain, named and look-around groups are allowed")
    if nested := next(_nested(pattern), None):
        raise ValueError(f"nested repetition can take forever: {nested}")
    if "\n" in pattern or "\\n" in pattern:
        raise ValueError("a folded text has no line ends")
    return pattern


def _nested(pattern: str) -> Iterator[str]:
    """Yield each group that repeats without a bound and holds an unbounded repetition."""
    plain = re.sub(r"\\.", "e", pattern)
    plain = re.sub(r"\[\^?\]?[^\]]*\]", "c", plain)
    opened: list[int] = []
    for at, char in enumerate(plain):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            start = opened.pop()
            inside = re.sub(r"\(\?", "(", plain[start : at + 1])
            repeats = re.match(r"[*+]|\{\d*,\}", plain[at + 1 :])
            if repeats and re.search(r"[*+]|\{\d*,\}|\{\d*,\d{2,}\}", inside):
                yield plain[start : at + 2]


Pattern = Annotated[str, AfterValidator(_pattern)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Alternative(_Strict):
    all: list[Pattern] = []
    in_order: list[Pattern] = []
    none: list[Pattern] = []
    optional: list[Pattern] = []
    set: dict[str, str] = {}
    message: str | None = None
    kind: ClauseKind | None = None


class _Capture(_Strict):
    type: str
    meaning: str
    values: dict[Pattern, str] = {}
    words: dict[str, str] = {}


class Example(_Strict):
    """A text that a rule must find something in, or nothing. `params` are some that it gives."""

    name: str
    text: str | None = None
    corpus: str | None = None
    quote: str | None = None
    section: str | None = None
    params: dict[str, str | int | float | list[str]] = {}
    kind: ClauseKind | None = None
    known_miss: str | None = None


class _Tests(_Strict):
    match: list[Example] = Field(min_length=1)
    no_match: list[Example] = Field(min_length=1)


class RuleFile(_Strict):
    """A rule file as it is written."""

    id: str = Field(pattern=_ID)
    title: str
    kind: ClauseKind
    severity: Severity
    meaning: str
    message: str
    applies_to: list[Role] = Field(min_length=1)
    match: list[_Alternative] = Field(min_length=1)
    captures: dict[str, _Capture] = {}
    none: list[Pattern] = []
    optional: list[Pattern] = []
    categories: dict[str, list[Pattern]] = {}
    yields_to: list[str] = []
    references: list[str] = []
    tests: _Tests


def load_rules(path: Path) -> list[ClauseRule]:
    """Return the rules of a file, or of a directory's `*.yaml` in name order.

    Raises:
        DataInvalid: with path and field, at the first thing that is wrong.
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    rules = []
    for file in files:
        read_rule_file(file)
        rules.append(data.clause_rule(data.read_yaml(file)))
    return rules


def read_rule_file(path: Path) -> RuleFile:
    """Return one rule file, checked.

    Raises:
        DataInvalid: with path and field, at the first thing that is wrong.
    """
    try:
        rule = RuleFile.model_validate(data.read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DataInvalid(
            f"{path}: {field}: {first['msg'].removeprefix('Value error, ')}"
        ) from error
    for field, problem in _problems(rule):
        raise DataInvalid(f"{path}: {field}: {problem}")
    return rule


def _problems(rule: RuleFile) -> Iterator[tuple[str, str]]:
    """Yield what the parts of a rule say against each other."""
    for name, capture in rule.captures.items():
        if capture.type not in TYPES:
            yield f"captures.{name}.type", f"not one of {', '.join(sorted(TYPES))}"
    for at, alternative in enumerate(rule.match):
        if not (alternative.all or alternative.in_order):
            yield f"match.{at}", "needs `all` or `in_order`"
        patterns = (
            *alternative.all,
            *alternative.in_order,
            *alternative.optional,
            *rule.optional,
        )
        for name in (n for p in patterns for n in _GROUP.findall(p)):
            if name not in rule.captures:
                yield f"match.{at}", f"captures {name}, which is not under captures"
    examples = (*rule.tests.match, *rule.tests.no_match)
    for example in examples:
        if (example.text is None) == (example.corpus is None):
            yield f"tests.{example.name}", "needs either text or corpus"
