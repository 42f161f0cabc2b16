"""SPDX 2.3, as JSON and as tag-value: a package a release, and one each for what it was made from.

Written by spdx-tools, which is imported for this format alone. The same run gives the same
document: its date is that of the youngest release, its namespace a digest of what it says.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from spdx_tools.spdx.model.actor import Actor, ActorType
from spdx_tools.spdx.model.document import CreationInfo, Document
from spdx_tools.spdx.model.relationship import Relationship, RelationshipType
from spdx_tools.spdx.writer.json.json_writer import write_document_to_stream as write_json
from spdx_tools.spdx.writer.tagvalue.tagvalue_writer import write_document_to_stream as write_tags

from openaudit import __version__
from openaudit.model.clause import Confidence
from openaudit.model.lineage import DATASET, Edge
from openaudit.model.run import Run
from openaudit.reporters.bom_identity import created
from openaudit.reporters.location import named
from openaudit.reporters.plain import shown
from openaudit.reporters.spdx_package import of_node, of_report

_DOCUMENT: Final = "SPDXRef-DOCUMENT"
_LONGEST_NAME: Final = 100
# Tag-value has no escape for the marks around a text.
_MARK: Final = re.compile(r"(?i)<(?=/?\s*text\s*>)")
_TEXTS: Final = ("name", "version", "comment", "extracted_text", "license_name")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a document is made of."""

    packages: tuple[Any, ...]
    texts: tuple[Any, ...]
    relationships: tuple[Any, ...]


def render(run: Run) -> str:
    """Return the document as JSON."""
    stream = io.StringIO()
    write_json(document(run), stream, validate=False)
    return stream.getvalue() + "\n"


def render_tag_value(run: Run) -> str:
    """Return the document as tag-value."""
    stream = io.StringIO()
    whole = document(run)
    for part in (*whole.packages, *whole.extracted_licensing_info):
        for name in _TEXTS:
            if isinstance(said := getattr(part, name, None), str):
                setattr(part, name, _MARK.sub("< ", said))
    write_tags(whole, stream, validate=False)
    return stream.getvalue()


def document(run: Run) -> Any:
    """Return the document as spdx-tools hold it."""
    parts = _parts(run)
    names = ", ".join(named(str(r.release.reference)) for r in run.reports)
    return Document(
        CreationInfo(
            spdx_version="SPDX-2.3",
            spdx_id=_DOCUMENT,
            name=f"openaudit: {names}"[:_LONGEST_NAME],
            document_namespace=f"https://spdx.org/spdxdocs/openaudit-{_digest(parts)}",
            creators=[Actor(ActorType.TOOL, f"openaudit-{__version__}")],
            created=created(run).replace(tzinfo=None),
            creator_comment=f"Knowledge of {shown(run.knowledge_date)}. Not legal advice.",
        ),
        packages=list(parts.packages),
        relationships=list(parts.relationships),
        extracted_licensing_info=list(parts.texts),
    )


def _parts(run: Run) -> _Parts:
    packages: list[Any] = []
    texts: dict[str, Any] = {}
    ids: dict[str, str] = {}
    relationships: list[Any] = []

    def add(release: str, made: tuple[Any, tuple[Any, ...]]) -> None:
        packages.append(made[0])
        ids.setdefault(release, made[0].spdx_id)
        for text in made[1]:
            texts[text.license_id] = _better(text, texts.get(text.license_id))

    for report in run.reports:
        add(report.release.id, of_report(report, _spdx_id(len(packages) + 1, report.release.id)))
        relationships.append(
            Relationship(_DOCUMENT, RelationshipType.DESCRIBES, packages[-1].spdx_id)
        )
    for report in run.reports:
        for node in report.chain.nodes:
            if node.id not in ids:
                add(node.id, of_node(node, report.chain, _spdx_id(len(packages) + 1, node.id)))
        relationships += _lineage(report.chain.edges, ids)
    unique = list({_key(r): r for r in relationships}.values())
    return _Parts(tuple(packages), tuple(texts.values()), tuple(unique))


def _better(text: Any, other: Any) -> Any:
    """Return of two accounts of a license the one with its text."""
    return text if other is None or (text.comment and not other.comment) else other


def _lineage(edges: tuple[Edge, ...], ids: dict[str, str]) -> Iterator[Any]:
    """Yield what was made from what; what only prose names is a question and is left out."""
    for edge in edges:
        if edge.confidence is Confidence.LOW or edge.child not in ids or edge.parent not in ids:
            continue
        kind = RelationshipType.DESCENDANT_OF
        if edge.relation == DATASET:
            kind = RelationshipType.OTHER
        said = f"relation: {shown(edge.relation)}" if edge.relation else None
        yield Relationship(ids[edge.child], kind, ids[edge.parent], said)


def _key(relationship: Any) -> tuple[str, str, str]:
    return (
        relationship.spdx_element_id,
        relationship.relationship_type.name,
        str(relationship.related_spdx_element_id),
    )


def _spdx_id(number: int, name: str) -> str:
    return f"SPDXRef-Package-{number}-{re.sub(r'[^A-Za-z0-9.]+', '-', name)[:_LONGEST_NAME]}"


def _digest(parts: _Parts) -> str:
    said = [repr(part) for part in (*parts.packages, *parts.texts, *parts.relationships)]
    return hashlib.sha256("\0".join(said).encode("utf-8", "replace")).hexdigest()[:32]
