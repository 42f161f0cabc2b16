"""The types of the JSON report, version 1: they make the published schema and check the renderer.

Never imported on the way to a report: pydantic costs more than the rest of a run.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Scalar = str | int | float | bool | None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quote(_Strict):
    """A verbatim run of a text: code points of the file decoded from UTF-8 with replacement.

    `release` is there where the text is of another release, one that this was made from.
    """

    document: str
    revision: str | None
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    line: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    release: str | None = None


class Observation(_Strict):
    """Something seen in a listing or in metadata, or recorded; `release` as of a quote."""

    source: Literal["listing", "api", "catalog"]
    revision: str | None
    detail: str
    release: str | None = None


Evidence = Quote | Observation


class Tool(_Strict):
    """What made the report; `knowledge_date` is of the rules and profiles."""

    name: Literal["openaudit"]
    version: str
    knowledge_date: str


class Label(_Strict):
    """The headline label; where it is unknown, `possible` names the labels that remain.

    Of a dataset or a software framework the value is `not-applicable`.
    """

    framework: str
    value: str
    possible: list[str]
    unknown: list[str]


class Because(_Strict):
    """A fact that decided a grade."""

    fact: str
    answer: Scalar | list[Any]
    evidence: list[Evidence]


class Dimension(_Strict):
    """A grade of `rules/dimensions.yaml`, or unknown with no score."""

    grade: str
    score: int | None = Field(ge=0, le=100)
    because: list[Because]


class Declared(_Strict):
    """One place that names a license."""

    value: str
    expression: str | None
    evidence: Evidence


class Concluded(_Strict):
    """What the license is, and how that was found."""

    id: str | None
    name: str | None
    expression: str | None
    match: Literal["exact", "near", "named", "none"]
    similarity: float | None = Field(ge=0, le=1)
    evidence: Evidence | None


class Added(_Strict):
    """Words that the standard text does not have."""

    quote: str
    start: int
    end: int
    clauses: list[str]


class Removed(_Strict):
    """A place where words of the standard text are missing.

    `section` is empty where it is not known, `clauses` are no longer found there; only where it is
    `certain` the whole section is gone. The place is `start:end` of the file, between the words
    `before` and `after`; it stands `between` two sections, empty at an end or without numbers.
    """

    section: str
    clauses: list[str]
    words: int = Field(ge=1)
    certain: bool
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    before: str
    after: str
    between: tuple[str, str]


class Changes(_Strict):
    """How a near text differs from the standard one."""

    added: list[Added]
    removed: list[Removed]


class License(_Strict):
    """Declared against concluded, for one artifact.

    `ignored` are the copyright lines of the text, which were not compared.
    """

    artifact: Literal["weights", "code", "data", "card"]
    declared: list[Declared]
    concluded: Concluded
    changes: Changes
    ignored: list[Evidence]


class Clause(_Strict):
    """One clause; `from` text has a quote, `from` profile has the section alone."""

    id: str
    title: str
    kind: Literal["restriction", "obligation", "grant", "power", "term"]
    params: dict[str, Scalar | list[Scalar]]
    section: str
    confidence: Literal["high", "medium", "low"]
    from_: Literal["text", "profile"] = Field(alias="from")
    via: list[str]
    evidence: Evidence


class Fact(_Strict):
    """A claim; `value` is the value, true for yes, false for no, and null where there is none."""

    id: str
    answer: Literal["yes", "no", "value", "unknown", "not-applicable"]
    value: Any
    method: Literal["observed", "parsed", "inferred", "curated"]
    confidence: Literal["high", "medium", "low"]
    evidence: list[Evidence]


class Edge(_Strict):
    """`child` was made from `parent`."""

    child: str
    parent: str
    relation: str | None
    confidence: Literal["high", "medium", "low"]
    evidence: Evidence


class Behind(_Strict):
    """A release of the chain; `license` is what it is under, null where that is not known."""

    id: str
    state: Literal["read", "missing", "gated", "unreachable", "not-followed"]
    license: str | None
    gated: bool
    detail: str


class Conflict(_Strict):
    """A term that a descendant dropped; `declared` is what it names instead, null for nothing."""

    clause: str
    severity: Literal["high", "medium", "low", "info"]
    dropped_by: str
    declared: str | None
    inherited_from: str
    path: list[str]
    confidence: Literal["high", "medium", "low"]
    cure: str
    evidence: list[Evidence]


class Lineage(_Strict):
    """What the release was made from."""

    nodes: list[str]
    behind: list[Behind]
    edges: list[Edge]
    conflicts: list[Conflict]


class Requirement(_Strict):
    """One demand of a framework, and the facts that decided it or are missing.

    `level` is the step reached where a demand has several, null where it has not or is unknown.
    """

    id: str
    cites: str
    met: Literal["yes", "no", "unknown"]
    level: str | None
    because: list[str]


class Framework(_Strict):
    """A framework's verdict, of what it speaks, and the facts that decided it.

    Where the verdict is `unknown`, `unknown` names the facts that would settle it.
    """

    id: str
    name: str
    version: str
    test: str
    scope: str
    verdict: str
    because: list[str]
    possible: list[str]
    unknown: list[str]
    requirements: list[Requirement]


class Finding(_Strict):
    """A rule that applied."""

    id: str
    severity: Literal["high", "medium", "low", "info"]
    message: str
    evidence: list[Evidence]


class Question(_Strict):
    """A question of use, answered.

    `clauses` are the ids of those that have a say, the deciding ones first. `conditions` must hold;
    of a `yes` they do today. `because` says what forbids or is not known, `settle` what would lift
    or settle that.
    """

    question: Literal["commercial", "distill", "hosted", "modify", "redistribute", "research"]
    answer: Literal["yes", "no", "yes-if", "unclear"]
    clauses: list[str]
    conditions: list[str]
    because: list[str]
    settle: list[str]


class Obligation(_Strict):
    """Something to do; where a use profile was given, only what that calls for."""

    clause: str
    text: str
    via: list[str]


class Release(_Strict):
    """One audited release."""

    ref: str
    hub: str
    id: str
    revision: str | None
    source: Literal["hub", "bundle", "local", "catalog"]
    retrieved_at: str | None
    gated: Literal[False, "auto", "manual"] | None
    label: Label
    dimensions: dict[str, Dimension]
    licenses: list[License]
    clauses: list[Clause]
    facts: list[Fact]
    lineage: Lineage
    frameworks: list[Framework]
    findings: list[Finding]
    questions: list[Question]
    obligations: list[Obligation]


class Violation(_Strict):
    """A rule of the policy that is broken, or that cannot be decided (`unknown`).

    `outcome` is what it makes of the gate: pass where it is only reported, be it that the rule has
    no weight or that a baseline holds it (`known`). `reason` is that of the rule.
    """

    rule: str
    release: str
    severity: Literal["high", "medium", "low", "info"]
    message: str
    reason: str
    unknown: bool
    known: bool
    outcome: Literal["pass", "fail", "incomplete"]
    clauses: list[str]
    fingerprint: str
    evidence: list[Evidence]


class Waived(Violation):
    """A violation that a waiver excuses until a day; `reason` is that of the waiver."""

    owner: str
    expires: str


class Decision(_Strict):
    """What the policy says; without a policy there is nothing to break.

    `notes` are sentences on waivers that do not hold and on rules that were not applied.
    """

    policy: str | None
    outcome: Literal["pass", "fail", "incomplete"]
    violations: list[Violation]
    waived: list[Waived]
    notes: list[str]


class Report(_Strict):
    """The whole report."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="openaudit report, version 1")

    schema_: Literal["openaudit-report-v1"] = Field(alias="schema")
    tool: Tool
    releases: list[Release]
    decision: Decision


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the report."""
    schema = Report.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
