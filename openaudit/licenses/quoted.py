"""What a license text in a card is about: the release itself, or something the card only mentions.

A card quotes the licenses of code, libraries and data as well. The headings above a text and the
sentences that lead to it say of what it is; where one of them speaks of something else than the
artifact, the text says nothing of that artifact. This can only take a text away, never make one
count.
"""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.model.document import Document
from openaudit.model.evidence import Quote

_HEADING = re.compile(
    r"^[ ]{0,3}(?:(?P<signs>#{1,6})[ \t]|<h(?P<level>[1-6])\b"
    r"|(?:\*\*|__)[^\n]{1,200}(?:\*\*|__):?[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_UNDERLINED = re.compile(r"^[^\n]{1,200}\n[ ]{0,3}(?:=+|-{3,})[ \t]*$", re.MULTILINE)
_SENTENCE = re.compile(r"[^\n.!?\u3002\uff01\uff1f]+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BOLD: Final = 6
_LEAD_IN: Final = 2_000
_LONGEST: Final = 160
_OTHERS: Final = re.compile(
    r"\b(?:third[- ]part(?:y|ies)|3rd[- ]party|dependenc(?:y|ies)|upstream|vendored"
    r"|acknowledge?ments?|notices?|quot(?:e[sd]?|ing|ation)|whose licen[cs]es?|credits?"
    r"|base model|original model"
    r"|borrowed|adapted from)\b|第三方|依赖|引用|致谢",
    re.IGNORECASE,
)
_WORDS: Final = {
    "weights": r"models?|weights?|checkpoints?|release|模型|权重",
    "code": r"code|codebase|software|scripts?|repository|librar(?:y|ies)|packages?|代码|程序",
    "data": r"data|datasets?|corpus|corpora|images?|annotations?|数据",
    "": r"tokeni[sz]ers?|demo|app|website|documentation|docs|paper|fonts?|logos?"
    r"|plugins?|components?",
}


def about_something_else(document: Document, start: int, artifact: str) -> Quote | None:
    """Return the line that says that the text from `start` on is not of `artifact`, if one does."""
    own, others = _patterns(artifact)
    for first, end in _lines_above(document.text, start):
        line = document.text[first:end]
        for sentence in _SENTENCE.findall(line):
            if _OTHERS.search(sentence) or (others.search(sentence) and not own.search(sentence)):
                return document.quote(first, min(end, first + _LONGEST))
    return None


def _patterns(artifact: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    own = _WORDS.get(artifact, _WORDS["weights"])
    others = "|".join(words for words in _WORDS.values() if words != own)
    # CJK characters are word characters too, and stand next to each other.
    edges = r"(?<![A-Za-z])(?:{})(?![A-Za-z])"
    return (
        re.compile(edges.format(own), re.IGNORECASE),
        re.compile(edges.format(others), re.IGNORECASE),
    )


def _lines_above(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the lines that lead to `start`, then the headings above them, up to the title."""
    heads = list(_headings(text, start))
    section = max(heads[-1][1] if heads else 0, start - _LEAD_IN)
    yield from (line.span() for line in _LINE.finditer(text, section, start))
    deepest = _BOLD + 1
    for number, (first, end, level) in reversed(list(enumerate(heads))):
        is_title = number == 0 and level == 1
        if level < deepest and not is_title:
            deepest = level
            yield first, end


def _headings(text: str, stop: int) -> Iterator[tuple[int, int, int]]:
    """Yield where each heading before `stop` begins and ends, and how deep it is, 1 to 6."""
    found: list[tuple[int, int, int]] = []
    for match in _HEADING.finditer(text, 0, stop):
        end = text.find("\n", match.start())
        level = len(match["signs"] or "") or int(match["level"] or _BOLD)
        found.append((match.start(), end if 0 <= end < stop else stop, level))
    for match in _UNDERLINED.finditer(text, 0, stop):
        level = 1 if match[0].rstrip().endswith("=") else 2
        found.append((match.start(), match.end(), level))
    yield from sorted(found)
