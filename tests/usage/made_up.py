"""Licenses made up for the tests, read as if a person knew them word for word."""

from functools import cache
from hashlib import sha256

from openaudit.clauses.match import find_clauses
from openaudit.data import knowledge
from openaudit.model.clause import Clause
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Observation, Witness
from openaudit.model.license import ArtifactLicense, Conclusion, Match
from openaudit.model.lineage import Chain
from openaudit.model.profile import LicenseProfile
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release
from openaudit.model.report import Obligation
from openaudit.model.usage import Use, UseAnswer
from openaudit.usage.answers import answers
from openaudit.usage.duties import duties
from openaudit.usage.profile import inline
from openaudit.usage.table import UseRules, use_rules
from openaudit.usage.terms import Terms

SEEN = Observation(Witness.API, None, "made up")
GRANT = "Acme grants you a worldwide, royalty-free license to use the Tiny model.\n\n"


@cache
def rules() -> UseRules:
    return use_rules(knowledge().uses, knowledge().clauses)


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Return what the rules find in a license text."""
    whole = GRANT + text
    digest = sha256(whole.encode()).hexdigest()
    document = Document("LICENSE", Role.LICENSE, whole, digest)
    return find_clauses(document, knowledge().clauses.values())


def terms_of(
    text: str,
    *,
    verified: str | None = "2026-11-24",
    tags: tuple[str, ...] = (),
    chain: Chain | None = None,
) -> Terms:
    """Return the terms of a release under a license with this text, which a person has read."""
    profile = LicenseProfile(
        id="tiny",
        name="Tiny License",
        expression="LicenseRef-tiny",
        category="community",
        verified=verified,
        osi=False,
        tags=(),
        names=(),
        urls=(),
        texts=(),
        clauses=(),
    )
    concluded = Conclusion("tiny", "Tiny License", "LicenseRef-tiny", Match.EXACT, 1.0, SEEN)
    release = Release(
        reference=parse("acme/tiny"),
        hub="huggingface",
        id="acme/tiny",
        revision=None,
        origin=Origin.HUB,
        retrieved_at=None,
        metadata=Metadata(tags=tags),
    )
    license_ = ArtifactLicense("weights", (), concluded, complete=True)
    return Terms(release, license_, profile, clauses_of(text), (), chain or Chain())


def asked(use: str, terms: Terms) -> dict[Use, UseAnswer]:
    """Return the answers to a profile as a user writes it."""
    return {a.question: a for a in answers(inline(use, knowledge().uses), terms, rules())}


def one(use: str, text: str, **how: object) -> UseAnswer:
    """Return the answer to the first use of a profile."""
    found = asked(use, terms_of(text, **how))  # type: ignore[arg-type]  # passed on as they are
    return found[Use(use.partition(",")[0])]


def to_do(use: str, terms: Terms) -> tuple[Obligation, ...]:
    """Return the checklist of a profile."""
    return duties(inline(use, knowledge().uses), terms, rules())
