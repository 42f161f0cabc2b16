"""What the names of a Python module are bound to, scope by scope."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(eq=False, slots=True)
class _Scope:
    outer: "_Scope | None"
    names: dict[str, list[ast.expr]] = field(default_factory=dict)
    function: str = ""


class Scopes:
    """Bindings of one module. An attribute, `self.x` or `Config.x`, is one name wherever it is."""

    def __init__(self, tree: ast.Module) -> None:
        self.nodes: list[ast.AST] = []
        self._attributes: dict[str, list[ast.expr]] = {}
        self._home: dict[ast.AST, _Scope] = {}
        self._returns: dict[str, list[ast.expr]] = {}
        self._walk(tree)

    def values(self, node: ast.Name | ast.Attribute) -> list[ast.expr]:
        """Return what a name may be bound to where it stands; [] where nothing is known."""
        if isinstance(node, ast.Attribute):
            return self._attributes.get(node.attr, [])
        scope: _Scope | None = self._home.get(node)
        while scope is not None:
            if node.id in scope.names:
                return scope.names[node.id]
            scope = scope.outer
        return []

    def returned(self, call: ast.Call) -> list[ast.expr]:
        """Return what a function of this module returns, by its name alone."""
        return self._returns.get(bound_name(call.func), [])

    def _walk(self, tree: ast.Module) -> None:
        """Visit each node once, in its scope; a function's defaults belong to the scope around."""
        stack: list[tuple[ast.AST, _Scope]] = [(tree, _Scope(None))]
        while stack:
            node, scope = stack.pop()
            self.nodes.append(node)
            if isinstance(node, ast.Name):
                self._home[node] = scope
            inner = scope
            if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
                inner = _Scope(scope, function=getattr(node, "name", ""))
                if not isinstance(node, ast.ClassDef):
                    _parameters(node, inner)
            if isinstance(node, ast.Return) and node.value is not None:
                self._returns.setdefault(scope.function, []).append(node.value)
            self._bind(node, scope, in_class=False)
            outside = _outside(node)
            for child in ast.iter_child_nodes(node):
                stack.append((child, scope if child in outside else inner))
                if isinstance(node, ast.ClassDef):
                    self._bind(child, inner, in_class=True)
        self.nodes.reverse()

    def _bind(self, node: ast.AST, scope: _Scope, *, in_class: bool) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._add(target, value, scope, in_class=in_class)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._add(target, value, scope, in_class=in_class)
            case ast.NamedExpr(target=target, value=value):
                self._add(target, value, scope, in_class=in_class)
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                self._add(target, value, scope, in_class=in_class)
            case _:
                pass

    def _add(self, target: ast.expr, value: ast.expr, scope: _Scope, *, in_class: bool) -> None:
        match target:
            case ast.Tuple(elts=targets) if isinstance(value, ast.Tuple):
                for one, its in zip(targets, value.elts, strict=False):
                    self._add(one, its, scope, in_class=in_class)
            case ast.Tuple(elts=targets):
                for one in targets:
                    self._add(one, value, scope, in_class=in_class)
            case ast.Name(id=name):
                bound = self._attributes if in_class else scope.names
                bound.setdefault(name, []).append(value)
            case ast.Attribute(attr=name):
                self._attributes.setdefault(name, []).append(value)
            case _:
                pass


def bound_name(target: ast.expr) -> str:
    """Return the name an assignment binds, of a variable or an attribute; "" for another."""
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def defaults(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    """Yield the parameters of a function that have a default, with it."""
    positional = [*arguments.posonlyargs, *arguments.args]
    given = arguments.defaults
    yield from zip(positional[len(positional) - len(given) :], given, strict=True)
    for argument, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if value is not None:
            yield argument, value


def _parameters(function: _Function, scope: _Scope) -> None:
    """Bind the parameters, so that one without a default hides the name outside."""
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        scope.names[argument.arg] = []
    for argument, value in defaults(arguments):
        scope.names[argument.arg].append(value)


def _outside(node: ast.AST) -> list[ast.AST]:
    """Return the children of a definition that are evaluated around it."""
    match node:
        case (
            ast.FunctionDef(decorator_list=decorators)
            | ast.AsyncFunctionDef(decorator_list=decorators)
        ):
            return [*decorators, node.args]
        case ast.Lambda(args=arguments):
            return [arguments]
        case ast.ClassDef(decorator_list=decorators, bases=bases, keywords=keywords):
            return [*decorators, *bases, *keywords]
        case _:
            return []
