"""`openaudit schema`: print the JSON Schema of the report."""

import json
from typing import Final

from openaudit.cli.output import show

EXAMPLES: Final = "Example: openaudit schema > openaudit-report-v1.schema.json"


def schema() -> None:
    """Print the JSON Schema of the JSON report."""
    from openaudit.reporters.json_v1_types import json_schema  # noqa: PLC0415  # imports pydantic

    show(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
