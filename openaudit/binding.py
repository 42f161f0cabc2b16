"""The clauses that bind: of the texts of a release, of the profiles behind them, of its card.

Like `api`, which it serves, it meets several stages; it is pure.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from openaudit.clauses.known import profile_clauses, reconcile, vouched
from openaudit.data import Knowledge
from openaudit.licenses.names import policy_of
from openaudit.licenses.texts import belongs_elsewhere
from openaudit.model.card import Card
from openaudit.model.clause import Clause, Severity
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Evidence, Observation, Quote, Witness
from openaudit.model.license import ArtifactLicense, Identification, Match
from openaudit.model.profile import LicenseProfile
from openaudit.model.release import Release
from openaudit.model.rule import ClauseRule

_WITHHELD: Final = (
    "non-commercial",
    "research-only",
    "user-cap",
    "revenue-cap",
    "royalty",
    "registration",
    "licensee-limits",
    "training-ban",
    "competition-ban",
    "territory",
    "hosting-ban",
    "no-redistribution",
    "no-derivatives",
)
"""Clauses that a card alone can put in doubt: it has no force, but it speaks for the publisher."""

_LISTED: Final = "use-restrictions"
_TERMS: Final = ("license", "licence", "restrict", "terms", "许可", "协议", "限制")
"""What a heading holds under which a list of uses is meant as terms.

Most cards have such a list, of what the model is not good for.
"""

_BINDING: Final = (Role.LICENSE, Role.POLICY, Role.GATE)
_SEVERITY: Final = list(Severity)
_SHORT_HASH: Final = 12


def binding_clauses(
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

        found_here = find_clauses(document, rules)
        text = texts.get(document.name)
        clauses = _known_only(found_here, document, text, license_, knowledge)
        policy = document.role is Role.POLICY
        found = (*found, *clauses) if policy else reconcile(found, clauses)
    for profile in _profiles(documents, license_, knowledge):
        clauses = profile_clauses(profile, rules, _from_profile(profile))
        if profile.kind == "policy":
            found = (*found, *(replace(c, policy=profile.name) for c in clauses))
        else:
            found = reconcile(found, clauses)
    return tuple(sorted(found, key=lambda c: _SEVERITY.index(c.severity)))


def withheld_by_prose(
    release: Release, card: Card, clauses: Sequence[Clause], knowledge: Knowledge
) -> tuple[Clause, ...]:
    """Return the uses that the prose of a card or notice withholds and the license does not."""
    known = {c.id for c in clauses}
    wanted = {*_WITHHELD, _LISTED} - known
    return tuple(
        c
        for c in _in_prose(release, card, wanted, knowledge)
        if c.id != _LISTED or _is_of_terms(c.section)
    )


def own_in_prose(
    release: Release, card: Card, clauses: Sequence[Clause], knowledge: Knowledge
) -> tuple[Clause, ...]:
    """Return what the user's own rules find in the prose of the card and not in the license."""
    known = {c.id for c in clauses}
    return _in_prose(release, card, knowledge.own - known, knowledge)


def _in_prose(
    release: Release, card: Card, wanted: Collection[str], knowledge: Knowledge
) -> tuple[Clause, ...]:
    documents = [*release.texts(Role.CARD), *release.texts(Role.NOTICE)]
    rules = [r for i, r in knowledge.clauses.items() if i in wanted]
    if not documents or not rules:
        return ()
    bodies = [card.body, *(d.text for d in documents[1:])]
    if documents[0].role is not Role.CARD:
        bodies[0] = documents[0].text
    pairs = zip(documents, bodies, strict=True)
    return tuple(c for document, body in pairs for c in _in_body(document, body, rules))


def _in_body(document: Document, body: str, rules: Sequence[ClauseRule]) -> Iterator[Clause]:
    """Yield the clauses in `body`, the end of a document."""
    from openaudit.clauses.match import find_clauses  # noqa: PLC0415  # no text, no patterns

    # What stands right below the front matter is not a part of it; the offsets stay the same.
    start = len(document.text) - len(body)
    # A notice is prose as a card is: the rules that read cards are those that read it.
    shown = replace(document, text=f"{' ' * start}{body}", role=Role.CARD)
    for clause in find_clauses(shown, rules):
        if isinstance(clause.evidence, Quote):
            quote = clause.evidence
            yield replace(clause, evidence=document.quote(quote.start, quote.end))


def _is_of_terms(heading: str) -> bool:
    return any(word in heading.lower() for word in _TERMS)


def profile_of(license_: ArtifactLicense, knowledge: Knowledge) -> LicenseProfile | None:
    """Return the profile whose clauses hold: of a text word for word, or of the name alone."""
    concluded = license_.concluded
    if concluded.id is None or concluded.match not in (Match.EXACT, Match.NAMED):
        return None
    return known_profile(concluded.id, knowledge)


def known_profile(license_id: str | None, knowledge: Knowledge) -> LicenseProfile | None:
    """Return our profile of a license, or else what the SPDX list says of it."""
    if license_id is None or license_id in knowledge.licenses:
        return knowledge.licenses.get(license_id or "")
    from openaudit.licenses.spdx import listed_profile  # noqa: PLC0415  # few licenses have none

    return listed_profile(license_id)


def _profiles(
    documents: Sequence[Document], license_: ArtifactLicense, knowledge: Knowledge
) -> Iterator[LicenseProfile]:
    """Yield the profile of the license, and of the use policy it takes in where none was read."""
    profile = profile_of(license_, knowledge)
    if profile is None:
        return
    yield profile
    policy = policy_of(profile, knowledge.licenses)
    if policy is not None and not any(d.role is Role.POLICY for d in documents):
        yield policy


def _known_only(
    found: tuple[Clause, ...],
    document: Document,
    text: Identification | None,
    license_: ArtifactLicense,
    knowledge: Knowledge,
) -> tuple[Clause, ...]:
    """Return the clauses that the text holds by the word of a person who read it, if one did.

    A text that is a license word for word has the clauses of its profile, and the rules find where
    they stand; in any other text, and in another license in the same file, the rules alone decide.
    """
    main, profile = license_.concluded.evidence, profile_of(license_, knowledge)
    exact = license_.concluded.match is Match.EXACT and _is(main, document)
    if profile is None or profile.verified is None or not exact:
        return found
    own = license_.concluded.id
    held = next((f for f in text.found if own in (f.id, *f.also)), None) if text else None
    if held is None:
        return found
    return vouched(found, profile, knowledge.clauses, knowledge.own, (held.start, held.end))


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
