"""What the names in a listing tell of the weights: whole, adapters, quantized, on the way."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.evidence.ledger import fact
from openaudit.model.evidence import Observation, Witness
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Origin, Release

_SHARD: Final = re.compile(r"(?P<stem>.*)-(?P<part>\d{5})-of-(?P<all>\d{5})(?P<end>\.\w+)\Z")
_ADAPTER: Final = re.compile(r"(?:\A|/)adapter_(?:model|config)\.\w+\Z|lora[\w.-]*\.safetensors\Z")
_QUANTIZED: Final = re.compile(r"\.gguf\Z")
_STEP: Final = re.compile(
    r"(?:\A|/)(?:checkpoint|ckpt|step|global_step|iter)[-_]?(?P<step>\d{2,})(?=[/._-])"
)
_DELTA: Final = re.compile(r"(?<![a-z])delta(?:-v\d[\w.]*|-weights|-hf)?\Z", re.IGNORECASE)
_MANY: Final = 10
_SHOWN: Final = 3


def shard_facts(release: Release, weights: Sequence[str]) -> Iterator[Fact]:
    """Yield what the names of `weights`, and of the files beside them, decide.

    A disk may hold a part of what is published, so of one nothing is called missing.
    """
    files = release.metadata.files or ()
    adapters = [f for f in files if _ADAPTER.search(f)]
    full = [f for f in weights if not _ADAPTER.search(f)]
    if adapters and not full:
        seen = _seen(release, f"adapters and no weights to lay them over: {_few(adapters)}")
        yield fact("weights.adapter_only", True, Method.INFERRED, seen)
        yield fact("weights.complete", False, Method.INFERRED, seen)
    elif full:
        seen = _seen(release, f"weights that are no adapters: {_few(full)}")
        yield fact("weights.adapter_only", False, Method.INFERRED, seen)
        yield from _whole(release, full)
        only = all(_QUANTIZED.search(f) for f in full)
        detail = f"{'only' if only else 'not only'} GGUF files: {_few(full)}"
        yield fact("weights.quantized_only", only, Method.INFERRED, _seen(release, detail))
    if full and _DELTA.search(release.id):
        seen = _seen(release, f"weights in a release called {release.id}")
        yield fact("weights.delta_only", True, Method.INFERRED, seen)
    yield from _on_the_way(release, weights)


def _whole(release: Release, full: Sequence[str]) -> Iterator[Fact]:
    """Yield whether one set of weights has all its parts; of a disk only that it has."""
    parts: dict[tuple[str, str, int], set[int]] = {}
    alone: list[str] = []
    for name in full:
        if found := _SHARD.match(name):
            key = found["stem"], found["end"], int(found["all"])
            parts.setdefault(key, set()).add(int(found["part"]))
        else:
            alone.append(name)
    for (stem, end, count), held in parts.items():
        if len(held) == count:
            detail = f"all {count} parts of {stem}-…{end}"
            yield fact("weights.complete", True, Method.OBSERVED, _seen(release, detail))
            return
    if alone:
        detail = f"weights in one file: {_few(alone)}"
        yield fact("weights.complete", True, Method.INFERRED, _seen(release, detail))
    elif release.origin is not Origin.LOCAL:
        (stem, end, count), held = next(iter(parts.items()))
        detail = f"{len(held)} of {count} parts of {stem}-…{end}"
        yield fact("weights.complete", False, Method.OBSERVED, _seen(release, detail))


def _on_the_way(release: Release, weights: Sequence[str]) -> Iterator[Fact]:
    """Yield that weights of earlier steps are published; that none are, a listing cannot tell."""
    steps = {found["step"]: name for name in weights if (found := _STEP.search(name))}
    if len(steps) > 1:
        value = "many" if len(steps) >= _MANY else "some"
        detail = f"weights of {len(steps)} steps: {_few(list(steps.values()))}"
        yield fact("weights.intermediate", value, Method.OBSERVED, _seen(release, detail))


def _seen(release: Release, detail: str) -> Observation:
    return Observation(Witness.LISTING, release.revision, detail)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
