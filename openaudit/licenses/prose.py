"""The words by which prose speaks of licenses, as patterns, and what they say of one place."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from openaudit.model.frozen import frozen
from openaudit.model.mention import MentionRules, Subject

_FLAGS: Final = re.IGNORECASE | re.MULTILINE
_BREAK: Final = re.compile(
    r"[.!?](?=\s)|[\u3002\uff1b\uff01\uff1f;|•]|:(?=\s)"
    r"|\n(?=[ \t]*(?:\n|[-+#>|•]|\d{1,2}[.)][ \t]))"
    r"|^#{1,6} [^\n]{0,300}\n?"
    r"|\n(?=[A-Z][\w ]{1,40}:)",
    re.MULTILINE,
)
_LONGEST_SENTENCE: Final = 240
TAIL: Final = 300
"""Code points in which a sentence must be over to be a claim."""
_SHORT: Final = 6
"""Words of what is spoken of without an article, at most: `Model weights are`."""

# A line ends its sentence unless the next one goes on: in lower case, or in letters without case.
_OVER: Final = re.compile(
    r"[.!?](?=\s|$)|[\u3002\uff01\uff1f|•]"
    r"|\n(?!\s*[a-z(,;\uff0c\uff1b\u3001\uff08]|[ \t]*[\u3040-\u9fff\uac00-\ud7af])"
)
_EDGES: Final = " \t\n.,:;()\u2013\u2014-"
_GOES_ON: Final = re.compile(r"[-A-Za-z0-9_+/]|\.\d")
_PROPER: Final = re.compile(r"\b(?:[A-Z][\w.-]*|\w*\d[\w.-]*)")
_SAYS_NOTHING: Final = re.compile(
    r"(?:it |they |we )?(?:and )?(?:(?:is|are|was|has been|have been|also|now) ?)*", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"\w/\w")
_PARTS: Final = (Subject.WEIGHTS, Subject.CODE, Subject.DATA, Subject.REPOSITORY)


@frozen
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
    finished: re.Pattern[str]
    joint: re.Pattern[str]
    parts: tuple[tuple[Subject, re.Pattern[str]], ...]
    trailing: re.Pattern[str]
    conjunction: re.Pattern[str]
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
        finished=_made(
            rf"(?:[\s,:;()\[\]\uff08\uff09\uff0c\uff1a]|(?<!\w)(?:{_any(rules.pointers)})(?![^\W_])"
            rf"|(?=[^\x00-\x7f])(?:{_any(rules.pointers)}))*+[.!\u3002\uff01]?[\s)\uff09]*"
        ),
        joint=_made(_any(rules.joints)),
        parts=tuple((p, _made(rf"(?:{_any(getattr(rules, p.value))})$")) for p in _PARTS),
        trailing=_made(rf"(?:{_any(rules.trailing)})$"),
        conjunction=_made(_any(rules.conjunctions)),
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
    found = parts(said, words)
    own = words.own.match(said)
    if _SAYS_NOTHING.fullmatch(said) or (own and own.end() == len(said)):
        return (Subject.RELEASE,)
    if not found or not (own or _is_unnamed(said, words)):
        return (Subject.OTHER,)
    return found


def parts(said: str, words: Patterns) -> tuple[Subject, ...]:
    """Return the parts of a release that `said` ends in, or each part of an enumeration does."""
    ends = [_without_trailing(s, words) for s in words.conjunction.split(said)]
    return tuple(p for p, pattern in words.parts if any(pattern.search(e) for e in ends))


def _without_trailing(said: str, words: Patterns) -> str:
    said = said.strip(_EDGES)
    while last := words.trailing.search(said):
        said = said[: last.start()].strip(_EDGES)
    return said


def _is_unnamed(said: str, words: Patterns) -> bool:
    """Say whether `said` speaks of something without a name, such as `the model`."""
    article = words.vague.match(said)
    if article and article[0]:
        return not _PROPER.search(said, article.end())
    first, *rest = said.split()
    plain = not _PROPER.match(first) or any(p.fullmatch(first) for _, p in words.parts)
    return plain and len(rest) < _SHORT and not _PROPER.search(" ".join(rest))


def ends_whole(text: str, end: int, words: Patterns) -> bool:
    """Say whether a name that ends at `end` goes on no further, and is not one that was changed."""
    tail = text[end : end + TAIL]
    return _GOES_ON.match(tail) is None and words.altered_after.match(tail) is None


def rest_of_sentence(text: str, end: int) -> str | None:
    """Return what follows `end` in its sentence, its closing mark included; None where too long."""
    tail = text[end : end + TAIL]
    over = _OVER.search(tail)
    if over is None and len(tail) == TAIL:
        return None
    return tail[: over.end()] if over else tail


def _any(entries: Iterable[str]) -> str:
    return "|".join(entries)


def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, _FLAGS)
