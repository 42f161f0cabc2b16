"""A file that holds a policy or waivers: its values, and the line in which each of them stands."""

from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from openaudit.data import read_yaml
from openaudit.errors import DataInvalid
from openaudit.model.frozen import frozen
from openaudit.policy.condition import Place
from openaudit.policy.vocabulary import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel, ValidationError
    from yaml import Node

_Model = TypeVar("_Model", bound="BaseModel")
_MOST_VALUES: Final = 50_000
_TYPES: Final = (("str",), ("constrained-str",))
"""What pydantic adds to the place of a value that may be a word, or else a list."""


@frozen
class PolicyFile:
    """A YAML or TOML file, and the section of it that is meant; () is all of it."""

    path: Path
    section: tuple[str, ...] = ()
    shown: str = ""
    _lines: dict[Place, int] = field(default_factory=dict)

    def read(self) -> Any:
        """Return the values of the section.

        Raises:
            DataInvalid: it cannot be read, or says something twice.
        """
        value: Any = self._toml() if self.path.suffix == ".toml" else self._yaml()
        for key in self.section:
            value = value.get(key) if isinstance(value, dict) else None
        if not isinstance(value, dict):
            raise DataInvalid(f"{self}: expected a mapping of settings")
        return value

    def valid(self, model: "type[_Model]") -> "_Model":
        """Return the section as `model` has it.

        Raises:
            DataInvalid: the first thing that is wrong: file, line, field, what.
        """
        from pydantic import ValidationError  # noqa: PLC0415  # most runs have no policy

        try:
            return model.model_validate(self.read())
        except ValidationError as error:
            place, problem = _first_mistake(error, model)
            self.refuse(place, problem)

    def refuse(self, place: Place, problem: str) -> NoReturn:
        """Raise that the value at `place` is wrong, with the line where it stands.

        Raises:
            DataInvalid: always.
        """
        at = (*self.section, *place)
        line = next(
            (self._lines[at[:n]] for n in range(len(at), -1, -1) if at[:n] in self._lines), 0
        )
        where = f"{self}:{line}" if line else str(self)
        field_ = ".".join(map(str, at)) or "top"
        raise DataInvalid(f"{where}: {field_}: {problem}")

    def __str__(self) -> str:
        return self.shown or str(self.path)

    def _yaml(self) -> Any:
        value = read_yaml(self.path, most=_MOST_VALUES)
        import yaml  # noqa: PLC0415  # most runs have no policy

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        node = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=loader)
        try:
            for place, line in _marked(node, ()):
                if place in self._lines:
                    self.refuse(place, f"stands here, and once more in line {line}")
                self._lines[place] = line
        except RecursionError as error:
            raise DataInvalid(f"{self}: nested too deep to be read") from error
        return value

    def _toml(self) -> Any:
        import json  # noqa: PLC0415  # most policies are YAML
        import tomllib  # noqa: PLC0415

        try:
            value = tomllib.loads(self.path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise DataInvalid(f"{self}: not valid TOML: {error}") from error
        except UnicodeDecodeError as error:
            raise DataInvalid(f"{self}: not in UTF-8") from error
        except OSError as error:
            raise DataInvalid(f"{self}: cannot be read: {error.strerror}") from error
        return json.loads(json.dumps(value, default=str))


def _marked(node: "Node | None", place: Place) -> "Iterator[tuple[Place, int]]":
    """Yield the line of every value, of a mapping that of its keys; a place twice is said twice."""
    import yaml  # noqa: PLC0415  # most runs have no policy

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*place, key.value)
            yield here, key.start_mark.line + 1
            yield from _marked(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            here = (*place, at)
            yield here, value.start_mark.line + 1
            yield from _marked(value, here)


def _first_mistake(error: "ValidationError", model: "type[BaseModel]") -> tuple[Place, str]:
    """Return the first mistake that pydantic found, with the key that was probably meant."""
    # Where a value may be of several types, pydantic says of each why it is none of it.
    errors = error.errors()
    first = next((e for e in errors if e["loc"][-1:] not in _TYPES), errors[0])
    place = tuple(
        p for p in first["loc"] if isinstance(p, int) or ((p,) not in _TYPES and "[" not in p)
    )
    problem = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        known = _model_at(model, place[:-1]).model_fields
        problem = f"no such key{meant(str(place[-1]), known, listed=20)}"
    return place, problem


def _model_at(model: "type[BaseModel]", place: Place) -> "type[BaseModel]":
    """Return the model of the mapping at `place`."""
    from typing import get_args  # noqa: PLC0415  # only a mistake needs it

    from pydantic import BaseModel  # noqa: PLC0415  # only a mistake needs it

    def models(annotation: Any) -> "Iterator[type[BaseModel]]":
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        for part in get_args(annotation):
            yield from models(part)

    for key in place:
        named = model.model_fields.get(str(key))
        model = next(models(named.annotation), model) if named else model
    return model
