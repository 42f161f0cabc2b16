"""The types of `openaudit-lock-v1`: they make the published schema and check what is read."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Strict):
    """A text that could bind."""

    document: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Clause(_Strict):
    """A clause with its parameters as text."""

    id: str
    params: dict[str, str]
    via: list[str] = []


class Release(_Strict):
    """One release that was audited."""

    reference: str
    revision: str | None
    declared: list[str]
    licenses: list[str]
    texts: list[Text]
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    clauses: list[Clause]


class Lock(_Strict):
    """What was audited, pinned. `path` is the tree that was searched."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="openaudit lock, version 1")

    schema_: Literal["openaudit-lock-v1"] = Field(alias="schema")
    path: str | None
    knowledge_date: str
    releases: list[Release]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a lock file."""
    schema = Lock.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
