"""The description inside a bundle, format `openaudit-bundle-v1`: its types, and nothing else.

A bundle may come from anywhere, so every field is checked before it is used; a file of the bundle
can only be named as one that lies directly in `documents/`.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from openaudit.model.document import Reason, Role
from openaudit.model.release import Gate, Origin

Digest: TypeAlias = Annotated[str, StringConstraints(pattern=r"\A[0-9a-f]{64}\Z")]
Stored: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"\Adocuments/[0-9]{3,5}-[A-Za-z0-9._-]{1,80}\Z")
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, regex_engine="python-re")


class BundledDocument(_Strict):
    """`sha256` is of the bytes as fetched, `file_sha256` of the UTF-8 text in the bundle."""

    name: str
    role: Role
    file: Stored
    sha256: Digest
    file_sha256: Digest
    revision: str | None
    truncated: bool


class BundledMissing(_Strict):
    """A text that was not read, and why."""

    name: str
    role: Role
    reason: Reason
    detail: str


class BundledNote(_Strict):
    """What the source noticed on the way: the id of a finding rule and its values."""

    finding: str
    values: dict[str, str]
    document: str | None


class BundledBase(_Strict):
    """A base model, and the relation where one is said."""

    id: str
    relation: str | None


class BundledDeclared(_Strict):
    """What a file that describes the weights says, and where it stands."""

    field: str
    value: str
    document: str
    key: str
    span: tuple[int, int] | None
    relation: str | None


class BundledMetadata(_Strict):
    """What the hub said beside the texts; null means: not said."""

    gate: Gate | None
    files: list[str] | None
    tags: list[str]
    card: dict[str, JsonValue]
    library: str | None
    base_models: list[BundledBase]
    declared: list[BundledDeclared] = []


class Description(_Strict):
    """`openaudit-bundle.json`. `origin` is where the bundle was made from."""

    format: Literal["openaudit-bundle-v1"] = Field(alias="schema")
    reference: str
    hub: str
    id: str
    revision: str | None
    origin: Origin
    retrieved_at: str | None
    metadata: BundledMetadata
    documents: list[BundledDocument]
    missing: list[BundledMissing]
    notes: list[BundledNote]
