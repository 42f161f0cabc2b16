"""Which license an artifact is under: text beats name, and a disagreement is said, never settled.

A text that is known word for word decides. A license text that is there and not known leaves the
license unknown, whatever a tag says, since the tag may stand for another text; of one that is a
changed version of a known text, the changes are told. Only where there is
no text does a name decide, and only if all names agree.

A license text in a card is a text only where nothing contradicts it and nothing above it says that
it is of something else. It then confirms a tag, or decides without making the license complete.

The prose of a card is the weakest. It can contradict, for two statements of one publisher that
cannot both hold leave the license unknown; it decides only where nothing else names a license. Then
it does decide, since a sentence about the release is its publisher's word and the restrictions of
that license should be seen; but it never makes a license complete, so that it permits nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openaudit.licenses.names import NOTHING, Named, Profiles, Tags, resolve
from openaudit.licenses.texts import Text, main_text, title_quote
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.evidence import Evidence, Quote
from openaudit.model.finding import Trouble
from openaudit.model.license import (
    ArtifactLicense,
    Conclusion,
    Declaration,
    FoundLicense,
    Identification,
    Match,
    Statement,
    StatementKind,
)

if TYPE_CHECKING:
    from openaudit.licenses.pointer import Pointer
    from openaudit.model.profile import LicenseProfile

_UNKNOWN = Conclusion(None, None, None, Match.NONE, None, None)
_SHOWN = 3
_MOSTLY_THERE = 0.1
_OTHER = frozenset({"other", "unknown"})
_BINDING = (Role.LICENSE, Role.POLICY)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A name of a license, where it was said, and what it means."""

    value: str
    named: Named
    evidence: Evidence
    kind: StatementKind

    @property
    def known(self) -> bool:
        return self.named.id is not None or self.named.expression is not None

    @property
    def foreign(self) -> bool:
        """Say whether it names a license that nobody here knows, which may be any license."""
        said = self.value.strip().lower() not in _OTHER
        return said and self.kind is not StatementKind.LINK and self.named == NOTHING

    @property
    def elsewhere(self) -> bool:
        """Say whether it leads to a license that nobody here knows."""
        return self.kind is StatementKind.LINK and self.named == NOTHING


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
    claims = [_claim(s, profiles, tags) for s in statements]
    declared = tuple(
        Declaration(c.value, c.named.id, c.named.expression, c.evidence) for c in claims
    )
    texts, pointers = _read(documents, profiles, tags, identified)
    pointed = [_Claim(p.target, p.named, p.evidence, StatementKind.LINK) for p in pointers]
    firm = [*(c for c in claims if c.kind is not StatementKind.PROSE), *pointed]
    spoken = [c for c in claims if c.kind is StatementKind.PROSE]
    carded, quoted = _in_cards(documents, profiles, identified, artifact)
    troubles = [_quoted(text, above, profiles) for text, above in quoted]
    doubtful = any(not _confirmed(text, firm, profiles) for text, _ in quoted)
    if texts:
        concluded, main, told = _by_text(texts, firm, spoken, profiles, artifact)
        told += _beside(texts, carded, main, profiles)
    elif carded:
        concluded, main, told = _by_card(carded, firm, spoken, missing, profiles)
        doubtful |= not any(_confirmed(text, firm, profiles) for text in carded)
    else:
        main = None
        concluded, told = _by_name(firm, spoken, missing, profiles)
    troubles += told
    troubles += [_pointer_trouble(p) for p in pointers]
    open_ = [*_open_texts(documents, identified), *_open_links(claims, pointers, documents)]
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
    ), tuple(troubles)


def _open_texts(
    documents: Sequence[Document], identified: Mapping[str, Identification]
) -> Iterator[Trouble]:
    """Yield the policies and gate prompts that are not known word for word: they may add terms."""
    for document in documents:
        if document.role in (Role.POLICY, Role.GATE) and document.text.strip():
            text = identified.get(document.name)
            if text is None or not text.exact:
                values = {"document": document.name}
                yield "terms-not-known", values, (title_quote(document),)


def _open_links(
    claims: Sequence[_Claim], pointers: "Sequence[Pointer]", documents: Sequence[Document]
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


def _claim(statement: Statement, profiles: Profiles, tags: Tags) -> _Claim:
    named = resolve(statement.value, profiles, tags)
    return _Claim(statement.value, named, statement.evidence, statement.kind)


def _read(
    documents: Sequence[Document],
    profiles: Profiles,
    tags: Tags,
    identified: Mapping[str, Identification],
) -> tuple[list[Text], "list[Pointer]"]:
    """Return the license texts of the release, and the license files that only point.

    A gate prompt counts as a text where it is one word for word; a use policy never.
    """
    if not documents:
        return [], []
    from openaudit.licenses.pointer import read_pointer  # noqa: PLC0415  # no text, no reading

    texts: list[Text] = []
    pointers: list[Pointer] = []
    for document in documents:
        if document.role not in (Role.LICENSE, Role.GATE):
            continue
        found = identified.get(document.name, Identification()).found
        exact = [f for f in found if f.match is Match.EXACT]
        own = [f for f in found if document.role is Role.LICENSE and f.match is Match.NEAR]
        held = [Text(document, (f.id, *f.also), start=f.start) for f in exact] or [
            Text(document, (), f, f.start) for f in _leading(own)
        ]
        texts += [t for t in held if not _is_policy(t, profiles)]
        if document.role is Role.LICENSE and not held and document.text.strip():
            pointer = read_pointer(document, profiles, tags)
            if pointer is None:
                texts.append(Text(document, ()))
            else:
                pointers.append(pointer)
    return texts, pointers


def _leading(near: Sequence[FoundLicense]) -> Sequence[FoundLicense]:
    """Return the changed license that a file is told to be near to, if there is one.

    That is the largest; of different ones the first, as the licenses of bundled parts follow.
    """
    several = Identification(tuple(near)).several
    return sorted(near, key=lambda f: f.start if several else f.start - f.end)[:1]


def _in_cards(
    documents: Sequence[Document],
    profiles: Profiles,
    identified: Mapping[str, Identification],
    artifact: str,
) -> tuple[list[Text], list[tuple[Text, Quote]]]:
    """Return the license texts of cards, and apart those of something else, with what says so.

    A changed text counts where nearly all of it is there: a list out of a license is no license.
    """
    texts: list[Text] = []
    quoted: list[tuple[Text, Quote]] = []
    for document in documents:
        if document.role is not Role.CARD:
            continue
        for found in identified.get(document.name, Identification()).found:
            exact = found.match is Match.EXACT
            ids = (found.id, *found.also) if exact else ()
            text = Text(document, ids, None if exact else found, found.start)
            if _is_policy(text, profiles) or not (exact or _is_nearly_whole(found, document)):
                continue
            from openaudit.licenses.quoted import about_something_else  # noqa: PLC0415  # rare

            above = about_something_else(document, found.start, artifact)
            if above is None:
                texts.append(text)
            else:
                quoted.append((text, above))
    return texts, quoted


def _quoted(text: Text, above: Quote, profiles: Profiles) -> Trouble:
    values = {"document": text.document.name, "found": _name(_of(text)[0], profiles)[0]}
    return "license-text-quoted", values, (above, text.quote)


def _confirmed(text: Text, firm: Sequence[_Claim], profiles: Profiles) -> bool:
    """Say whether a tag, name or link states the license of a text."""
    return any(c.known and _covers(c.named, i, profiles) for c in firm for i in text.ids)


def _is_nearly_whole(found: FoundLicense, document: Document) -> bool:
    held = len(document.text[found.start : found.end].split())
    return sum(r.words for r in found.removed) <= _MOSTLY_THERE * held


def _beside(
    texts: Sequence[Text], carded: Sequence[Text], main: Text | None, profiles: Profiles
) -> list[Trouble]:
    """Return that a card holds another license text than the license files."""
    held = {i for t in texts for i in t.ids}
    others = [t for t in carded if t.ids and not held.intersection(t.ids)]
    return [_several([*texts, *others], main, profiles)] if others else []


def _by_card(
    carded: Sequence[Text],
    firm: Sequence[_Claim],
    spoken: Sequence[_Claim],
    missing: Sequence[Missing],
    profiles: Profiles,
) -> tuple[Conclusion, Text | None, list[Trouble]]:
    """Return what license texts in cards say; a name that contradicts one leaves it unknown."""
    troubles: list[Trouble] = []
    for text in carded:
        ids = _of(text)
        for claim in _apart([*firm, *spoken], ids, profiles):
            name = _name(ids[0], profiles)[0]
            values = {"declared": claim.value, "found": name, "document": text.document.name}
            troubles.append(("card-text-differs", values, (claim.evidence, text.quote)))
    named = any(c.known for c in firm)
    if any(c.foreign or (c.elsewhere and not named) for c in firm):
        troubles += _nothing_known([c for c in firm if not c.known], missing)
        return _UNKNOWN, None, troubles
    if troubles:
        return _UNKNOWN, None, troubles
    changed = [t for t in carded if not t.ids]
    if changed:
        return _near(changed[0], profiles), changed[0], [_unknown(t, profiles) for t in changed]
    if any(t.ids != carded[0].ids for t in carded):
        return _UNKNOWN, None, [_several(carded, None, profiles)]
    return _by_text(carded[:1], firm, spoken, profiles, "")


def _of(text: Text) -> tuple[str, ...]:
    """Return the licenses that a text is, or is a changed version of."""
    return text.ids or ((text.near.id, *text.near.also) if text.near else ())


def _is_policy(text: Text, profiles: Profiles) -> bool:
    """Say whether a text is a known use policy, which grants nothing."""
    return any(i in profiles and profiles[i].kind == "policy" for i in _of(text))


def _by_text(
    texts: Sequence[Text],
    firm: Sequence[_Claim],
    spoken: Sequence[_Claim],
    profiles: Profiles,
    artifact: str,
) -> tuple[Conclusion, Text | None, list[Trouble]]:
    wanted = [c for c in firm if c.known]
    named = frozenset(
        i for t in texts for i in t.ids if any(_covers(c.named, i, profiles) for c in wanted)
    )
    main = main_text(texts, named, artifact)
    troubles: list[Trouble] = [_unknown(t, profiles) for t in texts if not t.ids]
    if len({t.ids for t in texts if t.ids}) > 1:
        troubles.append(_several(texts, main, profiles))
    if main is None or not main.ids:
        return _near(main, profiles), main, troubles
    chosen = next((i for i in main.ids if i in {c.named.id for c in wanted}), main.ids[0])
    name, expression = _name(chosen, profiles)
    quote = main.quote
    for claim in _apart([*firm, *spoken], main.ids, profiles):
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
        return _UNKNOWN
    near = main.near
    name, _ = _name(near.id, profiles)
    return Conclusion(near.id, name, None, Match.NEAR, near.similarity, main.quote)


def _unknown(text: Text, profiles: Profiles) -> Trouble:
    """Return why a text is not a known license: nobody knows it, or it was changed."""
    document, near = text.document, text.near
    if near is None:
        return "license-text-unknown", {"document": document.name}, (title_quote(document),)
    values = {
        "document": document.name,
        "near": _name(near.id, profiles)[0],
        "similarity": f"{near.similarity:.1%}",
        "added": str(len(near.added)),
        "removed": str(len(near.removed)),
        "how": near.unlike or f"{len(near.added)} passages added, {len(near.removed)} taken out",
    }
    shown = tuple(document.quote(*span) for span in near.added[:_SHOWN])
    return "license-text-changed", values, shown or (text.quote,)


def _name(license_id: str, profiles: Profiles) -> tuple[str, str]:
    """Return the name and the expression of a license, of which there may be no profile."""
    profile = profiles.get(license_id)
    if profile is None:
        from openaudit.licenses.spdx import listed_profile  # noqa: PLC0415  # few ids get here

        profile = listed_profile(license_id)
    if profile is None:
        return license_id, f"LicenseRef-openaudit-{license_id}"
    return profile.name, profile.expression


def _by_name(
    firm: Sequence[_Claim],
    spoken: Sequence[_Claim],
    missing: Sequence[Missing],
    profiles: Profiles,
) -> tuple[Conclusion, list[Trouble]]:
    claims = [*firm, *spoken]
    known = [c for c in firm if c.known]
    if not known and not any(c.elsewhere for c in firm):
        known = [c for c in spoken if c.known]
    if not known or any(c.foreign for c in claims):
        return _UNKNOWN, list(_nothing_known([c for c in claims if not c.known], missing))
    best = min(known, key=lambda c: len(c.named.candidates))
    against = [c for c in claims if c is not best and not _agree(best.named, c.named, profiles)]
    troubles: list[Trouble] = [
        ("license-names-differ", {"one": best.value, "other": c.value}, (best.evidence, c.evidence))
        for c in against
    ]
    if against:
        return _UNKNOWN, troubles
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


def _nothing_known(claims: Sequence[_Claim], missing: Sequence[Missing]) -> Iterator[Trouble]:
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
        elif claim.value.strip().lower() in _OTHER:
            yield "license-unresolved", {"name": claim.value}, (claim.evidence,)
        else:
            yield "license-name-unknown", {"name": claim.value}, (claim.evidence,)


def _apart(claims: Sequence[_Claim], ids: Sequence[str], profiles: Profiles) -> Iterator[_Claim]:
    """Yield the claims that name something else than a text with `ids`."""
    for claim in claims:
        said = claim.named != NOTHING
        if said and not any(_covers(claim.named, i, profiles) for i in ids):
            yield claim


def _covers(named: Named, license_id: str, profiles: Profiles) -> bool:
    """Say whether a name can mean the license: its id, an edition, or a part of the expression."""
    if license_id == named.id or license_id in named.candidates:
        return True
    _, expression = _name(license_id, profiles)
    return named.expression is not None and expression in named.expression.strip("()").split()


def _agree(one: Named, other: Named, profiles: Profiles) -> bool:
    """Say whether two names can mean the same license; a name not known contradicts nothing."""
    if NOTHING in (one, other) or one == other:
        return True
    if one.id is not None and _covers(other, one.id, profiles):
        return True
    if other.id is not None and _covers(one, other.id, profiles):
        return True
    return one.expression is not None and (
        one.expression == other.expression or one.expression in other.candidates
    )


def _several(texts: Sequence[Text], main: Text | None, profiles: Profiles) -> Trouble:
    known = [t for t in texts if t.ids]
    listed = "; ".join(f"{t.document.name}: {_name(t.ids[0], profiles)[0]}" for t in known)
    taken = main.document.name if main is not None else "none of them"
    quotes = tuple(t.quote for t in known)
    return "license-several", {"texts": listed, "main": taken}, quotes


def _pointer_trouble(pointer: "Pointer") -> Trouble:
    values = {"document": pointer.document.name, "target": pointer.target}
    return "license-pointer", values, (pointer.evidence,)
