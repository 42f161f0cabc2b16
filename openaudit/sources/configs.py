"""What files beside the weights say that these were made from, and under which license.

Each reader takes what was parsed of one kind of file and yields field, key and value. Paths and
names that are no ids are yielded as they are written; whoever uses them decides.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from openaudit.model.frozen import frozen

MOST: Final = 1_000_000
"""Bytes of a file that are read; a list of merged models takes a few thousand."""

_DEEPEST: Final = 12
_MOST_NODES: Final = 20_000
_MOST_LISTED: Final = 100
_CARD_FIELDS: Final = ("license", "license_name", "license_link", "base_model", "datasets")
_KIT: Final = re.compile(r"[\w.-]+(?::\d+)?/[\w./-]+(?::[\w.-]+|@sha256:[0-9a-f]{64})")

# What PyYAML raises beside its own errors, on a tag it knows and a value it does not: `!!int ""`.
_DEFECTS: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError)


@frozen
class Said:
    """One value as it is written: `key` leads to it, `relation` is how a base model was used."""

    field: str
    key: str
    value: str
    relation: str | None = None


Reader: TypeAlias = Callable[[Mapping[str, object]], Iterator[Said]]


def reader_of(name: str) -> Reader | None:
    """Return the reader for the file called `name`, None where it is none that is read."""
    return _READERS.get(name.lower())


def parse(name: str, text: str) -> Mapping[str, object] | None:
    """Return the mapping that a JSON or YAML file holds, None where it holds none."""
    parsed = _json(text) if name.lower().endswith(".json") else _yaml(text)
    return parsed if isinstance(parsed, dict) else None


def _json(text: str) -> object:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed


def _yaml(text: str) -> object:
    import yaml  # noqa: PLC0415  # slow to import, and few releases hold such a file

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        parsed: object = yaml.load(text, Loader=loader)  # noqa: S506  # both are safe loaders
    except (yaml.YAMLError, ValueError, *_DEFECTS):
        return None
    return parsed


def _adapter(parsed: Mapping[str, object]) -> Iterator[Said]:
    """Read the adapter_config.json of PEFT."""
    yield from _texts(parsed, "base_model_name_or_path", "base_model", "adapter")


def _config(parsed: Mapping[str, object]) -> Iterator[Said]:
    """Read the config.json of transformers, which keeps what the weights were loaded from."""
    yield from _texts(parsed, "_name_or_path", "base_model")


def merged(parsed: Mapping[str, object]) -> Iterator[Said]:
    """Read the configuration of a merge, which names models in lists and slices of any depth."""
    for key, value in _walk(parsed):
        if key.rpartition(".")[2] in ("model", "base_model"):
            named = value.get("path") if isinstance(value, dict) else value
            named = named.get("path") if isinstance(named, dict) else named
            if isinstance(named, str):
                for part in named.split("+")[:_MOST_LISTED]:  # a model with adapters laid over it
                    yield Said("base_model", key, part.strip(), "merge")


def _card_data(parsed: Mapping[str, object]) -> Iterator[Said]:
    """Read the fields of a card that stand in a file of their own."""
    for field in _CARD_FIELDS:
        yield from _texts(parsed, field, field)


def _kitfile(parsed: Mapping[str, object]) -> Iterator[Said]:
    """Read a Kitfile. The license of the model counts before that of the package.

    https://kitops.org/docs/kitfile/format/
    """
    model, package = _part(parsed, "model"), _part(parsed, "package")
    where, holder = ("model", model) if model.get("license") else ("package", package)
    yield from _texts(holder, "license", "license", where=where)
    for said in _texts(model, "path", "base_model", where="model"):
        if _KIT.fullmatch(said.value):  # else the file of the weights
            yield said
    datasets = parsed.get("datasets")
    for number, item in enumerate(datasets[:_MOST_LISTED] if isinstance(datasets, list) else []):
        named = item if isinstance(item, dict) else {}
        yield from _texts(named, "name", "datasets", where=f"datasets.{number}")


def _mlmodel(parsed: Mapping[str, object]) -> Iterator[Said]:
    """Read the MLmodel of an MLflow model: a flavor names the model that was logged."""
    for flavor, held in list(_part(parsed, "flavors").items())[:_MOST_LISTED]:
        if isinstance(held, dict):
            where = f"flavors.{flavor}"
            yield from _texts(held, "source_model_name", "base_model", where=where)
            yield from _texts(held, "peft_base_model", "base_model", "adapter", where=where)
    metadata = _part(parsed, "metadata")
    for field in _CARD_FIELDS:
        yield from _texts(metadata, field, field, where="metadata")


def _texts(
    holder: Mapping[str, object],
    key: str,
    field: str,
    relation: str | None = None,
    where: str = "",
) -> Iterator[Said]:
    value = holder.get(key)
    for item in value[:_MOST_LISTED] if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield Said(field, f"{where}.{key}" if where else key, item.strip(), relation)


def _part(parsed: Mapping[str, object], key: str) -> dict[str, object]:
    value = parsed.get(key)
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else {}


def _walk(root: object) -> Iterator[tuple[str, object]]:
    """Yield each value of the mappings below `root` with its path; aliases can make it endless."""
    left = _MOST_NODES
    waiting: list[tuple[str, object, int]] = [("", root, 0)]
    while waiting and left:
        path, value, depth = waiting.pop()
        left -= 1
        if depth > _DEEPEST:
            continue
        held: list[tuple[str, object]] = []
        if isinstance(value, dict):
            held = [(f"{path}.{k}" if path else str(k), v) for k, v in value.items()]
            yield from held
        elif isinstance(value, list):
            held = [(f"{path}.{n}", v) for n, v in enumerate(value)]
        waiting += [(p, v, depth + 1) for p, v in reversed(held[:_MOST_NODES])]


_READERS: Final[Mapping[str, Reader]] = {
    "adapter_config.json": _adapter,
    "config.json": _config,
    "mergekit_config.yml": merged,
    "mergekit_config.yaml": merged,
    "model_card_data.yaml": _card_data,
    "kitfile": _kitfile,
    "mlmodel": _mlmodel,
}
"""In the order in which they are read."""
