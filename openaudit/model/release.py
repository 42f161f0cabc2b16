"""A model or dataset at one revision on one hub, as a source hands it to the audit."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from openaudit.model.document import Document, Missing, Role
from openaudit.model.frozen import frozen
from openaudit.model.reference import Reference

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
"""A JSON value."""


class Origin(StrEnum):
    """Where the bytes of this audit came from."""

    HUB = "hub"
    BUNDLE = "bundle"
    LOCAL = "local"
    CATALOG = "catalog"


class Gate(StrEnum):
    """What stands between a reader and the files."""

    OPEN = "open"
    AUTO = "auto"
    MANUAL = "manual"


@frozen
class Declared:
    """What a file that describes the weights says of the release, in the words of a card's field.

    `field` is license, license_name, license_link, base_model or datasets; `value` is as written:
    a base model may be a path. It stands at `key` of `document`, at `span` of its text; None where
    it is spelled in another way there.
    """

    field: str
    value: str
    document: str
    key: str
    span: tuple[int, int] | None = None
    relation: str | None = None


@frozen
class Metadata:
    """What the hub says of a release beside its texts. None means: not said.

    `card` is the front matter as the hub parsed it, which is all there is where a gate hides the
    README. `files` is the listing. `base_models` pairs an id with the relation, where known.

    `declared` is what files such as adapter_config.json or the header of a GGUF file say. The base
    models among it that are ids are in `base_models` too, and its licenses in `card` where that
    names none.
    """

    gate: Gate | None = None
    files: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    card: Mapping[str, Plain] = field(default_factory=dict)
    library: str | None = None
    base_models: tuple[tuple[str, str | None], ...] = ()
    declared: tuple[Declared, ...] = ()


@frozen
class RecordedFact:
    """A fact that a person looked up, with where and when.

    `id` and `value` follow the fact list; `value` None records that nothing was found out.
    """

    id: str
    value: Plain
    source: str
    checked: str
    note: str = ""


@frozen
class SourceNote:
    """Something the source noticed on the way that the user should see: `id` of a finding rule."""

    finding: str
    values: Mapping[str, str]
    document: str | None = None


@frozen
class Release:
    """One release. `revision` is a commit where the hub has them; `retrieved_at` is ISO 8601."""

    reference: Reference
    hub: str
    id: str
    revision: str | None
    origin: Origin
    retrieved_at: str | None
    metadata: Metadata
    documents: tuple[Document, ...] = ()
    missing: tuple[Missing, ...] = ()
    notes: tuple[SourceNote, ...] = ()
    recorded: tuple[RecordedFact, ...] = ()

    def texts(self, *roles: Role) -> tuple[Document, ...]:
        """Return the documents that have one of `roles`, in their order."""
        return tuple(d for d in self.documents if d.role in roles)
