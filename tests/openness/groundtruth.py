"""What people recorded of releases, as outcomes; their rows are not in this repository."""

import json
from pathlib import Path
from typing import Any

from openaudit.data import frameworks
from openaudit.model.verdict import Met
from openaudit.openness.conditions import Outcome

SHARED = Path(__file__).parents[3] / "shared"
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def component_outcomes(row: Row) -> dict[str, Outcome]:
    """Return the outcome of each requirement of the Model Openness Framework.

    A row of the Model Openness Tool says of each component whether it is there, under an open
    license; the requirements carry the names of the components.
    """
    demands = frameworks()["mof-1-0"]["requirements"]
    return {k: _outcome(row["dims"].get(d["title"], {})) for k, d in demands.items()}


def _outcome(component: Row) -> Outcome:
    return Outcome(Met.YES if component.get("included") and component.get("open") else Met.NO)


def class_number(label: str | None) -> int | None:
    """Return 1 to 3 for `Class I` to `Class III`, 0 for no class, None for an unknown one."""
    if label is None:
        return None
    return len(label.removeprefix("Class ")) if label.startswith("Class ") else 0
