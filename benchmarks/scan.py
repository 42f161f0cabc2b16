"""Measure `openaudit scan --list` on a made-up tree of 20,000 files.

    python benchmarks/scan.py [--files 20000] [--profile]

Prints CPU seconds of a process of its own (start-up included) and its peak memory.
"""

import argparse
import cProfile
import os
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

_FUNCTION: Final = '''
def step_{n}(items, limit={n}, path="data/part-{n}"):
    """Work on items of part {n}."""
    total = 0
    for index, item in enumerate(items):
        if index > limit or not item:
            continue
        total += len(str(item)) * {n}
    return {{"total": total, "path": path, "kind": "application/json"}}
'''
_SHARES: Final = {"py": 45, "ts": 15, "json": 12, "yaml": 10, "md": 10, "sh": 3, "txt": 5}


def main() -> None:
    """Make the tree, scan it, and print what that cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--profile", action="store_true", help="Where the time goes.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        _plant(Path(directory), options.files)
        if options.profile:
            _profile(Path(directory))
            return
        command = [sys.executable, "-m", "openaudit", "scan", directory, "--list"]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # our own
        wall = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = done.stdout.count(b"\n")
        cpu = used.ru_utime + used.ru_stime
        peak = used.ru_maxrss / 1024
        sys.stdout.write(
            f"{options.files} files, {found} references: {cpu:.1f} s CPU, {wall:.1f} s, "
            f"{peak:.0f} MiB at most\n"
        )


def _profile(tree: Path) -> None:
    from openaudit.data import discovery_rules  # noqa: PLC0415  # only this way needs it here
    from openaudit.discovery.search import search  # noqa: PLC0415

    with cProfile.Profile() as profile:
        search(tree, discovery_rules())
    pstats.Stats(profile).sort_stats("cumulative").print_stats(35)


def _plant(tree: Path, count: int) -> None:
    chance = random.Random(7)  # noqa: S311  # the same tree each time
    kinds = chance.choices(list(_SHARES), list(_SHARES.values()), k=count)
    (tree / ".gitignore").write_text("*.log\n/out/\nscratch/\n")
    for number, kind in enumerate(kinds):
        folder = tree / f"part{number % 40}" / f"area{number % 13}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"file{number}.{kind}").write_text(_text(kind, number, chance))


def _text(kind: str, number: int, chance: random.Random) -> str:
    named = chance.random() < 0.1  # noqa: PLR2004  # one file in ten names a model
    size = chance.randint(3, 30)
    if kind == "py":
        body = "".join(_FUNCTION.format(n=n) for n in range(size))
        return f"import os\n{body}" + (f'MODEL = "acme/model-{number}"\n' if named else "")
    if kind == "ts":
        body = "".join(
            f"export const item{n} = {{ id: {n}, path: 'a/{n}' }};\n" for n in range(size)
        )
        return body + (f"const model = 'acme/model-{number}';\n" if named else "")
    if kind == "json":
        rows = ", ".join(f'"key{n}": {{"value": "text {n}"}}' for n in range(size))
        model = f', "model": "acme/m-{number}"' if named else ""
        return f"{{{rows}{model}}}"
    if kind == "yaml":
        rows = "".join(f"key{n}:\n  value: text {n}\n" for n in range(size))
        return rows + (f"model: acme/model-{number}\n" if named else "")
    if kind == "sh":
        return "set -e\n" + "echo step\n" * size + ("hf download acme/shell\n" if named else "")
    return "Words about data and a model.\n\n" * size


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
