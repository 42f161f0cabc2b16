"""Functions of a Python file that hand a parameter on to a loader: their callers name releases."""

import ast
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.discovery.imports import Imports, dotted
from openaudit.discovery.lexicon import Lexicon, Sense

_ROUNDS: Final = 4
_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Loaders:
    """The places and keywords by which the functions of one module take a name."""

    def __init__(self, nodes: Sequence[ast.AST], imports: Imports, lexicon: Lexicon) -> None:
        self._lexicon, self._imports = lexicon, imports
        self._found: dict[str, dict[int | str, Sense]] = {}
        if not any(isinstance(n, ast.Call) and lexicon.call(imports.full(n.func)) for n in nodes):
            return
        functions = [n for n in nodes if isinstance(n, _Function)]
        handed = [(f, c) for f in functions for c in _handing(f)]
        for _ in range(_ROUNDS):
            before = sum(map(len, self._found.values()))
            for function, call in handed:
                self._learn(function, call)
            if sum(map(len, self._found.values())) == before:
                break

    def places(self, name: str) -> dict[int | str, Sense]:
        """Return the places and keywords of a function that take a name."""
        return self._found.get(name, {})

    def _learn(self, function: _Function, call: ast.Call) -> None:
        names = _parameters(function)
        method = names[:1] in (["self"], ["cls"])
        for name, sense in self._handed(call):
            if name in names:
                place = names.index(name) - method
                self._found.setdefault(function.name, {})[place] = sense
            if name in names or name in {a.arg for a in function.args.kwonlyargs}:
                self._found.setdefault(function.name, {})[name] = sense

    def _handed(self, node: ast.Call) -> Iterator[tuple[str, Sense]]:
        call = self._lexicon.call(self._imports.full(node.func))
        own = self.places(dotted(node.func)[-1])
        for at, argument in enumerate(node.args):
            sense = call.sense if call and at in call.at else own.get(at)
            if sense is not None and isinstance(argument, ast.Name):
                yield argument.id, sense
        for keyword in node.keywords:
            taken = call is not None and keyword.arg in call.keywords
            sense = call.sense if call and taken else own.get(keyword.arg or "")
            if sense is not None and isinstance(keyword.value, ast.Name):
                yield keyword.value.id, sense


def _parameters(function: _Function) -> list[str]:
    return [a.arg for a in (*function.args.posonlyargs, *function.args.args)]


def _handing(function: _Function) -> Iterator[ast.Call]:
    """Yield the calls in a function that are handed one of its parameters as it is."""
    own = {*_parameters(function), *(a.arg for a in function.args.kwonlyargs)}
    for node in ast.walk(function) if own else ():
        if isinstance(node, ast.Call):
            given = (*node.args, *(k.value for k in node.keywords))
            if any(isinstance(g, ast.Name) and g.id in own for g in given):
                yield node
