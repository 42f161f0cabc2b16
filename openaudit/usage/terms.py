"""What binds a user of one release, and why that may not be all."""

from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.model.clause import Clause
from openaudit.model.document import Reason, Role
from openaudit.model.evidence import Quote
from openaudit.model.frozen import frozen
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.lineage import Chain
from openaudit.model.profile import LicenseProfile
from openaudit.model.release import Release

_BINDING: Final = (Role.LICENSE, Role.POLICY, Role.GATE)
_TAGS: Final = "pipeline_tag"


@frozen
class Terms:
    """The clauses that bind, own and inherited, and all they depend on.

    `prose` is what the card alone withholds; it binds nobody, and no permission stands beside it.
    `profile` is of the license, where it is known word for word or by name.
    """

    release: Release
    license: ArtifactLicense
    profile: LicenseProfile | None
    clauses: Sequence[Clause]
    prose: Sequence[Clause]
    chain: Chain

    @property
    def listed(self) -> bool:
        """Say whether a person listed what is known of the license, and nothing else is open."""
        return self.profile is not None and not any(_open(self))

    def is_a(self, tags: frozenset[str]) -> bool:
        """Say whether the hub or the card gives the release one of `tags`."""
        metadata = self.release.metadata
        said = {*metadata.tags, str(metadata.card.get(_TAGS))}
        return bool(said & tags)


@frozen
class Doubt:
    """Something that keeps an answer from being a yes, and what would settle it."""

    because: str
    settle: str


def doubts(terms: Terms) -> tuple[Doubt, ...]:
    """Return why not all that binds is known; empty: everything is."""
    found = [*_open(terms)]
    profile = terms.profile
    if profile is not None and profile.verified is None:
        found.append(
            Doubt(
                f"Of {profile.name} only what is listed is known; what is missing may still bind",
                f"a person who reads {profile.name}",
            )
        )
    if profile is None and not found:
        found.append(Doubt("The license is not known", "a license text that is known"))
    return tuple(dict.fromkeys(found))


def sentence(text: str, clause: Clause) -> str:
    """Return `text` as a sentence that ends with where the clause stands."""
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}{_place(clause)}"


def _place(clause: Clause) -> str:
    seen = clause.evidence
    parts = [f"section {clause.section}"] if clause.section else []
    if clause.policy:
        parts = [" of the ".join([*parts, clause.policy])]
    elif not parts and isinstance(seen, Quote):
        parts = [f"{seen.document} line {seen.line}"]
    if clause.via:
        parts.insert(0, f"from {clause.via[-1]}")
    return f" ({', '.join(parts)})" if parts else ""


def _open(terms: Terms) -> Iterator[Doubt]:
    """Yield the doubts that have nothing to do with how well a license is known to us."""
    found = [*_unread(terms.release), *_of_text(terms.license), *_beside(terms)]
    yield from found
    if not terms.license.complete and not found:
        yield Doubt("A further text or name may hold terms", "what the findings ask for")


def _unread(release: Release) -> Iterator[Doubt]:
    for missing in release.missing:
        if missing.role in _BINDING and missing.reason is not Reason.NOT_RECORDED:
            yield Doubt(
                f"{missing.name} was not read: {missing.detail}", f"the text of {missing.name}"
            )


def _of_text(license_: ArtifactLicense) -> Iterator[Doubt]:
    concluded = license_.concluded
    match concluded.match:
        case Match.NONE if concluded.evidence is None and not license_.declared:
            yield Doubt("No license is stated", "a license from the publisher")
        case Match.NONE:
            yield Doubt("The license is not one that is known", "a person who reads its text")
        case Match.NEAR:
            name = concluded.name or concluded.id
            yield Doubt(
                f"The text is a changed {name}: {len(license_.added)} passages added, "
                f"{len(license_.removed)} places removed",
                "a person who reads what was changed",
            )
        case Match.EXACT | Match.NAMED:
            return


def _beside(terms: Terms) -> Iterator[Doubt]:
    """Yield what a card and the releases behind leave open."""
    if terms.prose:
        ids = ", ".join(dict.fromkeys(c.id for c in terms.prose))
        yield Doubt(
            f"The card withholds more than the license does: {ids}",
            "the publisher's word on which of the two holds",
        )
    details = {n.id: n.detail or n.state for n in terms.chain.nodes}
    for name in terms.chain.open:
        yield Doubt(
            f"The terms of {name}, which it was made from, are not all known"
            f" ({details.get(name, 'not read')})",
            f"the license of {name}",
        )
