"""Which license an artifact is under: text beats name, and a disagreement is said, never settled.

A text that is known word for word decides. It is not all of it where a name states a license that
asks for more than the text does: the text may be of the code alone. A license text that is there
and not known leaves the license unknown, whatever a tag says, since the tag may stand for another
text; of one that is a changed version of a known text, the changes are told. Only where there is no
text does a name decide, and only if all names agree.

A license text in a card is a text only where nothing contradicts it and nothing above it says that
it is of something else. It then confirms a tag, or decides without making the license complete.

The prose of a card is the weakest. It can contradict, for two statements of one publisher that
cannot both hold leave the license unknown; it decides only where nothing else names a license. Then
it does decide, since a sentence about the release is its publisher's word and the restrictions of
that license should be seen; but it never makes a license complete, so that it permits nothing.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from openaudit.licenses.claims import (
    Claim,
    agree,
    apart,
    asks_for_more,
    claim_of,
    covers,
    name_of,
)
from openaudit.licenses.doubts import (
    nothing_known,
    open_links,
    open_texts,
    pointer_trouble,
    quoted_trouble,
    several_trouble,
    unknown_trouble,
)
from openaudit.licenses.held import ids_of, texts_of_cards, texts_of_files
from openaudit.licenses.names import Named, Profiles, Tags
from openaudit.licenses.texts import Text, main_text, not_compared
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.finding import Trouble
from openaudit.model.license import (
    ArtifactLicense,
    Conclusion,
    Declaration,
    Identification,
    Match,
    Statement,
    StatementKind,
)

if TYPE_CHECKING:
    from openaudit.model.profile import LicenseProfile

_NOT_KNOWN: Final = Conclusion(None, None, None, Match.NONE, None, None)
_BINDING: Final = (Role.LICENSE, Role.POLICY)


def conclude(  # noqa: PLR0913  # what a release says, what is known, and of which artifact
    statements: Sequence[Statement],
    documents: Sequence[Document],
    missing: Sequence[Missing],
    profiles: Profiles,
    tags: Tags,
    *,
    identified: Mapping[str, Identification],
    artifact: str = "weights",
) -> tuple[ArtifactLicense, tuple[Trouble, ...]]:
    """Return the license of `artifact` and what is wrong with how it is stated.

    `identified` is what the texts are, by the name of the document.
    """
    claims = [claim_of(s, profiles, tags) for s in statements]
    declared = tuple(
        Declaration(c.value, c.named.id, c.named.expression, c.evidence) for c in claims
    )
    texts, pointers = texts_of_files(documents, profiles, tags, identified)
    pointed = [Claim(p.target, p.named, p.evidence, StatementKind.LINK) for p in pointers]
    firm = [*(c for c in claims if c.kind is not StatementKind.PROSE), *pointed]
    spoken = [c for c in claims if c.kind is StatementKind.PROSE]
    carded, quoted = texts_of_cards(documents, profiles, identified, artifact)
    troubles = [quoted_trouble(text, above, profiles) for text, above in quoted]
    doubtful = any(not _confirmed(text, firm, profiles) for text, _ in quoted)
    if texts:
        concluded, main, told = _by_text(texts, firm, spoken, profiles, artifact)
        told += _beside(texts, carded, main, profiles)
        doubtful |= asks_for_more([*firm, *spoken], main.ids if main else (), profiles)
    elif carded:
        concluded, main, told = _by_card(carded, firm, spoken, missing, profiles)
        doubtful |= not any(_confirmed(text, firm, profiles) for text in carded)
    else:
        main = None
        concluded, told = _by_name(firm, spoken, missing, profiles)
    troubles += told
    troubles += [pointer_trouble(p) for p in pointers]
    open_ = [*open_texts(documents, identified), *open_links(claims, pointers, documents)]
    troubles += open_
    unread = any(m.role in _BINDING and m.reason is not Reason.NOT_RECORDED for m in missing)
    unknown = any(not t.ids for t in texts) or any(c.foreign for c in claims)
    by_prose = any(c.evidence is concluded.evidence for c in spoken)
    complete = concluded.id is not None and not (open_ or unread or unknown or by_prose or doubtful)
    near = main.near if main else None
    return ArtifactLicense(
        artifact,
        declared,
        concluded,
        complete,
        added=tuple(main.document.quote(*span) for span in near.added) if main and near else (),
        removed=near.removed if near else (),
        ignored=not_compared(main, identified) if main else (),
    ), tuple(troubles)


def _confirmed(text: Text, firm: Sequence[Claim], profiles: Profiles) -> bool:
    """Say whether a tag, name or link states the license of a text."""
    return any(c.known and covers(c.named, i, profiles) for c in firm for i in text.ids)


def _beside(
    texts: Sequence[Text], carded: Sequence[Text], main: Text | None, profiles: Profiles
) -> list[Trouble]:
    """Return that a card holds another license text than the license files."""
    held = {i for t in texts for i in t.ids}
    others = [t for t in carded if t.ids and not held.intersection(t.ids)]
    return [several_trouble([*texts, *others], main, profiles)] if others else []


def _by_card(
    carded: Sequence[Text],
    firm: Sequence[Claim],
    spoken: Sequence[Claim],
    missing: Sequence[Missing],
    profiles: Profiles,
) -> tuple[Conclusion, Text | None, list[Trouble]]:
    """Return what license texts in cards say; a name that contradicts one leaves it unknown."""
    troubles: list[Trouble] = []
    for text in carded:
        ids = ids_of(text)
        for claim in apart([*firm, *spoken], ids, profiles):
            name = name_of(ids[0], profiles)[0]
            values = {"declared": claim.value, "found": name, "document": text.document.name}
            troubles.append(("card-text-differs", values, (claim.evidence, text.quote)))
    named = any(c.known for c in firm)
    if any(c.foreign or (c.elsewhere and not named) for c in firm):
        troubles += nothing_known([c for c in firm if not c.known], missing)
        return _NOT_KNOWN, None, troubles
    if troubles:
        return _NOT_KNOWN, None, troubles
    changed = [t for t in carded if not t.ids]
    if changed:
        return (
            _near(changed[0], profiles),
            changed[0],
            [unknown_trouble(t, profiles) for t in changed],
        )
    if any(t.ids != carded[0].ids for t in carded):
        return _NOT_KNOWN, None, [several_trouble(carded, None, profiles)]
    return _by_text(carded[:1], firm, spoken, profiles, "")


def _by_text(
    texts: Sequence[Text],
    firm: Sequence[Claim],
    spoken: Sequence[Claim],
    profiles: Profiles,
    artifact: str,
) -> tuple[Conclusion, Text | None, list[Trouble]]:
    wanted = [c for c in firm if c.known]
    named = frozenset(
        i for t in texts for i in t.ids if any(covers(c.named, i, profiles) for c in wanted)
    )
    main = main_text(texts, named, artifact)
    troubles: list[Trouble] = [unknown_trouble(t, profiles) for t in texts if not t.ids]
    if len({t.ids for t in texts if t.ids}) > 1:
        troubles.append(several_trouble(texts, main, profiles))
    if main is None or not main.ids:
        return _near(main, profiles), main, troubles
    chosen = next((i for i in main.ids if i in {c.named.id for c in wanted}), main.ids[0])
    name, expression = name_of(chosen, profiles)
    quote = main.quote
    for claim in apart([*firm, *spoken], main.ids, profiles):
        values = {
            "declared": claim.value,
            "found": name,
            "document": main.document.name,
        }
        troubles.append(("license-conflict", values, (claim.evidence, quote)))
    concluded = Conclusion(chosen, name, expression, Match.EXACT, 1.0, quote)
    return concluded, main, troubles


def _near(main: Text | None, profiles: Profiles) -> Conclusion:
    """Return what a changed text is near to, without an expression: it is not that license."""
    if main is None or main.near is None:
        return _NOT_KNOWN
    near = main.near
    name, _ = name_of(near.id, profiles)
    return Conclusion(near.id, name, None, Match.NEAR, near.similarity, main.quote)


def _by_name(
    firm: Sequence[Claim],
    spoken: Sequence[Claim],
    missing: Sequence[Missing],
    profiles: Profiles,
) -> tuple[Conclusion, list[Trouble]]:
    claims = [*firm, *spoken]
    known = [c for c in firm if c.known]
    if not known and not any(c.elsewhere for c in firm):
        known = [c for c in spoken if c.known]
    if not known or any(c.foreign for c in claims):
        return _NOT_KNOWN, list(nothing_known([c for c in claims if not c.known], missing))
    best = min(known, key=lambda c: len(c.named.candidates))
    against = [c for c in claims if c is not best and not agree(best.named, c.named, profiles)]
    troubles: list[Trouble] = [
        ("license-names-differ", {"one": best.value, "other": c.value}, (best.evidence, c.evidence))
        for c in against
    ]
    if against:
        return _NOT_KNOWN, troubles
    named = best.named
    profile = _described(named, profiles)
    license_id, name = (profile.id, profile.name) if profile is not None else (None, None)
    concluded = Conclusion(license_id, name, named.expression, Match.NAMED, None, best.evidence)
    return concluded, troubles


def _described(named: Named, profiles: Profiles) -> "LicenseProfile | None":
    """Return what is known of the license: our profile, else what the SPDX list says of it."""
    if named.id is not None:
        return profiles[named.id]
    from openaudit.licenses.spdx import listed_profile  # noqa: PLC0415  # few names get here

    return listed_profile(named.expression)
