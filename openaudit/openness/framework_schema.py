"""The shape of a framework file, ours or a user's, checked. Imports pydantic; no audit needs it."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from openaudit.errors import DataInvalid

_DEEPEST: Final = 12
"""Levels of a condition; no demand of a framework is nested deeper, and a hostile file may be."""


def _condition(value: Any, depth: int = 0) -> Any:
    """Check the shape of a condition: `all`, `any`, `not`, or a fact id with values or `over`."""
    if depth > _DEEPEST:
        raise ValueError(f"a condition is nested more than {_DEEPEST} deep")
    match value:
        case {"all": list(parts)} | {"any": list(parts)} if len(value) == 1:
            for part in parts:
                _condition(part, depth + 1)
        case {"not": part} if len(value) == 1:
            _condition(part, depth + 1)
        case dict() if len(value) == 1 and all(_asks(k, v) for k, v in value.items()):
            pass
        case _:
            raise ValueError(f"not a condition: {value!r}")
    return value


def _asks(fact_id: object, values: object) -> bool:
    """Say whether `values` is what a condition may ask of a fact."""
    match values:
        case list():
            fits = True
        case {"over": bool()}:
            fits = False
        case {"over": int() | float(), **rest}:
            fits = not rest
        case _:
            fits = False
    return fits and isinstance(fact_id, str) and "." in fact_id


Condition = Annotated[
    Any,
    AfterValidator(_condition),
    WithJsonSchema({"type": "object", "minProperties": 1, "maxProperties": 1}),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Demand(_Strict):
    """A requirement, the words for a release that misses it, and where the framework demands it."""

    title: str
    unmet: str
    cites: str
    when: Condition


class Tier(_Strict):
    """A label and its reason in words; it holds where all it `needs` is met.

    An item of `needs` that is a list asks for one of them. With `misses`, one of those must be
    known not to be met. `names` are the requirements whose `unmet` follows the reason.
    """

    label: str
    says: str
    needs: list[str | list[str]] = []
    misses: list[str] = []
    names: list[str] | None = None


class Parameter(BaseModel):
    """What is rated: beside title and place one condition for each level but the last."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Condition] = Field(init=False)

    title: str
    cites: str


class Case(_Strict):
    """What is said of the scope where a condition is known to hold."""

    when: Condition
    says: str


class Scope(_Strict):
    """Of what the framework speaks; the first case that holds is added, else `unknown`."""

    says: str
    unknown: str
    cases: list[Case]


class Framework(_Strict):
    """A framework file: requirements and tiers, or points and parameters."""

    id: str = Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")
    name: str
    version: str
    source: str
    applies_to: list[Literal["model"]]
    meaning: str
    aliases: list[str] = []
    test: str = "verdict"
    caveat: str = ""
    scope: Scope | None = None
    context: list[str] = []
    requirements: dict[str, Demand] = {}
    tiers: list[Tier] = []
    points: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    parameters: dict[str, Parameter] = {}

    @model_validator(mode="after")
    def _is_one_of_two(self) -> "Framework":
        tiered = bool(self.requirements) and len(self.tiers) > 1
        rated = bool(self.parameters) and len(self.points) > 1
        if tiered == rated:
            raise ValueError("needs requirements with tiers, or parameters with points; not both")
        return self

    @model_validator(mode="after")
    def _tiers_agree(self) -> "Framework":
        for tier in self.tiers:
            needs = [i for n in tier.needs for i in ([n] if isinstance(n, str) else n)]
            for need in (*needs, *tier.misses, *(tier.names or ())):
                if need not in self.requirements:
                    raise ValueError(f"tier {tier.label!r} needs {need!r}, which is no requirement")
        if self.tiers and (self.tiers[-1].needs or self.tiers[-1].misses):
            raise ValueError("the last tier must need nothing, so that every release has a label")
        return self

    @model_validator(mode="after")
    def _parameters_rate(self) -> "Framework":
        if list(self.points.values()) != sorted(self.points.values(), reverse=True):
            raise ValueError("points must fall from level to level")
        levels = set(list(self.points)[:-1])
        for name, parameter in self.parameters.items():
            if set(parameter.model_extra or ()) != levels:
                raise ValueError(f"parameters.{name} needs conditions for {', '.join(levels)}")
        return self


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a framework file."""
    schema = Framework.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def check_framework(raw: Any, path: Path, facts: Mapping[str, Mapping[str, Any]]) -> None:
    """Check one framework; `facts` are those of `rules/facts.yaml`.

    Raises:
        DataInvalid: path, field, what.
    """
    try:
        framework = Framework.model_validate(raw)
    except ValidationError as error:
        raise DataInvalid(f"{path}: {located(error)}") from error
    if framework.id != path.stem:
        raise DataInvalid(f"{path}: id: is {framework.id!r}, the file says {path.stem!r}")
    for name, demand in framework.requirements.items():
        check_facts(demand.when, facts, f"{path}: requirements.{name}")
    for name, parameter in framework.parameters.items():
        for level, condition in (parameter.model_extra or {}).items():
            check_facts(condition, facts, f"{path}: parameters.{name}.{level}")
    for at, case in enumerate(framework.scope.cases if framework.scope else ()):
        check_facts(case.when, facts, f"{path}: scope.cases.{at}")
    for at, fact_id in enumerate(framework.context):
        check_facts({fact_id: []}, facts, f"{path}: context.{at}")


def located(error: ValidationError) -> str:
    """Return field and message of the first thing that is wrong."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "top"
    return f"{field}: {first['msg']}"


def check_facts(condition: Any, facts: Mapping[str, Mapping[str, Any]], where: str) -> None:
    """Check that a condition asks for facts and values that there are.

    Raises:
        DataInvalid: it does not.
    """
    for key, value in condition.items():
        if key in ("all", "any"):
            for part in value:
                check_facts(part, facts, where)
        elif key == "not":
            check_facts(value, facts, where)
        elif key not in facts:
            near = get_close_matches(key, facts, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise DataInvalid(f"{where}: {key!r} is no fact of rules/facts.yaml{hint}")
        elif isinstance(value, list):
            allowed = [*(facts[key].get("values") or ()), True, False, "na"]
            wrong = [v for v in value if v not in allowed]
            if wrong:
                raise DataInvalid(f"{where}: {key} is never {wrong[0]!r}")
