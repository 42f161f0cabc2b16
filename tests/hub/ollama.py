"""The wire of an Ollama registry, and its store on disk."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.hub.stand_in import StandIn

ACCEPT = {"Accept": "application/vnd.docker.distribution.manifest.v2+json"}


def digest(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"


def manifest(
    layers: Sequence[tuple[str, bytes]],
    *,
    made_from: str | None = None,
    config: Mapping[str, Any] | None = None,
) -> tuple[bytes, dict[str, bytes]]:
    """Return a manifest and its blobs; `layers` are pairs of a kind and the bytes."""
    said = json.dumps({"model_format": "gguf", "file_type": "Q4_0", **(config or {})}).encode()
    blobs = {digest(data): data for _, data in layers} | {digest(said): said}
    listed: list[dict[str, Any]] = [
        {"mediaType": f"application/vnd.ollama.image.{k}", "digest": digest(d), "size": len(d)}
        for k, d in layers
    ]
    if made_from is not None:
        listed[0]["from"] = made_from
    container = "application/vnd.docker.container.image.v1+json"
    described = {"mediaType": container, "digest": digest(said), "size": len(said)}
    text = json.dumps({"schemaVersion": 2, "config": described, "layers": listed})
    return text.encode(), blobs


def add(hub: StandIn, name: str, tag: str, made: tuple[bytes, Mapping[str, bytes]]) -> None:
    """Serve a model at a tag."""
    text, blobs = made
    hub.reply(f"/v2/{name}/manifests/{tag}", text, asked=ACCEPT)
    for named, data in blobs.items():
        hub.reply(f"/v2/{name}/blobs/{named}", data)


def store(root: Path, name: str, tag: str, made: tuple[bytes, Mapping[str, bytes]]) -> Path:
    """Write a model into a store and return the path of its manifest."""
    text, blobs = made
    path = root / "manifests" / "registry.ollama.ai" / name / tag
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    (root / "blobs").mkdir(exist_ok=True)
    for named, data in blobs.items():
        (root / "blobs" / named.replace(":", "-")).write_bytes(data)
    return path
