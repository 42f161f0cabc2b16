"""What the file listing shows: weights, their formats, and code that defines the architecture."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.evidence.ledger import fact, told
from openaudit.model.evidence import Observation, Witness
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Origin, Release

_WEIGHTS: Final = re.compile(r"\.(safetensors|bin|pth|pt|gguf|msgpack|h5|onnx|ckpt)\Z")
# State of a training run and tokenizer tables share the endings of weights.
_NOT_WEIGHTS: Final = re.compile(
    r"(?:\A|/)(?:training_args|optimizer|scheduler|scaler|rng_state\w*|tokenizer\w*)\.\w+\Z"
)
_ARCHITECTURE: Final = re.compile(r"(?:\A|/)(?:modeling|modelling|model)(?:_\w+)?\.py\Z")
# What the hub calls a model whose configuration names code of its own, and how that names it.
_OWN_CODE: Final = "custom_code"
_CONFIG: Final = "config.json"
_AUTO_MAP: Final = r'"auto_map"\s*:\s*\{[^{}]{0,400}\}'
_ARCHITECTURES: Final = r'"architectures"\s*:\s*\[\s*"[A-Z][^\]]{1,200}\]'
_SHOWN: Final = 3


def artifact_facts(release: Release) -> Iterator[Fact]:
    """Yield what the listing of `release` decides; nothing where there is no listing."""
    files = release.metadata.files
    if not files:  # an empty repository says nothing of what will be in it
        return
    weights = [f for f in files if _WEIGHTS.search(f) and not _NOT_WEIGHTS.search(f)]
    if weights or release.origin is not Origin.LOCAL:  # a disk may hold a part of the release
        listing = _listing(release, weights, files)
        yield fact("weights.files", bool(weights), Method.OBSERVED, listing)
    if weights:
        formats = sorted({f.rsplit(".", 1)[1] for f in weights})
        listing = _listing(release, weights, files)
        yield fact("weights.formats", list(formats), Method.OBSERVED, listing)
    from openaudit.evidence.shards import shard_facts  # noqa: PLC0415  # a catalog has no listing

    yield from shard_facts(release, weights)
    if own := [f for f in files if _ARCHITECTURE.search(f)]:
        listing = _listing(release, own, files)
        yield fact("weights.architecture_code", "repo", Method.INFERRED, listing)
    else:
        yield from _architecture(release)


def _architecture(release: Release) -> Iterator[Fact]:
    """Yield where the code of the architecture is: in the repository, or in a public library."""
    fact_id = "weights.architecture_code"
    if _OWN_CODE in release.metadata.tags:
        yield fact(fact_id, "repo", Method.OBSERVED, told(release, f"tag {_OWN_CODE}"))
        return
    for document in (d for d in release.documents if d.name == _CONFIG):
        if found := re.search(_AUTO_MAP, document.text):
            yield fact(fact_id, "repo", Method.PARSED, document.quote(*found.span()))
            return
        if found := re.search(_ARCHITECTURES, document.text):
            yield fact(fact_id, "library", Method.INFERRED, document.quote(*found.span()))
            return
    if release.metadata.library:
        yield fact(fact_id, "library", Method.INFERRED, library(release))


def library(release: Release) -> Observation:
    """Return the evidence that the hub names a library for the release."""
    return told(release, f"library_name: {release.metadata.library}")


def _listing(release: Release, seen: list[str], files: tuple[str, ...]) -> Observation:
    shown = ", ".join(seen[:_SHOWN]) + (", …" if len(seen) > _SHOWN else "")
    detail = (
        f"{len(seen)} of {len(files)} files: {shown}" if seen else f"none of {len(files)} files"
    )
    return Observation(Witness.LISTING, release.revision, detail)
