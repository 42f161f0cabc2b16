"""The types of `openaudit-diff-v1`: they make the published schema and check the renderer.

Never imported on the way to a report: pydantic costs more than the rest of a run.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from openaudit.reporters.json_v1_types import Clause


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Passage(_Strict):
    """A run of words that only one of the texts has, at `start:end` of that text.

    `section` names the sections printed there, `clauses` those that went, came or changed in it.
    """

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    section: str
    clauses: list[str]


class Changed(_Strict):
    """A clause that both texts have, with other parameters."""

    old: Clause
    new: Clause


class Clauses(_Strict):
    """The clauses that only the old text has, only the new one, and both in another form."""

    lost: list[Clause]
    gained: list[Clause]
    changed: list[Changed]


class Difference(_Strict):
    """What changed from one license text to another; `same` where no word did."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, title="openaudit difference of two license texts, version 1"
    )

    schema_: Literal["openaudit-diff-v1"] = Field(alias="schema")
    old: str
    new: str
    same: bool
    removed: list[Passage]
    added: list[Passage]
    clauses: Clauses


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a difference."""
    schema = Difference.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
