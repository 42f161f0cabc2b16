"""What the hub's JSON says of a release, as values.

The hub and its mirrors disagree on shapes and a card may hold anything: what is not of the
expected shape counts as not said, and nothing here raises for it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final, cast

from openaudit.errors import ReferenceInvalid
from openaudit.model.document import Document, Missing, Role
from openaudit.model.frozen import frozen
from openaudit.model.reference import Reference, RepoKind, Scheme, parse
from openaudit.model.release import Gate, Metadata, Plain, SourceNote
from openaudit.sources import bounds

DATASET_FIELDS: Final = ("cardData", "disabled", "gated", "sha", "siblings", "tags")
MODEL_FIELDS: Final = (*DATASET_FIELDS, "baseModels", "library_name")

_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DEEPEST: Final = 40
_LONGEST_TEXT: Final = 5_000_000
_GATE_KEYS: Final = ("extra_gated_heading", "extra_gated_description", "extra_gated_prompt")


@frozen
class HubInfo:
    """One answer of the info endpoint. `sha` is None where a mirror sends none.

    `missing` and `notes` tell what of the answer was left out.
    """

    id: str
    sha: str | None
    disabled: bool
    metadata: Metadata
    license_links: tuple[str, ...]
    missing: tuple[Missing, ...]
    notes: tuple[SourceNote, ...]


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
    return _info(name, answer)


def gate_documents(card: Mapping[str, Plain], revision: str | None) -> tuple[Document, ...]:
    """Return the texts a gate shows; `extra_gated_prompt` is often a whole license."""
    return tuple(
        _gate_document(key, text, revision)
        for key in _GATE_KEYS
        if isinstance(text := card.get(key), str) and text.strip()
    )


def _gate_document(key: str, text: str, revision: str | None) -> Document:
    kept = text[:_LONGEST_TEXT]
    digest = sha256(kept.encode()).hexdigest()
    return Document(f"README.md#{key}", Role.GATE, kept, digest, revision, kept != text)


def _info(name: str, answer: Mapping[str, Plain]) -> HubInfo:
    sha, said, siblings = answer.get("sha"), answer.get("cardData"), answer.get("siblings")
    said = said if isinstance(said, dict) else {}
    card = bounds.kept_of_card(said, _GATE_KEYS)
    links = _strings(said.get("license_link"))
    few = links[: bounds.MOST_LINKS]
    listed = sorted(set(_files(siblings))) if isinstance(siblings, list) else None
    files = None if listed is None else tuple(bounds.short(listed))
    metadata, missing = _metadata(answer, card, files)
    cut = SourceNote("listing-truncated", {"entries": str(len(files or ()))})
    return HubInfo(
        id=name,
        sha=sha if isinstance(sha, str) and _COMMIT.fullmatch(sha) else None,
        disabled=answer.get("disabled") is True,
        metadata=metadata,
        license_links=few,
        missing=(
            *missing,
            *bounds.others(len(links) - len(few), "license links"),
            *bounds.cut_from_card(said, card),
        ),
        notes=(cut,) if len(files or ()) < len(listed or ()) else (),
    )


def _metadata(
    answer: Mapping[str, Plain], card: dict[str, Plain], files: tuple[str, ...] | None
) -> tuple[Metadata, tuple[Missing, ...]]:
    library, tags = answer.get("library_name"), _strings(answer.get("tags"))
    few_tags = bounds.short(tags)[: bounds.MOST_TAGS]
    bases = _base_models(few_tags, answer.get("baseModels"))
    few_bases = bounds.short(bases)[: bounds.MOST_BASES]
    metadata = Metadata(
        gate=_gate(answer.get("gated")),
        files=files,
        tags=tuple(few_tags),
        card=card,
        library=library if isinstance(library, str) and bounds.short([library]) else None,
        base_models=tuple((n, bases[n]) for n in few_bases),
    )
    return metadata, (
        *bounds.others(len(tags) - len(few_tags), "tags"),
        *bounds.others(len(bases) - len(few_bases), "base models"),
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


def _base_models(tags: Iterable[str], field: Plain) -> dict[str, str | None]:
    """Pair each base model with its relation: the hub infers it, in tags and in `baseModels`."""
    found: dict[str, str | None] = {}
    for name, relation in (*_tagged(tags), *_listed(field, None)):
        found[name] = found.get(name) or relation
    return found


def _tagged(tags: Iterable[str]) -> Iterator[tuple[str, str | None]]:
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
