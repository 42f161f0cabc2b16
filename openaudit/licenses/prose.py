"""The words by which prose speaks of licenses, as patterns, and what they say of one place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from openaudit.model.mention import MentionRules, Subject

_FLAGS: Final = re.IGNORECASE | re.MULTILINE
_BREAK: Final = re.compile(
    r"[.!?](?=\s)|[\u3002\uff1b\uff01\uff1f;|•]|:(?=\s)"
    r"|\n(?=[ \t]*(?:\n|[-+#>|•]|\d{1,2}[.)][ \t]))"
    r"|^#{1,6} [^\n]{0,300}\n?"
    r"|\n(?=[A-Z][\w ]{1,40}:)",
    re.MULTILINE,
)
_END: Final = (
    r"[ \t]*(?:$|[.,;:!?)|\u3001\u3002\uff0c\uff1b\uff1a\uff09•]|[ \t]{1,99}[-\u2013—][ \t])"
)
_LONGEST_SENTENCE: Final = 240
_TAIL: Final = 160
_SHORT: Final = 6
"""Words of what is spoken of without an article, at most: `Model weights are`."""

_GOES_ON: Final = re.compile(r"[-A-Za-z0-9_+/]|\.\d")
_PROPER: Final = re.compile(r"\b(?:[A-Z][\w.-]*|\w*\d[\w.-]*)")
_SAYS_NOTHING: Final = re.compile(
    r"(?:it |they |we )?(?:and )?(?:(?:is|are|was|has been|have been|also|now) ?)*", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"\w/\w")
_PARTS: Final = (Subject.WEIGHTS, Subject.CODE, Subject.DATA, Subject.REPOSITORY)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled words of `MentionRules`."""

    license_word: re.Pattern[str]
    anchor: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    article: re.Pattern[str]
    label: re.Pattern[str]
    doubt: re.Pattern[str]
    altered_before: re.Pattern[str]
    altered_after: re.Pattern[str]
    limited_after: re.Pattern[str]
    ending: re.Pattern[str]
    parts: tuple[tuple[Subject, re.Pattern[str]], ...]
    own: re.Pattern[str]
    vague: re.Pattern[str]
    lead_in: re.Pattern[str]
    foreign: re.Pattern[str]
    foreign_section: re.Pattern[str]
    code_host: re.Pattern[str]


@lru_cache(maxsize=4)
def patterns(rules: MentionRules) -> Patterns:
    """Return the patterns of `rules`; the same ones for the same rules."""
    gap = r"[ \t]{0,1200}\n?[ \t]{0,80}"
    words = _any(rules.license_words)
    anchors = _any((*rules.license_words, *rules.unmistakable))
    return Patterns(
        license_word=_made(rf"{gap}(?:{words})(?![ \t]*[:_])"),
        anchor=_made(rf"(?:(?<![A-Za-z0-9_-])|(?=[^\x00-\x7f]))(?:{anchors})"),
        strong=_made(_any(rules.strong)),
        weak=_made(_any(rules.weak)),
        article=_made(rf"{gap}(?:(?:{_any(rules.articles)}){gap}){{0,3}}"),
        label=_made(
            rf"^[ \t•>|]{{0,60}}(?:{_any(rules.labels)})"
            r"[ \t]{0,60}[:\uff1a|][ \t]{0,1200}"
        ),
        doubt=_made(_any(rules.doubts)),
        altered_before=_made(_any(rules.altered_before)),
        altered_after=_made(_any(rules.altered_after)),
        limited_after=_made(_any(rules.limited_after)),
        ending=_made(rf"{_END}|[ \t]*\n?[ \t]*(?:{_any(rules.connectors)})"),
        parts=tuple((p, _made(_any(getattr(rules, p.value)))) for p in _PARTS),
        own=_made(rf"(?:{_any(rules.own)})(?:\b|(?<=[^\x00-\x7f]))"),
        vague=_made(rf"(?:{_any(rules.vague)})(?:\b|(?<=[^\x00-\x7f]))"),
        lead_in=_made(rf"\W*(?:(?:{_any(rules.lead_ins)})[ \n]{{1,9}}){{0,2}}"),
        foreign=_made(_any(rules.foreign)),
        foreign_section=_made(_any(rules.foreign_sections)),
        code_host=_made(_any(rules.code_hosts)),
    )


def sentence_start(text: str, place: int) -> int | None:
    """Return where the sentence that runs up to `place` begins; None where that is too far off."""
    first = max(0, place - _LONGEST_SENTENCE)
    last = None
    for found in _BREAK.finditer(text, first, place):
        last = found.end()
    if last is None:
        last = first if first == 0 else None
    if last is None:
        return None
    return last + len(text[last:place]) - len(text[last:place].lstrip(" \t\n•|>#-"))


def subjects(said: str, own_name: re.Pattern[str] | None, words: Patterns) -> tuple[Subject, ...]:
    """Return what `said`, the sentence before its verb, speaks of; `other` where not clear.

    `own_name` is the name of the release: what bears any other name is somebody else's.
    """
    lead = words.lead_in.match(said)
    said = (said[lead.end() :] if lead else said).strip()
    named = own_name is not None and own_name.search(said) is not None
    if named and own_name is not None:
        said = " ".join(own_name.sub(" ", said).split())
    if words.foreign.search(said) or _REFERENCE.search(said):
        return (Subject.OTHER,)
    found = tuple(p for p, pattern in words.parts if pattern.search(said))
    own = words.own.match(said)
    if _SAYS_NOTHING.fullmatch(said) or (own and own.end() == len(said)):
        return (Subject.RELEASE,)
    if not found or not (own or _is_unnamed(said, words)):
        return (Subject.OTHER,)
    return found


def _is_unnamed(said: str, words: Patterns) -> bool:
    """Say whether `said` speaks of something without a name, such as `the model`."""
    article = words.vague.match(said)
    if article and article[0]:
        return not _PROPER.search(said, article.end())
    first, *rest = said.split()
    plain = not _PROPER.match(first) or any(p.fullmatch(first) for _, p in words.parts)
    return plain and len(rest) < _SHORT and not _PROPER.search(" ".join(rest))


def ends_whole(text: str, end: int, words: Patterns, *, claimed: bool) -> bool:
    """Say whether a name that ends at `end` goes on no further; in a claim, nor is taken back."""
    tail = text[end : end + _TAIL]
    if _GOES_ON.match(tail) or words.altered_after.match(tail):
        return False
    if not claimed:
        return True
    return words.ending.match(tail) is not None and not words.limited_after.match(tail)


def _any(entries: Iterable[str]) -> str:
    return "|".join(entries)


def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, _FLAGS)
