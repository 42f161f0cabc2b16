"""Releases side by side as JSON (`openaudit-compare-v1`): whole reports, and the rows of all."""

from collections.abc import Sequence
from typing import Final

from openaudit import __version__
from openaudit.model.release import Plain
from openaudit.model.run import Run
from openaudit.reporters import json_v1
from openaudit.reporters.grid import Group, Row
from openaudit.reporters.rows import groups

SCHEMA: Final = "openaudit-compare-v1"


def render(run: Run) -> str:
    """Return one object, indented."""
    return json_v1.dumps(_document(run), indent=2) + "\n"


def render_line(run: Run) -> str:
    """Return the object on one line."""
    return f"{json_v1.dumps(_document(run))}\n"


def _document(run: Run) -> dict[str, Plain]:
    return {
        "schema": SCHEMA,
        "tool": {"name": "openaudit", "version": __version__, "knowledge_date": run.knowledge_date},
        "releases": json_v1.document(run.reports, run.knowledge_date)["releases"],
        "rows": _rows(groups(run.reports, whole=True)),
        "unaudited": [{"ref": u.reference, "message": u.message} for u in run.unaudited],
    }


def _rows(found: Sequence[Group]) -> Plain:
    return [_row(group, row) for group in found for row in group.rows]


def _row(group: Group, row: Row) -> Plain:
    return {
        "group": group.id,
        "id": row.id,
        "title": row.title,
        "scored": group.scored,
        "cells": [{"state": c.state.value, "text": c.text, "value": c.value} for c in row.cells],
    }
