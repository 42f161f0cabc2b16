"""`openaudit schema`: print the JSON Schema of what openaudit writes, and of files it reads."""

from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from openaudit.cli.output import show

EXAMPLES: Final = (
    "Examples: openaudit schema > openaudit-report-v1.schema.json |"
    " openaudit schema policy > openaudit-policy.schema.json"
)


class Kind(StrEnum):
    """What there is a schema of: what is written (report, license, diff, compare), and files."""

    REPORT = "report"
    LICENSE = "license"
    DIFF = "diff"
    COMPARE = "compare"
    RULES = "rules"
    POLICY = "policy"
    FRAMEWORK = "framework"
    LOCK = "lock"


def schema(
    kind: Annotated[Kind, typer.Argument(help="Whose schema to print.")] = Kind.REPORT,
) -> None:
    """Print the JSON Schema of a report, or of a rule, policy or framework file."""
    import json  # noqa: PLC0415  # --help needs none of this

    made = _policy() if kind is Kind.POLICY else _of_types(kind)
    show(json.dumps(made, indent=2, ensure_ascii=False) + "\n")


def _policy() -> dict[str, Any]:
    """Return the schema of a policy file, with the ids that this openaudit knows."""
    from openaudit.data import knowledge  # noqa: PLC0415  # one schema needs it
    from openaudit.policy.schema import json_schema  # noqa: PLC0415  # imports pydantic
    from openaudit.policy.vocabulary import vocabulary  # noqa: PLC0415

    return json_schema(vocabulary(knowledge()))


def _of_types(kind: Kind) -> dict[str, Any]:
    from openaudit.clauses import schema as rule_types  # noqa: PLC0415  # imports pydantic
    from openaudit.openness import framework_schema as framework_types  # noqa: PLC0415  # pydantic
    from openaudit.reporters import (  # noqa: PLC0415  # they import pydantic
        compare_v1_types,
        diff_v1_types,
        json_v1_types,
        license_v1_types,
        lock_v1_types,
    )

    types = {
        Kind.REPORT: json_v1_types,
        Kind.LICENSE: license_v1_types,
        Kind.DIFF: diff_v1_types,
        Kind.COMPARE: compare_v1_types,
        Kind.RULES: rule_types,
        Kind.FRAMEWORK: framework_types,
        Kind.LOCK: lock_v1_types,
    }[kind]
    made: dict[str, Any] = types.json_schema()
    return made
