"""`openaudit schema`: print the JSON Schema of the report."""

from typing import Final

from openaudit.cli.output import show

EXAMPLES: Final = "Example: openaudit schema > openaudit-report-v1.schema.json"


def schema() -> None:
    """Print the JSON Schema of the JSON report."""
    import json  # noqa: PLC0415  # --help needs none of this

    from openaudit.reporters.json_v1_types import json_schema  # noqa: PLC0415  # imports pydantic

    show(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
