"""The constant strings a Python expression can hold, followed through names within one file."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openaudit.discovery.scopes import Scopes

_MOST: Final = 200
_LONGEST: Final = 1000
_ENVIRONMENT: Final = frozenset({"get", "getenv", "pop", "setdefault"})
_COPIES: Final = frozenset({"str", "list", "tuple", "set", "sorted", "enumerate"})


@dataclass(frozen=True, slots=True)
class Constant:
    """A string and the expression where it stands."""

    text: str
    node: ast.expr


class Constants:
    """Evaluates what can be known without running anything."""

    def __init__(self, scopes: Scopes) -> None:
        self._scopes = scopes

    def of(self, expression: ast.expr) -> list[Constant]:
        """Return the strings that `expression` can hold; [] where it is computed."""
        return list(_first(self._strings(expression, set())))

    def meant(self, expression: ast.expr, seen: set[ast.expr] | None = None) -> list[ast.expr]:
        """Return the expressions that a name, or a chain of names, stands for."""
        seen = set() if seen is None else seen
        if not isinstance(expression, ast.Name | ast.Attribute):
            return [expression]
        if expression in seen or len(seen) > _MOST:
            return []
        seen.add(expression)
        return [m for v in self._scopes.values(expression) for m in self.meant(v, seen)]

    def _strings(  # noqa: C901  # one case a form
        self, node: ast.expr, seen: set[ast.expr]
    ) -> Iterator[Constant]:
        if node in seen or len(seen) > _MOST:
            return
        seen.add(node)
        match node:
            case ast.Constant(value=str() as text):
                yield Constant(text, node)
            case ast.Name() | ast.Attribute():
                for value in self._scopes.values(node):
                    yield from self._strings(value, seen)
            case ast.Subscript(value=ast.Name(id="Literal") | ast.Attribute(attr="Literal")):
                yield from self._strings(node.slice, seen)
            case ast.Subscript(value=held, slice=ast.Constant(value=key)):
                for value in self._picked(held, key):
                    yield from self._strings(value, seen)
            case (
                ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(attr="format" | "join"))
            ):
                joined = self._joined(node, seen)
                if joined is not None and len(joined) <= _LONGEST:
                    yield Constant(joined, node)
            case _:
                returned = self._scopes.returned(node) if isinstance(node, ast.Call) else []
                for inner in (*_inside(node), *returned):
                    yield from self._strings(inner, seen)

    def _picked(self, held: ast.expr, key: object) -> list[ast.expr]:
        """Return the value under a constant key or index; all values where it cannot be told."""
        picked: list[ast.expr] = []
        for meant in self.meant(held):
            match meant:
                case ast.Dict(keys=keys, values=values):
                    pairs = list(zip(keys, values, strict=True))
                    own = [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == key]
                    picked += own or values
                case ast.List(elts=items) | ast.Tuple(elts=items):
                    inside = isinstance(key, int) and -len(items) <= key < len(items)
                    picked += [items[key]] if inside and isinstance(key, int) else items
                case _:
                    picked += _inside(meant)
        return picked

    def _joined(  # noqa: PLR0911  # one case a form
        self, node: ast.expr, seen: set[ast.expr]
    ) -> str | None:
        """Return the one string a concatenation, f-string or format stands for; None: none."""
        match node:
            case ast.JoinedStr(values=parts):
                return _together([self._joined(p, seen) for p in parts], "")
            case ast.FormattedValue(value=value, format_spec=None, conversion=-1):
                return self._joined(value, seen)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _together([self._joined(left, seen), self._joined(right, seen)], "")
            case ast.BinOp(left=ast.Constant(value=str() as form), op=ast.Mod(), right=right):
                values = right.elts if isinstance(right, ast.Tuple) else [right]
                return _filled(
                    form.replace("%d", "%s"), "%s", [self._joined(v, seen) for v in values]
                )
            case ast.Call(
                func=ast.Attribute(attr="format", value=ast.Constant(value=str() as form))
            ):
                return _filled(form, "{}", [self._joined(v, seen) for v in node.args])
            case ast.Call(
                func=ast.Attribute(attr="join", value=ast.Constant(value=str() as between)),
                args=[ast.List(elts=items) | ast.Tuple(elts=items)],
            ):
                return _together([self._joined(v, seen) for v in items], between)
            case ast.Constant(value=int() as number):
                return str(number)
            case ast.BinOp():
                return None
            case _:
                numbers = [m for m in self.meant(node) if isinstance(m, ast.Constant)]
                if len(numbers) == 1 and isinstance(numbers[0].value, int):
                    return str(numbers[0].value)
                found = list(_first(self._strings(node, set(seen))))
                return found[0].text if len(found) == 1 else None


def _together(parts: Sequence[str | None], between: str) -> str | None:
    return None if None in parts else between.join(p for p in parts if p is not None)


def _filled(form: str, place: str, values: Sequence[str | None]) -> str | None:
    """Fill the places of a form in order; None where a value is unknown, or the form is richer."""
    pieces = form.split(place)
    if (
        None in values
        or len(pieces) != len(values) + 1
        or any("{" in p or "%" in p for p in pieces)
    ):
        return None
    return pieces[0] + "".join(f"{v}{p}" for v, p in zip(values, pieces[1:], strict=True))


def _inside(node: ast.expr) -> list[ast.expr]:  # noqa: C901, PLR0911  # one case a form
    """Return the expressions whose strings are those of `node`."""
    match node:
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
        case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
            return values
        case ast.Set(elts=values) | ast.Dict(values=values):
            return values
        case ast.Subscript(value=value) | ast.Starred(value=value) | ast.NamedExpr(value=value):
            return [value]
        case ast.Call(func=ast.Attribute(attr="get", value=ast.Name() as held), args=args):
            return [held, *args[1:2]]
        case ast.Call(func=ast.Attribute(attr=name), args=args) if name in _ENVIRONMENT:
            return [*args[1:2], *(k.value for k in node.keywords if k.arg == "default")]
        case ast.Call(func=ast.Name(id="getenv" | "getattr"), args=args):
            return args[1:] if len(args) == 2 else args[2:3]  # noqa: PLR2004  # (name, default)
        case ast.Call(func=ast.Attribute(attr="items" | "values", value=held)):
            return [held]
        case ast.Call(func=ast.Attribute(attr="strip" | "lower" | "rstrip", value=held)):
            return [held]
        case ast.Call(func=ast.Name(id=name), args=args) if name in _COPIES:
            return args[:1]
        case _:
            return []


def _first(constants: Iterator[Constant]) -> Iterator[Constant]:
    """Cut what a name bound again and again could stand for."""
    for _, constant in zip(range(_MOST), constants, strict=False):
        yield constant
