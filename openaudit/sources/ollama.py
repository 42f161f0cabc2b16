"""Models of an Ollama registry, and of its store on disk: a manifest and the layers it names.

A license is a text in a layer of its own, of which there may be none or several; no layer has a
name, so each is listed by what it is. What a manifest names is taken only where its sha256 fits.
Importing this module imports no hub client: `ollama_registry` asks, `ollama_store` reads.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final, Protocol

from openaudit.errors import ReferenceInvalid
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.frozen import frozen
from openaudit.model.reference import Scheme, parse
from openaudit.model.release import Declared, Gate, Metadata, Origin, Release
from openaudit.sources import described, texts

MANIFEST_BYTES: Final = 1_000_000
CONFIG_BYTES: Final = 1_000_000
HEADER_BYTES: Final = 1_000_000
MANIFEST: Final = "manifest.json"
_DIGEST: Final = re.compile(r"sha256:([0-9a-f]{64})")
_KIND: Final = re.compile(r"application/vnd\.ollama\.image\.([a-z0-9_.-]{1,40})")
_WEIGHTS: Final = {"model": "gguf", "adapter": "gguf", "projector": "gguf", "tensor": "safetensors"}
"""Layers that hold weights, and the format they are in where the configuration names none."""

_MOST_LAYERS: Final = 1_000
_PUBLIC: Final = re.compile(r"(?:https?://)?(?:registry\.ollama\.ai/|ollama\.com/)?(?:library/)?")


@frozen
class Layer:
    """A part of a model. `name` is unique in it; `made_from` is what the layer was taken from."""

    kind: str
    name: str
    digest: str
    made_from: str | None


@frozen
class Manifest:
    """What a manifest says. `config` is the digest of what describes the model, where named."""

    text: str
    sha256: str
    layers: tuple[Layer, ...]
    config: str | None


@frozen
class Blob:
    """The bytes of a layer; `cut` where there are more than were asked for."""

    data: bytes
    cut: bool


class GetBlob(Protocol):
    """How to get at most `most` bytes of a layer; `part` asks for no more than these."""

    def __call__(self, name: str, digest: str, most: int, *, part: bool) -> Blob | Missing: ...


def read_manifest(data: bytes) -> Manifest | None:
    """Return what a manifest says, None where it is none."""
    try:
        said: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    layers = said.get("layers") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(layers, list):
        return None
    config = said.get("config")
    named = _digest(config) if isinstance(config, dict) else None
    found = tuple(_layers([i for i in layers[:_MOST_LAYERS] if isinstance(i, dict)]))
    return Manifest(data.decode("utf-8", "replace"), sha256(data).hexdigest(), found, named)


def assemble(release: Release, manifest: Manifest, get: GetBlob, text_bytes: int) -> Release:
    """Return `release` with the texts and the listing of its layers, and what it was made from."""
    format_ = _format(manifest, get)
    reads = [_license(layer, get, text_bytes, release.revision) for layer in _licenses(manifest)]
    document = Document(MANIFEST, Role.CONFIG, manifest.text, manifest.sha256, release.revision)
    declared = tuple(_made_from(manifest))
    own = {str(release.reference), f"ollama:{release.id}"}
    bases = dict.fromkeys(n for d in declared if (n := _name(d.value)) and n not in own)
    left_out = len([la for la in manifest.layers if la.kind == "license"]) - len(reads)
    found = replace(
        release,
        metadata=Metadata(
            gate=Gate.OPEN if release.origin is Origin.HUB else None,
            files=tuple(sorted(_listed(layer, format_) for layer in manifest.layers)),
            base_models=tuple((n, _relation(manifest)) for n in bases),
            declared=declared,
        ),
        documents=(*(r.text for r in reads if isinstance(r.text, Document)), document),
        missing=(*(r.text for r in reads if isinstance(r.text, Missing)), *_others(left_out)),
        notes=tuple(n for r in reads for n in r.notes),
    )
    return found if reads or bases else _with_header(found, manifest, format_, get)


def _layers(listed: Sequence[Mapping[str, object]]) -> Iterator[Layer]:
    seen: dict[str, int] = {}
    for item in listed:
        media, made_from, digest = item.get("mediaType"), item.get("from"), _digest(item)
        kind = _KIND.fullmatch(media) if isinstance(media, str) else None
        if kind is not None and digest is not None:
            seen[kind[1]] = number = seen.get(kind[1], 0) + 1
            name = kind[1] if number == 1 else f"{kind[1]}-{number}"
            yield Layer(kind[1], name, digest, made_from if isinstance(made_from, str) else None)


def _digest(item: Mapping[str, object]) -> str | None:
    """Return the digest an entry names; anything else could lead out of a store."""
    digest = item.get("digest")
    return digest if isinstance(digest, str) and _DIGEST.fullmatch(digest) else None


def _format(manifest: Manifest, get: GetBlob) -> str | None:
    """Return the format of the weights, as the configuration says; None where it does not."""
    if manifest.config is None:
        return None
    blob = get("config", manifest.config, CONFIG_BYTES, part=False)
    if isinstance(blob, Missing) or not _fits(blob, manifest.config):
        return None
    try:
        said: object = json.loads(blob.data)
    except (ValueError, RecursionError):
        return None
    format_ = said.get("model_format") if isinstance(said, dict) else None
    return format_ if format_ in ("gguf", "safetensors") else None


def _licenses(manifest: Manifest) -> list[Layer]:
    return [layer for layer in manifest.layers if layer.kind == "license"][: texts.MOST]


def _license(layer: Layer, get: GetBlob, most: int, revision: str | None) -> texts.Read:
    blob = get(layer.name, layer.digest, most, part=False)
    if isinstance(blob, Missing):
        return texts.Read(blob)
    if not _fits(blob, layer.digest):
        detail = "its sha256 is not the one that the manifest names"
        return texts.Read(Missing(layer.name, Role.LICENSE, Reason.FAILED, detail))
    return texts.decode(layer.name, Role.LICENSE, blob.data, revision, truncated=blob.cut)


def _fits(blob: Blob, digest: str) -> bool:
    """Tell whether the bytes are those that were named, as far as that can be told."""
    return blob.cut or f"sha256:{sha256(blob.data).hexdigest()}" == digest


def _others(count: int) -> tuple[Missing, ...]:
    if count <= 0:
        return ()
    detail = f"not read: the release has more than {texts.MOST} texts of its kind"
    return (Missing(f"and {count:,} more", Role.LICENSE, Reason.FAILED, detail),)


def _listed(layer: Layer, format_: str | None) -> str:
    usual = _WEIGHTS.get(layer.kind)
    return f"{layer.name}.{format_ or usual}" if usual else layer.name


def _made_from(manifest: Manifest) -> Iterator[Declared]:
    for number, layer in enumerate(manifest.layers):
        if layer.made_from and layer.made_from.strip():
            at = manifest.text.find(f'"{layer.made_from}"') + 1
            span = (at, at + len(layer.made_from)) if at else None  # None: spelled with escapes
            key = f"layers.{number}.from"
            relation = _relation(manifest)
            yield Declared("base_model", layer.made_from, MANIFEST, key, span, relation)


def _relation(manifest: Manifest) -> str | None:
    adapted = any(layer.kind == "adapter" for layer in manifest.layers)
    return "adapter" if adapted else None


def _name(made_from: str) -> str | None:
    """Return the reference of a model in the library; None for a path on somebody's disk."""
    try:
        reference = parse(f"ollama:{_PUBLIC.sub('', made_from.strip(), count=1)}")
    except ReferenceInvalid:
        return None
    return str(reference) if reference.scheme is Scheme.OLLAMA else None


def _with_header(
    release: Release, manifest: Manifest, format_: str | None, get: GetBlob
) -> Release:
    """Add what weights say of themselves, where no layer says a license or a base model."""
    first = next((layer for layer in manifest.layers if layer.kind == "model"), None)
    if first is None or format_ != "gguf":
        return release
    name = _listed(first, format_)
    blob = get(name, first.digest, HEADER_BYTES, part=True)
    if isinstance(blob, Missing):
        return described.completed(release, [described.Described(blob)])
    found = described.of_far_header(name, blob.data, release.revision)
    return described.completed(release, [found])
