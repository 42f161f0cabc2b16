"""The license texts of one release, and which of them is the one of an artifact."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.frozen import frozen
from openaudit.model.license import FoundLicense, Identification

_HOLDING: Final = (Role.LICENSE, Role.POLICY, Role.GATE, Role.CARD)
_LONGEST_TITLE: Final = 160
_LINE = re.compile(r"[^\s].*")
_PLAIN: Final = frozenset({"license", "licence", "copying"})
_NAMING: Final = {
    "weights": frozenset({"model", "models", "weight", "weights"}),
    "code": frozenset({"code", "software"}),
    "data": frozenset({"data", "dataset"}),
}


@frozen
class Text:
    """A license text; `ids` are the licenses it is word for word, empty where it is none known.

    `near` is then the license it is a changed version of, if of any. `start` is where it begins.
    """

    document: Document
    ids: tuple[str, ...]
    near: FoundLicense | None = None
    start: int = 0

    @property
    def quote(self) -> Quote:
        """Return its first line."""
        return title_quote(self.document, self.start)


def identified(documents: Iterable[Document]) -> dict[str, Identification]:
    """Return what each text that may hold a license is, by the name of the document.

    Only in a card may other prose stand around a license: a gate prompt is agreed to as a whole.
    What was cut off when it was read is no license, whatever is left of it.
    """
    texts = [d for d in documents if d.role in _HOLDING and d.text.strip() and not d.truncated]
    if not texts:
        return {}
    from openaudit.licenses.identify import identify  # noqa: PLC0415  # no text, no reading
    from openaudit.licenses.index import shipped  # noqa: PLC0415  # no text, no fingerprints

    return {d.name: identify(d.text, shipped(), card=d.role is Role.CARD) for d in texts}


def main_text(texts: Sequence[Text], named: frozenset[str], artifact: str) -> Text | None:
    """Return the text that governs `artifact`; None where the release does not say which.

    A file named for the artifact comes first, then the text of a license that a tag or name
    states (`named`), then the file called LICENSE, then what stands nearest to the root.
    """
    ranked = sorted(texts, key=lambda t: _rank(t, artifact))
    best = [t for t in ranked if _rank(t, artifact) == _rank(ranked[0], artifact)]
    if _names_artifact(ranked[0], artifact):
        ranked = [t for t in ranked if _names_artifact(t, artifact)]
    stated = [t for t in ranked if named.intersection(t.ids)]
    if stated:
        return stated[0]
    return best[0] if len({t.ids for t in best}) == 1 else None


def not_compared(text: Text, identified: Mapping[str, Identification]) -> tuple[Quote, ...]:
    """Return the copyright lines of a text; in a card only those that stand in the license."""
    document = text.document
    found = identified.get(document.name, Identification())
    spans = [(f.start, f.end) for f in found.found if f.start == text.start]
    if document.role is not Role.CARD:
        spans = [(0, len(document.text))]
    return tuple(
        document.quote(start, end)
        for start, end in found.ignored
        if any(first <= start and end <= last for first, last in spans)
    )


def belongs_elsewhere(name: str, main: str, artifact: str) -> bool:
    """Say whether the text `name` is of another artifact than `artifact`, whose text is `main`.

    Only where a file name says so: two licenses side by side that name nothing may both bind.
    """
    own = _NAMING.get(artifact, frozenset())
    others = frozenset(w for key, words in _NAMING.items() if key != artifact for w in words)
    parts, of_main = _parts(PurePosixPath(name)), _parts(PurePosixPath(main))
    return bool(parts & others and not parts & own) or bool(of_main & own and not parts & own)


def title_quote(document: Document, first: int = 0) -> Quote:
    """Return the first line from `first` on that is not blank as a quote, cut where it runs on."""
    found = _LINE.search(document.text, first)
    start, end = found.span() if found else (0, 0)
    line = document.text[start : min(end, start + _LONGEST_TITLE)].rstrip()
    return document.quote(start, start + len(line))


def _rank(text: Text, artifact: str) -> tuple[int, int]:
    path = PurePosixPath(text.document.name)
    parts = _parts(path)
    depth = len(path.parts)
    if text.document.role is not Role.LICENSE:
        return 4, depth
    if parts & _NAMING.get(artifact, frozenset()):
        return 0, depth
    if path.stem.lower() in _PLAIN:
        return 1, depth
    named_otherwise = any(parts & words for key, words in _NAMING.items() if key != artifact)
    return (3 if named_otherwise else 2), depth


def _names_artifact(text: Text, artifact: str) -> bool:
    return _rank(text, artifact)[0] == 0


def _parts(path: PurePosixPath) -> frozenset[str]:
    """Return the words of a path, its directories included: `weights/LICENSE` is of the weights."""
    return frozenset(re.split(r"[^a-z]+", str(path).lower()))
