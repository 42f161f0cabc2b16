"""CycloneDX 1.6: a component a release, with its model card, licenses, ancestors and datasets.

Built by hand, because the library for it knows no model cards. Version 1.6, which the tools that
read such bills take; it has declared and concluded licenses side by side, but only one expression,
so a compound one stands as a name.
"""

import hashlib
import re
import uuid
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit import __version__
from openaudit.model.clause import Confidence
from openaudit.model.lineage import DATASET, Edge, Node
from openaudit.model.reference import RepoKind
from openaudit.model.release import Plain
from openaudit.model.report import Report
from openaudit.model.run import Run
from openaudit.reporters.bom_identity import created, package_url, page
from openaudit.reporters.bom_license import NOT_READ, Stated, stated, stated_behind
from openaudit.reporters.json_v1 import dumps
from openaudit.reporters.plain import shown

_SCHEMA: Final = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_LISTED: Final = re.compile(r"(?!LicenseRef-)[A-Za-z0-9.+-]+")


def render(run: Run) -> str:
    """Return one bill of materials."""
    components: Plain = [_component(r, n) for n, r in enumerate(run.reports, 1)]
    digest = hashlib.sha256(dumps(components).encode("utf-8", "replace")).digest()
    bill: Plain = {
        "$schema": _SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.UUID(bytes=digest[:16], version=4).urn,
        "version": 1,
        "metadata": {
            "timestamp": created(run).isoformat().replace("+00:00", "Z"),
            "tools": {
                "components": [{"type": "application", "name": "openaudit", "version": __version__}]
            },
            "properties": _properties([("knowledge-date", run.knowledge_date)]),
        },
        "components": components,
    }
    return dumps(bill, indent=1) + "\n"


def _component(report: Report, number: int) -> dict[str, Plain]:
    release = report.release
    said = stated(report)
    data = release.reference.kind is RepoKind.DATASET
    found = {**_named(release.id, "data" if data else "machine-learning-model"), **_licenses(said)}
    found["bom-ref"] = f"release-{number}"
    if release.revision:
        found["version"] = shown(release.revision)
    if url := package_url(release):
        found["purl"] = url
    if address := page(release):
        found["externalReferences"] = [{"type": "distribution", "url": address}]
    if ancestors := _ancestors(report, release.id, (release.id,)):
        found["pedigree"] = {"ancestors": [*ancestors]}
    if not data:
        found["modelCard"] = _card(report)
    found["properties"] = _properties([*_judged(report), ("license", said.comment)])
    return found


def _named(name: str, kind: str) -> dict[str, Plain]:
    group, _, own = shown(name).rpartition("/")
    return {"type": kind, **({"group": group} if group else {}), "name": own or "release"}


def _licenses(said: Stated) -> dict[str, Plain]:
    stated_ = (("declared", said.declared), ("concluded", said.concluded))
    found: list[Plain] = [
        {"license": _license(expression, how, said)} for how, expression in stated_ if expression
    ]
    return {"licenses": found} if found else {}


def _license(expression: str, how: str, said: Stated) -> Plain:
    listed = _LISTED.fullmatch(expression) is not None
    name = {"id" if listed else "name": expression}
    text = said.text_of(expression)
    content: dict[str, Plain] = {"content": text.text} if text and not listed else {}
    return {**name, "acknowledgement": how, **({"text": content} if content else {})}


def _ancestors(report: Report, child: str, path: Sequence[str]) -> list[Plain]:
    """Return what `child` was made from, each with its own ancestors; prose alone names none."""
    nodes = {node.id: node for node in report.chain.nodes}
    return [
        _ancestor(report, nodes.get(edge.parent), edge, path)
        for edge in report.chain.bases
        if edge.child == child and edge.parent not in path and _claimed(edge)
    ]


def _ancestor(report: Report, node: Node | None, edge: Edge, path: Sequence[str]) -> Plain:
    said = stated_behind(node, report.chain) if node else NOT_READ
    found = {**_named(edge.parent, "machine-learning-model"), **_licenses(said)}
    if behind := _ancestors(report, edge.parent, (*path, edge.parent)):
        found["pedigree"] = {"ancestors": [*behind]}
    told = [("relation", edge.relation or "not said"), ("license", said.comment)]
    return {**found, "properties": _properties(told)}


def _card(report: Report) -> Plain:
    """Return the model card: the data that the release says it was made from."""
    named = [e for e in report.chain.edges if e.relation == DATASET and _claimed(e)]
    own = dict.fromkeys(e.parent for e in named if e.child == report.release.id)
    if not own:
        return {}
    return {
        "modelParameters": {"datasets": [{"type": "dataset", "name": shown(name)} for name in own]}
    }


def _claimed(edge: Edge) -> bool:
    return edge.confidence is not Confidence.LOW


def _judged(report: Report) -> Iterator[tuple[str, str]]:
    if report.label is not None:
        yield "label", report.label.label or "unknown"
    for grade in report.dimensions:
        yield f"dimension:{grade.dimension}", grade.grade or "unknown"
    for clause in report.clauses:
        yield f"clause:{clause.id}", clause.message or clause.title
    for finding in report.findings:
        yield f"finding:{finding.id}", finding.message


def _properties(told: Sequence[tuple[str, str]]) -> Plain:
    return [{"name": f"openaudit:{name}", "value": shown(value)} for name, value in told]
