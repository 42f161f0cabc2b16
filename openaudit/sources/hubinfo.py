"""What the hub's JSON says of a release, as values.

The hub and its mirrors disagree on shapes and a card may hold anything: what is not of the
expected shape counts as not said, and nothing here raises for it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, cast

from openaudit.errors import ReferenceInvalid
from openaudit.model.document import Document, Role
from openaudit.model.reference import Reference, RepoKind, Scheme, parse
from openaudit.model.release import Gate, Metadata, Plain

DATASET_FIELDS: Final = ("cardData", "disabled", "gated", "lastModified", "sha", "siblings", "tags")
MODEL_FIELDS: Final = (*DATASET_FIELDS, "baseModels", "library_name")

_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DEEPEST: Final = 40
_GATE_KEYS: Final = ("extra_gated_heading", "extra_gated_description", "extra_gated_prompt")


@dataclass(frozen=True, slots=True)
class HubInfo:
    """One answer of the info endpoint. `sha` is None where a mirror sends none."""

    id: str
    sha: str | None
    disabled: bool
    metadata: Metadata
    license_links: tuple[str, ...]


def read(data: bytes, kind: RepoKind) -> HubInfo | None:
    """Return what the answer says, None where it is not the answer of a hub."""
    try:
        answer = _clean(cast("Plain", json.loads(data, parse_constant=lambda _: None)))
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    name = _id(answer.get("id"), kind)
    if name is None:
        return None
    sha = answer.get("sha")
    card = answer.get("cardData")
    return HubInfo(
        id=name,
        sha=sha if isinstance(sha, str) and _COMMIT.fullmatch(sha) else None,
        disabled=answer.get("disabled") is True,
        metadata=_metadata(answer, card if isinstance(card, dict) else {}),
        license_links=_strings(card.get("license_link") if isinstance(card, dict) else None),
    )


def gate_documents(card: Mapping[str, Plain], revision: str | None) -> tuple[Document, ...]:
    """Return the texts a gate shows; `extra_gated_prompt` is often a whole license."""
    texts = ((key, card.get(key)) for key in _GATE_KEYS)
    return tuple(
        Document(f"README.md#{key}", Role.GATE, text, sha256(text.encode()).hexdigest(), revision)
        for key, text in texts
        if isinstance(text, str) and text.strip()
    )


def _metadata(answer: Mapping[str, Plain], card: dict[str, Plain]) -> Metadata:
    siblings, library = answer.get("siblings"), answer.get("library_name")
    modified, tags = answer.get("lastModified"), _strings(answer.get("tags"))
    return Metadata(
        gate=_gate(answer.get("gated")),
        files=tuple(sorted(set(_files(siblings)))) if isinstance(siblings, list) else None,
        tags=tags,
        card=card,
        library=library if isinstance(library, str) else None,
        base_models=_base_models(tags, answer.get("baseModels")),
        last_modified=modified if isinstance(modified, str) else None,
    )


def _gate(gated: Plain) -> Gate | None:
    """Read `gated`; old answers say `true` for a gate that a person opens."""
    match gated:
        case False:
            return Gate.OPEN
        case "auto":
            return Gate.AUTO
        case True | "manual":
            return Gate.MANUAL
        case _:
            return None


def _files(siblings: list[Plain]) -> Iterator[str]:
    for sibling in siblings:
        name = sibling.get("rfilename") if isinstance(sibling, dict) else None
        if isinstance(name, str):
            yield name


def _base_models(tags: tuple[str, ...], field: Plain) -> tuple[tuple[str, str | None], ...]:
    """Pair each base model with its relation: the hub infers it, in tags and in `baseModels`."""
    found: dict[str, str | None] = {}
    for name, relation in (*_tagged(tags), *_listed(field, None)):
        found[name] = found.get(name) or relation
    return tuple(found.items())


def _tagged(tags: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    for tag in tags:
        kind, _, rest = tag.partition(":")
        relation, _, name = rest.rpartition(":")
        if kind == "base_model" and name:
            yield name, relation or None


def _listed(field: Plain, relation: str | None) -> Iterator[tuple[str, str | None]]:
    match field:
        case str() if field:
            yield field, relation
        case list():
            for item in field:
                yield from _listed(item, relation)
        case dict():
            said = field.get("relation")
            relation = said if isinstance(said, str) else relation
            for key in ("id", "models"):
                yield from _listed(field.get(key), relation)
        case _:
            return


def _id(value: Plain, kind: RepoKind) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        known = parse(str(Reference(Scheme.HUGGINGFACE, value, kind=kind)))
    except ReferenceInvalid:
        return None
    return known.id if known.scheme is Scheme.HUGGINGFACE and known.revision is None else None


def _strings(value: Plain) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(i for i in items if isinstance(i, str))


def _clean(value: Plain, depth: int = 0) -> Plain:
    """Return `value` without lone surrogates, which JSON can spell and UTF-8 cannot hold.

    What is nested deeper than any card counts as not said.
    """
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case list() | dict() if depth > _DEEPEST:
            return None
        case list():
            return [_clean(v, depth + 1) for v in value]
        case dict():
            return {_SURROGATE.sub("\ufffd", k): _clean(v, depth + 1) for k, v in value.items()}
        case _:
            return value
