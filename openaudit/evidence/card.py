"""Read the front matter of a model card as the hubs do, and keep where each field stands.

The card is foreign text: it is parsed with a safe loader, size and depth are bounded, and nothing
of it is trusted beyond plain values. YAML that does not parse costs the front matter, not the card.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from openaudit.evidence.ledger import told
from openaudit.model.card import Card, Field
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.release import Plain, Release, SourceNote

if TYPE_CHECKING:
    import yaml

FRONT_MATTER_LIMIT: Final = 1_000_000
"""Code points of front matter that are read; the design's bound on what a card may cost."""

_LONGEST_LIST: Final = 1_000
_DEEPEST: Final = 6
_LONGEST_QUOTE: Final = 300
_MOST_NODES: Final = 20_000
"""Values that are copied out of a front matter; aliases can make a few lines stand for billions."""

# What PyYAML raises beside its own errors, on a tag it knows and a value it does not: `!!int ""`.
_DEFECTS: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_OPENING = re.compile(r"\ufeff?\s*---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"(?:^|\r\n|\r|\n)---[ \t]*(?=\r\n|\r|\n|\Z)")


def read_card(release: Release) -> Card:
    """Return the card of `release`: its README, and what the hub's API says beyond what that shows.

    The API has the front matter where a gate hides the README, and where ours does not parse.
    """
    documents = release.texts(Role.CARD)
    card = parse_card(documents[0]) if documents else Card()
    return replace(card, fields={**_from_api(release), **card.fields})


def parse_card(document: Document) -> Card:
    """Split a README into front matter and body."""
    opening = _OPENING.match(document.text)
    closing = opening and _CLOSING.search(document.text, opening.end() - 1)
    if opening is None or closing is None:
        return Card(body=document.text)
    start, end = opening.end(), max(opening.end(), closing.start())
    body = document.text[closing.end() :]
    if end - start > FRONT_MATTER_LIMIT:
        return Card(body=body, notes=(_broken(document, "it is longer than 1 MB"),))
    return _parse(document, start, end, body)


def gate_prompt(card: Card, document: Document | None) -> Document | None:
    """Return the text a gate shows, where the card holds it: often a whole license."""
    prompt = card.fields.get("extra_gated_prompt")
    if prompt is None or not isinstance(prompt.value, str) or document is None:
        return None
    if not isinstance(prompt.evidence, Quote):  # the API said it, and its source tells that text
        return None
    from hashlib import sha256  # noqa: PLC0415  # the catalog path never comes here

    return Document(
        name=f"{document.name}#extra_gated_prompt",
        role=Role.GATE,
        text=prompt.value,
        sha256=sha256(prompt.value.encode("utf-8", "replace")).hexdigest(),
        revision=document.revision,
    )


def _parse(document: Document, start: int, end: int, body: str) -> Card:
    import yaml  # noqa: PLC0415  # the catalog path has no card to parse

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(document.text[start:end])
    try:
        node = loader.get_single_node()
        if node is None:
            return Card(body=body)
        if not isinstance(node, yaml.MappingNode):
            return Card(body=body, notes=(_broken(document, "it is not a mapping"),))
        return Card(fields=dict(_fields(document, start, loader, node)), body=body)
    except _DEFECTS as error:
        return Card(body=body, notes=(_broken(document, _one_line(error)),))
    except yaml.YAMLError as error:
        return Card(body=body, notes=(_broken(document, _one_line(error)),))
    finally:
        loader.dispose()


def _fields(
    document: Document, offset: int, loader: "yaml.SafeLoader", node: "yaml.MappingNode"
) -> Iterator[tuple[str, Field]]:
    budget = _Budget(_MOST_NODES)
    seen: set[str] = set()
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            continue
        if key in seen:
            raise ValueError(f"it gives {key!r} twice")
        seen.add(key)
        value = budget.plain(loader.construct_object(value_node, deep=True))
        yield key, Field(value, _quoted(document, offset, key_node, value_node))


def _quoted(document: Document, offset: int, key: "yaml.Node", value: "yaml.Node") -> Quote:
    """Return the field as it stands; where its value is an alias, the line that holds the alias."""
    first = offset + key.start_mark.index
    stop = offset + value.end_mark.index
    if stop <= first:
        stop = first + len(document.text[first:].split("\n", 1)[0])
    text = document.text[first : min(stop, first + _LONGEST_QUOTE)].rstrip()
    return document.quote(first, first + len(text))


class _Budget:
    """Copies foreign YAML to JSON values, and stops when there is too much of it."""

    def __init__(self, nodes: int) -> None:
        self._left = nodes

    def plain(self, value: object, depth: int = 0) -> Plain:
        """Return `value`, long lists cut; None for what nests too deep or comes too late."""
        self._left -= 1
        if self._left < 0:
            return None
        match value:
            case str() | bool() | int() | float() | None:
                return value
            case list() if depth < _DEEPEST:
                return [self.plain(v, depth + 1) for v in value[:_LONGEST_LIST]]
            case dict() if depth < _DEEPEST:
                items = list(value.items())[:_LONGEST_LIST]
                return {str(k): self.plain(v, depth + 1) for k, v in items}
            case list() | dict():
                return None
            case _:
                return str(value)


def _from_api(release: Release) -> Mapping[str, Field]:
    fields: dict[str, Field] = {}
    for key, value in release.metadata.card.items():
        shown = value if isinstance(value, str) else ", ".join(map(str, _listed(value)))
        fields[key] = Field(value, told(release, f"{key}: {shown[:_LONGEST_QUOTE]}"))
    return fields


def _listed(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else [value]


def _broken(document: Document, why: str) -> SourceNote:
    return SourceNote("front-matter-broken", {"why": why}, document.name)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
