"""What a bill of materials says of a license: declared against concluded, and why.

Concluded is only what nothing speaks against. Where another term can bind, a release behind is not
known, a term was lost on the way or several texts stand side by side, it is None, and the comment
says why.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from openaudit.model.clause import Clause, ClauseKind
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.lineage import Chain, Node
from openaudit.model.release import Release
from openaudit.model.report import Report
from openaudit.reporters.citing import cited
from openaudit.reporters.plain import shown

_SHORT_HASH: Final = 16
_OPEN: Final = "Another term may bind, or a name or text of it is not known."
_BY: Final = {
    Match.EXACT: "its text, word for word",
    Match.NEAR: "a text that differs from it",
    Match.NAMED: "its name alone; no text was read",
    Match.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """License expressions, None where nothing is asserted.

    `text` is the text that was read of the license `text_id`, which stands for the text itself
    where it is no license we know. `names` are the names of licenses, by expression.
    """

    declared: str | None
    concluded: str | None
    comment: str
    text: Document | None = None
    text_id: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def text_of(self, expression: str) -> Document | None:
        """Return the text of a license, None where it was not read."""
        return self.text if expression == self.text_id else None


NOT_READ: Final = Stated(None, None, "Its license was not read.")


def stated(report: Report) -> Stated:
    """Return what is said of the license of a release: of its weights, or what it has first."""
    if not report.licenses:
        return NOT_READ
    return _stated(report.licenses[0], report.release, list(_doubts(report)))


def stated_behind(node: Node, chain: Chain) -> Stated:
    """Return what is said of a release in the chain behind one.

    Of one that was itself made from others nothing is concluded: whether it lets go of their terms
    was judged for the release in front of it alone.
    """
    if node.license is None:
        return NOT_READ
    doubts = [] if node.known else [_OPEN]
    if any(e.child == node.id for e in chain.bases):
        doubts.append("It was made from others, whose terms may bind.")
    return _stated(node.license, None, doubts)


def _stated(license_: ArtifactLicense, release: Release | None, doubts: Sequence[str]) -> Stated:
    text, text_id = _text(license_, release)
    concluded = license_.concluded
    known = concluded.expression and concluded.name
    return Stated(
        declared=_declared(license_),
        concluded=None if doubts else _concluded(license_, text_id),
        comment=" ".join(_comment(license_, text, doubts)),
        text=text,
        text_id=text_id,
        names={str(concluded.expression): shown(concluded.name or "")} if known else {},
    )


def _declared(license_: ArtifactLicense) -> str | None:
    """Return what the release names; None where two places differ, or a name may mean another one.

    Where nothing else can bind, a value that is no license is one that only points elsewhere.
    """
    named = {d.expression for d in license_.declared if d.expression}
    unknown = any(d.id is None and d.expression is None for d in license_.declared)
    return named.pop() if len(named) == 1 and (license_.complete or not unknown) else None


def _concluded(license_: ArtifactLicense, text_id: str | None) -> str | None:
    """Return what the license is where no other term can bind; else the text itself, if it is one.

    A text that is no known license stands for itself, as SPDX has it: nothing is said of its terms.
    """
    concluded = license_.concluded
    if concluded.match in (Match.EXACT, Match.NAMED):
        return concluded.expression if license_.complete else None
    return text_id


def _text(license_: ArtifactLicense, release: Release | None) -> tuple[Document | None, str | None]:
    """Return the text that is the license, and the id it has; none where there is not just one."""
    texts = release.texts(Role.LICENSE) if release else ()
    concluded = license_.concluded
    evidence = concluded.evidence
    match concluded.match:
        case Match.EXACT if isinstance(evidence, Quote):
            own = [t for t in texts if t.name == evidence.document]
            return (own[0], concluded.expression) if own else (None, None)
        case Match.NEAR | Match.NONE if len(texts) == 1:
            return texts[0], f"LicenseRef-openaudit-text-{texts[0].sha256[:_SHORT_HASH]}"
        case Match.EXACT | Match.NEAR | Match.NAMED | Match.NONE:
            return None, None


def _doubts(report: Report) -> Iterator[str]:
    """Yield what keeps one license from being all that binds."""
    texts = report.release.texts(Role.LICENSE)
    if len({t.sha256 for t in texts}) > 1:
        yield f"There are several license texts: {', '.join(shown(t.name) for t in texts)}."
    if beyond := _beyond(report):
        yield f"Beside the license stands: {', '.join(beyond)}."
    for one in report.chain.conflicts:
        origin, child = shown(one.inherited_from), shown(one.dropped_by)
        yield f"{one.clause.id} of {origin} binds, and {child} dropped it."
    if report.chain.open:
        yield f"What binds by {', '.join(shown(name) for name in report.chain.open)} is not known."


def _beyond(report: Report) -> list[str]:
    """Return the restrictions of a card, a gate or a use policy that are in no license.

    A license that restricts by itself may take in its policy; one that does not takes in none.
    """
    restrictions = [c for c in report.clauses if c.kind is ClauseKind.RESTRICTION]
    cards = {d.name for d in report.release.texts(Role.CARD, Role.GATE)}
    aside = cards | {d.name for d in report.release.texts(Role.POLICY)}
    licensed = {c.id for c in restrictions if _document(c) not in aside}
    beyond = [c.id for c in restrictions if _document(c) in (cards if licensed else aside)]
    return [name for name in dict.fromkeys(beyond) if name not in licensed]


def _document(clause: Clause) -> str | None:
    return clause.evidence.document if isinstance(clause.evidence, Quote) else None


def _comment(
    license_: ArtifactLicense, text: Document | None, doubts: Iterable[str]
) -> Iterator[str]:
    concluded = license_.concluded
    if concluded.id is not None:
        near = "is like" if concluded.match is Match.NEAR else "is"
        name = shown(concluded.name or concluded.id)
        yield f"The license {near} {name}, by {_BY[concluded.match]}."
    elif text is not None:
        yield f"The license is the text of {shown(text.name)}, which openaudit does not know."
    else:
        yield "Which license holds is not known."
    yield from dict.fromkeys([*([] if license_.complete else [_OPEN]), *doubts])
    for declaration in license_.declared:
        yield f"Declared: {shown(declaration.value)} ({shown(cited(declaration.evidence))})."
