"""The README keeps its word: every console block prints what it shows."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.shell import Shell

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"^```console\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
PROGRAMS = re.findall(r"^```python\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_there_is_a_block_to_check() -> None:
    assert BLOCKS


@pytest.mark.parametrize("block", BLOCKS)
def test_a_console_block_prints_what_it_shows(
    block: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first, _, shown = block.partition("\n")
    program, *words = shlex.split(first.removeprefix("$ "))

    ran = Shell(capsys)(*words)

    assert program == "openaudit"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == shown


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_runs(
    program: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my-model").mkdir()
    Path("my-model/README.md").write_text("---\nlicense: mit\n---\n# Mine\n", "utf-8")

    exec(compile(program, "README.md", "exec"), {})  # noqa: S102  # it is our own README

    assert "include-license" in capsys.readouterr().out
