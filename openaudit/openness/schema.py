"""The shape of `rules/facts.yaml`, `dimensions.yaml` and `frameworks/*.yaml`, checked.

For the tests and for whoever writes a framework: an audit trusts what was checked here.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from openaudit.data import read_yaml
from openaudit.errors import DataInvalid

_Facts = Mapping[str, "FactEntry"]
_Model = TypeVar("_Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactEntry(_Strict):
    """One fact: `values` in order where they are enumerated."""

    title: str
    settle: str = ""
    values: list[str] | None = None


def _condition(value: Any) -> Any:
    """Check the shape of a condition: one key, `all`, `any`, `not` or a fact id with values."""
    match value:
        case {"all": list(parts)} | {"any": list(parts)} if len(value) == 1:
            for part in parts:
                _condition(part)
        case {"not": part} if len(value) == 1:
            _condition(part)
        case dict() if len(value) == 1 and all(
            "." in k and isinstance(v, list) for k, v in value.items()
        ):
            pass
        case _:
            raise ValueError(f"not a condition: {value!r}")
    return value


Condition = Annotated[Any, AfterValidator(_condition)]


class Step(_Strict):
    """One grade of a ladder; `score` is 0 to 100, None where the grade says too little."""

    grade: str
    score: int | None = Field(ge=0, le=100)
    text: str
    when: Condition


class Ladder(_Strict):
    """A dimension; grades from the most open to the least."""

    title: str
    headline: bool
    grades: list[Step] = Field(min_length=1)

    @model_validator(mode="after")
    def _descends(self) -> "Ladder":
        scores = [s.score for s in self.grades if s.score is not None]
        if scores != sorted(scores, reverse=True):
            raise ValueError("scores must fall from grade to grade")
        return self


class Dimensions(_Strict):
    """`rules/dimensions.yaml`."""

    dimensions: dict[str, Ladder]


class Demand(_Strict):
    """A requirement, and the words for a release that misses it."""

    title: str
    unmet: str
    when: Condition


class Tier(_Strict):
    """A label, its reason in words, and the requirements it needs; the last tier needs none."""

    label: str
    says: str
    needs: list[str]


class Framework(_Strict):
    """One file of `rules/frameworks/`."""

    id: str
    name: str
    version: str
    source: str
    applies_to: list[str]
    meaning: str
    requirements: dict[str, Demand]
    tiers: list[Tier] = Field(min_length=2)

    @model_validator(mode="after")
    def _tiers_agree(self) -> "Framework":
        for tier in self.tiers:
            for need in tier.needs:
                if need not in self.requirements:
                    raise ValueError(f"tier {tier.label!r} needs {need!r}, which is no requirement")
        if self.tiers[-1].needs:
            raise ValueError("the last tier must need nothing, so that every release has a label")
        return self


def check_openness(root: Path) -> None:
    """Check every file below `root/rules` that the openness stage reads.

    Raises:
        DataInvalid: path, field, what.
    """
    facts_path = root / "rules" / "facts.yaml"
    facts = {k: _model(FactEntry, v, facts_path) for k, v in read_yaml(facts_path).items()}
    path = root / "rules" / "dimensions.yaml"
    for name, ladder in _model(Dimensions, read_yaml(path), path).dimensions.items():
        for step in ladder.grades:
            _check_facts(step.when, facts, f"{path}: {name}.{step.grade}")
    for path in sorted((root / "rules" / "frameworks").glob("*.yaml")):
        framework = _model(Framework, read_yaml(path), path)
        if framework.id != path.stem:
            raise DataInvalid(f"{path}: id: is {framework.id!r}, the file says {path.stem!r}")
        for name, demand in framework.requirements.items():
            _check_facts(demand.when, facts, f"{path}: requirements.{name}")


def _model(model: type[_Model], raw: Any, path: Path) -> _Model:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "top"
        raise DataInvalid(f"{path}: {field}: {first['msg']}") from error


def _check_facts(condition: Any, facts: _Facts, where: str) -> None:
    for key, value in condition.items():
        if key in ("all", "any"):
            for part in value:
                _check_facts(part, facts, where)
        elif key == "not":
            _check_facts(value, facts, where)
        elif key not in facts:
            raise DataInvalid(f"{where}: {key!r} is no fact of rules/facts.yaml")
        else:
            allowed = [*(facts[key].values or ()), True, False, "na"]
            wrong = [v for v in value if v not in allowed]
            if wrong:
                raise DataInvalid(f"{where}: {key} is never {wrong[0]!r}")
