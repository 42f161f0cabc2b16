"""`openaudit schema`: print the JSON Schema of what openaudit writes."""

from enum import StrEnum
from typing import Annotated, Final

import typer

from openaudit.cli.output import show

EXAMPLES: Final = (
    "Examples: openaudit schema > openaudit-report-v1.schema.json |"
    " openaudit schema license > openaudit-license-v1.schema.json"
)


class Kind(StrEnum):
    """What there is a schema of: the report of `check`, the reading of `license`."""

    REPORT = "report"
    LICENSE = "license"


def schema(
    kind: Annotated[Kind, typer.Argument(help="Whose schema to print.")] = Kind.REPORT,
) -> None:
    """Print the JSON Schema of the JSON report, or of the JSON of `openaudit license`."""
    import json  # noqa: PLC0415  # --help needs none of this

    from openaudit.reporters import json_v1_types, license_v1_types  # noqa: PLC0415  # pydantic

    types = {Kind.REPORT: json_v1_types, Kind.LICENSE: license_v1_types}[kind]
    show(json.dumps(types.json_schema(), indent=2, ensure_ascii=False) + "\n")
