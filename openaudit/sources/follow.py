"""Reading the license that a card's `license_link` names on another host: that link and no other.

The link is a stranger's. It is followed over https alone, to hosts that `addresses` lets through,
on every redirect anew; with no token, no cookie and no proxy, so the client of the hubs is not
used; within limits of time and size; and only what is sent as text is read.
"""

import re
import ssl
from collections.abc import Callable
from dataclasses import field, replace
from functools import partial
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.frozen import frozen
from openaudit.model.release import Release
from openaudit.sources import addresses, texts
from openaudit.sources.addresses import Refused, Resolver
from openaudit.sources.page import Page, Redirect, Target, get
from openaudit.sources.retry import Again, Deadline, Limits, persist

_LIMITS: Final = Limits(answer=8.0, text=12.0, text_bytes=1_000_000)
_MOST_REDIRECTS: Final = 5
_HTTPS: Final = 443

# Where a page shows a text, this is where the text itself is.
_PLAIN: Final = (
    (r"https://github\.com/([^/]+/[^/]+)/blob/", r"https://raw.githubusercontent.com/\1/"),
    (r"(https://gitlab\.com/.+)/-/blob/", r"\1/-/raw/"),
    (r"(https://huggingface\.co/(?:datasets/)?[^/]+/[^/]+)/blob/", r"\1/resolve/"),
)


@frozen
class Door:
    """What a link may lead through. `opened` are origins that no rule is applied to.

    Nothing is opened outside of tests: `https://host:port` there stands for a server of their own.
    """

    resolve: Resolver = addresses.system
    opened: frozenset[str] = frozenset()
    trust: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)
    limits: Limits = _LIMITS


_DOOR: Final = Door()


def followed(release: Release, known: Callable[[str], bool], door: Door = _DOOR) -> Release:
    """Return `release` with the texts its links lead to; links that are `known` are not asked.

    A link that gives no text stays among what is missing, with the reason.
    """
    together = Deadline(door.limits.texts)
    found = [
        read(m.name, door, together) if _leads_out(m) and not known(m.name) else m
        for m in release.missing
    ]
    if found == [*release.missing]:
        return release
    return replace(
        release,
        documents=(*release.documents, *(f for f in found if isinstance(f, Document))),
        missing=tuple(f for f in found if isinstance(f, Missing)),
    )


def read(link: str, door: Door = _DOOR, together: Deadline | None = None) -> Document | Missing:
    """Return the text at `link`, or why there is none; nothing is raised for it."""
    left = door.limits.answer if together is None else together.left()
    deadline = Deadline(min(door.limits.answer, left))
    url = link
    for pattern, plain in _PLAIN:
        url = re.sub(rf"\A{pattern}", plain, url)
    try:
        for _ in range(_MOST_REDIRECTS + 1):
            answer: Page | Redirect | Again = persist(
                partial(_get, url, door, deadline), deadline, door.limits.pause
            )
            match answer:
                case Redirect(location):
                    url = urljoin(url, location)
                case Again(reason):
                    return _missing(link, Reason.FAILED, f"it could not be had ({reason})")
                case Page(data):
                    return texts.decode(link, Role.LICENSE, data, None, truncated=False).text
    except Refused as error:
        return _missing(link, Reason.ELSEWHERE, f"it {error}")
    return _missing(link, Reason.FAILED, "it leads from one address to the next")


def _get(url: str, door: Door, deadline: Deadline) -> Page | Redirect | Again:
    try:
        return get(_target(url, door), door.trust, deadline, door.limits)
    except OSError as error:
        why = " ".join(str(error).split())[:120] or type(error).__name__
        return Again(why, unreached=True)


def _target(url: str, door: Door) -> Target:
    """Return where `url` leads; its host is looked up for this request and no other.

    Raises:
        Refused: it must not be followed.
        OSError: its host has no address.
    """
    try:
        split = urlsplit(url)
        host, port = split.hostname or "", split.port
    except ValueError as error:
        raise Refused("is not a usable address") from error
    secure = split.scheme == "https"
    path = quote(split.path or "/", safe="/%:@!$&'()*+,;=~-._")
    path += f"?{quote(split.query, safe='/%:@!$&()*+,;=~-._?')}" if split.query else ""
    if f"{split.scheme}://{split.netloc}" in door.opened:
        port = port or (_HTTPS if secure else 80)
        return Target(secure, host, port, path, door.resolve(host, port)[0])
    if not secure:
        raise Refused("is not an https address")
    if "@" in split.netloc or port not in (None, _HTTPS):
        raise Refused("names a user or a port")
    return Target(secure, host, _HTTPS, path, addresses.checked(host, _HTTPS, door.resolve))


def _leads_out(missing: Missing) -> bool:
    return missing.role is Role.LICENSE and missing.reason is Reason.ELSEWHERE


def _missing(link: str, reason: Reason, detail: str) -> Missing:
    return Missing(link, Role.LICENSE, reason, detail)
