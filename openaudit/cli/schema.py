"""`openaudit schema`: print the JSON Schema of what openaudit writes, and of files it reads."""

from enum import StrEnum
from typing import Annotated, Final

import typer

from openaudit.cli.output import show

EXAMPLES: Final = (
    "Examples: openaudit schema > openaudit-report-v1.schema.json |"
    " openaudit schema license > openaudit-license-v1.schema.json"
)


class Kind(StrEnum):
    """What there is a schema of: what `check`, `license` and `diff` write, a rule, a framework."""

    REPORT = "report"
    LICENSE = "license"
    DIFF = "diff"
    RULES = "rules"
    FRAMEWORK = "framework"
    LOCK = "lock"


def schema(
    kind: Annotated[Kind, typer.Argument(help="Whose schema to print.")] = Kind.REPORT,
) -> None:
    """Print the JSON Schema of a report, of `license` or `diff`, or of a file openaudit reads."""
    import json  # noqa: PLC0415  # --help needs none of this

    from openaudit.clauses import schema as rule_types  # noqa: PLC0415  # imports pydantic
    from openaudit.openness import framework_schema as framework_types  # noqa: PLC0415  # pydantic
    from openaudit.reporters import (  # noqa: PLC0415  # they import pydantic
        diff_v1_types,
        json_v1_types,
        license_v1_types,
        lock_v1_types,
    )

    types = {
        Kind.REPORT: json_v1_types,
        Kind.LICENSE: license_v1_types,
        Kind.DIFF: diff_v1_types,
        Kind.RULES: rule_types,
        Kind.FRAMEWORK: framework_types,
        Kind.LOCK: lock_v1_types,
    }[kind]
    show(json.dumps(types.json_schema(), indent=2, ensure_ascii=False) + "\n")
