"""The title lines of a license text, found by its names, for `build`.

Only lines at the very top count: a first line that calls the text a license and says nothing of it,
then lines that hold nothing but words of the names of that license and words that say which edition
it is, and at last the heading of the first section. A line that grants or forbids is none of these.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.licenses.normalize import encoded_words

_LONGEST: Final = 25
_LONGEST_TITLE: Final = 24
_MOST_LINES: Final = 8
_EDITION: Final = frozenset(
    b"""
    a agreement and at by c community copyright d date dated document edition effective ed for
    general http https in is last license licence licensing model models modified ltd inc llc
    number of official on open or org public publication release released research responsible
    revised revision s software source specific style t terms text the this to tm updated use v
    url ver version with www co com html txt legalcode licenses
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    """.split()
) | {c.encode() for c in "\u751f\u6548\u53d1\u5e03\u66f4\u65b0\u65e5\u671f\u5e74\u6708\u7248\u672c"}
Words = tuple[bytes, ...]
_KIND: Final = frozenset(b"agreement agreements code eula license licence policy terms".split())
_SAYING: Final = frozenset(
    b"""
    all any apply applies are be being but can cannot do does except forbidden governed grant
    granted grants if is limited may must no not only permitted prohibited provided shall subject
    that this under unless we will with without you your
    """.split()
) | {c.encode() for c in "\u4e0d\u4ec5\u5f97\u672c\u60a8\u53ef\u4ee5\u7981"} - {"\u53ef".encode()}
_FIRST_SECTION: Final = frozenset(
    b"""
    0 1 a acceptance article background definition definitions i introduction preamble section
    """.split()
) | {c.encode() for c in "\u524d\u8a00\u5b9a\u4e49"}
_NUMBER = re.compile(rb"\d{1,4}[a-z]{0,2}|[a-z]\d{0,2}|v\d+")


def titles(text: str, names: Sequence[str]) -> frozenset[Words]:
    """Return what may stand above `text`: its names, and the lines of its own head.

    `text` is without copyright lines.
    """
    named = [tuple(encoded_words(name)) for name in names]
    found = {n for n in named if n} | {(b"the", *n) for n in named if n and n[0] != b"the"}
    known = _EDITION.union(*named)
    return frozenset(found.union(_head(text, known)))


def _head(text: str, known: frozenset[bytes]) -> Iterator[Words]:
    lines = [folded for line in text.splitlines() if (folded := tuple(encoded_words(line)))]
    for number, folded in enumerate(lines[:_MOST_LINES]):
        named = all(w in known or _NUMBER.fullmatch(w) for w in folded)
        if len(folded) <= _LONGEST and (named or (number == 0 and _is_title(folded))):
            yield folded
        else:
            if all(w in _FIRST_SECTION for w in folded):
                yield folded
            return


def _is_title(folded: Words) -> bool:
    """Say whether a first line calls what follows a license, without saying anything of it."""
    kind = bool(_KIND.intersection(folded)) or "\u8bb8\u53ef".encode() in b"".join(folded)
    return kind and len(folded) <= _LONGEST_TITLE and not _SAYING.intersection(folded)
