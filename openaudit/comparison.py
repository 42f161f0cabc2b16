"""What changed from one license text to another: in words, sections and clauses. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from openaudit.clauses.places import places
from openaudit.model.clause import Basis, Clause
from openaudit.model.difference import Difference, Passage
from openaudit.model.evidence import Quote
from openaudit.model.text_report import TextReport

_WORD: Final = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]|[^\W\u3040-\u9fff\uac00-\ud7af]+")


def compare_texts(old: TextReport, new: TextReport) -> Difference:
    """Return what changed from one text to another, word by word and clause by clause."""
    ours, theirs = list(_WORD.finditer(old.text)), list(_WORD.finditer(new.text))
    words = ([m[0].lower() for m in ours], [m[0].lower() for m in theirs])
    lost, gained, changed = _moved(_printed(old), _printed(new))
    if old.vouched and new.vouched:
        lost, gained = _without(lost, old, new), _without(gained, new, old)
    sides = (
        _Side(old.text, (*lost, *(before for before, _ in changed))),
        _Side(new.text, (*gained, *(after for _, after in changed))),
    )
    removed: list[Passage] = []
    added: list[Passage] = []
    matcher = SequenceMatcher(None, *words, autojunk=False)
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            continue
        removed += sides[0].passage(ours[a:b])
        added += sides[1].passage(theirs[c:d])
    return Difference(old, new, tuple(removed), tuple(added), lost, gained, changed)


class _Side:
    """One of two texts that are compared, with the clauses that only it has in this form."""

    def __init__(self, text: str, clauses: Sequence[Clause]) -> None:
        self._text = text
        self._clauses = [(c.id, c.evidence) for c in clauses if isinstance(c.evidence, Quote)]
        self._places = places(text, 0, len(text))

    def passage(self, words: Sequence[re.Match[str]]) -> Iterator[Passage]:
        """Yield the passage that the words make, if there are any."""
        if not words:
            return
        start, end = words[0].start(), words[-1].end()
        sections = (p.section for p in self._places if p.start < end and p.end > start)
        clauses = (i for i, q in self._clauses if q.start < end and q.end > start)
        yield Passage(
            start,
            end,
            self._text[start:end],
            tuple(dict.fromkeys(s for s in sections if s)),
            tuple(dict.fromkeys(clauses)),
        )


def _printed(report: TextReport) -> tuple[Clause, ...]:
    """Return the clauses that stand in the text; of two texts only those can be compared.

    What a profile adds to an exact text, such as a use policy, has not gone from a changed one.
    """
    return tuple(c for c in report.clauses if c.basis is Basis.TEXT)


def _without(clauses: Sequence[Clause], here: TextReport, there: TextReport) -> tuple[Clause, ...]:
    """Return what one of two texts that a person has read holds and the other does not.

    Of a clause that only a profile tells, just its id can be compared. A use policy that stands
    elsewhere is known for some licenses and not for others, so its clauses do not count.
    """
    ids = {c.id for c in there.clauses}
    told = {c.id for c in there.clauses if c.basis is Basis.PROFILE}
    added = (
        c for c in here.clauses if c.basis is Basis.PROFILE and not c.policy and c.id not in ids
    )
    return (*(c for c in clauses if c.id not in told), *added)


def _moved(
    old: Sequence[Clause], new: Sequence[Clause]
) -> tuple[tuple[Clause, ...], tuple[Clause, ...], tuple[tuple[Clause, Clause], ...]]:
    """Pair the clauses of two texts by id: the same ones first, then in their order."""
    left, right = list(old), list(new)
    changed: list[tuple[Clause, Clause]] = []
    for alike in (True, False):
        for before in tuple(left):
            rest = [c for c in right if c.id == before.id]
            after = next((c for c in rest if not alike or _same(before, c)), None)
            if after is not None:
                left.remove(before)
                right.remove(after)
                changed += [] if alike else [(before, after)]
    return tuple(left), tuple(right), tuple(changed)


def _same(old: Clause, new: Clause) -> bool:
    """Say whether two clauses have the same values, or the same words.

    Of the same words a profile may know more than the rules do.
    """
    return old.params == new.params or _words(old) == _words(new) != []


def _words(clause: Clause) -> list[str]:
    quote = clause.evidence
    return _WORD.findall(quote.text.lower()) if isinstance(quote, Quote) else []
