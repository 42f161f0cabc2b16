"""References in Python: arguments of loaders, constants, defaults, options, commands, links."""

import ast
import warnings
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from openaudit.discovery.commands import Word, read_script, read_words
from openaudit.discovery.constants import Constant, Constants, bound_name, defaults
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon, Sense
from openaudit.discovery.links import read_links

_ROUNDS: Final = 4
_URL: Final = ("hf://", "hf.co/", "huggingface.co/", "modelscope.", "ollama.com/")


def read_python(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases a module names.

    Raises:
        SyntaxError: the text is not Python of this version.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape in somebody's code is theirs
        try:
            tree = ast.parse(text)
        except (ValueError, RecursionError, MemoryError) as error:
            raise SyntaxError(str(error)) from error
    yield from _Module(text, tree, lexicon).hits()


class _Module:
    def __init__(self, text: str, tree: ast.Module, lexicon: Lexicon) -> None:
        self._nodes, self._lexicon = list(ast.walk(tree)), lexicon
        self._places = _Places(text)
        self._constants = Constants(self._nodes)
        self._loaders = _Loaders(self._nodes, lexicon)
        self._silent = _prose(self._nodes) | self._written()

    def hits(self) -> Iterator[Hit]:
        for node in self._nodes:
            yield from self._node(node)

    def _node(self, node: ast.AST) -> Iterator[Hit]:  # noqa: C901  # one case a form
        match node:
            case ast.Call():
                yield from self._call(node)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from self._assigned(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from self._assigned(target, value)
            case ast.arguments():
                for argument, value in defaults(node):
                    yield from self._keyed(argument.arg, value, "default of")
            case ast.Dict():
                yield from self._mapping(node, None)
            case ast.BoolOp(op=ast.Or(), values=[asked, *others]):
                yield from self._fallback(asked, others)
            case ast.List() | ast.Tuple():
                yield from self._words(node)
            case ast.Constant(value=str()) if node not in self._silent:
                yield from self._string(node)
            case _:
                pass

    def _written(self) -> set[ast.AST]:
        """Return the arguments of calls that make what they name."""
        return {
            part
            for node in self._nodes
            if isinstance(node, ast.Call) and self._lexicon.writes(_dotted(node.func)[-1])
            for part in ast.walk(node)
            if part is not node
        }

    def _call(self, node: ast.Call) -> Iterator[Hit]:
        if node in self._silent:
            return
        *_, name = parts = _dotted(node.func)
        if self._lexicon.writes(name):
            return
        dotted = ".".join(parts)
        revision = self._revision(node)
        for hit in self._arguments(node, dotted):
            yield hit.at_revision(revision)
        if self._lexicon.declares(name):
            yield from self._option(node, name)

    def _arguments(self, node: ast.Call, dotted: str) -> Iterator[Hit]:
        call = self._lexicon.call(dotted)
        own = self._loaders.places(dotted)
        kind = self._text_of(node, "repo_type")
        for at, argument in enumerate(node.args):
            sense = call.sense if call and at in call.at else own.get(at)
            if sense is not None and not isinstance(argument, ast.Starred):
                yield from self._read(argument, _typed(sense, kind), f"argument of {dotted}")
        for keyword in node.keywords:
            if keyword.arg is None or self._lexicon.is_output(keyword.arg):
                continue
            sense = call.sense if call and keyword.arg in call.keywords else own.get(keyword.arg)
            sense = sense or self._lexicon.key(keyword.arg)
            if sense is not None and call is not None and sense.kind == "model":
                kind_of_call = call.sense.kind if call.sense.kind == "ollama" else sense.kind
                sense = Sense(kind_of_call, sense.bare, call.sense.router)
            if sense is not None:
                how = f"keyword {keyword.arg} of {dotted}"
                yield from self._read(keyword.value, _typed(sense, kind), how)

    def _option(self, node: ast.Call, name: str) -> Iterator[Hit]:
        """Read the default of a declared option, or of an environment variable."""
        names = [a.value for a in node.args if isinstance(a, ast.Constant)]
        named = [n for n in names if isinstance(n, str)]
        given = [k.value for k in node.keywords if k.arg in ("default", "value", "fallback")]
        keys = [n for n in named[:3] if self._lexicon.key(n)]
        for key in keys[:1]:
            later = node.args[1:2] if node.args and node.args[0] in self._firsts(node, key) else []
            for value in (*given, *later):
                yield from self._keyed(key, value, f"default of {name}")

    def _fallback(self, asked: ast.expr, others: list[ast.expr]) -> Iterator[Hit]:
        """Read what stands in for a variable that is not set: `getenv("MODEL") or "org/name"`."""
        for part in ast.walk(asked):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                for other in others:
                    yield from self._keyed(part.value, other, "default of")

    @staticmethod
    def _firsts(node: ast.Call, key: str) -> list[ast.expr]:
        return [a for a in node.args if isinstance(a, ast.Constant) and a.value == key]

    def _assigned(self, target: ast.expr, value: ast.expr) -> Iterator[Hit]:
        match target:
            case ast.Subscript(slice=ast.Constant(value=str() as key)):
                yield from self._keyed(key, value, "value of")
            case ast.Tuple(elts=targets) if isinstance(value, ast.Tuple):
                for one, its in zip(targets, value.elts, strict=False):
                    yield from self._assigned(one, its)
            case _:
                name = (bound_name(target) or "").lstrip(".")
                if isinstance(value, ast.Call):
                    yield from self._declared(name, value)
                else:
                    yield from self._keyed(name, value, "value of")

    def _declared(self, name: str, value: ast.Call) -> Iterator[Hit]:
        """Read a field's default: `model: str = Field("org/name")`."""
        sense = self._lexicon.key(name)
        function = _dotted(value.func)[-1]
        if sense is None or not self._lexicon.declares(function) or value in self._silent:
            return
        given = [k.value for k in value.keywords if k.arg in ("default", "value")]
        for one in (*value.args[-1:], *given):
            yield from self._read(one, sense, f"default of {name}")

    def _keyed(self, key: str, value: ast.expr, how: str) -> Iterator[Hit]:
        sense = self._lexicon.key(key)
        if sense is None:
            return
        if isinstance(value, ast.Dict):
            yield from self._mapping(value, sense)
        else:
            yield from self._read(value, sense, f"{how} {key}")

    def _mapping(self, node: ast.Dict, outer: Sense | None) -> Iterator[Hit]:
        """Read a mapping; `outer` is the sense of the key that holds it."""
        pairs = [
            (k.value, v)
            for k, v in zip(node.keys, node.values, strict=True)
            if isinstance(k, ast.Constant) and isinstance(k.value, str)
        ]
        revisions = [v.value for k, v in pairs
                     if self._lexicon.is_revision(k) and isinstance(v, ast.Constant)]  # fmt: skip
        revision = revisions[0] if revisions and isinstance(revisions[0], str) else None
        fields = outer is not None and self._lexicon.has_fields(k for k, _ in pairs)
        for key, value in pairs:
            if self._lexicon.is_output(key):
                continue
            held = not fields or self._lexicon.is_inner(key)
            sense = self._lexicon.key(key) or (outer if held else None)
            if sense is None:
                continue
            found = (
                self._mapping(value, sense)
                if isinstance(value, ast.Dict)
                else self._read(value, sense, f"key {key}")
            )
            for hit in found:
                yield hit.at_revision(revision)

    def _words(self, node: ast.List | ast.Tuple) -> Iterator[Hit]:
        """Read a list of arguments of a program: ["vllm", "serve", "org/name"]."""
        if node in self._silent:
            return
        texts = [e.value if isinstance(e, ast.Constant) else None for e in node.elts]
        words = [
            Word(t, self._places.of(e, t))
            for t, e in zip(texts, node.elts, strict=True)
            if isinstance(t, str)
        ]
        if len(words) > 1:
            yield from read_words(words, self._lexicon)

    def _string(self, node: ast.Constant) -> Iterator[Hit]:
        """Read links and command lines inside a string."""
        text = str(node.value)
        if any(mark in text for mark in _URL):
            for hit in read_links(text, self._lexicon):
                yield self._placed(hit, node)
        first = text.split(None, 1)[:1]
        if " " in text and first and first[0].rsplit("/", 1)[-1] in self._lexicon.first_words:
            for hit in read_script(text, self._lexicon):
                yield self._placed(hit, node)

    def _placed(self, hit: Hit, node: ast.expr) -> Hit:
        written = _written(hit)
        return Hit(hit.named, self._places.of(node, written), hit.how)

    def _read(self, expression: ast.expr, sense: Sense, how: str) -> Iterator[Hit]:
        for constant in self._constants.of(expression):
            named = self._lexicon.read(constant.text, sense)
            if named is not None and constant.node not in self._silent:
                yield Hit(named, self._place(constant), how)

    def _place(self, constant: Constant) -> int:
        return self._places.of(constant.node, constant.text)

    def _revision(self, node: ast.Call) -> str | None:
        return self._text_of(node, "revision")

    def _text_of(self, node: ast.Call, name: str) -> str | None:
        for keyword in node.keywords:
            if keyword.arg == name:
                found = self._constants.of(keyword.value)
                return found[0].text if len(found) == 1 else None
        return None


class _Loaders:
    """Functions of the file that hand a parameter on to a loader: their callers name releases."""

    def __init__(self, nodes: Sequence[ast.AST], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._found: dict[str, dict[int | str, Sense]] = {}
        if not any(_loads(node, lexicon) for node in nodes):
            return
        functions = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        handed = [(f, c) for f in functions for c in _handing(f)]
        for _ in range(_ROUNDS):
            before = sum(map(len, self._found.values()))
            for function, call in handed:
                self._learn(function, call)
            if sum(map(len, self._found.values())) == before:
                break

    def places(self, dotted: str) -> dict[int | str, Sense]:
        """Return the places and keywords of a function that take a name."""
        return self._found.get(dotted.rpartition(".")[2], {})

    def _learn(self, function: ast.FunctionDef | ast.AsyncFunctionDef, call: ast.Call) -> None:
        names = _parameters(function)
        method = names[:1] in (["self"], ["cls"])
        for name, sense in self._handed(call):
            if name in names:
                place = names.index(name) - method
                self._found.setdefault(function.name, {})[place] = sense
            if name in names or name in {a.arg for a in function.args.kwonlyargs}:
                self._found.setdefault(function.name, {})[name] = sense

    def _handed(self, node: ast.Call) -> Iterator[tuple[str, Sense]]:
        dotted = ".".join(_dotted(node.func))
        call, own = self._lexicon.call(dotted), self.places(dotted)
        for at, argument in enumerate(node.args):
            sense = call.sense if call and at in call.at else own.get(at)
            if sense is not None and isinstance(argument, ast.Name):
                yield argument.id, sense
        for keyword in node.keywords:
            taken = call is not None and keyword.arg in call.keywords
            sense = call.sense if call and taken else own.get(keyword.arg or "")
            if sense is not None and isinstance(keyword.value, ast.Name):
                yield keyword.value.id, sense


def _loads(node: ast.AST, lexicon: Lexicon) -> bool:
    return isinstance(node, ast.Call) and lexicon.call(".".join(_dotted(node.func))) is not None


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [a.arg for a in (*function.args.posonlyargs, *function.args.args)]


def _handing(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.Call]:
    """Yield the calls in a function that are handed one of its parameters as it is."""
    own = {*_parameters(function), *(a.arg for a in function.args.kwonlyargs)}
    for node in ast.walk(function) if own else ():
        if isinstance(node, ast.Call):
            given = (*node.args, *(k.value for k in node.keywords))
            if any(isinstance(g, ast.Name) and g.id in own for g in given):
                yield node


class _Places:
    """Where a node's text stands, in characters: the parser counts bytes within lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        lines = text.encode().split(b"\n")
        self._lines = [len(line.decode()) + 1 for line in lines]
        self._raw = lines
        self._starts = [0, *accumulate(self._lines)]

    def of(self, node: ast.expr, written: str) -> int:
        """Return where `written` stands in the source of `node`, or where the node begins."""
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        at = self._text.find(written, start, end)
        return start if at < 0 else at

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + len(self._raw[line - 1][:column].decode(errors="replace"))


def _prose(nodes: Sequence[ast.AST]) -> set[ast.AST]:
    """Return strings that stand alone: docstrings, and code that was commented out."""
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _dotted(function: ast.expr) -> list[str]:
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


def _typed(sense: Sense, repo_type: str | None) -> Sense:
    return Sense("dataset", "any") if repo_type == "dataset" else sense


def _written(hit: Hit) -> str:
    return hit.named.id.removeprefix("datasets/").removeprefix("ollama:").removeprefix("ms:")
