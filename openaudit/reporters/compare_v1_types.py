"""The types of `openaudit-compare-v1`: they make the published schema and check the renderer.

Never imported on the way to a report: pydantic costs more than the rest of a run.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from openaudit.reporters.json_v1_types import Release, Tool


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cell(_Strict):
    """What a row says of one release.

    `none`: it is known that there is none. `unknown`: nobody knows, and nothing may be concluded.
    """

    state: Literal["known", "none", "unknown", "not-applicable"]
    text: str
    value: Any


class Row(_Strict):
    """One thing compared, with a cell a release in their order; not `scored` is mere context."""

    group: Literal[
        "release",
        "dimensions",
        "license",
        "restrictions",
        "obligations",
        "powers",
        "frameworks",
        "lineage",
        "findings",
        "unknown",
        "context",
    ]
    id: str
    title: str
    scored: bool
    cells: list[Cell]


class Unaudited(_Strict):
    """A reference that could not be audited, and why."""

    ref: str
    message: str


class Comparison(_Strict):
    """Releases side by side: the report of each, and rows of which each has a cell."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, title="openaudit comparison of releases, version 1"
    )

    schema_: Literal["openaudit-compare-v1"] = Field(alias="schema")
    tool: Tool
    releases: list[Release]
    rows: list[Row]
    unaudited: list[Unaudited]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a comparison."""
    schema = Comparison.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
