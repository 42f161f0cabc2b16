"""What a release says its license is, and what it is."""

from enum import StrEnum

from openaudit.model.evidence import Evidence, Quote
from openaudit.model.frozen import frozen


class Match(StrEnum):
    """How the conclusion was reached; see the `license` command in the README."""

    EXACT = "exact"
    NEAR = "near"
    NAMED = "named"
    NONE = "none"


class Cause(StrEnum):
    """Why a text is only near a known one: the first of these that holds."""

    WORDS = "words"
    """Words were added, or are missing."""
    SIGNS = "signs"
    """Every word is the same, and signs or markup among them say or hide something."""
    ORDER = "order"
    """Every passage is known, but not all of them in this order or to this end."""
    BESIDE = "beside"
    """It is word for word, and something else in the same file is not explained."""


class StatementKind(StrEnum):
    """Where a license is named: hub tag, `license_name`, `license_link` or the prose of a card."""

    TAG = "tag"
    NAME = "name"
    LINK = "link"
    PROSE = "prose"


@frozen
class Statement:
    """One place of a release that names a license, as written there."""

    value: str
    kind: StatementKind
    evidence: Evidence


@frozen
class HubTag:
    """What a license tag of a hub means: one expression, or a family that leaves it open."""

    expression: str | None
    candidates: tuple[str, ...] = ()


@frozen
class Declaration:
    """One place that names a license. `id` is None where the name is not known to us."""

    value: str
    id: str | None
    expression: str | None
    evidence: Evidence


@frozen
class Conclusion:
    """The license an artifact is under, as far as can be said.

    `similarity` is 0 to 1, None where no text was compared.
    """

    id: str | None
    name: str | None
    expression: str | None
    match: Match
    similarity: float | None
    evidence: Evidence | None


@frozen
class Removed:
    """Words of the standard text that are not there: how many, after how many others.

    The place in the text at hand is `start:end`, between the words of the standard text that stand
    before and after; it is empty, or holds what was put there instead.
    """

    position: int
    words: int
    start: int
    end: int


@frozen
class Loss:
    """A removed place and what stood there, as far as the text around it and the profile tell.

    `around` is verbatim: some words before the place, what is there now, some words after it.
    `between` are the sections before and after in the text at hand, "" at an end or where there are
    no numbers. `section` is the one that is gone or lies around the place, "" where that is not
    known. `clauses` are ids of clauses of the standard text that no rule finds there any more;
    only where `certain` is their section gone as a whole, with nothing new that may hold them.
    """

    removed: Removed
    around: Quote
    between: tuple[str, str] = ("", "")
    section: str = ""
    clauses: tuple[str, ...] = ()
    certain: bool = False

    @property
    def told(self) -> str:
        """Return in words what is gone or may be; "" where no section and no clause is."""
        clauses = ", ".join(self.clauses)
        many = ", " in self.section
        section = f"section{'s' if many else ''} {self.section}" if self.section else ""
        if self.certain:
            rest = f", and with {'them' if many else 'it'} {clauses}" if clauses else ""
            return f"{section} {'are' if many else 'is'} gone{rest}"
        if not clauses:
            return ""
        return f"{section} may have lost {clauses}" if section else f"{clauses} may have stood here"

    @property
    def line(self) -> int:
        """Return the line in which the place begins."""
        return self.around.line + self.before.count("\n")

    @property
    def before(self) -> str:
        """Return the words before the place."""
        return self.around.text[: self.removed.start - self.around.start]

    @property
    def after(self) -> str:
        """Return the words after the place."""
        return self.around.text[self.removed.end - self.around.start :]


@frozen
class FoundLicense:
    """One license in a text. Spans are code point offsets; `start:end` takes in its title.

    `also` are the other ids that share the text; of an incomplete text, also those of which it may
    be a part as well. `added` are passages that the standard text does
    not explain, in words or in signs. `match` is `exact` or `near`, and `exact` only where nothing
    was added or removed; `cause` says why it is near.
    """

    id: str
    also: tuple[str, ...]
    match: Match
    similarity: float
    start: int
    end: int
    added: tuple[tuple[int, int], ...] = ()
    removed: tuple[Removed, ...] = ()
    cause: Cause | None = None

    @property
    def unlike(self) -> str:
        """Return in words what keeps it from being exact where no word of it is another."""
        match self.cause:
            case Cause.SIGNS:
                return "every word of it is there, and signs or markup that may change what it says"
            case Cause.ORDER:
                return "all its words are there, and not in its order or not to its end"
            case Cause.BESIDE:
                return "word for word, and something else in the same file is not explained"
            case Cause.WORDS | None:
                return ""


@frozen
class Nearest:
    """The known text that is most like a text which is none of them."""

    id: str
    similarity: float


@frozen
class Identification:
    """The licenses of a text, in its order.

    `ignored` are the copyright lines, and names of holders in sentences, that were not compared.
    `main` is the one that most of the text belongs to. `nearest` only stands where none was found.
    """

    found: tuple[FoundLicense, ...] = ()
    nearest: Nearest | None = None
    ignored: tuple[tuple[int, int], ...] = ()

    @property
    def main(self) -> FoundLicense | None:
        """Return the license that takes the most of the text; the first of equals."""
        return max(self.found, key=lambda f: f.end - f.start, default=None)

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of all licenses found, with those that share a text."""
        return frozenset(i for f in self.found for i in (f.id, *f.also))

    @property
    def several(self) -> bool:
        """Say whether no id goes for all the licenses: then none of them is the one of the text."""
        shared = [frozenset((f.id, *f.also)) for f in self.found]
        return len(shared) > 1 and not frozenset.intersection(*shared)

    @property
    def exact(self) -> bool:
        """Say whether the text is one known license or several, word for word, and no more."""
        return bool(self.found) and all(f.match is Match.EXACT for f in self.found)


@frozen
class ArtifactLicense:
    """Declared against concluded, for one artifact (`weights`, `code`, `data`, `card`).

    `complete` says that no other term can bind: every text that could hold one was read and is
    known word for word, and every name is known. Only then does a clause that is not found permit.
    `added` and `removed` are the changes against the standard text, where the match is `near`;
    `losses` is `removed` with what stood there. `ignored` are the copyright lines of the text: they
    were not compared.
    """

    artifact: str
    declared: tuple[Declaration, ...]
    concluded: Conclusion
    complete: bool = False
    added: tuple[Quote, ...] = ()
    removed: tuple[Removed, ...] = ()
    losses: tuple[Loss, ...] = ()
    ignored: tuple[Quote, ...] = ()
