"""A report is there whole or not at all, and devices are written to and not replaced."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Shell

CHECK = [sys.executable, "-m", "openaudit", "check", "gpt2", "--offline", "--format", "json"]
NO_FULL_DEVICE = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no /dev/full"
)


def test_a_full_disk_leaves_the_old_report_and_nothing_else(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("the old one", "utf-8")

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    done = subprocess.run(
        [*CHECK, "-o", str(report)],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=small_files_only,  # no threads here
    )

    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert report.read_text("utf-8") == "the old one"
    assert [p.name for p in tmp_path.iterdir() if p.name != "here"] == ["report.json"]


@NO_FULL_DEVICE
def test_a_device_is_written_to_and_stays_a_device(openaudit: Shell) -> None:
    ran = openaudit("check", "gpt2", "--offline", "-o", "json=/dev/full")

    assert ran.code == 2
    assert "/dev/full: cannot be written" in ran.err
    assert Path("/dev/full").is_char_device()


@NO_FULL_DEVICE
def test_a_standard_output_that_is_full_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(CHECK, check=False, stdout=full, stderr=subprocess.PIPE, text=True)

    assert done.returncode == 2
    assert "standard output cannot be written" in done.stderr


def test_a_reader_that_goes_away_is_no_error_to_speak_of() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(CHECK, check=False, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)

    assert done.returncode == 141
    assert done.stderr == ""


def test_a_replaced_report_keeps_its_mode(openaudit: Shell) -> None:
    Path("r.json").write_text("", "utf-8")
    Path("r.json").chmod(0o600)

    openaudit("check", "gpt2", "--offline", "-o", "json=r.json")

    assert Path("r.json").stat().st_mode & 0o777 == 0o600


def test_ascii_locales_still_get_utf_8() -> None:
    done = subprocess.run(
        CHECK[:-2],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )

    assert "▪" in done.stdout.decode("utf-8")
