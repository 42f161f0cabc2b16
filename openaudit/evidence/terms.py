"""What the clauses of the license say, as facts.

A clause that is found decides its fact. A clause that is not found decides it only where every
clause of the license is known: a standard text, or a license named that we have read. A profile
whose text was not read lists what is known of it and settles nothing else. Otherwise
the fact stays unknown, because a rule that missed a clause must not read as a permission.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from openaudit.evidence.caps import CAPS, cap
from openaudit.evidence.ledger import fact
from openaudit.model.clause import Clause
from openaudit.model.evidence import Evidence
from openaudit.model.fact import Fact, Method
from openaudit.model.frozen import frozen
from openaudit.model.license import ArtifactLicense
from openaudit.model.profile import LicenseProfile
from openaudit.model.release import Plain


@frozen
class Terms:
    """The clauses of a release by id, and whether they are all there are.

    `basis` is what makes them all: the text, or the name and the profile behind it.
    """

    clauses: Mapping[str, tuple[Clause, ...]]
    complete: bool
    basis: tuple[Evidence, ...]

    def having(self, *ids: str) -> tuple[Clause, ...]:
        """Return the clauses with one of `ids`."""
        return tuple(c for i in ids for c in self.clauses.get(i, ()))


_PRESENCE: Final = {
    "usage.flow_down": ("pass-on-restrictions",),
    "usage.share_alike": ("same-license",),
    "usage.remote_restriction": ("remote-restriction",),
    "usage.latest_version_duty": ("latest-version",),
    "usage.policy_mutable": ("unilateral-change",),
    "usage.revocable": ("termination-at-will",),
    "usage.territory_limited": ("territory",),
    "usage.output_derivative": ("output-claim",),
    "usage.separate_license_case": ("hosting-ban", "registration", "competition-ban"),
}

_AGAINST_THE_OSD: Final = (
    "non-commercial",
    "research-only",
    "revenue-cap",
    "user-cap",
    "royalty",
    "training-ban",
    "competition-ban",
    "use-restrictions",
    "acceptable-use-policy",
    "territory",
    "hosting-ban",
    "no-redistribution",
    "no-derivatives",
    "registration",
    "licensee-limits",
)
"""Clauses that break the Open Source Definition (points 1, 3, 5 and 6), whatever the license."""

_BANNED_MODELS: Final = {"other-llm": "other_llms", "competing": "same_modality_models"}
_BRANDING_ONLY: Final = "branding"
_UNREAD: Final = "unknown"

_Reading = Callable[[Terms], tuple[Plain, tuple[Clause, ...]]]


def term_facts(
    clauses: Sequence[Clause],
    license_: ArtifactLicense,
    profile: LicenseProfile | None,
    *,
    whole: bool,
) -> Iterator[Fact]:
    """Yield the usage facts.

    `profile` is of the concluded license, None where it is not known; its clauses are all there
    are only where a person has read the text. `whole` says that no terms bind beside it, neither of
    a base model nor of a text that nobody knows.
    """
    by_id: dict[str, tuple[Clause, ...]] = {}
    for clause in clauses:
        by_id[clause.id] = (*by_id.get(clause.id, ()), clause)
    read = profile is not None and profile.verified is not None
    evidence = license_.concluded.evidence
    basis = (evidence,) if evidence is not None else ()
    terms = Terms(by_id, complete=whole and read, basis=basis)
    if profile is not None and profile.category != _UNREAD:
        yield fact("usage.class", profile.category, Method.INFERRED, *basis)
    yield _osd(terms, profile, whole=whole)
    for fact_id, ids in _PRESENCE.items():
        found = terms.having(*ids)
        yield _fact(fact_id, True if found else _absent(terms, value=False), found, terms)
    for fact_id, reading in _READINGS.items():
        value, found = reading(terms)
        yield _fact(fact_id, value, found, terms)


def _fact(fact_id: str, value: Plain, clauses: tuple[Clause, ...], terms: Terms) -> Fact:
    """Return the fact: parsed from clauses, or inferred from a license that holds none such."""
    if clauses or value is None:
        return fact(fact_id, value, Method.PARSED, *(c.evidence for c in clauses))
    return fact(fact_id, value, Method.INFERRED, *terms.basis)


def _absent(terms: Terms, *, value: Plain) -> Plain:
    return value if terms.complete else None


def _osd(terms: Terms, profile: LicenseProfile | None, *, whole: bool) -> Fact:
    against = against_the_osd([c for found in terms.clauses.values() for c in found])
    if against or profile is None or profile.osi is None:
        return _fact("usage.osd", False if against else None, against, terms)
    if not profile.osi:
        return _fact("usage.osd", False, (), terms)
    return _fact("usage.osd", True if whole else None, (), terms)


def against_the_osd(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses that no open source license can have."""
    return tuple(c for c in clauses if c.id in _AGAINST_THE_OSD and _limits(c))


def _limits(clause: Clause) -> bool:
    """Return whether a clause takes something away; a cap that only asks for a credit does not."""
    return clause.params.get("effect") != _BRANDING_ONLY


def _caps(terms: Terms) -> tuple[Clause, ...]:
    return tuple(c for c in terms.having(*CAPS) if _limits(c))


def _scale_cap(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    caps = _caps(terms)
    return (True if caps else _absent(terms, value=False)), caps


def _caps_as_such(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    caps = terms.having(*CAPS)
    return ([cap(c) for c in caps] if caps else _absent(terms, value=[])), caps


def _territory(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    found = terms.having("territory")
    names: list[Plain] = []
    for clause in found:
        excluded = clause.params.get("excluded")
        names += excluded if isinstance(excluded, tuple) else ()
    if found and not names:  # a territory that the rule does not name
        return None, found
    return ([*dict.fromkeys(names)] if names else _absent(terms, value=[])), found


def _commercial(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    barred = terms.having("research-only", "non-commercial")
    if any(c.params.get("scope", "all") in ("all", "weights") for c in barred):
        return "forbidden", barred
    conditions = (*barred, *_caps(terms), *terms.having("registration", "hosting-ban", "royalty"))
    return ("conditional" if conditions else _absent(terms, value="allowed")), conditions


def _field_of_use(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    if policies := terms.having("acceptable-use-policy"):
        return "policy_by_reference", policies
    lists = terms.having("use-restrictions")
    only_laws = all(c.params.get("prohibits") == ("illegal-activity",) for c in lists)
    if lists:
        return ("laws_only" if only_laws else "list"), lists
    return _absent(terms, value="none"), ()


def _training_ban(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    for ban in terms.having("training-ban"):
        return _BANNED_MODELS.get(str(ban.params.get("scope")), "any_ai_model"), (ban,)
    return _absent(terms, value="none"), ()


def _training_ban_outputs(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    bans = tuple(
        c for c in terms.having("training-ban") if c.params.get("subject") in ("outputs", "both")
    )
    return (True if bans else _absent(terms, value=False)), bans


def _redistribution(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    if barred := terms.having("no-redistribution"):
        return "forbidden", barred
    if barred := terms.having("research-only"):
        return "research_only", barred
    return _absent(terms, value="allowed"), ()


def _modification(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    barred = terms.having("no-derivatives")
    return ("forbidden" if barred else _absent(terms, value="allowed")), barred


def _branding(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    ladder = (
        ("naming", "name_prefix"),
        ("display-attribution", "built_with"),
        ("retain-notices", "notice"),
    )
    for clause_id, value in ladder:
        if found := terms.having(clause_id):
            return value, found
    return _absent(terms, value="none"), ()


def _litigation(terms: Terms) -> tuple[Plain, tuple[Clause, ...]]:
    found = terms.having("litigation-termination")
    if any(c.params.get("scope") == "patent" for c in found):
        return "patent", found
    return ("broad" if found else _absent(terms, value="none")), found


_READINGS: Final[Mapping[str, _Reading]] = {
    "usage.scale_caps": _caps_as_such,
    "usage.scale_cap_license": _scale_cap,
    "usage.territory": _territory,
    "usage.commercial": _commercial,
    "usage.field_of_use": _field_of_use,
    "usage.training_ban": _training_ban,
    "usage.training_ban_outputs": _training_ban_outputs,
    "usage.redistribution": _redistribution,
    "usage.modification": _modification,
    "usage.branding": _branding,
    "usage.litigation_termination": _litigation,
}
