"""What a bill of materials says of a license: declared against concluded, and why.

Concluded is only what nothing speaks against: where another term can bind, a release behind is not
known or a term was lost on the way, it is None, and the comment says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.lineage import Chain
from openaudit.model.release import Release
from openaudit.reporters.citing import cited
from openaudit.reporters.plain import shown

_SHORT_HASH: Final = 16
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


def stated(license_: ArtifactLicense, release: Release | None, chain: Chain) -> Stated:
    """Return what is said of the license of one artifact; `release` is None for one behind."""
    text, text_id = _text(license_, release)
    doubts = _doubts(chain)
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


def _doubts(chain: Chain) -> str:
    """Return what keeps the license of a release alone from being all that binds."""
    lost = [
        f"{c.clause.id} of {shown(c.inherited_from)} binds, and {shown(c.dropped_by)} dropped it."
        for c in chain.conflicts
    ]
    unknown = ", ".join(shown(name) for name in chain.open)
    return " ".join([*lost, *([f"What binds by {unknown} is not known."] if unknown else [])])


def _comment(license_: ArtifactLicense, text: Document | None, doubts: str) -> Iterator[str]:
    concluded = license_.concluded
    if concluded.id is not None:
        near = "is like" if concluded.match is Match.NEAR else "is"
        name = shown(concluded.name or concluded.id)
        yield f"The license {near} {name}, by {_BY[concluded.match]}."
    elif text is not None:
        yield f"The license is the text of {shown(text.name)}, which openaudit does not know."
    else:
        yield "Which license holds is not known."
    if not license_.complete:
        yield "Another term may bind, or a name or text of it is not known."
    if doubts:
        yield doubts
    for declaration in license_.declared:
        yield f"Declared: {shown(declaration.value)} ({shown(cited(declaration.evidence))})."
