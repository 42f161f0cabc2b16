"""The shape of `openaudit/catalog/*.yaml`, checked: for the tests and whoever records a release."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, model_validator

from openaudit.data import read_yaml
from openaudit.errors import DataInvalid, ReferenceInvalid
from openaudit.model.reference import parse


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
    """Something that was consulted, as the user reads it, and the day."""

    what: str = Field(min_length=8, max_length=160)
    url: HttpUrl
    date: date


class Looked(_Strict):
    """A fact as it was looked up; `source` is a key of the file's `sources`."""

    value: bool | str | int | float | list[str]
    source: str
    note: str = Field("", max_length=200)


class Parent(_Strict):
    """A base model."""

    id: str
    relation: (
        Literal["finetune", "adapter", "quantized", "merge", "distilled", "continued"] | None
    ) = None


class Metadata(_Strict):
    """What the hub says; a key that is left out is not known, an empty list was found empty."""

    gated: Literal[False, "auto", "manual"] | None = None
    license: list[str] | None = None
    license_name: str | None = None
    license_link: str | None = None
    library: str | None = None
    base_models: list[Parent] | None = None
    datasets: list[str] | None = None


class Entry(_Strict):
    """One release; what it leaves out is taken from `shared`."""

    reference: str
    hub: Literal["huggingface", "github", "none"] | None = None
    aliases: list[str] = []
    metadata: Metadata = Metadata()
    facts: dict[str, Looked] = {}
    steward: str | None = None
    names: list[str] = []


class Shared(_Strict):
    """What every release of the file has in common."""

    hub: Literal["huggingface", "github", "none"] | None = None
    metadata: Metadata = Metadata()
    facts: dict[str, Looked] = {}


class File(_Strict):
    """One family of releases."""

    recorded: date
    sources: dict[str, Source]
    shared: Shared = Shared()
    releases: list[Entry] = Field(min_length=1)

    @model_validator(mode="after")
    def _sources_exist(self) -> "File":
        for facts in (self.shared.facts, *(r.facts for r in self.releases)):
            for name, fact in facts.items():
                if fact.source not in self.sources:
                    raise ValueError(f"{name}: source {fact.source!r} is not among the sources")
        return self


def check_catalog(root: Path) -> None:
    """Check every file of the catalog: shape, fact ids and values, references.

    Raises:
        DataInvalid: path, field, what.
    """
    known = read_yaml(root / "rules" / "facts.yaml")
    seen: dict[str, Path] = {}
    for path in sorted((root / "openaudit" / "catalog").glob("*.yaml")):
        file = _file(path)
        for facts in (file.shared.facts, *(r.facts for r in file.releases)):
            _check_facts(facts, known, path)
        for entry in file.releases:
            _check_names(entry, path, seen)


def _file(path: Path) -> File:
    try:
        return File.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "top"
        raise DataInvalid(f"{path}: {field}: {first['msg']}") from error


def _check_facts(facts: dict[str, Looked], known: dict[str, Any], path: Path) -> None:
    for name, fact in facts.items():
        if name not in known:
            raise DataInvalid(f"{path}: {name}: is no fact of rules/facts.yaml")
        allowed = known[name].get("values")
        if allowed and fact.value not in (*allowed, "na"):
            raise DataInvalid(f"{path}: {name}: {fact.value!r} is none of {', '.join(allowed)}")


def _check_names(entry: Entry, path: Path, seen: dict[str, Path]) -> None:
    try:
        printed = str(parse(entry.reference))
    except ReferenceInvalid as error:
        raise DataInvalid(f"{path}: reference: {error}") from error
    if printed != entry.reference:
        raise DataInvalid(f"{path}: reference: write {entry.reference!r} as {printed!r}")
    for name in {n.removeprefix("catalog:").casefold() for n in (entry.reference, *entry.aliases)}:
        if name in seen:
            raise DataInvalid(f"{path}: {name!r} is taken by {seen[name].name}")
        seen[name] = path
