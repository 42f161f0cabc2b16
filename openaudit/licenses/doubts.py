"""What is wrong with how a license is stated, as findings with their evidence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from openaudit.licenses.claims import UNSAID, Claim, name_of
from openaudit.licenses.held import ids_of
from openaudit.licenses.names import NOTHING, Profiles
from openaudit.licenses.texts import Text, title_quote
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.evidence import Quote
from openaudit.model.finding import Trouble
from openaudit.model.license import Identification, StatementKind

if TYPE_CHECKING:
    from openaudit.licenses.pointer import Pointer

_SHOWN: Final = 3


def open_texts(
    documents: Sequence[Document], identified: Mapping[str, Identification]
) -> Iterator[Trouble]:
    """Yield the policies and gate prompts that are not known word for word: they may add terms."""
    for document in documents:
        if document.role in (Role.POLICY, Role.GATE) and document.text.strip():
            text = identified.get(document.name)
            if text is None or not text.exact:
                values = {"document": document.name}
                yield "terms-not-known", values, (title_quote(document),)


def open_links(
    claims: Sequence[Claim], pointers: "Sequence[Pointer]", documents: Sequence[Document]
) -> Iterator[Trouble]:
    """Yield the addresses that a card or a license file names and that lead to no known text."""
    names = {d.name for d in documents}
    for claim in claims:
        inside = {claim.value.strip(), claim.value.rsplit("/", 1)[-1]} & names
        if claim.kind is StatementKind.LINK and claim.named == NOTHING and not inside:
            yield "license-link-unread", {"link": claim.value}, (claim.evidence,)
    for pointer in pointers:
        if pointer.named == NOTHING:
            yield "license-link-unread", {"link": pointer.target}, (pointer.evidence,)


def pointer_trouble(pointer: "Pointer") -> Trouble:
    """Return that a license file holds only an address or a name."""
    values = {"document": pointer.document.name, "target": pointer.target}
    return "license-pointer", values, (pointer.evidence,)


def nothing_known(claims: Sequence[Claim], missing: Sequence[Missing]) -> Iterator[Trouble]:
    """Yield why no license can be named: it is not said, not known, or not said clearly."""
    if not claims:
        unread = [m for m in missing if m.reason is not Reason.NOT_PUBLISHED]
        if not any(m.role in (Role.LICENSE, Role.CARD) for m in unread):
            yield "license-unstated", {}, ()
        return
    for claim in claims:
        if claim.named.candidates:
            values = {"name": claim.value, "candidates": ", ".join(claim.named.candidates)}
            yield "license-ambiguous", values, (claim.evidence,)
        elif claim.kind is StatementKind.LINK:
            continue  # told where the links are
        elif claim.value.strip().lower() in UNSAID:
            yield "license-unresolved", {"name": claim.value}, (claim.evidence,)
        else:
            yield "license-name-unknown", {"name": claim.value}, (claim.evidence,)


def unknown_trouble(text: Text, profiles: Profiles) -> Trouble:
    """Return why a text is not a known license: nobody knows it, or it was changed."""
    document, near = text.document, text.near
    if near is None:
        return "license-text-unknown", {"document": document.name}, (title_quote(document),)
    values = {
        "document": document.name,
        "near": name_of(near.id, profiles)[0],
        "similarity": f"{near.similarity:.1%}",
        "added": str(len(near.added)),
        "removed": str(len(near.removed)),
        "how": near.unlike or f"passages added: {len(near.added)}, taken out: {len(near.removed)}",
    }
    shown = tuple(document.quote(*span) for span in near.added[:_SHOWN])
    return "license-text-changed", values, shown or (text.quote,)


def several_trouble(texts: Sequence[Text], main: Text | None, profiles: Profiles) -> Trouble:
    """Return that there are several known texts, and which one was taken."""
    known = [t for t in texts if t.ids]
    listed = "; ".join(f"{t.document.name}: {name_of(t.ids[0], profiles)[0]}" for t in known)
    taken = main.document.name if main is not None else "none of them"
    quotes = tuple(t.quote for t in known)
    return "license-several", {"texts": listed, "main": taken}, quotes


def quoted_trouble(text: Text, above: Quote, profiles: Profiles) -> Trouble:
    """Return that a card holds the license text of something else, as `above` says."""
    values = {"document": text.document.name, "found": name_of(ids_of(text)[0], profiles)[0]}
    return "license-text-quoted", values, (above, text.quote)
