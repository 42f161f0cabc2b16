"""A license, a policy and a release of our own, so that no test needs a text of somebody else."""

import hashlib
from collections.abc import Mapping
from functools import cache

from openaudit.licenses.collect import LicenseText
from openaudit.licenses.encode import encode
from openaudit.licenses.index import Index
from openaudit.licenses.titles import body_digest
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

LINDEN = """\
Linden Public License
Version 1.0, March 2020

Preamble

A tree that many people tend gives shade to more of them. This text says how the weights, the
programs that run them and the papers that describe them pass from one hand to the next.

1. Words used here

The planter is whoever first gave the weights away. A tender is whoever holds a copy. A graft is
any work made by changing the weights, however much or little of them is left in it.

2. What tenders may do

Every tender may run the weights anywhere, look into them, change them, make grafts, and hand
copies and grafts on, free of charge or for a price, for as long as section 3 is followed. This
permission is irrevocable, covers the whole world, and comes with no royalty.

3. What tenders owe

(a) Each copy and each graft travels with this text.
(b) A graft says in plain words that it is one, and who made it.
(c) Nobody uses the name of the planter to praise a graft without asking first.

4. What nobody promises

The weights are given as they stand. The planter does not promise that they are fit for any use,
that they are free of errors, or that their answers are true, and answers for no loss above 700
million crowns that follows from their use.

END OF TERMS AND CONDITIONS

How to put this text on your own weights

Write your name and the year in front of the text and place the file beside the weights.

Copyright (c) <year> <name>
"""

LINDEN_2 = LINDEN.replace("Version 1.0, March 2020", "Version 2.0, June 2022").replace(
    "and who made it.", "who made it, and from which version of the weights it was grown."
)


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


@cache
def index() -> Index:
    """The fingerprints of the texts made up here."""
    named = {p.id: p.titles for p in profiles().values()}
    texts = {"birch": BIRCH, "alder-2025": ALDER, "alder-2024": ALDER_OLD, "alder-rules": RULES}
    texts |= {"linden-1": LINDEN, "linden-2": LINDEN_2}
    known = [LicenseText(i, named.get(i, ("Linden Public License",)), t) for i, t in texts.items()]
    return Index.read(encode(known))


def document(text: str, name: str = "LICENSE", role: Role = Role.LICENSE) -> Document:
    return Document(name, role, text, hashlib.sha256(text.encode()).hexdigest())


def said(value: str, kind: StatementKind = StatementKind.TAG) -> Statement:
    return Statement(value, kind, Observation(Witness.API, None, f"{kind}: {value}"))
