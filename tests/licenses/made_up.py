"""A license, a policy and a release of our own, so that no test needs a text of somebody else."""

import hashlib
from collections.abc import Mapping

from openaudit.licenses.identify import body_digest
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Observation, Witness
from openaudit.model.license import Statement, StatementKind
from openaudit.model.profile import KnownText, LicenseProfile

BIRCH = """\
Birch License

Copyright (c) 2021 Birch Example Ltd.

Everybody who receives these weights may run them, change them and pass them on, for money or for
free, as long as this text and the line above stay with every copy.

1. The giver of the weights promises nothing about them.
2. The giver of the weights answers for no damage that comes from them, up to 1.5 million euros.
"""

ALDER = """\
ALDER TERMS OF USE
Last modified: May 5, 2025

These weights may be used for study. Whoever sells what they produce needs a further permission.
"""

ALDER_OLD = ALDER.replace("May 5, 2025", "May 5, 2024").replace("a further", "another")

RULES = """\
Alder Use Rules

Nobody uses Alder to deceive, to spy or to harm.
"""


def profile(  # noqa: PLR0913  # a profile has many fields
    license_id: str,
    text: str,
    *,
    titles: tuple[str, ...],
    tags: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    urls: tuple[str, ...] = (),
    editions: tuple[str, ...] = (),
    kind: str = "license",
    policy_url: str | None = None,
) -> LicenseProfile:
    known = KnownText(hashlib.sha256(text.encode()).hexdigest(), body_digest(text, titles), "ours")
    return LicenseProfile(
        id=license_id,
        name=f"{titles[0]} ({license_id})",
        expression=f"LicenseRef-openaudit-{license_id}",
        category="community",
        verified="2026-01-01",
        osi=None,
        tags=tags,
        names=names,
        urls=urls,
        texts=(known,),
        clauses=(),
        policy_url=policy_url,
        titles=titles,
        editions=editions,
        kind=kind,
    )


def profiles() -> Mapping[str, LicenseProfile]:
    made = (
        profile(
            "birch",
            BIRCH,
            titles=("Birch License",),
            tags=("birch",),
            names=("Birch License", "The Birch License"),
            urls=("https://birch.example/license",),
        ),
        profile(
            "alder-2025",
            ALDER,
            titles=("Alder Terms of Use", "Last modified: May 5, 2025"),
            tags=("alder",),
            names=("Alder Terms of Use",),
            urls=("https://alder.example/terms",),
            editions=("alder-2024",),
            policy_url="https://alder.example/rules/",
        ),
        profile(
            "alder-2024",
            ALDER_OLD,
            titles=("Alder Terms of Use", "Last modified: May 5, 2024"),
        ),
        profile(
            "alder-rules",
            RULES,
            titles=("Alder Use Rules",),
            urls=("https://alder.example/rules",),
            kind="policy",
        ),
    )
    return {p.id: p for p in made}


def document(text: str, name: str = "LICENSE", role: Role = Role.LICENSE) -> Document:
    return Document(name, role, text, hashlib.sha256(text.encode()).hexdigest())


def said(value: str, kind: StatementKind = StatementKind.TAG) -> Statement:
    return Statement(value, kind, Observation(Witness.API, None, f"{kind}: {value}"))
