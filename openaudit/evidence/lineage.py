"""What a release says it was made from. Following the parents is not this module's business."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from openaudit.evidence.ledger import fact, told
from openaudit.model.card import Card
from openaudit.model.clause import Confidence
from openaudit.model.document import Role
from openaudit.model.evidence import Evidence
from openaudit.model.fact import Fact, Method
from openaudit.model.license import ArtifactLicense
from openaudit.model.lineage import DATASET, DISTILLED, Chain, Edge
from openaudit.model.reference import model_id
from openaudit.model.release import Declared, Plain, Release

_ADAPTER: Final = "adapter_config.json"
_LOADED_FROM: Final = "_name_or_path"
_OF_THE_MAKER: Final = (_LOADED_FROM, "source_model_name", "from")
"""Keys whose value may be where the maker kept this very model."""

_WEIGHTS: Final = (".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".h5", ".msgpack", ".onnx")
_QUANTIZED: Final = ".gguf"


def edges(release: Release, card: Card) -> tuple[Edge, ...]:
    """Return the parents: of the card, of files that describe the weights, and of the hub.

    Datasets come last.
    """
    found: dict[str, Edge] = {}
    for edge in (*_of_card(release, card), *_of_files(release), *_of_hub(release)):
        known = found.get(edge.parent.casefold())
        if known is None:
            found[edge.parent.casefold()] = edge
        elif known.relation is None and edge.relation is not None:
            found[edge.parent.casefold()] = replace(known, relation=edge.relation)
    bases = list(found.values()) or list(_on_a_disk(release))
    certain = _inferred(release, bases)
    return (*(replace(e, relation=e.relation or certain) for e in bases), *_data(release, card))


def _of_card(release: Release, card: Card) -> Iterator[Edge]:
    relation = _relation(card)
    declared = card.fields.get("base_model")
    if declared is None:
        return
    for parent in declared.strings():
        if parent.casefold() != release.id.casefold():
            yield Edge(release.id, model_id(parent) or parent, relation, declared.evidence)


def _relation(card: Card) -> str | None:
    """Return how the card says that its bases were used; that one is data is no way to use it."""
    said = next(iter(card.strings("base_model_relation")), "").strip().casefold()
    return said if said and said != DATASET else None


def _of_files(release: Release) -> Iterator[Edge]:
    """Yield the ids that files name.

    From where a configuration was loaded the weights need not come too: it is a question.
    """
    tagged = {t.rpartition(":")[2].casefold() for t in release.metadata.tags if "base_model:" in t}
    known = {name.casefold() for name, _ in release.metadata.base_models}
    for said in release.metadata.declared:
        parent = model_id(said.value) if said.field == "base_model" else None
        if parent is None or parent.casefold() not in known:
            continue
        doubtful = said.key == _LOADED_FROM and parent.casefold() not in tagged
        confidence = Confidence.LOW if doubtful else Confidence.HIGH
        yield Edge(release.id, parent, said.relation, _shown(release, said), confidence)


def _of_hub(release: Release) -> Iterator[Edge]:
    for parent, relation in release.metadata.base_models:
        seen = told(release, f"base model {parent}, {relation or 'no relation'}")
        yield Edge(release.id, parent, relation, seen)


def _on_a_disk(release: Release) -> Iterator[Edge]:
    """Yield the bases that files name by no id, as by a path: they are there, and bind."""
    for said in release.metadata.declared:
        unclear = said.relation is None and said.key.rpartition(".")[2] in _OF_THE_MAKER
        if said.field == "base_model" and not unclear:
            yield Edge(release.id, said.value, said.relation, _shown(release, said))


def _data(release: Release, card: Card) -> Iterator[Edge]:
    """Yield the datasets that the card lists by whole ids."""
    listed = card.fields.get("datasets")
    if listed is None:
        return
    for name in dict.fromkeys(listed.strings()):
        if "/" in name and model_id(name) is not None:
            yield Edge(release.id, f"datasets/{name}", DATASET, listed.evidence)


def _inferred(release: Release, bases: Sequence[Edge]) -> str | None:
    """Return the relation where the files or the number of bases leave no other."""
    if len(bases) > 1:
        return "merge"
    files = release.metadata.files or ()
    if _ADAPTER in files:
        return "adapter"
    only_quantized = any(f.endswith(_QUANTIZED) for f in files)
    return "quantized" if only_quantized and not any(f.endswith(_WEIGHTS) for f in files) else None


def _shown(release: Release, said: Declared) -> Evidence:
    """Return where a file says it: verbatim, or in our words where it is spelled otherwise."""
    for document in release.documents:
        if document.name == said.document and said.span is not None:
            return document.quote(*said.span)
    return told(release, f"{said.key} in {said.document}: {said.value}")


def lineage_facts(release: Release, parents: Sequence[Edge]) -> Iterator[Fact]:
    """Yield the parents; an empty list where a card that was read names none."""
    bases = [e for e in parents if e.relation != DATASET]
    if not bases and not release.texts(Role.CARD):
        return
    value: list[Plain] = [{"repo": e.parent, "relation": e.relation} for e in bases]
    evidence = [e.evidence for e in bases] or [told(release, "no base model is named")]
    yield fact("lineage.parents", value, Method.PARSED, *evidence)


def honored(release: Release, license_: ArtifactLicense, chain: Chain) -> Iterator[Fact]:
    """Yield which terms of the licenses behind it the license lets go of, and whether it keeps all.

    That it keeps all is said only where each of them is known, and the license itself.
    """
    lost: list[Plain] = list(dict.fromkeys(c.clause.id for c in chain.conflicts))
    known = license_.concluded.id is not None or not chain.inherited
    evidence = dict.fromkeys(e for c in chain.conflicts for e in c.evidence)
    value: Plain = None
    if chain.bases:
        yield fact("lineage.lost_terms", lost, Method.INFERRED, *evidence)
    if chain.conflicts:
        value = False
    elif chain.bases and chain.settled and known:
        value, evidence = True, dict.fromkeys(e.evidence for e in chain.bases)
    elif not chain.bases and release.texts(Role.CARD):
        value, evidence = "na", dict.fromkeys([told(release, "no base model is named")])
    if value is not None:
        yield fact("lineage.parent_license_honored", value, Method.INFERRED, *evidence)


def synthetic(outputs: Mapping[str, Evidence], parents: Sequence[Edge]) -> Iterator[Fact]:
    """Yield whose outputs it was trained on; a card that names nobody settles nothing."""
    teachers = {e.parent: e.evidence for e in parents if e.relation == DISTILLED}
    found = {**outputs, **teachers}
    if found:
        value: list[Plain] = list(found)
        yield fact("lineage.synthetic_from", value, Method.INFERRED, *found.values())
