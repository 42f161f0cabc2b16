"""Frozen value types: dataclasses that are cheap to define.

`dataclass(frozen=True, slots=True)` compiles six methods for each class, about 0.7 ms, and a run
defines more than sixty classes before it audits anything: a third of a short run. Here only
`__init__` is compiled; the others are the same for all classes. `replace`, `fields`, `asdict` and
type checkers take the result for the dataclass it is.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, Final, NoReturn, TypeVar, dataclass_transform

_Type = TypeVar("_Type")
_NEW: Final = object()
"""The default of a parameter whose value a factory makes for each instance."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[_Type]) -> type[_Type]:
    """Make `cls` a frozen dataclass with slots: equal, hashed and shown by its fields."""
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    declared = fields(made)  # type: ignore[arg-type]  # it is a dataclass since the line above
    names = tuple(f.name for f in declared)
    methods: dict[str, Callable[..., Any]] = {
        "__init__": _init(made, declared),
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        **_by_fields(names),
    }
    for name, method in methods.items():
        setattr(made, name, method)
    return made


def _init(cls: type, declared: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Return `__init__` for the fields: it writes into the slots, past the refusal to set."""
    known: dict[str, Any] = {"_NEW": _NEW}
    parameters, body = ["self"], []
    for one in declared:
        name = one.name
        known[f"_set_{name}"] = getattr(cls, name).__set__
        given = name
        if one.default_factory is not MISSING:
            known[f"_default_{name}"], known[f"_new_{name}"] = _NEW, one.default_factory
            given = f"_new_{name}() if {name} is _NEW else {name}"
        elif one.default is not MISSING:
            known[f"_default_{name}"] = one.default
        parameters.append(f"{name}=_default_{name}" if f"_default_{name}" in known else name)
        body.append(f"    _set_{name}(self, {given})")
    source = "\n".join((f"def __init__({', '.join(parameters)}):", *body))
    exec(source, known)  # noqa: S102  # as dataclasses do; the names are those of annotations
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {one.name: one.type for one in declared} | {"return": None}
    return made


def _by_fields(names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    """Return the methods that look at all fields."""
    values = attrgetter(*names)

    def eq(self: object, other: object) -> bool:
        return (
            values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented
        )

    def hashed(self: object) -> int:
        return hash(values(self))

    def shown(self: object) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({inside})"

    def reduced(self: object) -> tuple[type, tuple[Any, ...]]:
        return self.__class__, tuple(getattr(self, name) for name in names)

    return {"__eq__": eq, "__hash__": hashed, "__repr__": shown, "__reduce__": reduced}


def _refuse_to_set(_: object, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
