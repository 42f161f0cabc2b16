"""Files that describe weights, as documents with what they say; and a release with that added."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.frozen import frozen
from openaudit.model.reference import model_id
from openaudit.model.release import Declared, Metadata, Plain, Release
from openaudit.sources import bounds, configs, gguf, safetensors, texts
from openaudit.sources.header import Header, Malformed, of_gguf, of_safetensors
from openaudit.sources.listing import is_regular

HEADERS: Final = 4  # of one release; the parts of a model that was split say the same
_SHORTEST: Final = 8
_LAST: Final = "config.json"
_LICENSE_FIELDS: Final = ("license", "license_name", "license_link")
# What stands between a key and its value: further items of a list, but never another key.
_BEFORE: Final = r"[\"']?\s*:\s*(?:\{\s*[\"']?path[\"']?\s*:)?[^\n:{}]*?"
# A block of code in a card; none of those that show a merge is longer than a few kilobytes.
_FENCED: Final = re.compile(r"^```[ \t]*ya?ml[^\n]*\n(.{1,20000}?)^```", re.DOTALL | re.MULTILINE)
_MERGE: Final = "mergekit_config.yml"
_PART: Final = re.compile(r"-(?!00001)\d{5}-of-\d{5}\.\w+\Z")


@frozen
class Described:
    """What one file came to. `rest` is there where only a part of it was read."""

    text: Document | Missing
    declared: tuple[Declared, ...] = ()
    rest: Missing | None = None


def from_configs(
    files: Iterable[str], read: Callable[[str], Described], *, base_known: bool
) -> Iterator[Described]:
    """Yield what the configurations in the root say, each had through `read`.

    config.json is asked for only where nothing else names a base model: most of them name none.
    """
    names = sorted(f for f in files if configs.reader_of(f))
    for name in sorted(names, key=lambda n: n == _LAST):
        if name != _LAST or not base_known:
            found = read(name)
            base_known = base_known or names_base([found])
            yield found


def header_names(files: Iterable[str]) -> list[str]:
    """Return the files of the root whose headers to read, the first part of what was split."""
    found = (f for f in sorted(files) if "/" not in f and f.endswith((".gguf", ".safetensors")))
    return [f for f in found if not _PART.search(f)][:HEADERS]


def of_config(name: str, data: bytes, revision: str | None, *, truncated: bool) -> Described:
    """Return what a configuration says; nothing where it is not of the expected form."""
    reader = configs.reader_of(name.rpartition("/")[2])
    read = texts.decode(name, Role.CONFIG, data, revision, truncated=truncated).text
    if isinstance(read, Missing) or reader is None:
        return Described(read)
    if truncated:
        detail = f"it is longer than {len(data):,} bytes"
        return Described(Missing(name, Role.CONFIG, Reason.FAILED, detail))
    parsed = configs.parse(name, read.text)
    said = reader(parsed) if parsed is not None else ()
    return Described(read, tuple(_declared(read, said)))


def of_header(name: str, file: BinaryIO, revision: str | None) -> Described:
    """Return what the header says that `file` begins with."""
    if file.read(len(texts.POINTER)) == texts.POINTER:
        detail = "it is a Git LFS pointer, not the file; run `git lfs pull`"
        return Described(Missing(name, Role.CONFIG, Reason.NOT_TEXT, detail))
    file.seek(0)
    try:
        if name.endswith(".gguf"):
            header = gguf.read(file)
            said = list(of_gguf(header.fields))
        else:
            header = safetensors.read(file)
            said = list(of_safetensors(header.fields))
    except Malformed as error:
        return Described(Missing(name, Role.CONFIG, Reason.NOT_TEXT, str(error)))
    document = _written(name, header, revision)
    rest = None if header.complete else _rest(name)
    return Described(document, tuple(_declared(document, said)), rest)


def of_far_header(name: str, data: bytes, revision: str | None) -> Described:
    """Return what the first bytes of weights say.

    That no more was asked for is no trouble where the license is among the first fields.
    """
    read = of_header(name, BytesIO(data), revision)
    found_license = any(d.field == "license" for d in read.declared)
    return replace(read, rest=None) if found_license else read


def in_directory(
    root: Path, files: Sequence[str], revision: str | None, *, base_known: bool = False
) -> list[Described]:
    """Return what the files in `root` say that describe weights."""

    def header(name: str) -> Described:
        return _opened(root, name, lambda file: of_header(name, file, revision))

    def config(name: str) -> Described:
        return _opened(root, name, lambda file: _config(name, file, revision))

    headers = [header(n) for n in header_names(files) if not _stands_for_weights(root / n)]
    base_known = base_known or names_base(headers)
    return [*headers, *from_configs(files, config, base_known=base_known)]


def names_base(found: Iterable[Described]) -> bool:
    """Tell whether a base model is named, be it by a path."""
    return any(d.field == "base_model" for f in found for d in f.declared)


def completed(release: Release, found: Sequence[Described]) -> Release:
    """Return `release` with the documents, and with what they and its card say in its metadata."""
    merged = [d for c in release.texts(Role.CARD)[:1] for d in merged_in_card(c)]
    if not found and not merged:
        return release
    said = (*(d for f in found for d in f.declared), *merged)
    declared = tuple(d for d in said if len(d.value) <= bounds.LONGEST)
    missing = [f.text for f in found if isinstance(f.text, Missing)]
    return replace(
        release,
        metadata=_with(release.metadata, declared, {release.id, release.reference.id}),
        documents=(
            *release.documents,
            *(f.text for f in found if isinstance(f.text, Document)),
        ),
        missing=(*release.missing, *missing, *(f.rest for f in found if f.rest)),
    )


def merged_in_card(card: Document) -> Iterator[Declared]:
    """Yield the models that a merge was made of, where the card shows its configuration."""
    for block in _FENCED.finditer(card.text):
        if "merge_method" in block[1]:
            parsed = configs.parse(_MERGE, block[1])
            for one in dict.fromkeys(configs.merged(parsed or {})):
                span = _span(block[1], one.key, one.value)
                start = block.start(1)
                at = (start + span[0], start + span[1]) if span else None
                yield Declared(one.field, one.value, card.name, one.key, at, one.relation)


def _stands_for_weights(path: Path) -> bool:
    """Tell whether a file is so short that nobody takes it for weights, as in examples."""
    try:
        return path.stat().st_size < _SHORTEST
    except OSError:
        return False


def _opened(root: Path, name: str, read: Callable[[BinaryIO], Described]) -> Described:
    path = root / name
    if not is_regular(path):
        detail = "it is no regular file, or a link to nothing"
        return Described(Missing(name, Role.CONFIG, Reason.FAILED, detail))
    try:
        with path.open("rb") as file:
            return read(file)
    except OSError as error:
        detail = f"it cannot be read ({error.strerror})"
        return Described(Missing(name, Role.CONFIG, Reason.FAILED, detail))


def _config(name: str, file: BinaryIO, revision: str | None) -> Described:
    data = file.read(configs.MOST + 1)
    cut = len(data) > configs.MOST
    return of_config(name, data[: configs.MOST], revision, truncated=cut)


def _with(metadata: Metadata, declared: tuple[Declared, ...], own: set[str]) -> Metadata:
    own = {name.casefold() for name in own}  # also the one it had before it was renamed
    bases = dict(metadata.base_models)
    for said in declared:
        name = model_id(said.value) if said.field == "base_model" else None
        if name is not None and name.casefold() not in own and _certain(said, name):
            bases[name] = bases.get(name) or said.relation
    card: dict[str, Plain] = {}
    for field in _LICENSE_FIELDS:
        values = list(dict.fromkeys(d.value for d in declared if d.field == field))
        if values:
            card[field] = values[0] if len(values) == 1 else list[Plain](values)
    return replace(
        metadata,
        card={**card, **metadata.card},
        base_models=tuple(bases.items())[: bounds.MOST_BASES],
        declared=(*metadata.declared, *declared),
    )


def _certain(said: Declared, name: str) -> bool:
    """Tell whether `name` is an id: a lone word may be a directory of whoever made the weights."""
    return "/" in name or said.relation is not None


def _declared(document: Document, said: Iterable[configs.Said]) -> Iterator[Declared]:
    seen: set[tuple[str, str]] = set()
    for one in said:
        if one.value and (one.field, one.value) not in seen and len(seen) < bounds.MOST_BASES:
            seen.add((one.field, one.value))
            span = _span(document.text, one.key, one.value)
            yield Declared(one.field, one.value, document.name, one.key, span, one.relation)


def _span(text: str, key: str, value: str) -> tuple[int, int] | None:
    """Return where `value` stands as that of `key`, in JSON or YAML."""
    for name in (key, key.rpartition(".")[2]):
        found = re.search(rf"{re.escape(name)}{_BEFORE}(?={re.escape(value)})", text)
        if found is not None:
            return found.end(), found.end() + len(value)
    return None


def _written(name: str, header: Header, revision: str | None) -> Document:
    text = json.dumps(header.fields, indent=1, ensure_ascii=False) + "\n"
    text = text.encode("utf-8", "replace").decode()
    return Document(f"{name}#header", Role.CONFIG, text, header.sha256, revision)


def _rest(name: str) -> Missing:
    detail = "it is longer than what is read of it, or cut"
    return Missing(f"the rest of the header of {name}", Role.CONFIG, Reason.FAILED, detail)
