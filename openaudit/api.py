"""The one place where the stages meet: from a release to a report.

`audit_release` is pure: no network, no clock, no environment. The same function runs online,
offline, on bundles and in tests.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from openaudit.binding import binding_clauses, known_profile, profile_of, withheld_by_prose
from openaudit.changes import losses_by_document, with_losses
from openaudit.data import Knowledge
from openaudit.evidence.card import gate_prompt, read_card
from openaudit.evidence.context import context, stewards
from openaudit.evidence.findings import (
    bases,
    card_restricts,
    contradicted,
    findings,
    noted,
    unread,
)
from openaudit.evidence.gather import observed_facts, settle
from openaudit.evidence.ledger import fact
from openaudit.evidence.licensing import license_facts, why_not_sure
from openaudit.evidence.lineage import edges
from openaudit.evidence.statements import statements
from openaudit.evidence.terms import against_the_osd, term_facts
from openaudit.licenses.claimed import stated_in_prose
from openaudit.licenses.conclude import conclude
from openaudit.licenses.names import resolve
from openaudit.licenses.texts import identified
from openaudit.model.card import Card
from openaudit.model.clause import Clause, ClauseKind, Severity
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.finding import Trouble
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.reference import RepoKind, Scheme
from openaudit.model.release import Origin, RecordedFact, Release
from openaudit.model.report import Obligation, Report
from openaudit.model.scorecard import Grade
from openaudit.model.verdict import Verdict
from openaudit.openness.grades import grades
from openaudit.openness.questions import open_questions
from openaudit.openness.verdicts import verdict

_RECORDED_HUB: Final = "huggingface"

_HEADLINE: Final = "g7-2026"
_SHOWN_NAMES: Final = 3
_DEEPEST: Final = 8


def audit_release(release: Release, knowledge: Knowledge) -> Report:
    """Return the audit of one release."""
    card = read_card(release)
    prompt = gate_prompt(card, next(iter(release.texts(Role.CARD)), None))
    documents = (*release.documents, *([prompt] if prompt else ()))
    texts = identified(documents)
    spoken = stated_in_prose(
        next(iter(release.texts(Role.CARD)), None),
        card.body,
        knowledge.mentions,
        knowledge.licenses,
        knowledge.tags,
        release_id=release.id,
        artifact=_artifact(release),
        identified=texts,
    )
    license_, troubles = conclude(
        (*statements(release, card), *spoken),
        documents,
        release.missing,
        knowledge.licenses,
        knowledge.tags,
        identified=texts,
        artifact=_artifact(release),
    )
    lost = losses_by_document(documents, texts, troubles, knowledge)
    main = license_.concluded.evidence
    if isinstance(main, Quote):
        license_ = replace(license_, losses=lost.get(main.document, ()))
    profile = profile_of(license_, knowledge)
    clauses = binding_clauses(documents, license_, texts, knowledge)
    parents = edges(release, card)
    known = stewards(knowledge.records, knowledge.licenses)
    unsure = why_not_sure(release, card)
    prose = withheld_by_prose(release, card, clauses, knowledge)
    followed = all(_adds_nothing(e.parent, license_.concluded.id, knowledge) for e in parents)
    whole = license_.complete and followed and not prose
    facts, contradictions = settle(
        [
            *observed_facts(release, card, parents, known, knowledge.cards),
            *license_facts(release, license_, _license_texts(documents, troubles), unsure),
            *term_facts(clauses, license_, profile, whole=whole),
        ],
        _recorded(release, knowledge),
        knowledge.facts,
    )
    facts |= _code_license(facts, knowledge)
    graded = _graded(release, card, clauses, facts, knowledge)
    label = _label(release, facts, knowledge)
    return Report(
        release=release,
        label=label,
        dimensions=graded,
        licenses=(license_,),
        clauses=(*clauses, *prose),
        obligations=_obligations(clauses),
        facts=tuple(facts.values()),
        edges=parents,
        frameworks=(label,) if label else (),
        findings=findings(
            knowledge.findings,
            [
                *noted((*release.notes, *card.notes)),
                *_about_license(with_losses(troubles, lost), facts, unsure),
                *_belied(license_, clauses, knowledge),
                *card_restricts(prose),
                *unread(release),
                *contradicted(contradictions),
                *(() if followed else bases(parents)),
            ],
        ),
        open_questions=open_questions(graded, label, knowledge.facts),
        context=context(facts, known),
        caution=(profile.careless if profile else None) or "",
        knowledge_date=knowledge.date,
    )


def _code_license(facts: Mapping[str, Fact], knowledge: Knowledge) -> dict[str, Fact]:
    """Return whether the code is open source, where its license is known and was not inferred."""
    license_ = facts["code.license"]
    if license_.value is None or facts["code.osd"].method is Method.CURATED:
        return {}
    named = resolve(str(license_.value), knowledge.licenses, knowledge.tags)
    profile = known_profile(named.id or named.expression, knowledge)
    if profile is None or profile.osi is None:
        return {}
    return {"code.osd": fact("code.osd", profile.osi, Method.INFERRED, *license_.evidence)}


def _recorded(release: Release, knowledge: Knowledge) -> tuple[RecordedFact, ...]:
    """Return what a person recorded of this release; of another hub's copy nothing is known."""
    if release.origin is Origin.CATALOG:
        return release.recorded
    if release.reference.scheme is not Scheme.HUGGINGFACE or release.hub != _RECORDED_HUB:
        return ()
    if release.reference.revision is not None:  # another commit may be another release
        return ()
    name = release.id.casefold()
    found = (r.facts for r in knowledge.records if r.reference.casefold() == name)
    return tuple(next(found, ()))


def _graded(
    release: Release,
    card: Card,
    clauses: Sequence[Clause],
    facts: Mapping[str, Fact],
    knowledge: Knowledge,
) -> tuple[Grade, ...]:
    """Return the grades, with the names that make a grade concrete: datasets, clauses."""
    restricting = [
        c.id
        for c in clauses
        if c.kind is ClauseKind.RESTRICTION and c.severity in (Severity.HIGH, Severity.MEDIUM)
    ]
    names = {"usage": restricting, "data": list(card.strings("datasets")[:_SHOWN_NAMES])}
    return tuple(
        replace(g, summary=f"{g.summary}: {' · '.join(dict.fromkeys(names[g.dimension]))}")
        if g.grade is not None and names.get(g.dimension)
        else g
        for g in grades(knowledge.dimensions, facts)
        if _is_model(release) or g.grade is not None
    )


def _label(release: Release, facts: Mapping[str, Fact], knowledge: Knowledge) -> Verdict | None:
    return verdict(knowledge.frameworks[_HEADLINE], facts) if _is_model(release) else None


def _is_model(release: Release) -> bool:
    return _artifact(release) == "weights"


def _artifact(release: Release) -> str:
    """Return what the license of the release covers."""
    if release.reference.kind is RepoKind.DATASET:
        return "data"
    return "code" if release.reference.scheme is Scheme.GITHUB else "weights"


def _obligations(clauses: Sequence[Clause]) -> tuple[Obligation, ...]:
    return tuple(Obligation(c, c.message) for c in clauses if c.kind is ClauseKind.OBLIGATION)


def _about_license(
    troubles: Iterable[Trouble], facts: Mapping[str, Fact], unsure: str | None
) -> Iterator[Trouble]:
    """Yield what is wrong with the license.

    Where there are no weights none is missed; where not all was read none is called missing.
    """
    nothing_to_license = facts["weights.files"].answer is Answer.NO
    for trouble in troubles:
        if trouble[0] != "license-unstated":
            yield trouble
        elif unsure is not None:
            yield "license-not-found", {"why": unsure}, trouble[2]
        elif not nothing_to_license:
            yield trouble[0], trouble[1], facts["usage.class"].evidence


def _belied(
    license_: ArtifactLicense, clauses: Sequence[Clause], knowledge: Knowledge
) -> Iterator[Trouble]:
    """Yield each open source license that is named over a text that withholds what it grants."""
    if license_.concluded.match not in (Match.NONE, Match.NEAR):
        return
    against = [c for c in against_the_osd(clauses) if isinstance(c.evidence, Quote)]
    for said in license_.declared:
        profile = knowledge.licenses.get(said.id or "")
        if against and profile is not None and profile.osi:
            names = ", ".join(dict.fromkeys(c.id for c in against))
            evidence = (said.evidence, *(c.evidence for c in against))
            yield "license-belied", {"declared": said.value, "clauses": names}, evidence


def _license_texts(
    documents: Sequence[Document], troubles: Iterable[Trouble]
) -> tuple[Document, ...]:
    """Return the license files that hold a text, and not just the address of one."""
    pointers = {values["document"] for rule, values, _ in troubles if rule == "license-pointer"}
    return tuple(
        d for d in documents if d.role is Role.LICENSE and d.text.strip() and d.name not in pointers
    )


def _adds_nothing(
    parent: str, license_id: str | None, knowledge: Knowledge, depth: int = _DEEPEST
) -> bool:
    """Return whether a base model is recorded as being under the same license, and so its bases.

    Only then are the terms of a derivative the ones of its own license; of any other base they are
    not known here, and nothing may be concluded from a clause that is not found.
    """
    record = next((r for r in knowledge.records if r.reference == parent), None)
    if record is None or license_id is None or depth == 0:
        return False
    declared, bases = record.metadata.get("license"), record.metadata.get("base_models")
    # Bases that are not recorded are not known, which is another thing than none.
    if not isinstance(declared, list) or len(declared) != 1 or not isinstance(bases, list):
        return False
    named = resolve(str(declared[0]), knowledge.licenses, knowledge.tags)
    return named.id == license_id and all(
        isinstance(b, dict) and _adds_nothing(str(b["id"]), license_id, knowledge, depth - 1)
        for b in bases
    )
