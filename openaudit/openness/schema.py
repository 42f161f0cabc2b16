"""The shape of `rules/facts.yaml`, `dimensions.yaml` and `frameworks/*.yaml`, checked.

For the tests and for whoever writes a framework: an audit trusts what was checked here.
"""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from openaudit.data import read_yaml
from openaudit.errors import DataInvalid
from openaudit.openness.framework_schema import Condition, check_facts, check_framework, located

_Model = TypeVar("_Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactEntry(_Strict):
    """One fact: `values` in order where they are enumerated."""

    title: str
    settle: str = ""
    values: list[str] | None = None


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


def check_openness(root: Path) -> None:
    """Check every file below `root/rules` that the openness stage reads.

    Raises:
        DataInvalid: path, field, what.
    """
    facts_path = root / "rules" / "facts.yaml"
    facts = read_yaml(facts_path)
    for entry in facts.values():
        _model(FactEntry, entry, facts_path)
    path = root / "rules" / "dimensions.yaml"
    for name, ladder in _model(Dimensions, read_yaml(path), path).dimensions.items():
        for step in ladder.grades:
            check_facts(step.when, facts, f"{path}: {name}.{step.grade}")
    for path in sorted((root / "rules" / "frameworks").glob("*.yaml")):
        check_framework(read_yaml(path), path, facts)


def _model(model: type[_Model], raw: Any, path: Path) -> _Model:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise DataInvalid(f"{path}: {located(error)}") from error
