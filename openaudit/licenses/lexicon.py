"""All known names of licenses by their words, to be met in prose: the longest from a place on.

A name is met whole. Names of one word that only the SPDX list has (`Fair`, `Intel`) are left out,
because in prose they are other things.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from openaudit.data import spdx_list
from openaudit.licenses.names import Profiles, Tags, folded_name
from openaudit.model.frozen import frozen

_MOST_WORDS: Final = 18
_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD: Final = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+|\+")
_GAP: Final = re.compile(
    r"(?:[ \t]|[-\u2013.,()/:'\u2019](?![-\u2013.,()/:'\u2019])){0,1200}(?:\n[ \t]{0,80})?"
)
_STOP: Final = re.compile(r"[.:]\s")


@frozen
class Met:
    """A name at `start:end`; `value` is the name as `names.resolve` knows it."""

    value: str
    start: int
    end: int


@frozen
class Lexicon:
    """The names by their folded words."""

    names: Mapping[str, str]

    def longest(self, text: str, start: int, *, wraps: bool = True) -> Met | None:
        """Return the longest name that begins at `start`; it ends with its line unless `wraps`."""
        best: Met | None = None
        folded = ""
        for word in _words(text, start, wraps=wraps):
            said = "plus" if word[0] == "+" else word[0].lower().replace("licence", "license")
            folded = f"{folded} {said}" if folded else said
            if (value := self.names.get(folded)) is not None:
                best = Met(value, start, word.end())
        return best


def _words(text: str, start: int, *, wraps: bool) -> Iterator[re.Match[str]]:
    place = start
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, place)
        if word is None:
            return
        yield word
        gap = _GAP.match(text, word.end())
        assert gap is not None  # noqa: S101  # it matches the empty string
        if _STOP.search(gap[0]) or (not wraps and "\n" in gap[0]):
            return
        place = gap.end()


_made: dict[tuple[int, int], tuple[Profiles, Tags, Lexicon]] = {}


def lexicon(profiles: Profiles, tags: Tags) -> Lexicon:
    """Return the names of `profiles`, `tags` and the SPDX list; made once for the same ones."""
    key = (id(profiles), id(tags))
    if key not in _made:
        _made.clear()
        _made[key] = (profiles, tags, Lexicon(dict(_names(profiles, tags))))
    return _made[key][2]


def _names(profiles: Profiles, tags: Tags) -> Iterator[tuple[str, str]]:
    """Yield each name by its words, what `names.resolve` looks at first last."""
    for listed in spdx_list().values():
        for name in () if listed.deprecated else (listed.id, listed.name):
            if " " in (folded := folded_name(name)):
                yield folded, name
    for profile in profiles.values():
        for name in (profile.id, profile.name, profile.expression, *profile.names, *profile.tags):
            yield folded_name(name), name
    for tag in tags:
        yield folded_name(tag), tag
