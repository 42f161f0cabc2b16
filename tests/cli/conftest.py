from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def openaudit(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """The command line, in an empty working directory."""
    directory = tmp_path / "here"
    directory.mkdir()
    monkeypatch.chdir(directory)
    return Shell(capsys)
