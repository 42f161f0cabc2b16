"""Start-up of an installed openaudit, as CPU ratio to `python -c pass`.

    python benchmarks/startup.py PYTHON

PYTHON is the interpreter of an environment into which the wheel was installed with its bytecode
compiled (`pip` does so; with uv: `--compile-bytecode`). Each figure is the minimum of nine runs of
user + system time, so that what else the machine does cancels out.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 9
RELEASE = "meta-llama/Llama-2-7b"
LIMITS = {
    "--version": 3.0,
    "--help": 9.0,
    f"check {RELEASE} --offline --format json": 15.0,
    f"check {RELEASE} --offline": 20.0,
}


def cpu(command: list[str], directory: str) -> float:
    """Return the CPU seconds of the quickest of `RUNS` runs."""
    # An empty cache and no configuration: the catalog path, as on a fresh machine.
    environment = {**os.environ, "OPENAUDIT_CACHE": directory, "HF_TOKEN": ""}
    times = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, cwd=directory, env=environment)  # noqa: S603  # our own command
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def main() -> int:
    """Print one line a command; exit 1 where a ratio is above its limit."""
    python = sys.argv[1]
    entry = str(Path(python).parent / "openaudit")
    with tempfile.TemporaryDirectory() as directory:
        floor = cpu([python, "-c", "pass"], directory)
        print(f"{'python -c pass':50} {floor * 1000:6.1f} ms   1.0x")
        worst = 0.0
        for arguments, limit in LIMITS.items():
            spent = cpu([entry, *arguments.split()], directory)
            print(f"{arguments:50} {spent * 1000:6.1f} ms {spent / floor:5.1f}x  limit {limit}x")
            worst = max(worst, spent / floor / limit)
    return int(worst > 1)


if __name__ == "__main__":
    sys.exit(main())
