"""The types of `openaudit-license-v1`: they make the published schema and check the renderer.

Never imported on the way to a report: pydantic costs more than the rest of a run.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from openaudit.reporters.json_v1_types import Added, Clause, Removed


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Nearest(_Strict):
    """The known text most like a text which is none of them."""

    id: str
    similarity: float = Field(ge=0, le=1)


class Named(_Strict):
    """A license; the expression is of an exact text or of a name alone, never of a changed text.

    `also` are the ids that share the text. `similarity` is null where no text was compared. `cause`
    stands with a near text alone: other `words`; `signs` or markup that may change what it says;
    its passages in another `order`; or word for word `beside` something that is not explained.
    """

    id: str | None
    also: list[str]
    name: str | None
    expression: str | None
    match: Literal["exact", "near", "named", "none"]
    similarity: float | None = Field(ge=0, le=1)
    cause: Literal["words", "signs", "order", "beside"] | SkipJsonSchema[None] = None


class Main(Named):
    """What most of the text is; `nearest` stands only where nothing is known of it.

    `several` stands where it holds different licenses: then there is no id, and `match` is `exact`
    where each of them is.
    """

    nearest: Nearest | SkipJsonSchema[None] = None
    several: Literal[True] | SkipJsonSchema[None] = None


class Found(Named):
    """A license in the text, at `start:end`."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Changes(_Strict):
    """How a near text differs from the standard one.

    `not_found` are clauses of the standard text that no rule finds, lost nobody knows where.
    """

    added: list[Added]
    removed: list[Removed]
    not_found: list[str]


class Ignored(_Strict):
    """A copyright line, at `start:end`, which was not compared."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Claim(_Strict):
    """What prose says is under a license; `start:end` is the sentence up to its name."""

    subjects: list[Literal["weights", "code", "data", "release", "repository", "other"]]
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Mention(_Strict):
    """A license that is only named, at `start:end`.

    `candidates` are the licenses that a name leaves open. `claim` is null where nothing is said to
    be under it.
    """

    id: str | None
    expression: str | None
    candidates: list[str]
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    claim: Claim | None


class Reading(_Strict):
    """The whole reading of one text."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, title="openaudit reading of a license text, version 1"
    )

    schema_: Literal["openaudit-license-v1"] = Field(alias="schema")
    file: str
    license: Main
    licenses: list[Found]
    changes: Changes
    ignored: list[Ignored]
    clauses: list[Clause]
    mentions: list[Mention]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the reading of one text."""
    schema = Reading.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
