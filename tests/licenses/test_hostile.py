"""Texts made to be slow or large to read: all of them cost little, and none is exact."""

import random
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

import pytest

from openaudit.data import knowledge
from openaudit.licenses.identify import identify
from openaudit.licenses.index import shipped
from openaudit.licenses.normalize import words
from openaudit.licenses.search import _OVERLAP, _WINDOW
from openaudit.model.license import Match
from tests.licenses.made_up import BIRCH, LINDEN, index

SIZE: Final = 300_000
MOST_MEMORY: Final = 60
"""Bytes that may be taken at once for each byte of the text."""
MOST_STEPS: Final = 2.0
"""Calls of Python functions for each character; each costs well below a microsecond."""


def _filled(piece: Callable[[random.Random], str]) -> str:
    chance = random.Random(5)  # noqa: S311  # the same text in every run
    parts: list[str] = []
    length = 0
    while length < SIZE:
        parts.append(piece(chance))
        length += len(parts[-1])
    return "".join(parts)[:SIZE]


def _word(chance: random.Random) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) + " "


def _scrap(chance: random.Random) -> str:
    known = f"{LINDEN} {BIRCH}".split()
    start = chance.randrange(len(known))
    return " ".join(known[start : start + chance.randint(4, 8)]) + " "


def _tag(chance: random.Random) -> str:
    return f'<div class="x"><b>[y](https://b.example/{chance.randrange(9999)}) &amp; <i>'


HOSTILE: Final = {
    "random words": _filled(_word),
    "one license over and over": _filled(lambda _: LINDEN),
    "scraps of licenses": _filled(_scrap),
    "one word": "word " * (SIZE // 5),
    "one letter": "c " * (SIZE // 2),
    "currency": "$" * SIZE,
    "tags": _filled(_tag),
    "quotation marks": "> " * (SIZE // 2),
    "entities": "&#39;" * (SIZE // 5),
    "copyright lines": _filled(lambda chance: f"Copyright {chance.randint(1990, 2025)} Acme\n"),
    "copyright sentences": "Copyright 2020 Acme owns all of it.\n\n" * (SIZE // 37),
    "titles": "Birch License\n" * (SIZE // 14),
    "no line ends": _filled(lambda _: " ".join(LINDEN.split()) + " "),
    "short lines": "a\n" * (SIZE // 2),
    "one character": "\u6a21" * (SIZE // 3),
    "accents": "e\u0301t \u201cq\u201d \u00a9 " * (SIZE // 10),
    "a license and a long tail": LINDEN + "c " * (SIZE // 2),
}


def _steps(run: Callable[[], object]) -> int:
    """Return how many Python functions are called."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(step)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("card", [False, True], ids=["file", "card"])
def test_a_long_text_is_read_in_few_steps_and_is_not_exact(name: str, card: bool) -> None:  # noqa: FBT001
    text = HOSTILE[name]
    knowledge()  # read once for all texts
    seen = []

    steps = _steps(lambda: seen.append(identify(text, index(), card=card)))

    assert steps < MOST_STEPS * len(text)
    assert not seen[0].exact or (card and name == "a license and a long tail")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_long_text_takes_memory_in_proportion(name: str) -> None:
    known = index()
    tracemalloc.start()
    try:
        identify(HOSTILE[name], known)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < MOST_MEMORY * len(HOSTILE[name].encode())


def test_a_license_is_found_wherever_in_a_long_text_it_stands() -> None:
    filling = HOSTILE["random words"].split()
    body = LINDEN.split()

    for at in (0, 5, _WINDOW - len(body) // 2, _WINDOW - 3, _WINDOW):
        text = " ".join([*filling[:at], *body, *filling[at:]])
        found = identify(text, index(), card=True)

        assert [(f.id, f.removed) for f in found.found] == [("linden-1", ())], at


def test_a_card_with_more_licenses_than_are_listed_is_not_exact() -> None:
    listed = "\n\n## License\n\n".join([LINDEN] * 12)
    more = "\n\n## License\n\n".join([LINDEN] * 13)

    assert identify(f"# A\n\n{listed}", index(), card=True).exact
    found = identify(f"# A\n\n{more}", index(), card=True)
    assert {f.match for f in found.found} == {Match.NEAR}
    assert any(len(words(more[slice(*span)])) > 100 for f in found.found for span in f.added)


def test_windows_have_more_in_common_than_the_longest_known_text_has() -> None:
    assert max(r.length for r in shipped().references) < _OVERLAP < _WINDOW


def test_copyright_lines_beyond_very_many_are_words_of_the_text() -> None:
    found = identify("Copyright 2020 Acme\n" * 6_000 + "\n" + LINDEN, index())

    assert [f.match for f in found.found] == [Match.NEAR]
    assert found.found[0].added
