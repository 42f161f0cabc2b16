"""A parser of YAML that keeps positions, and reads a template of YAML as what it will become."""

import re
from typing import Final

from openaudit.discovery.syntax import flow
from openaudit.discovery.tree import Listing, Mapping, Scalar, Tree

_DEEPEST: Final = 60
_PAIR: Final = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?P<key>[\w.-]+)[ \t]*:[ \t]+(?P<value>[^\n#]+?)[ \t]*(?:#[^\n]*)?$",
    re.MULTILINE,
)
_ITEM: Final = re.compile(r"^[ \t]*-[ \t]+(?P<value>[^\n#]+?)[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_TEMPLATE: Final = re.compile(r"(?<!\$)\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CONTROL: Final = re.compile(r"(?m)^[ \t]*(?:\{\{[^\n]*?\}\}[ \t]*|\{%[^\n]*?%\}[ \t]*)+$")
_SHOWN: Final = re.compile(r"[^\n]")
_MASK: Final = "\ue000"  # stands for the text of a template, which YAML would take for braces


def parse_yaml(text: str) -> list[Tree]:
    """Return the documents of a YAML stream; of a template that is no YAML, its plain lines."""
    import yaml  # noqa: PLC0415  # few trees hold none, but most files are of another kind

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    starts = _line_starts(text)
    try:
        nodes = list(yaml.compose_all(_masked(text), Loader=loader))
    except (yaml.YAMLError, RecursionError, ValueError):
        return [_plain_lines(text)]
    return [_grown(node, text, starts, set(), 0) for node in nodes]


def _grown(node: object, text: str, starts: list[int], seen: set[int], depth: int) -> Tree:
    """Turn a composed YAML node into a tree; what an alias repeats is read once."""
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode  # noqa: PLC0415  # see parse_yaml

    if depth > _DEEPEST or id(node) in seen:
        return Scalar("", "", 0)
    match node:
        case ScalarNode(value=value, start_mark=start, end_mark=end):
            first, last = starts[start.line] + start.column, starts[end.line] + end.column
            quoted = text[first : first + 1] in ("'", '"') and node.style in ("'", '"')
            raw = text[first + quoted : last - quoted]
            return Scalar(raw if _MASK in value else value, raw, first + quoted)
        case SequenceNode(value=items):
            seen.add(id(node))
            return Listing([_grown(i, text, starts, seen, depth + 1) for i in items])
        case MappingNode(value=pairs):
            seen.add(id(node))
            named = [(k, v) for k, v in pairs if isinstance(k, ScalarNode)]
            places = (starts[k.start_mark.line] + k.start_mark.column for k, _ in named)
            return Mapping(
                [(k.value, _grown(v, text, starts, seen, depth + 1)) for k, v in named],
                tuple(places),
            )
        case _:
            return Scalar("", "", 0)


def _masked(text: str) -> str:
    """Return the text with what a template adds covered, at equal length."""
    if "{{" not in text and "{%" not in text:
        return text
    plain = _CONTROL.sub(lambda found: " " * len(found[0]), text)
    return _TEMPLATE.sub(lambda found: _SHOWN.sub(_MASK, found[0]), plain)


def _line_starts(text: str) -> list[int]:
    """Return where each line begins, as YAML counts lines, and the end of the text."""
    breaks = re.finditer(r"\r\n|[\n\r\x85\u2028\u2029]", text)
    return [0, *(found.end() for found in breaks), len(text)]


def _plain_lines(text: str) -> Tree:
    """Return the `key: value` lines and list items of a template, without their nesting."""
    pairs = [(found["key"], _line_value(found)) for found in _PAIR.finditer(text)]
    items: list[Tree] = [_line_value(found) for found in _ITEM.finditer(text)]
    return Mapping([*pairs, ("", Listing(items))])


def _line_value(found: re.Match[str]) -> Tree:
    value, at = found["value"], found.start("value")
    if value[:1] in ("{", "[") and value[:2] != "{{":
        return flow(value, at)
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    inner = value[1:-1] if quoted else value
    return Scalar(inner, inner, at + quoted)
