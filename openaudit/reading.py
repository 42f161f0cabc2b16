"""Read a lone license text, or a license by its name. Pure, like `api`, and beside it.

A text is judged by what it says: which known license it is word for word, what it holds beside or
without that, and which clauses the rules find in it.
"""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from openaudit.clauses.known import profile_clauses, reconcile, vouched
from openaudit.clauses.match import find_clauses
from openaudit.clauses.reach import unread_from
from openaudit.data import Knowledge
from openaudit.licenses.card import is_card
from openaudit.licenses.identify import identify
from openaudit.licenses.index import shipped
from openaudit.licenses.mentions import find_mentions
from openaudit.licenses.names import policy_of, resolve
from openaudit.licenses.spdx import listed_profile
from openaudit.losses import losses
from openaudit.model.clause import Clause
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Observation, Witness
from openaudit.model.license import Identification, Match
from openaudit.model.profile import LicenseProfile
from openaudit.model.text_report import LicenseName, TextReport

_LICENSE_NAMES: Final = ("license", "licence", "copying")


def read_text(document: Document, knowledge: Knowledge) -> TextReport:
    """Return what the text of `document` is and says."""
    # In a file called LICENSE every word counts; elsewhere prose may stand around a license.
    named = document.name.rsplit("/", 1)[-1].lower().startswith(_LICENSE_NAMES)
    card = not named and is_card(document.text)
    found = identify(document.text, shipped(), card=card)
    main = found.main
    profile = knowledge.licenses.get(main.id) if main else None
    role = Role.POLICY if main and _is_policy(main.id, knowledge) else Role.LICENSE
    clauses = find_clauses(replace(document, role=role), knowledge.clauses.values())
    several = _holds_several(found, knowledge)
    told = found.found if several else filter(None, [main])
    changes = tuple(
        loss for f in told for loss in losses(document, f, knowledge.licenses.get(f.id), clauses)
    )
    lost: tuple[Clause, ...] = ()
    exact = False
    if profile is not None and profile.verified is not None:
        known = _known(profile, knowledge)
        if main is not None and main.match is Match.EXACT and len(found.found) == 1:
            exact = True
            held = (main.start, main.end)
            read = vouched(clauses, profile, knowledge.clauses, knowledge.own, held)
            clauses = reconcile(read, known)
            clauses = (*clauses, *_policy(profile, knowledge))
        elif main is not None and main.removed:
            placed = {i for loss in changes for i in loss.clauses}
            rest = reconcile(clauses, known)[len(clauses) :]
            lost = tuple(c for c in rest if c.id not in placed)
    names = {i: _name(i, knowledge) for i in _ids(found)}
    caution = (profile.careless if profile and main and main.match is Match.EXACT else None) or ""
    end = unread_from(document.text)
    if end is not None:
        unread = (
            f"Only the first {end:,} characters were read for clauses; what follows is unknown."
        )
        caution = f"{unread} {caution}".rstrip()
    mentions = find_mentions(
        document.text,
        knowledge.mentions,
        knowledge.licenses,
        knowledge.tags,
        apart=[(f.start, f.end) for f in found.found],
    )
    return TextReport(
        document.name,
        document.text,
        found,
        names,
        clauses,
        losses=changes,
        lost=lost,
        caution=caution,
        mentions=mentions,
        several=several,
        vouched=exact,
    )


def read_name(name: str, knowledge: Knowledge) -> TextReport | None:
    """Return what is known of the license called `name`; None where that is not one license."""
    named = resolve(name, knowledge.licenses, knowledge.tags)
    if named.id is None and named.expression is None:
        return None
    profile = knowledge.licenses.get(named.id or "")
    label = (
        LicenseName(profile.id, profile.name, profile.expression)
        if profile
        else LicenseName(str(named.expression), str(named.expression), str(named.expression))
    )
    clauses = (*_known(profile, knowledge), *_policy(profile, knowledge)) if profile else ()
    caution = (profile.careless if profile else None) or ""
    others = () if name in knowledge.licenses else named.candidates
    return TextReport(
        name,
        "",
        Identification(),
        {},
        clauses,
        named=label,
        caution=caution,
        editions=tuple(i for i in others if i != label.id),
    )


def why_no_name(name: str, knowledge: Knowledge) -> str:
    """Return why `read_name` has nothing to say of `name`, and which licenses may be meant."""
    family = resolve(name, knowledge.licenses, knowledge.tags).candidates
    if family:
        return f"the name leaves open which license is meant: {', '.join(family)}"
    near = get_close_matches(name, sorted(knowledge.licenses), n=3)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return f"no such file, and no license is known by this name{hint}"


def _policy(profile: LicenseProfile, knowledge: Knowledge) -> tuple[Clause, ...]:
    """Return the clauses of the use policy that a license takes in, where it is known."""
    policy = policy_of(profile, knowledge.licenses)
    if policy is None:
        return ()
    return tuple(replace(c, policy=policy.name) for c in _known(policy, knowledge))


def _known(profile: LicenseProfile, knowledge: Knowledge) -> tuple[Clause, ...]:
    checked = f"checked {profile.verified}" if profile.verified else "its text was not read"
    said = Observation(Witness.CATALOG, None, f"our profile of {profile.id}, {checked}")
    return profile_clauses(profile, knowledge.clauses.values(), said)


def _holds_several(found: Identification, knowledge: Knowledge) -> bool:
    """Say whether there are different licenses in a text, beside the use policies of one."""
    licenses = (f for f in found.found if not _is_policy(f.id, knowledge))
    return replace(found, found=tuple(licenses)).several


def _is_policy(license_id: str, knowledge: Knowledge) -> bool:
    profile = knowledge.licenses.get(license_id)
    return profile is not None and profile.kind == "policy"


def _ids(found: Identification) -> Iterable[str]:
    nearest = [found.nearest.id] if found.nearest else []
    return dict.fromkeys([*(f.id for f in found.found), *nearest])


def _name(license_id: str, knowledge: Knowledge) -> LicenseName:
    profile = knowledge.licenses.get(license_id) or listed_profile(license_id)
    if profile is None:
        return LicenseName(license_id, license_id, f"LicenseRef-openaudit-{license_id}")
    return LicenseName(license_id, profile.name, profile.expression)
