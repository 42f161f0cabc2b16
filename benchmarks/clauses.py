"""CPU time of finding clauses, and its ratio to a plain search of every pattern in every unit.

    python benchmarks/clauses.py TEXT_DIR [CARD_DIR]

TEXT_DIR holds license texts, CARD_DIR model cards (`*.md`, at any depth). Each figure is the
minimum of five runs of each text; patterns are compiled before, nothing else is kept between runs.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from openaudit import data
from openaudit.clauses.fold import fold
from openaudit.clauses.match import find_clauses
from openaudit.clauses.outline import blocks
from openaudit.clauses.pattern import compiled
from openaudit.clauses.segment import segment
from openaudit.model.document import Document, Role
from openaudit.model.rule import ClauseRule

_Item = TypeVar("_Item")

RUNS = 5
TEXT = 10_000
CARD = 2_400
CARD_RULES = ("non-commercial", "research-only")
SHORTEST = 200  # shorter cards say more about the clock than about the search


def main(text_directory: str, card_directory: str | None = None) -> None:
    """Print what reading the texts, and the cards where there are some, costs."""
    every = data.knowledge().clauses
    texts = _texts(sorted(Path(text_directory).glob("*.txt")))
    size = sum(map(len, texts))
    print(
        f"{len(texts)} texts, {size:,} characters, {len(every)} rules; ms per {TEXT:,} characters"
    )
    rules = list(every.values())
    documents = [Document("LICENSE", Role.LICENSE, text, "") for text in texts]
    found = _times(lambda d: find_clauses(d, rules), documents)
    plain = _times(lambda u: _plainly(u, rules), [_units(text) for text in texts])
    for name, times in {
        "folding": _times(fold, texts),
        "blocks": _times(blocks, texts),
        "units, with the two above": _times(segment, texts),
        "clauses, with all above": found,
        "every pattern in every unit": plain,
    }.items():
        each = [t / len(text) for t, text in zip(times, texts, strict=True)]
        median, total = statistics.median(each) * TEXT, sum(times) / size * TEXT
        print(f"  {name:<28} median {median * 1e3:8.3f}   all {total * 1e3:8.3f}")
    print(f"  ratio of clauses to the plain search: {sum(found) / sum(plain):.3f}")
    if card_directory:
        _cards(Path(card_directory), [every[i] for i in CARD_RULES])


def _cards(directory: Path, rules: Sequence[ClauseRule]) -> None:
    texts = [t for t in _texts(sorted(directory.rglob("*.md"))) if len(t) >= SHORTEST]
    cards = [Document("README.md", Role.CARD, text, "") for text in texts]
    times = _times(lambda d: find_clauses(d, rules), cards)
    each = sorted(t / len(text) * CARD for t, text in zip(times, texts, strict=True))
    median, high = statistics.median(each), each[len(each) * 9 // 10]
    print(f"{len(texts)} cards, {len(rules)} rules; ms per {CARD:,} characters")
    print(f"  {'clauses':<28} median {median * 1e3:8.3f}   of ten, nine {high * 1e3:8.3f}")


def _texts(paths: Iterable[Path]) -> list[str]:
    return [text for p in paths if (text := p.read_bytes().decode("utf-8", "replace"))]


def _units(text: str) -> list[str]:
    return [unit.lower for unit in segment(text).units]


def _plainly(units: Iterable[str], rules: Iterable[ClauseRule]) -> None:
    for unit in units:
        for rule in rules:
            for alternative in rule.match:
                for pattern in (*alternative.in_order, *alternative.all):
                    if compiled(pattern).search(unit) is None:
                        break


def _times(read: Callable[[_Item], object], items: Sequence[_Item]) -> list[float]:
    """Return the CPU seconds of the quickest of `RUNS` readings of each item."""
    best = [_time(read, item) for item in items]
    for _ in range(RUNS):
        best = [min(b, _time(read, item)) for b, item in zip(best, items, strict=True)]
    return best


def _time(read: Callable[[_Item], object], item: _Item) -> float:
    begin = time.process_time()
    read(item)
    return time.process_time() - begin


if __name__ == "__main__":
    main(*sys.argv[1:3])
