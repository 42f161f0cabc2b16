"""The one place where the stages meet: from a release to a report.

`audit_release` is pure: no network, no clock, no environment. The same function runs online,
offline, on bundles and in tests.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from openaudit.binding import known_profile, own_in_prose, profile_of, withheld_by_prose
from openaudit.data import HEADLINE, Knowledge
from openaudit.evidence.behind import behind_facts
from openaudit.evidence.context import context, stewards
from openaudit.evidence.copies import differing
from openaudit.evidence.findings import (
    asked_terms,
    card_restricts,
    contradicted,
    findings,
    gravest_first,
    lost_terms,
    noted,
    taught_by,
    unbacked,
    unchecked_terms,
    unread,
    unsettled,
    withheld_data,
)
from openaudit.evidence.gather import observed_facts, settle
from openaudit.evidence.ledger import fact
from openaudit.evidence.licensing import license_facts, why_not_sure
from openaudit.evidence.lineage import honored, synthetic
from openaudit.evidence.prose import generators
from openaudit.evidence.terms import against_the_osd, term_facts
from openaudit.licenses.names import resolve
from openaudit.model.card import Card
from openaudit.model.clause import Clause, ClauseKind, Severity
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.finding import Trouble
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.lineage import DEEPEST, Ask, Chain
from openaudit.model.reference import Scheme
from openaudit.model.release import Origin, RecordedFact, Release
from openaudit.model.report import Obligation, Report
from openaudit.model.scorecard import Grade
from openaudit.model.usage import UseProfile
from openaudit.model.verdict import Verdict
from openaudit.openness.grades import grades
from openaudit.openness.questions import open_questions
from openaudit.openness.verdicts import verdict
from openaudit.stated import Stated, artifact_of, stated

if TYPE_CHECKING:
    from openaudit.usage.terms import Terms

_RECORDED_HUB: Final = "huggingface"

_SHOWN_NAMES: Final = 3


def audit_release(
    release: Release,
    knowledge: Knowledge,
    ask: Ask | None = None,
    *,
    deepest: int = DEEPEST,
    use: UseProfile | None = None,
) -> Report:
    """Return the audit of one release.

    The releases it was made from are had through `ask`, up to `deepest` steps away; None asks the
    catalog alone. It is judged by every framework of `knowledge`: the label's, and those that
    `Knowledge.with_frameworks` added. `use` is what a user wants to do with it: then the report
    says whether they may.
    """
    own = stated(release, knowledge)
    behind = _behind(release, own, knowledge, ask, deepest)
    card, license_ = own.card, own.license
    profile = profile_of(license_, knowledge)
    clauses = (*own.clauses, *behind.inherited)
    known = stewards(knowledge.records, knowledge.licenses)
    unsure = why_not_sure(release, card)
    prose = withheld_by_prose(release, card, clauses, knowledge)
    whole = license_.complete and behind.settled and not prose
    outputs = generators(release, card, knowledge.lineage)
    facts, contradictions = settle(
        [
            *observed_facts(release, card, own.edges, known),
            *license_facts(release, license_, _license_texts(own.documents, own.troubles), unsure),
            *term_facts(clauses, license_, profile, whole=whole),
            *honored(release, license_, behind),
            *synthetic(outputs, own.edges),
            *behind_facts(release, behind),
        ],
        _recorded(release, knowledge),
        knowledge.facts,
    )
    facts |= _code_license(facts, knowledge)
    graded = _graded(release, card, clauses, facts, knowledge)
    label = _label(release, facts, knowledge)
    report = Report(
        release=release,
        label=label,
        dimensions=graded,
        licenses=(license_,),
        clauses=(*clauses, *prose, *own_in_prose(release, card, clauses, knowledge)),
        obligations=_obligations(clauses),
        facts=tuple(facts.values()),
        chain=behind,
        frameworks=_judged(label, facts, knowledge),
        asked=knowledge.asked,
        findings=findings(
            knowledge.findings,
            [
                *noted((*release.notes, *card.notes)),
                *_about_license(own.troubles, facts, unsure),
                *_belied(license_, own.clauses, knowledge),
                *card_restricts(prose),
                *unread(release),
                *contradicted(contradictions),
                *lost_terms(behind),
                *unsettled(behind),
                *unchecked_terms(release, behind),
                *asked_terms(behind),
                *withheld_data(behind),
                *taught_by(outputs),
                *unbacked(facts),
            ],
        ),
        open_questions=open_questions(graded, label, knowledge.facts),
        context=context(facts, known),
        caution=(profile.careless if profile else None) or "",
        knowledge_date=knowledge.date,
    )
    if use is None:
        return report
    from openaudit.usage.terms import Terms  # noqa: PLC0415  # most runs ask nothing

    terms = Terms(release, license_, profile, clauses, prose, behind)
    return _used(report, use, terms, knowledge)


def _used(report: Report, use: UseProfile, terms: "Terms", knowledge: Knowledge) -> Report:
    """Return the report with the questions answered, and with the duties the use calls for."""
    from openaudit.usage.answers import answers  # noqa: PLC0415  # most runs ask nothing
    from openaudit.usage.duties import duties  # noqa: PLC0415
    from openaudit.usage.table import use_rules  # noqa: PLC0415

    rules = use_rules(knowledge.uses, knowledge.clauses)
    return replace(
        report,
        use=use,
        questions=answers(use, terms, rules),
        obligations=duties(use, terms, rules),
    )


def beside(reports: Sequence[Report], knowledge: Knowledge) -> tuple[Report, ...]:
    """Return the reports with what shows only where one release is seen beside another."""
    told: dict[int, list[Trouble]] = {}
    for report, trouble in differing(reports):
        told.setdefault(id(report), []).append(trouble)
    return tuple(
        replace(r, findings=gravest_first((*r.findings, *findings(knowledge.findings, more))))
        if (more := told.get(id(r)))
        else r
        for r in reports
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


def _behind(
    release: Release, own: Stated, knowledge: Knowledge, ask: Ask | None, deepest: int
) -> Chain:
    """Return the chain; what walks it is imported only for a release that names a parent."""
    if not own.edges:
        return Chain()
    from openaudit.chain import chain, recorded  # noqa: PLC0415  # the reason is above

    return chain(release, own, knowledge, ask or recorded(knowledge), deepest=deepest)


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
    return verdict(knowledge.frameworks[HEADLINE], facts) if _is_model(release) else None


def _judged(
    label: Verdict | None, facts: Mapping[str, Fact], knowledge: Knowledge
) -> tuple[Verdict, ...]:
    """Return the label and what the other frameworks say; none speaks of anything but models."""
    if label is None:
        return ()
    others = (f for i, f in knowledge.frameworks.items() if i != HEADLINE)
    return (label, *(verdict(f, facts) for f in others))


def _is_model(release: Release) -> bool:
    return artifact_of(release) == "weights"


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
