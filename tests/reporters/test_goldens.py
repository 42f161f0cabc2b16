"""One run in every format that CI reads, against files a person has read.

To accept a change: `OPENAUDIT_ACCEPT=1 pytest tests/reporters/test_goldens.py`, then read the
difference.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from openaudit import __version__
from openaudit.model.run import Run
from openaudit.reporters import cyclonedx, github, gitlab, junit, sarif, spdx, summary
from tests.reporters.runs import whole_run

DIRECTORY = Path(__file__).parent / "golden"
RENDERERS: dict[str, Callable[[Run], str]] = {
    "run.sarif": sarif.render,
    "run.xml": junit.render,
    "run.gitlab.json": gitlab.render,
    "run.github.txt": github.render,
    "run.md": summary.render,
    "run.cdx.json": cyclonedx.render,
    "run.spdx.json": spdx.render,
    "run.spdx": spdx.render_tag_value,
}


@pytest.mark.parametrize("name", RENDERERS)
def test_a_run_is_written_down_as_a_person_accepted_it(name: str) -> None:
    accepted = DIRECTORY / name

    said = RENDERERS[name](whole_run()).replace(__version__, "VERSION")

    if os.environ.get("OPENAUDIT_ACCEPT"):
        accepted.write_text(said, "utf-8", newline="\n")
    assert said == accepted.read_text("utf-8")
