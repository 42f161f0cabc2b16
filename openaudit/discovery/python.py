"""References in Python: arguments of loaders, constants, defaults, options, commands, links."""

import ast
import warnings
from collections.abc import Iterator

from openaudit.discovery.commands import read_lines, read_words
from openaudit.discovery.constants import Constants
from openaudit.discovery.hit import Hit
from openaudit.discovery.imports import Imports, dotted
from openaudit.discovery.lexicon import Call, Lexicon, Sense
from openaudit.discovery.links import marks_link, read_links
from openaudit.discovery.loaders import Loaders
from openaudit.discovery.made import made
from openaudit.discovery.scopes import Scopes, bound_name, defaults
from openaudit.discovery.shell import Word
from openaudit.discovery.sourcemap import SourceMap


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
        self._lexicon = lexicon
        scopes = Scopes(tree)
        self._nodes = scopes.nodes
        self._places = SourceMap(text)
        self._constants = Constants(scopes)
        self._imports = Imports(self._nodes, self._constants)
        self._loaders = Loaders(self._nodes, self._imports, lexicon)
        self._silent = made(self._nodes, lexicon)

    def hits(self) -> Iterator[Hit]:
        for node in self._nodes:
            if node not in self._silent:
                yield from self._node(node)

    def _node(self, node: ast.AST) -> Iterator[Hit]:  # noqa: C901, PLR0912  # one case a form
        match node:
            case ast.Call():
                yield from self._call(node)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from self._assigned(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from self._assigned(target, value)
            case ast.AnnAssign(target=target, annotation=ast.Subscript() as note):
                yield from self._default(bound_name(target), note)
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                yield from self._keyed(name, value, "value of")
            case ast.arguments():
                for argument, value in defaults(node):
                    yield from self._default(argument.arg, value)
            case ast.ClassDef():
                yield from self._class(node)
            case ast.Dict():
                yield from self._mapping(node, None)
            case ast.BoolOp(op=ast.Or(), values=[asked, *others]):
                yield from self._fallback(asked, others)
            case ast.List() | ast.Tuple():
                yield from self._words(node)
            case ast.Constant(value=str()):
                yield from self._string(node)
            case ast.JoinedStr() | ast.BinOp():
                yield from self._built(node)
            case _:
                pass

    def _call(self, node: ast.Call) -> Iterator[Hit]:
        name = dotted(node.func)[-1]
        if self._lexicon.writes(name):
            return
        call = self._lexicon.call(self._imports.full(node.func))
        revision = self._text_of(node, "revision")
        for hit in self._arguments(node, call):
            yield hit.at_revision(revision)
        if self._lexicon.wraps(name) and node.args:
            yield from self._wrapped(node)
        if self._lexicon.declares(self._imports.full(node.func).rpartition(".")[2]):
            yield from self._option(node, name)

    def _arguments(self, node: ast.Call, call: Call | None) -> Iterator[Hit]:
        shown = ".".join(dotted(node.func))
        own = self._loaders.places(dotted(node.func)[-1])
        kind = self._text_of(node, "repo_type")
        for at, argument in enumerate(node.args):
            sense = call.sense if call and at in call.at else own.get(at)
            if sense is not None:
                yield from self._read(argument, _typed(sense, kind), f"argument of {shown}")
        for keyword in node.keywords:
            if keyword.arg is None:
                yield from self._unpacked(keyword.value, call, shown)
            elif not self._lexicon.is_output(keyword.arg):
                sense = self._keyword(keyword.arg, call, own)
                if sense is not None:
                    how = f"keyword {keyword.arg} of {shown}"
                    yield from self._read(keyword.value, _typed(sense, kind), how)

    def _keyword(self, name: str, call: Call | None, own: dict[int | str, Sense]) -> Sense | None:
        sense = call.sense if call and name in call.keywords else own.get(name)
        sense = sense or self._lexicon.key(name)
        if sense is not None and call is not None and sense.kind == "model":
            kind = call.sense.kind if call.sense.kind == "ollama" else sense.kind
            return Sense(kind, "any" if kind == "ollama" else sense.bare, call.sense.router)
        return sense

    def _unpacked(self, held: ast.expr, call: Call | None, shown: str) -> Iterator[Hit]:
        """Read `**options` where the mapping is known."""
        for meant in self._constants.meant(held) if call else ():
            pairs = _pairs(meant) if isinstance(meant, ast.Dict) else []
            for key, value in pairs:
                if call and key in call.keywords:
                    yield from self._read(value, call.sense, f"keyword {key} of {shown}")

    def _wrapped(self, node: ast.Call) -> Iterator[Hit]:
        """Read the arguments of a function that is itself an argument: partial(f, "org/name")."""
        inner = ast.Call(func=node.args[0], args=node.args[1:], keywords=node.keywords)
        yield from self._arguments(inner, self._lexicon.call(self._imports.full(inner.func)))

    def _option(self, node: ast.Call, name: str) -> Iterator[Hit]:
        """Read defaults and choices of a declared option, or of an environment variable."""
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        labels = [
            k.value.value
            for k in node.keywords
            if k.arg in ("label", "dest", "name") and isinstance(k.value, ast.Constant)
        ]
        named = [t for t in (*texts[:3], *labels) if isinstance(t, str) and self._lexicon.key(t)]
        if not named:
            return
        given = [k.value for k in node.keywords if k.arg in self._lexicon.default_keywords]
        later = [a for a in node.args[1:] if not isinstance(a, ast.Starred)]
        for value in (*given, *later):
            yield from self._keyed(named[0], value, f"default of {name}")

    def _fallback(self, asked: ast.expr, others: list[ast.expr]) -> Iterator[Hit]:
        """Read what stands in for a variable that is not set: `getenv("MODEL") or "org/name"`."""
        for part in ast.walk(asked):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                for other in others:
                    yield from self._keyed(part.value, other, "default of")

    def _assigned(self, target: ast.expr, value: ast.expr) -> Iterator[Hit]:
        match target:
            case ast.Subscript(slice=ast.Constant(value=str() as key)):
                yield from self._keyed(key, value, "value of")
            case ast.Tuple(elts=targets) if isinstance(value, ast.Tuple):
                for one, its in zip(targets, value.elts, strict=False):
                    yield from self._assigned(one, its)
            case _:
                yield from self._default(bound_name(target), value)

    def _default(self, name: str, value: ast.expr) -> Iterator[Hit]:
        """Read what a name is bound to; `Field("org/name")` stands for its default."""
        sense = self._lexicon.key(name)
        if sense is None or not isinstance(value, ast.Call):
            yield from self._keyed(name, value, "value of")
        elif self._lexicon.declares(self._imports.full(value.func).rpartition(".")[2]):
            keywords = self._lexicon.default_keywords
            given = [k.value for k in value.keywords if k.arg in keywords]
            first = 1 if self._lexicon.asks(dotted(value.func)[-1]) else 0
            for one in (*value.args[first:], *given):
                yield from self._read(one, sense, f"default of {name}")

    def _class(self, node: ast.ClassDef) -> Iterator[Hit]:
        """Read a class that is named for models: an enumeration of them, or one's settings."""
        sense = self._lexicon.key(node.name)
        if sense is None:
            return
        enumerates = any("Enum" in dotted(base)[-1] for base in node.bases)
        for part in node.body:
            match part:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ) if enumerates or self._lexicon.is_inner(name):
                    yield from self._read(value, sense, f"value of {node.name}.{name}")
                case _:
                    pass

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
        pairs = _pairs(node)
        for named in node.keys if outer is not None else ():
            if outer and isinstance(named, ast.Constant) and "/" in str(named.value):
                yield from self._read(named, outer, "key of a mapping")
        texts = {k: v.value for k, v in pairs if isinstance(v, ast.Constant)}
        revision = next((v for k, v in texts.items() if self._lexicon.is_revision(k)), None)
        served = any(v == "ollama" for k, v in texts.items() if self._lexicon.is_provider(k))
        fields = outer is not None and self._lexicon.has_fields(k for k, _ in pairs)
        for key, value in pairs:
            if self._lexicon.is_output(key):
                continue
            held = not fields or self._lexicon.is_inner(key)
            sense = self._lexicon.key(key) or (outer if held else None)
            if sense is not None and served and sense.kind == "model":
                sense = Sense("ollama", "any")
            if key.lower() == "ollama" and isinstance(value, ast.Dict):
                yield from self._served(value)
            elif isinstance(value, ast.Dict) and sense is not None:
                yield from self._mapping(value, sense)
            elif sense is not None:
                for hit in self._read(value, sense, f"key {key}"):
                    yield hit.at_revision(revision if isinstance(revision, str) else None)

    def _served(self, node: ast.Dict) -> Iterator[Hit]:
        """Read the settings of Ollama, whose model has a name of its own."""
        for key, value in _pairs(node):
            if (sense := self._lexicon.key(key)) and sense.kind != "dataset":
                yield from self._read(value, Sense("ollama", "any"), f"key {key}")

    def _words(self, node: ast.List | ast.Tuple) -> Iterator[Hit]:
        """Read a list of arguments of a program: ["vllm", "serve", "org/name"]."""
        words: list[Word] = []
        for element in node.elts:
            text = element.value if isinstance(element, ast.Constant) else None
            if isinstance(text, str):
                words.append(Word(text, self._places.of(element, text)))
        if len(words) > 1:
            yield from read_words(words, self._lexicon)

    def _string(self, node: ast.Constant) -> Iterator[Hit]:
        """Read links and command lines inside a string."""
        text = str(node.value)
        if marks_link(text):
            yield from self._within(node, read_links(text, self._lexicon))
        if " " in text and self._lexicon.holds_command(text):
            yield from self._within(node, read_lines(text, self._lexicon))

    def _built(self, node: ast.JoinedStr | ast.BinOp) -> Iterator[Hit]:
        """Read a link or a command that is put together from constants."""
        for constant in self._constants.of(node):
            text = constant.text
            if constant.node is not node or (" " not in text and not marks_link(text)):
                continue
            found = [*read_links(text, self._lexicon)]
            if self._lexicon.holds_command(text):
                found += read_lines(text, self._lexicon)
            for hit in found:
                written = hit.named.written
                piece = self._piece(node, written)
                yield Hit(hit.named, self._places.of(piece, written), hit.how)

    def _piece(self, node: ast.expr, written: str) -> ast.expr:
        """Return the constant that a name comes from, where one holds it whole."""
        for part in ast.walk(node):
            for constant in self._constants.of(part) if isinstance(part, ast.expr) else ():
                if constant.node is not node and written in constant.text:
                    return constant.node
        return node

    def _within(self, node: ast.Constant, hits: Iterator[Hit]) -> Iterator[Hit]:
        for hit in hits:
            offset = self._places.inside(node, hit.offset, hit.named.written)
            yield Hit(hit.named, offset, hit.how)

    def _read(self, expression: ast.expr, sense: Sense, how: str) -> Iterator[Hit]:
        for constant in self._constants.of(expression):
            named = self._lexicon.read(constant.text, sense)
            if named is not None and constant.node not in self._silent:
                yield Hit(named, self._places.of(constant.node, constant.text), how)

    def _text_of(self, node: ast.Call, name: str) -> str | None:
        for keyword in node.keywords:
            if keyword.arg == name:
                found = self._constants.of(keyword.value)
                return found[0].text if len(found) == 1 else None
        return None


def _pairs(node: ast.Dict) -> list[tuple[str, ast.expr]]:
    return [
        (k.value, v)
        for k, v in zip(node.keys, node.values, strict=True)
        if isinstance(k, ast.Constant) and isinstance(k.value, str)
    ]


def _typed(sense: Sense, repo_type: str | None) -> Sense:
    return Sense("dataset", "any") if repo_type == "dataset" else sense
