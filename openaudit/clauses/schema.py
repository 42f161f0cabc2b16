"""Read and check a rule file: the shipped ones in tests, a user's own before it is used."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from openaudit import data
from openaudit.clauses.safety import unbounded
from openaudit.clauses.values import TYPES
from openaudit.errors import DataInvalid
from openaudit.model.clause import ClauseKind, Severity
from openaudit.model.document import Role

_GROUP = re.compile(r"\(\?P<(\w+)>")
_ESCAPE_OR_GROUP = re.compile(r"\\.|\(\?P<\w+>")
_UNKNOWN_GROUP = re.compile(r"\(\?(?!:|=|!|<=|<!|P<)")
_ID = r"^([a-z][a-z0-9-]*\.)?[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_MOST_NODES = 20_000  # values of a file with its aliases written out; the longest of ours has 900


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
    if problem := unbounded(pattern):
        raise ValueError(problem)
    if "\n" in pattern or "\\n" in pattern:
        raise ValueError("a folded text has no line ends")
    return pattern


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

    def plain(self) -> dict[str, Any]:
        """Return the rule as its YAML has it, without the tests and what it does not set."""
        return self.model_dump(
            mode="json", exclude={"tests"}, exclude_unset=True, exclude_none=True
        )


def read_rule_file(path: Path) -> RuleFile:
    """Return one rule file, checked.

    Raises:
        DataInvalid: with path and field, at the first thing that is wrong.
    """
    try:
        rule = RuleFile.model_validate(data.read_yaml(path, most=_MOST_NODES))
    except ValidationError as error:
        raise DataInvalid(f"{path}: {_first(error)}") from error
    for field, problem in _problems(rule):
        raise DataInvalid(f"{path}: {field}: {problem}")
    return rule


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a rule file, for editors."""
    return RuleFile.model_json_schema()


def _first(error: ValidationError) -> str:
    """Return field and message of the first mistake, with the key that was probably meant."""
    first = error.errors()[0]
    place = first["loc"]
    field = ".".join(str(part) for part in place)
    if first["type"] != "extra_forbidden":
        return f"{field}: {first['msg'].removeprefix('Value error, ')}"
    keys = list(_model_at(place[:-1]).model_fields)
    return f"{field}: no such key{_meant(str(place[-1]), keys)}"


def _model_at(place: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model of the mapping at `place` in a rule file."""
    match place:
        case ("match", *_):
            return _Alternative
        case ("captures", *_):
            return _Capture
        case ("tests", _, _):
            return Example
        case ("tests",):
            return _Tests
        case _:
            return RuleFile


def _meant(word: str, known: Iterable[str]) -> str:
    """Return a hint at the nearest known word, or at all of them."""
    words = sorted(known)
    near = get_close_matches(word, words, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(words)}"


def _problems(rule: RuleFile) -> Iterator[tuple[str, str]]:
    """Yield what the parts of a rule say against each other."""
    for name, capture in rule.captures.items():
        if capture.type not in TYPES:
            yield (
                f"captures.{name}.type",
                f"no type is called {capture.type}{_meant(capture.type, TYPES)}",
            )
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
    yield from _test_problems(rule.tests)


def _test_problems(tests: _Tests) -> Iterator[tuple[str, str]]:
    for kind, examples in (("match", tests.match), ("no_match", tests.no_match)):
        for at, example in enumerate(examples):
            if (example.text is None) == (example.corpus is None):
                yield f"tests.{kind}.{at}", "needs either text or corpus"
            if kind == "no_match" and (example.params or example.quote or example.known_miss):
                yield f"tests.{kind}.{at}", "asks for something, and nothing is to be found"
