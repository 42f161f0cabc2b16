"""Names of a license that a release gives, and whether two of them can mean the same."""

from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.licenses.names import NOTHING, Named, Profiles, Tags, resolve
from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen
from openaudit.model.license import Statement, StatementKind

UNSAID: Final = frozenset({"other", "unknown"})
"""Values of a tag that name no license."""


@frozen
class Claim:
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
        said = self.value.strip().lower() not in UNSAID
        return said and self.kind is not StatementKind.LINK and self.named == NOTHING

    @property
    def elsewhere(self) -> bool:
        """Say whether it leads to a license that nobody here knows."""
        return self.kind is StatementKind.LINK and self.named == NOTHING


def claim_of(statement: Statement, profiles: Profiles, tags: Tags) -> Claim:
    """Return the claim that a statement makes."""
    named = resolve(statement.value, profiles, tags)
    return Claim(statement.value, named, statement.evidence, statement.kind)


def apart(claims: Sequence[Claim], ids: Sequence[str], profiles: Profiles) -> Iterator[Claim]:
    """Yield the claims that name something else than a text with `ids`."""
    for claim in claims:
        said = claim.named != NOTHING
        if said and not any(covers(claim.named, i, profiles) for i in ids):
            yield claim


def asks_for_more(claims: Sequence[Claim], ids: Sequence[str], profiles: Profiles) -> bool:
    """Say whether a claim that is `apart` names a license with clauses that a text has not.

    The text may then be of the code alone. A claim whose terms nobody read may ask for anything.
    """
    held = {c.id for i in ids if i in profiles for c in profiles[i].clauses}
    for claim in apart(claims, ids, profiles):
        named = (claim.named.id or "", *claim.named.candidates)
        asked = [profiles[i].clauses for i in named if i in profiles]
        if not all(asked) or not asked or any(c.id not in held for a in asked for c in a):
            return True
    return False


def covers(named: Named, license_id: str, profiles: Profiles) -> bool:
    """Say whether a name can mean the license: its id, an edition, or a part of the expression."""
    if license_id == named.id or license_id in named.candidates:
        return True
    _, expression = name_of(license_id, profiles)
    return named.expression is not None and expression in named.expression.strip("()").split()


def agree(one: Named, other: Named, profiles: Profiles) -> bool:
    """Say whether two names can mean the same license; a name not known contradicts nothing."""
    if NOTHING in (one, other) or one == other:
        return True
    if one.id is not None and covers(other, one.id, profiles):
        return True
    if other.id is not None and covers(one, other.id, profiles):
        return True
    return one.expression is not None and (
        one.expression == other.expression or one.expression in other.candidates
    )


def name_of(license_id: str, profiles: Profiles) -> tuple[str, str]:
    """Return the name and the expression of a license, of which there may be no profile."""
    profile = profiles.get(license_id)
    if profile is None:
        from openaudit.licenses.spdx import listed_profile  # noqa: PLC0415  # few ids get here

        profile = listed_profile(license_id)
    if profile is None:
        return license_id, f"LicenseRef-openaudit-{license_id}"
    return profile.name, profile.expression
