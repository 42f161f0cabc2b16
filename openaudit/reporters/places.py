"""The references of a code base: as JSON, and as lines a terminal or an editor can follow."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from openaudit.model.sighting import Sighting
from openaudit.reporters.plain import shown


def render_json(sightings: Iterable[Sighting], weights: Iterable[str]) -> str:
    """Return `{"references": [...], "weights": [...]}`; files are relative to what was searched."""
    listed = {"references": [asdict(s) for s in sightings], "weights": list(weights)}
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def render_lines(sightings: Iterable[Sighting], weights: Iterable[str]) -> str:
    """Return one line a reference, `file:line:column: id (how)`, and one a weight file."""
    lines = [_line(s) for s in sightings]
    lines += [f"{shown(file)}: weights" for file in weights]
    return "".join(f"{line}\n" for line in lines)


def _line(one: Sighting) -> str:
    revision = f"@{one.revision}" if one.revision else ""
    place = f"{shown(one.file)}:{one.line}:{one.column}"
    return f"{place}: {shown(one.id + revision)} ({shown(one.how)})"
