"""What one release says of itself: its card, its license and its clauses; no other release asked.

Like `binding`, which it rests on, it meets several stages; it is pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from openaudit.binding import binding_clauses
from openaudit.changes import losses_by_document, with_losses
from openaudit.data import Knowledge
from openaudit.evidence.card import gate_prompt, read_card
from openaudit.evidence.lineage import edges
from openaudit.evidence.prose import named_in_prose
from openaudit.evidence.statements import statements
from openaudit.licenses.claimed import stated_in_prose
from openaudit.licenses.conclude import conclude
from openaudit.licenses.texts import identified
from openaudit.model.card import Card
from openaudit.model.clause import Clause
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.finding import Trouble
from openaudit.model.frozen import frozen
from openaudit.model.license import ArtifactLicense, Identification
from openaudit.model.lineage import Edge
from openaudit.model.reference import RepoKind, Scheme
from openaudit.model.release import Release

_READ_WHOLE: Final = 30_000
"""Characters that rules read to the end in any text; `clauses.reach` knows of longer ones."""


@frozen
class Stated:
    """One release as it presents itself. `documents` have the gate prompt of the card among them.

    `artifact` is what its license covers: `weights`, `data` or `code`.
    """

    card: Card
    documents: tuple[Document, ...]
    texts: Mapping[str, Identification]
    artifact: str
    license: ArtifactLicense
    troubles: tuple[Trouble, ...]
    clauses: tuple[Clause, ...]
    edges: tuple[Edge, ...]


def stated(release: Release, knowledge: Knowledge) -> Stated:
    """Return what `release` says of itself."""
    card = read_card(release)
    prompt = gate_prompt(card, next(iter(release.texts(Role.CARD)), None))
    documents = (*release.documents, *([prompt] if prompt else ()))
    texts = identified(documents)
    artifact = artifact_of(release)
    spoken = stated_in_prose(
        next(iter(release.texts(Role.CARD)), None),
        card.body,
        knowledge.mentions,
        knowledge.licenses,
        knowledge.tags,
        release_id=release.id,
        artifact=artifact,
        identified=texts,
    )
    license_, troubles = conclude(
        (*statements(release, card), *spoken),
        documents,
        release.missing,
        knowledge.licenses,
        knowledge.tags,
        identified=texts,
        artifact=artifact,
    )
    lost = losses_by_document(documents, texts, troubles, knowledge)
    main = license_.concluded.evidence
    if isinstance(main, Quote):
        license_ = replace(license_, losses=lost.get(main.document, ()))
    cut = tuple(_read_in_part(documents))
    if cut:  # a clause may stand where nothing was read
        license_ = replace(license_, complete=False)
    return Stated(
        card=card,
        documents=documents,
        texts=texts,
        artifact=artifact,
        license=license_,
        troubles=(*with_losses(troubles, lost), *cut),
        clauses=binding_clauses(documents, license_, texts, knowledge),
        edges=_edges(release, card, knowledge),
    )


def _read_in_part(documents: Iterable[Document]) -> Iterator[Trouble]:
    """Yield the texts that go on where no rule reads, with the place where reading ends."""
    for document in documents:
        if document.role is Role.CONFIG or len(document.text) <= _READ_WHOLE:
            continue
        from openaudit.clauses.reach import unread_from  # noqa: PLC0415  # few texts are so long

        end = unread_from(document.text)
        if end is not None:
            values = {"document": document.name, "limit": f"{end:,} characters"}
            yield "document-truncated", values, ()


def _edges(release: Release, card: Card, knowledge: Knowledge) -> tuple[Edge, ...]:
    declared = edges(release, card)
    if not card.body or artifact_of(release) != "weights":  # code is not made from weights
        return declared
    return (*declared, *named_in_prose(release, card, declared, knowledge.lineage))


def artifact_of(release: Release) -> str:
    """Return what the license of the release covers."""
    if release.reference.kind is RepoKind.DATASET:
        return "data"
    return "code" if release.reference.scheme is Scheme.GITHUB else "weights"
