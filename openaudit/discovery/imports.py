"""Names under which a Python module knows functions and objects of others."""

import ast
from collections.abc import Sequence
from typing import Final

from openaudit.discovery.constants import Constants

_DEEPEST: Final = 3


class Imports:
    """Tells `Encoder(...)` and `client.chat(...)` by what they were imported or made as."""

    def __init__(self, nodes: Sequence[ast.AST], constants: Constants) -> None:
        self._constants = constants
        self._known: dict[str, str] = {}
        for node in nodes:
            if isinstance(node, ast.Import):
                for name in node.names:
                    if name.asname:
                        self._known[name.asname] = name.name
            elif isinstance(node, ast.ImportFrom):
                for name in node.names:
                    self._known[name.asname or name.name] = f"{node.module or ''}.{name.name}"

    def full(self, function: ast.expr) -> str:
        """Return the dotted name of a called function, with what its first name stands for."""
        return ".".join(self._parts(function, 0)).lstrip(".")

    def _parts(self, function: ast.expr, depth: int) -> list[str]:
        parts = dotted(function)
        if parts[0] in self._known:
            return [*self._known[parts[0]].split("."), *parts[1:]]
        if len(parts) > 1 and depth < _DEEPEST and (maker := self._maker(function)) is not None:
            own = 2 if parts[0] in ("self", "cls") else 1
            return [*self._parts(maker, depth + 1), *parts[own:]]
        return parts

    def _maker(self, function: ast.expr) -> ast.expr | None:
        """Return the function whose result an object is: of `client.chat`, that of `client`."""
        while isinstance(function, ast.Attribute):
            inner = function.value
            if isinstance(inner, ast.Name) or (
                isinstance(inner, ast.Attribute)
                and isinstance(inner.value, ast.Name)
                and inner.value.id in ("self", "cls")
            ):
                made = [m for m in self._constants.meant(inner) if isinstance(m, ast.Call)]
                return made[0].func if made else None
            function = inner
        return None


def dotted(function: ast.expr) -> list[str]:
    """Return the parts of a called name; calls and indices between them are left out."""
    parts: list[str] = []
    while True:
        match function:
            case ast.Attribute(value=value, attr=name):
                parts.append(name)
                function = value
            case ast.Name(id=name):
                parts.append(name)
                break
            case ast.Call(func=inner) | ast.Subscript(value=inner):
                function = inner
            case _:
                break
    return parts[::-1] or [""]
