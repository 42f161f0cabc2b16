"""One GET from a hub, through the Hugging Face client's session: bounded in time and in size.

Other hubs are asked through the same session, with headers of their own: one client, one set of
proxy and certificate settings, one policy for trying again.

The client's `model_info` and `hf_raise_for_status` are not used. Both read an answer whole,
however long it is and takes; the first rebuilds the card as an object and fails on keys it does
not expect, the second fails on an error body that is JSON but no object. The requests on the wire
are the same. Importing this module imports the client: only
modules that ask a hub may do so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum, auto
from typing import Final, Protocol

from huggingface_hub import constants
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.utils import (  # type: ignore[attr-defined]  # public, but not marked so
    build_hf_headers,
    get_session,
)

from openaudit import __version__
from openaudit.errors import HubUnreachable, UsageError
from openaudit.model.frozen import frozen
from openaudit.sources.endpoint import Endpoint
from openaudit.sources.retry import Again, Deadline, Limits, persist, wait_asked

# The client moved from httpx to httpx2; what both raise is the base of the client's own error.
_TRANSPORT: Final[type[Exception]] = HfHubHTTPError.__mro__[1]
_OK: Final = frozenset({200, 206})
_TOO_MANY: Final = 429
_RETRIED: Final = frozenset({408, _TOO_MANY, 500, 502, 503, 504})
_UNAUTHORIZED: Final = 401
_TOKEN: Final = re.compile(r"(?i)credential|\btoken")


class Cause(Enum):
    """Why a hub that answered gives nothing."""

    GATED = auto()
    NOT_FOUND = auto()
    NO_REVISION = auto()
    NO_ENTRY = auto()
    DISABLED = auto()
    FORBIDDEN = auto()
    TOKEN_REFUSED = auto()
    OTHER = auto()


_CODES: Final = {
    "RevisionNotFound": Cause.NO_REVISION,
    "EntryNotFound": Cause.NO_ENTRY,
    "GatedRepo": Cause.GATED,
    "RepoNotFound": Cause.NOT_FOUND,
}


@frozen
class Refusal:
    """An answer that trying again does not change."""

    cause: Cause
    status: int


@frozen
class Body:
    """What was read; `truncated` where there was more than the limit."""

    data: bytes
    truncated: bool


@frozen
class Ask:
    """What to GET: a path of the hub, and the most bytes that are read of the answer.

    `part` asks for no more than these bytes; more is not read whatever is sent.
    """

    path: str
    most: int
    params: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    part: bool = False


def _refused(status: int, headers: Mapping[str, str]) -> Refusal | Again:
    """Read the hub's error headers. Without any of them it was not a hub that answered."""
    if again := busy(status, headers):
        return again
    if cause := _CODES.get(headers.get("X-Error-Code", "")):
        return Refusal(cause, status)
    said = headers.get("X-Error-Message", "")
    if "is disabled" in said:
        return Refusal(Cause.DISABLED, status)
    if status == _UNAUTHORIZED and _TOKEN.search(said):
        return Refusal(Cause.TOKEN_REFUSED, status)
    by_status = {_UNAUTHORIZED: Cause.NOT_FOUND, 403: Cause.FORBIDDEN, 404: Cause.NOT_FOUND}
    return Refusal(by_status.get(status, Cause.OTHER) if said else Cause.OTHER, status)


def busy(status: int, headers: Mapping[str, str]) -> Again | None:
    """Return that and when to ask again, None for a refusal that stays one."""
    if status not in _RETRIED:
        return None
    reason = "rate limited" if status == _TOO_MANY else f"answered {status}"
    return Again(reason, status=status, wait=wait_asked(headers))


@frozen
class Line:
    """A hub and how we present ourselves to it. `authorized`: a token is among the headers.

    `silent` says that no token is sent on purpose, whatever the user has. `refused` reads an answer
    that is none: status and headers.
    """

    endpoint: Endpoint
    headers: Mapping[str, str]
    limits: Limits
    silent: bool = False
    refused: Callable[[int, Mapping[str, str]], Refusal | Again] = _refused

    @property
    def authorized(self) -> bool:
        return "authorization" in self.headers

    def anonymous(self) -> "Line":
        """Return the same line without a token."""
        headers = {k: v for k, v in self.headers.items() if k != "authorization"}
        return replace(self, headers=headers)


class _Response(Protocol):
    """What is used of a response of httpx and of httpx2."""

    def iter_bytes(self) -> Iterator[bytes]: ...


def open_line(endpoint: Endpoint, token: str | None, limits: Limits, *, anonymous: bool) -> Line:
    """Return a line to `endpoint` with `token`, else with the one the client finds.

    `anonymous` reads and sends none. The session sends the token to the endpoint's origin alone: a
    redirect to another one drops it.

    Raises:
        UsageError: the token cannot be read or be one, or the proxy settings are wrong.
    """
    authorization = "" if anonymous else _authorization(token)
    headers = presented(authorization, "HF_TOKEN")
    return Line(endpoint, headers, limits, silent=anonymous)


def presented(authorization: str, variable: str) -> dict[str, str]:
    """Return the headers of every request; `variable` is where a token that is none came from.

    Raises:
        UsageError: the token cannot be one, or the proxy settings are wrong.
    """
    try:
        get_session()
    except (OSError, ValueError, ImportError) as error:
        why = " ".join(str(error).split())
        raise UsageError(f"the proxy or certificate settings are not usable: {why}") from error
    if not (authorization.isascii() and authorization.isprintable()):
        raise UsageError(f"the token for the hub has characters no token has; check {variable}")
    # The client's own user agent would tell the hub which frameworks are installed.
    kept = {"authorization": authorization} if authorization else {}
    return {"user-agent": f"openaudit/{__version__}", "accept-encoding": "identity"} | kept


def _authorization(token: str | None) -> str:
    try:
        return build_hf_headers(token=token).get("authorization", "")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise UsageError(
            f"{constants.HF_TOKEN_PATH}: the token for the hub cannot be read ({why}); log in "
            "again, set HF_TOKEN, or set HF_HUB_DISABLE_IMPLICIT_TOKEN=1 to go without"
        ) from error


def get(line: Line, ask: Ask, deadline: Deadline) -> Body | Refusal | Again:
    """GET what is asked for, trying again while `deadline` allows.

    Raises:
        HubUnreachable: the client is set to offline.
    """
    limits = line.limits
    url = f"{line.endpoint.url}{ask.path}"
    asked = {"range": f"bytes=0-{ask.most - 1}"} if ask.part else {}
    headers = {**line.headers, **ask.headers, **asked}

    def attempt() -> Body | Refusal | Again:
        timeout = max(0.001, min(limits.silence, deadline.left()))
        try:
            with get_session().stream(
                "GET", url, headers=headers, params=ask.params or None, timeout=timeout
            ) as response:
                if response.status_code not in _OK:
                    return line.refused(response.status_code, response.headers)
                deadline.extend(limits.text)
                return _read(response, deadline, ask.most)
        except OfflineModeIsEnabled as error:
            raise HubUnreachable(
                f"{line.endpoint.host}: not asked: HF_HUB_OFFLINE is set; unset it or use --offline"
            ) from error
        except (_TRANSPORT, OSError) as error:
            return Again(_reason(error), unreached=True)

    return persist(attempt, deadline, limits.pause)


def _read(response: _Response, deadline: Deadline, most: int) -> Body:
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > most:
            return Body(bytes(data[:most]), truncated=True)
        if not deadline.left():
            raise TimeoutError("the answer did not end within the time limit")
    return Body(bytes(data), truncated=False)


def _reason(error: Exception) -> str:
    """Return why nothing came, in one short line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
