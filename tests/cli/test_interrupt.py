"""Ctrl-C in the middle of a fetch: told in a line, and nothing half-written stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.hub import LoopbackHub
from tests.hub.repository import Fault

PATIENCE = 20.0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to a process")
def test_an_interrupted_fetch_leaves_no_bundle_and_no_trace(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    slow = {"LICENSE": [Fault("slow", seconds=PATIENCE, times=None)]}
    hub.add("acme/tiny", {"README.md": "# Tiny", "LICENSE": "terms"}, file_faults=slow)
    command = [sys.executable, "-m", "openaudit", "fetch", "acme/tiny", "-o", "out"]
    environment = {
        **os.environ,
        "OPENAUDIT_CACHE": str(tmp_path / "cache"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    with subprocess.Popen(
        [*command, "--hub", hub.url],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        _wait_for(hub, "LICENSE", process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 130
    assert err.splitlines() == ["openaudit: interrupted"]
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def _wait_for(hub: LoopbackHub, name: str, process: "subprocess.Popen[str]") -> None:
    end = time.monotonic() + PATIENCE
    while not any(r.path.endswith(name) for r in hub.log):
        assert process.poll() is None, "the fetch ended before it asked for the file"
        assert time.monotonic() < end, "the fetch never asked for the file"
        time.sleep(0.02)
