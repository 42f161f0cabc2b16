"""The one place where the stages meet: from a release to a report.

`audit_release` is pure: no network, no clock, no environment. The same function runs online,
offline, on bundles and in tests.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from openaudit.clauses.known import profile_clauses, reconcile
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
from openaudit.licenses.conclude import conclude
from openaudit.licenses.names import policy_of, resolve
from openaudit.licenses.texts import belongs_elsewhere, identified
from openaudit.model.card import Card
from openaudit.model.clause import Clause, ClauseKind, Severity
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Evidence, Observation, Quote, Witness
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.finding import Trouble
from openaudit.model.license import ArtifactLicense, Identification, Match
from openaudit.model.profile import LicenseProfile
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
_WITHHELD: Final = ("non-commercial", "research-only")
"""Clauses that a card alone can put in doubt: it has no force, but it speaks for the publisher."""

_BINDING: Final = (Role.LICENSE, Role.POLICY, Role.GATE)
_SEVERITY: Final = list(Severity)
_SHORT_HASH: Final = 12
_SHOWN_NAMES: Final = 3
_DEEPEST: Final = 8


def audit_release(release: Release, knowledge: Knowledge) -> Report:
    """Return the audit of one release."""
    card = read_card(release)
    prompt = gate_prompt(card, next(iter(release.texts(Role.CARD)), None))
    documents = (*release.documents, *([prompt] if prompt else ()))
    texts = identified(documents)
    license_, troubles = conclude(
        statements(release, card),
        documents,
        release.missing,
        knowledge.licenses,
        knowledge.tags,
        identified=texts,
        artifact=_artifact(release),
    )
    profile = _profile(license_, knowledge)
    clauses = _clauses(documents, license_, texts, knowledge)
    parents = edges(release, card)
    known = stewards(knowledge.records, knowledge.licenses)
    unsure = why_not_sure(release, card)
    prose = _prose(release, card, clauses, knowledge)
    followed = all(_adds_nothing(e.parent, license_.concluded.id, knowledge) for e in parents)
    whole = license_.complete and followed and not prose
    facts, contradictions = settle(
        [
            *observed_facts(release, card, parents, known),
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
                *_about_license(troubles, facts, unsure),
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


def _profile(license_: ArtifactLicense, knowledge: Knowledge) -> LicenseProfile | None:
    concluded = license_.concluded
    if concluded.id is None or concluded.match not in (Match.EXACT, Match.NAMED):
        return None
    return _known(concluded.id, knowledge)


def _known(license_id: str | None, knowledge: Knowledge) -> LicenseProfile | None:
    """Return our profile of a license, or else what the SPDX list says of it."""
    if license_id is None or license_id in knowledge.licenses:
        return knowledge.licenses.get(license_id or "")
    from openaudit.licenses.spdx import listed_profile  # noqa: PLC0415  # few licenses have none

    return listed_profile(license_id)


def _profiles(
    documents: Sequence[Document], license_: ArtifactLicense, knowledge: Knowledge
) -> Iterator[LicenseProfile]:
    """Yield the profile of the license, and of the use policy it takes in where none was read."""
    profile = _profile(license_, knowledge)
    if profile is None:
        return
    yield profile
    policy = policy_of(profile, knowledge.licenses)
    if policy is not None and not any(d.role is Role.POLICY for d in documents):
        yield policy


def _clauses(
    documents: Sequence[Document],
    license_: ArtifactLicense,
    texts: Mapping[str, Identification],
    knowledge: Knowledge,
) -> tuple[Clause, ...]:
    """Return the clauses that bind: of the texts at hand, then what the profiles add to them.

    A clause of the same id in a gate prompt or a profile repeats the license; in a use policy it
    is another one.
    """
    rules = knowledge.clauses.values()
    found: tuple[Clause, ...] = ()
    for document in _binding(documents, license_, texts):
        from openaudit.clauses.match import find_clauses  # noqa: PLC0415  # no text, no patterns

        clauses = _known_only(find_clauses(document, rules), document, license_, knowledge)
        policy = document.role is Role.POLICY
        found = (*found, *clauses) if policy else reconcile(found, clauses)
    for profile in _profiles(documents, license_, knowledge):
        clauses = profile_clauses(profile, rules, _from_profile(profile))
        if profile.kind == "policy":
            found = (*found, *(replace(c, policy=profile.name) for c in clauses))
        else:
            found = reconcile(found, clauses)
    return tuple(sorted(found, key=lambda c: _SEVERITY.index(c.severity)))


def _known_only(
    found: tuple[Clause, ...],
    document: Document,
    license_: ArtifactLicense,
    knowledge: Knowledge,
) -> tuple[Clause, ...]:
    """Return the clauses that the text holds by the word of a person who read it, if one did.

    A text that is a license word for word has the clauses of its profile, and the rules find where
    they stand; in any other text the rules alone decide.
    """
    main, profile = license_.concluded.evidence, _profile(license_, knowledge)
    exact = license_.concluded.match is Match.EXACT and _is(main, document)
    if profile is None or profile.verified is None or not exact:
        return found
    ids = {c.id for c in profile.clauses}
    return tuple(c for c in found if c.id in ids)


def _is(evidence: Evidence | None, document: Document) -> bool:
    return isinstance(evidence, Quote) and evidence.document == document.name


def _binding(
    documents: Sequence[Document],
    license_: ArtifactLicense,
    texts: Mapping[str, Identification],
) -> Iterator[Document]:
    """Yield the texts to read, each once: licenses, then policies, then what a gate shows.

    A known text whose name says that it is of another artifact is left out. Every other one is
    read: it may bind, and its restrictions are not to be missed.
    """
    seen: set[str] = set()
    concluded = license_.concluded
    for role in _BINDING:
        for document in documents:
            if document.role is not role or document.sha256 in seen:
                continue
            seen.add(document.sha256)
            text = texts.get(document.name)
            ids = text.ids if text and text.exact else frozenset()
            main = concluded.evidence
            aside = (
                role is Role.LICENSE
                and concluded.match is Match.EXACT
                and isinstance(main, Quote)
                and concluded.id not in ids
                and bool(ids)
                and belongs_elsewhere(document.name, main.document, license_.artifact)
            )
            if not aside:
                yield document


def _from_profile(profile: LicenseProfile) -> Observation:
    against = f" against sha256 {profile.texts[0].sha256[:_SHORT_HASH]}…" if profile.texts else ""
    checked = (
        f"checked {profile.verified}{against}" if profile.verified else "its text was not read"
    )
    return Observation(Witness.CATALOG, None, f"our profile of {profile.id}, {checked}")


def _code_license(facts: Mapping[str, Fact], knowledge: Knowledge) -> dict[str, Fact]:
    """Return whether the code is open source, where its license is known and was not inferred."""
    license_ = facts["code.license"]
    if license_.value is None or facts["code.osd"].method is Method.CURATED:
        return {}
    named = resolve(str(license_.value), knowledge.licenses, knowledge.tags)
    profile = _known(named.id or named.expression, knowledge)
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


def _prose(
    release: Release, card: Card, clauses: Sequence[Clause], knowledge: Knowledge
) -> tuple[Clause, ...]:
    """Return the uses that the prose of the card withholds and the license does not."""
    documents = release.texts(Role.CARD)[:1]
    known = {c.id for c in clauses}
    rules = [r for i, r in knowledge.clauses.items() if i in _WITHHELD and i not in known]
    if not documents or not rules:
        return ()
    from openaudit.clauses.match import find_clauses  # noqa: PLC0415  # no text, no patterns

    start = len(documents[0].text) - len(card.body)
    found = find_clauses(documents[0], rules)
    return tuple(c for c in found if isinstance(c.evidence, Quote) and c.evidence.start >= start)


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
    declared = record.metadata.get("license")
    if not isinstance(declared, list) or len(declared) != 1:
        return False
    named = resolve(str(declared[0]), knowledge.licenses, knowledge.tags)
    bases = record.metadata.get("base_models") or []
    return named.id == license_id and all(
        isinstance(b, dict) and _adds_nothing(str(b["id"]), license_id, knowledge, depth - 1)
        for b in (bases if isinstance(bases, list) else [])
    )
