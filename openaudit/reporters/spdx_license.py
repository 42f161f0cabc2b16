"""Licenses as SPDX says them: declared against concluded, and the texts that SPDX has no id for.

Concluded is only what nothing speaks against: where another term can bind, a release behind is not
known or a term was lost on the way, it is NOASSERTION, and the comment says why.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

# The same list of licenses by which the document is validated.
from spdx_tools.common.spdx_licensing import (  # type: ignore[import-untyped]  # ships no types
    spdx_licensing,
)
from spdx_tools.spdx.model.extracted_licensing_info import ExtractedLicensingInfo
from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion

from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.release import Release
from openaudit.reporters.citing import cited
from openaudit.reporters.plain import shown, shown_lines

_OWN: Final = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
_SHORT_HASH: Final = 16
_BY: Final = {
    Match.EXACT: "its text, word for word",
    Match.NEAR: "a text that differs from it",
    Match.NAMED: "its name alone; no text was read",
    Match.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What a package says of its license; `texts` are those that its expressions refer to."""

    declared: Any
    concluded: Any
    comment: str
    texts: tuple[Any, ...]


def stated(license_: ArtifactLicense, release: Release | None, doubts: str) -> Stated:
    """Return the license of one artifact; `doubts` say why nothing is concluded, "" for nothing."""
    text = _text(license_, release)
    declared, concluded = _declared(license_), _concluded(license_, text)
    expressions = [_parsed(declared), _parsed(None if doubts else concluded)]
    used = dict.fromkeys(ref for e in expressions for ref in _OWN.findall(str(e)))
    return Stated(
        declared=expressions[0],
        concluded=expressions[1],
        comment=" ".join(_comment(license_, text, doubts)),
        texts=tuple(_extracted(ref, license_, text) for ref in used),
    )


def nothing() -> Stated:
    """Return what is said of a release whose license was not read."""
    return Stated(SpdxNoAssertion(), SpdxNoAssertion(), "Its license was not read.", ())


def _declared(license_: ArtifactLicense) -> str | None:
    """Return what the release names; None where two places differ, or a name may mean another one.

    Where nothing else can bind, a value that is no license is one that only points elsewhere.
    """
    named = {d.expression for d in license_.declared if d.expression}
    unknown = any(d.id is None and d.expression is None for d in license_.declared)
    return named.pop() if len(named) == 1 and (license_.complete or not unknown) else None


def _concluded(license_: ArtifactLicense, text: Document | None) -> str | None:
    """Return what the license is where no other term can bind; else the text itself, if it is one.

    A text that is no known license stands for itself, as SPDX has it: nothing is said of its terms.
    """
    concluded = license_.concluded
    if concluded.match in (Match.EXACT, Match.NAMED):
        return concluded.expression if license_.complete else None
    return _reference(text) if text is not None else None


def _text(license_: ArtifactLicense, release: Release | None) -> Document | None:
    """Return the text that the license is, None where none was read or several were."""
    texts = release.texts(Role.LICENSE) if release else ()
    evidence = license_.concluded.evidence
    if isinstance(evidence, Quote) and license_.concluded.match is Match.EXACT:
        return next((t for t in texts if t.name == evidence.document), None)
    return texts[0] if len(texts) == 1 else None


def _reference(text: Document) -> str:
    return f"LicenseRef-openaudit-text-{text.sha256[:_SHORT_HASH]}"


def _parsed(expression: str | None) -> Any:
    """Return the expression as spdx-tools hold it; no assertion where their list lacks an id."""
    if expression is None:
        return SpdxNoAssertion()
    unlisted = spdx_licensing.validate(expression).invalid_symbols
    if any(not _OWN.fullmatch(symbol) for symbol in unlisted):
        return SpdxNoAssertion()
    return spdx_licensing.parse(expression)


def _extracted(ref: str, license_: ArtifactLicense, text: Document | None) -> Any:
    """Return what SPDX wants to know of a license it has no id for: the text, where it was read."""
    concluded = license_.concluded
    itself = text is not None and ref == _reference(text)
    own = itself or (concluded.match is Match.EXACT and concluded.expression == ref)
    read = shown_lines(text.text) if text is not None and own else ""
    name = concluded.name if concluded.expression == ref else None
    return ExtractedLicensingInfo(
        license_id=ref,
        extracted_text=read if read.strip() else f"The text of {ref} was not read.",
        license_name=shown(name) if name else SpdxNoAssertion(),
        comment=f"{shown(text.name)}, sha256 {text.sha256}" if text is not None and own else None,
    )


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
