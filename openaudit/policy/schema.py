"""The shape of a policy file, a waiver file and the tests inside. Imported only to read one.

Conditions are checked by `condition`, which knows the ids; here they have their shape for editors.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from openaudit.model.clause import Severity
from openaudit.policy.comparison import OPERATORS
from openaudit.policy.domain import SUBJECTS
from openaudit.policy.policy import OnUnknown
from openaudit.policy.vocabulary import Vocabulary

_ID = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
_SHA256 = r"^[0-9a-f]{64}$"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _day(written: Any) -> str:
    """Return a day as it is written in a file: one that is none says so."""
    if not isinstance(written, str):
        raise ValueError("expected a day such as 2027-01-31")  # noqa: TRY004  # pydantic's protocol
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise ValueError(f"{written!r} is no day; write one such as 2027-01-31") from error


def _list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_HERE = "x-condition"
"""Marks in the schema where a condition stands: pydantic takes no reference that is not its own."""

Condition = Annotated[Any, WithJsonSchema({_HERE: True})]
Day = Annotated[str, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Words = Annotated[
    list[str],
    BeforeValidator(_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Hashes = Annotated[
    list[Annotated[str, Field(pattern=_SHA256)]],
    BeforeValidator(_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class RuleEntry(_Strict):
    """One rule: what is denied, or the only thing that is allowed.

    A rule without either changes the inherited rule of the same id.
    """

    id: str = Field(pattern=_ID, description="Named for what it finds, to be read after `waive`.")
    deny: Condition = Field(None, description="Broken where this holds.")
    allow: Condition = Field(None, description="Broken where this does not hold.")
    when: Condition = Field(None, description="Only releases of which this holds are judged.")
    severity: Severity = Field(Severity.HIGH, description="`info` is reported and breaks nothing.")
    message: str = Field("", description="For whoever reads the report; {count} and the like fill.")
    reason: str = Field("", description="Why the company has this rule; the report shows it.")
    on_unknown: OnUnknown | None = Field(None, description="Instead of what the policy says.")
    skip: bool = Field(default=False, description="Drop the inherited rule of this id.")


class OverrideEntry(_Strict):
    """What is otherwise for some releases."""

    references: Words = Field([], description="Globs over references: acme/*, datasets/acme/*.")
    paths: Words = Field([], description="Patterns as in .gitignore, over files that `scan` read.")
    skip: Words = Field([], description="Rules that do not hold here.")
    severity: dict[str, Severity] = Field({}, description="Another severity, by rule.")
    on_unknown: OnUnknown | None = None
    reason: str = Field(min_length=1)


class WaiverEntry(_Strict):
    """A named exception; it ends, and somebody answers for it."""

    rule: str = ""
    clause: str = ""
    release: str = Field(min_length=1, description="A reference or glob; @revision binds it.")
    reason: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    expires: Day = Field(description="The last day on which it holds.")
    text: Hashes = Field(
        [], description="sha256 of the texts that were judged; void when one changes."
    )


class Given(_Strict):
    """A made-up release for a test."""

    license: str | None = Field(None, description="As a card names it; null for none.")
    text: str | None = Field(None, description="What its LICENSE file says.")
    card: str = Field("", description="What its card says in prose.")
    base_model: str | None = None
    gate: Literal["open", "auto", "manual"] = "open"
    facts: dict[str, Any] = {}
    clauses: list[str | dict[str, Any]] = []


class TrialEntry(_Strict):
    """A test: a release and what must come of it."""

    name: str = Field(min_length=1)
    release: str | None = Field(None, description="A reference of the catalog.")
    given: Given | None = None
    expect: Literal["pass", "fail", "incomplete"]
    violates: Words | None = Field(None, description="The rules that are broken, and no other.")
    today: Day | None = None


class PolicyFile(_Strict):
    """A policy as it is written."""

    id: str = Field("", pattern=_ID)
    title: str = ""
    meaning: str = ""
    sources: list[str] = []
    extends: Words = Field([], description="Presets or files whose rules hold as well.")
    on_unknown: OnUnknown | None = Field(
        None, description="What becomes of a rule that cannot be decided; incomplete unless given."
    )
    rules: list[RuleEntry] = []
    overrides: list[OverrideEntry] = []
    waivers: str | list[WaiverEntry] = Field([], description="The waivers, or the file with them.")
    tests: list[TrialEntry] = []


class WaiverFile(_Strict):
    """A file of waivers."""

    waivers: list[WaiverEntry]


def json_schema(words: Vocabulary) -> dict[str, Any]:
    """Return the JSON Schema of a policy file, for editors, with all ids that a condition takes."""
    schema = _referred(PolicyFile.model_json_schema())
    schema["$defs"]["condition"] = _condition(words)
    return {"$schema": _DRAFT, **schema, "title": "openaudit policy"}


def _referred(schema: Any) -> Any:
    """Return a schema in which every mark is a reference to the schema of conditions."""
    if isinstance(schema, list):
        return [_referred(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if _HERE in schema:
        described = {k: v for k, v in schema.items() if k == "description"}
        return {"$ref": "#/$defs/condition", **described}
    return {k: _referred(v) for k, v in schema.items()}


def _condition(words: Vocabulary) -> dict[str, Any]:
    part = {"$ref": "#/$defs/condition"}
    listed = {"type": "array", "items": part, "minItems": 1}
    scalar: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    operand = {"anyOf": [scalar, {"type": "array", "items": scalar, "minItems": 1}]}
    compared: dict[str, Any] = {
        "type": "object",
        "properties": dict.fromkeys(OPERATORS, operand),
        "additionalProperties": False,
        "minProperties": 1,
    }
    asked = {"anyOf": [*operand["anyOf"], compared]}
    properties: dict[str, Any] = {"all": listed, "any": listed, "not": part}
    for name, subject in SUBJECTS.items():
        of = dict.fromkeys(subject.attributes, asked)
        mapping = {"type": "object", "properties": of, "additionalProperties": name == "clause"}
        properties[name] = {
            "description": subject.meaning,
            "anyOf": [*_short(name, words), *asked["anyOf"], mapping],
        }
    for fact in words.facts:
        properties[fact] = {"description": words.titles[fact], **asked}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "minProperties": 1,
    }


def _short(subject: str, words: Vocabulary) -> list[dict[str, Any]]:
    """Return the ids that an editor may offer for the short form."""
    ids = {"clause": words.clauses, "license": words.licenses, "finding": words.findings}
    return [{"enum": sorted(ids[subject])}] if subject in ids else []
