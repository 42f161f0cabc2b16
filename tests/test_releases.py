"""Whole audits of the made-up releases in `tests/releases`, against reports a person has read.

To accept a change: `OPENAUDIT_ACCEPT=1 pytest tests/test_releases.py`, then read the difference.
"""

import os
import re
from pathlib import Path

import pytest

from openaudit import __version__
from openaudit.data import knowledge
from tests.cli.shell import Shell

DIRECTORY = Path(__file__).parent / "releases"
RELEASES = sorted(p.parent.name for p in DIRECTORY.glob("*/release"))
FORMATS = {"json": "report.json", "markdown": "report.md", "terminal": "report.txt"}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", RELEASES)
def test_a_release_is_reported_as_a_person_accepted_it(
    name: str, format_: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(DIRECTORY / name)
    accepted = DIRECTORY / name / FORMATS[format_]

    ran = Shell(capsys)("check", "./release", "--offline", "--format", format_)

    said = timeless(ran.out)
    if os.environ.get("OPENAUDIT_ACCEPT"):
        accepted.write_text(said, "utf-8", newline="\n")
    assert (ran.code, ran.err) == (0, "")
    assert said == accepted.read_text("utf-8")


def test_there_are_releases_to_check() -> None:
    assert len(RELEASES) >= 5


def timeless(text: str) -> str:
    """Return a report without what every release of openaudit changes."""
    text = text.replace(f'"version": "{__version__}"', '"version": "VERSION"', 1)
    date = re.escape(knowledge().date)
    return re.sub(rf'(Knowledge of |"knowledge_date": "|Knowledge of \\?){date}', r"\1DATE", text)
