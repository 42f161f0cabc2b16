"""The constant strings a Python expression can hold, followed through names within one file."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_MOST: Final = 200
_ENVIRONMENT: Final = frozenset({"get", "getenv", "pop", "setdefault"})


@dataclass(frozen=True, slots=True)
class Constant:
    """A string and the expression where it stands."""

    text: str
    node: ast.expr


class Constants:
    """What the names of one module are bound to, whatever the scope: discovery rather errs wide."""

    def __init__(self, nodes: Sequence[ast.AST]) -> None:
        self._bound: dict[str, list[ast.expr]] = {}
        for node in nodes:
            self._bind(node)

    def _bind(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._add(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._add(target, value)
            case ast.NamedExpr(target=target, value=value):
                self._add(target, value)
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                self._add(target, value)
            case ast.arguments():
                for argument, value in defaults(node):
                    self._bound.setdefault(argument.arg, []).append(value)
            case _:
                pass

    def _add(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, its in zip(target.elts, value.elts, strict=False):
                self._add(one, its)
        elif name := bound_name(target):
            self._bound.setdefault(name, []).append(value)

    def of(self, expression: ast.expr) -> list[Constant]:
        """Return the strings that `expression` can hold; [] where it is computed."""
        return list(_first(self._strings(expression, set())))

    def _strings(self, node: ast.expr, seen: set[ast.expr]) -> Iterator[Constant]:
        if node in seen or len(seen) > _MOST:
            return
        seen.add(node)
        match node:
            case ast.Constant(value=str() as text):
                yield Constant(text, node)
            case ast.Name() | ast.Attribute():
                for value in self._bound.get(bound_name(node) or "", ()):
                    yield from self._strings(value, seen)
            case ast.JoinedStr() | ast.BinOp(op=ast.Add()):
                joined = self._joined(node, seen)
                if joined is not None:
                    yield Constant(joined, node)
            case _:
                for inner in _inside(node):
                    yield from self._strings(inner, seen)

    def _joined(self, node: ast.expr, seen: set[ast.expr]) -> str | None:
        """Return the one string a concatenation or f-string stands for; None: not constant."""
        match node:
            case ast.JoinedStr(values=parts):
                pieces = [self._joined(p, seen) for p in parts]
                return None if None in pieces else "".join(p for p in pieces if p is not None)
            case ast.FormattedValue(value=value, format_spec=None, conversion=-1):
                return self._joined(value, seen)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                first, second = self._joined(left, seen), self._joined(right, seen)
                return None if first is None or second is None else first + second
            case _:
                found = list(_first(self._strings(node, set(seen))))
                return found[0].text if len(found) == 1 else None


def _inside(node: ast.expr) -> list[ast.expr]:  # noqa: PLR0911  # one case a form
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
            return args[1:2]
        case ast.Call(func=ast.Name(id="getenv"), args=args):
            return args[1:2]
        case ast.Call(func=ast.Attribute(attr="items" | "values", value=held)):
            return [held]
        case ast.Call(func=ast.Name(id="str" | "list" | "tuple" | "set" | "sorted"), args=args):
            return args[:1]
        case _:
            return []


def bound_name(target: ast.expr) -> str | None:
    """Return the name an assignment binds: of a variable, or of an attribute with its dot."""
    match target:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return f".{name}"
        case _:
            return None


def defaults(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    """Yield the parameters of a function that have a default, with it."""
    positional = [*arguments.posonlyargs, *arguments.args]
    given = arguments.defaults
    yield from zip(positional[len(positional) - len(given) :], given, strict=True)
    for argument, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if value is not None:
            yield argument, value


def _first(constants: Iterator[Constant]) -> Iterator[Constant]:
    """Cut what a name bound again and again could stand for."""
    for _, constant in zip(range(_MOST), constants, strict=False):
        yield constant
