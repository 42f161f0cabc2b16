"""What a written name of a license means: a hub tag, a full name, an address or an expression.

Names are compared whole, never in part: `MIT-like` is not MIT. A family (`openrail`, `cc`) and a
list of several licenses give candidates and no id, because nothing in them says which one holds.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from openaudit.model.frozen import frozen
from openaudit.model.license import HubTag
from openaudit.model.profile import LicenseProfile

Profiles = Mapping[str, LicenseProfile]
Tags = Mapping[str, HubTag]

_LONGEST: Final = 300
"""Characters of the longest name or address that is looked up; nothing known is as long."""

_SAYS_NOTHING: Final = frozenset({"", "other", "unknown", "none", "n/a", "na", "null", "custom"})
_SEPARATORS = re.compile(r"\s*[,;/|]\s*|\s+(?:and|or|&)\s+", re.IGNORECASE)
_EXPRESSION = re.compile(r"[A-Za-z0-9.+() -]{2,200}")
# The summary of a license in some language leads to the one license, unless it was ported.
_DEED = re.compile(
    r"^(creativecommons\.org/(?:licenses|publicdomain)/[a-z+-]+/[\d.]+)/(?:deed|legalcode)\.[\w-]{2,8}$"
)
_RAW_FILE = re.compile(r"^((?:huggingface\.co|hf\.co|github\.com)/.+?)/(?:raw|resolve|blob)/")


@frozen
class Named:
    """What a name resolves to; all empty where it is not known.

    `id` is the id of a profile. `expression` alone is a license that has none here. `candidates`
    without `id` and `expression` is a family; with them, all the editions the name stands for.
    """

    id: str | None = None
    expression: str | None = None
    candidates: tuple[str, ...] = ()


NOTHING: Final = Named()


def resolve(value: str, profiles: Profiles, tags: Tags) -> Named:
    """Return what `value` names: as a tag, else a name, else an address, else an expression."""
    value = " ".join(value.split())
    if len(value) > _LONGEST or value.casefold() in _SAYS_NOTHING:
        return NOTHING
    if (one := _one(value, profiles, tags)) != NOTHING:
        return one
    if (expressed := _expression(value, profiles)) != NOTHING:
        return expressed
    parts = [p for p in _SEPARATORS.split(value.strip("[]")) if p]
    if len(parts) < 2:  # noqa: PLR2004  # a list has two
        return NOTHING
    named = [_one(part.strip("'\" "), profiles, tags) for part in parts]
    if any(n.id is None and n.expression is None for n in named):
        return NOTHING
    return Named(candidates=tuple(dict.fromkeys(n.id or str(n.expression) for n in named)))


def policy_of(profile: LicenseProfile, profiles: Profiles) -> LicenseProfile | None:
    """Return the use policy that a license incorporates, where it is known here.

    Editions of a policy share an address; where several do, the license's own is the one that
    lists it among its editions, and otherwise none can be told.
    """
    if profile.policy_url is None:
        return None
    found = _by_url(profile.policy_url, (p for p in profiles.values() if p.kind == "policy"))
    own = [p for p in found if profile.id in p.editions]
    return own[0] if own else found[0] if len(found) == 1 else None


def _one(value: str, profiles: Profiles, tags: Tags) -> Named:
    lowered = value.lower()
    if (tag := tags.get(lowered)) is not None:
        return _of_tag(tag, profiles)
    if value in profiles:
        return _of_profiles([profiles[value]])
    found = [p for p in profiles.values() if lowered in p.tags]
    if not found:
        folded = folded_name(value)
        found = [p for p in profiles.values() if _is_called(p, folded)]
        if not found and (family := _family(folded, tags)) is not None:
            return _of_tag(family, profiles)
    if not found and ("/" in value or "." in value):
        found = _by_url(value, profiles.values())
    return _of_profiles(found) if found else _listed(value, profiles)


def _family(folded: str, tags: Tags) -> HubTag | None:
    return next((t for name, t in tags.items() if folded_name(name) == folded), None)


def _listed(value: str, profiles: Profiles) -> Named:
    """Return the license that the SPDX list calls so, its profile where there is one."""
    from openaudit.licenses.spdx import listed_as  # noqa: PLC0415  # few names get here

    license_id = listed_as(value)
    if license_id is None:
        return NOTHING
    if license_id in profiles:
        return _of_profiles([profiles[license_id]])
    return Named(None, license_id)


def _of_tag(tag: HubTag, profiles: Profiles) -> Named:
    if tag.expression is None:
        return Named(candidates=tag.candidates)
    found = [p for p in profiles.values() if p.expression == tag.expression]
    return Named(found[0].id if found else None, tag.expression, tag.candidates)


def _of_profiles(found: list[LicenseProfile]) -> Named:
    if not found:
        return NOTHING
    if len(found) > 1:
        return Named(candidates=tuple(p.id for p in found))
    only = found[0]
    editions = (only.id, *only.editions) if only.editions else ()
    return Named(only.id, only.expression, editions)


def _is_called(profile: LicenseProfile, folded: str) -> bool:
    named = (profile.id, profile.name, profile.expression, *profile.names)
    return any(folded_name(name) == folded for name in named)


def _by_url(value: str, profiles: Iterable[LicenseProfile]) -> list[LicenseProfile]:
    wanted = _canonical(value)
    return [p for p in profiles if any(_canonical(url) == wanted for url in p.urls)]


@lru_cache(maxsize=8192)
def folded_name(name: str) -> str:
    """Return the form in which names are compared; a plus counts (`OpenRAIL++`, `GPL-3.0+`).

    `licence` is how the British spell it, in names as elsewhere.
    """
    from openaudit.licenses.normalize import fold  # noqa: PLC0415  # a hub tag needs no folding

    return fold(name.replace("+", " plus ")).replace("licence", "license")


@lru_cache(maxsize=8192)
def _canonical(url: str) -> str:
    """Return an address without scheme, `www.`, fragment and closing slash, in lower case."""
    bare = re.sub(r"^<?(?:https?://)?(?:www\.)?", "", url.strip().lower())
    bare = bare.split("#", 1)[0].rstrip("/>. ")
    bare = re.sub(r"^raw\.githubusercontent\.com/([^/]+/[^/]+)/", r"github.com/\1/blob/", bare)
    bare = _DEED.sub(r"\1", bare)
    return _RAW_FILE.sub(r"\1/blob/", bare)


def _expression(value: str, profiles: Profiles) -> Named:
    """Return `value` read as an SPDX expression of known ids, its profile where it is one id."""
    if not _EXPRESSION.fullmatch(value):
        return NOTHING
    from openaudit.licenses.spdx import normalized  # noqa: PLC0415  # 0.1 s, few names get here

    expression = normalized(value)
    if expression is None:
        return NOTHING
    found = [p for p in profiles.values() if p.expression == expression]
    return Named(found[0].id if found else None, expression)
