"""What a Python module makes rather than uses: names it pushes to, and strings that are prose."""

import ast
from collections.abc import Iterable, Iterator, Sequence

from openaudit.discovery.imports import dotted
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.scopes import bound_name


def made(nodes: Sequence[ast.AST], lexicon: Lexicon) -> set[ast.AST]:
    """Return the nodes that name no release in use.

    These are docstrings, what a function that uploads is given, and the value of a name that is
    given to nothing else.
    """
    silent: set[ast.AST] = {
        node.value
        for node in nodes
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    silent |= {
        part for node in nodes for given in _given(node, lexicon) for part in ast.walk(given)
    }
    only = _names(silent) - _names(node for node in nodes if node not in silent)
    for node in nodes if only else ():
        match node:
            case ast.Assign(targets=[target], value=value) if bound_name(target) in only:
                silent |= {node, *ast.walk(value)}
            case ast.AnnAssign(target=target, value=ast.expr() as value) if (
                bound_name(target) in only
            ):
                silent |= {node, *ast.walk(value)}
            case _:
                pass
    return silent


def _given(node: ast.AST, lexicon: Lexicon) -> Iterator[ast.expr]:
    if not isinstance(node, ast.Call):
        return
    writes = lexicon.writes(dotted(node.func)[-1])
    if writes:
        yield from node.args
    for keyword in node.keywords:
        if writes or (keyword.arg and lexicon.is_output(keyword.arg)):
            yield keyword.value


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    return {
        bound_name(node)
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
