"""Repositories on GitHub: code, its license as GitHub detects it, and the texts themselves.

Three requests say what is there at which commit, one more is sent for each text. Without a token
GitHub answers 60 an hour. Importing this module imports the hub client.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import quote

from openaudit.errors import ReleaseUnavailable
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.reference import Reference
from openaudit.model.release import Gate, Metadata, Origin, Plain, Release, SourceNote
from openaudit.sources import texts
from openaudit.sources.endpoint import endpoint as endpoint_of
from openaudit.sources.inquiry import Inquiry, named, now, part, text_of
from openaudit.sources.retry import Again, Deadline, Limits
from openaudit.sources.wire import Ask, Cause, Line, Refusal, busy, presented

_LIMITS: Final = Limits()
_TOKENS: Final = ("GITHUB_TOKEN", "GH_TOKEN")
_JSON: Final = "application/vnd.github+json"
_RAW: Final = {"accept": "application/vnd.github.raw+json"}
_SHA: Final = {"accept": "application/vnd.github.sha"}
_COMMIT_LENGTHS: Final = (40, 64)
_UNKNOWN: Final = "NOASSERTION"
_CAUSES: Final = {
    401: Cause.TOKEN_REFUSED,
    403: Cause.FORBIDDEN,
    404: Cause.NOT_FOUND,
    409: Cause.NO_REVISION,  # a repository without a commit
    422: Cause.NO_REVISION,
    451: Cause.DISABLED,
}


def fetch(
    reference: Reference,
    *,
    endpoint: str | None = None,
    anonymous: bool = False,
    progress: Callable[[str], None] = lambda _: None,
    limits: Limits = _LIMITS,
) -> Release:
    """Return the repository as it is now; `anonymous` sends no token.

    Raises:
        ReleaseNotFound: missing, or private; or the revision is.
        ReleaseUnavailable: GitHub has blocked it.
        HubUnreachable: no usable answer within `limits.answer` seconds, or the hour's are used up.
    """
    inquiry = _inquiry(reference, endpoint, progress, limits, anonymous=anonymous)
    progress(f"asking {inquiry.line.endpoint.host} for {reference}")
    inquiry, about, stale = _opened(inquiry)
    name = text_of(about, "full_name") or reference.id
    if about.get("disabled") is True:
        raise ReleaseUnavailable(f"{reference}: disabled by GitHub; nobody can read it")
    branch = text_of(about, "default_branch")
    commit = _commit(inquiry, name, reference.revision or branch or "HEAD")
    listing = inquiry.json(f"/repos/{name}/git/trees/{commit}", {"recursive": "1"})
    files = named(listing.get("tree"), "path", lambda i: i.get("type") == "blob")
    chosen = texts.choose(files)
    reads = list(_texts(inquiry, name, commit, chosen))
    return Release(
        reference=reference,
        hub=inquiry.line.endpoint.name,
        id=name,
        revision=commit,
        origin=Origin.HUB,
        retrieved_at=now(),
        metadata=_metadata(about, files, tagged=reference.revision in (None, branch)),
        documents=tuple(r.text for r in reads if isinstance(r.text, Document)),
        missing=(
            *(r.text for r in reads if isinstance(r.text, Missing)),
            *chosen.missing,
            *_unlisted(listing),
        ),
        notes=(*_notes(inquiry, name, stale=stale), *(n for r in reads for n in r.notes)),
    )


def _inquiry(
    reference: Reference,
    endpoint: str | None,
    progress: Callable[[str], None],
    limits: Limits,
    *,
    anonymous: bool,
) -> Inquiry:
    given = next((t for v in _TOKENS if (t := os.environ.get(v, "").strip())), "")
    token = "" if anonymous else given
    headers = presented(f"Bearer {token}" if token else "", " or ".join(_TOKENS))
    line = Line(
        endpoint_of(endpoint, reference.scheme),
        {**headers, "accept": _JSON, "x-github-api-version": "2022-11-28"},
        limits,
        silent=anonymous,
        refused=_refused,
    )
    advice = "wait, or use --offline"
    private = ", or use the token of an account that may see it"
    if not token:
        advice = f"it answers 60 requests an hour without a token: set {_TOKENS[0]}, or wait"
        private = f", or set {_TOKENS[0]} if it is private"
    together = Deadline(limits.answer + limits.texts)
    return Inquiry(reference, line, advice, private, progress, together)


def _opened(inquiry: Inquiry) -> tuple[Inquiry, dict[str, Plain], bool]:
    """Return the inquiry, what GitHub says of the repository, and whether it refused the token.

    A token that expired makes GitHub refuse even what is public: then there is none from here on.
    """
    line = inquiry.line
    ask = Ask(f"/repos/{inquiry.reference.id}", line.limits.answer_bytes)
    outcome = inquiry.outcome(ask)
    refused = isinstance(outcome, Refusal) and outcome.cause is Cause.TOKEN_REFUSED
    if not (refused and line.authorized):
        return inquiry, inquiry.object(outcome), False
    inquiry = _inquiry(
        inquiry.reference, line.endpoint.url, inquiry.progress, line.limits, anonymous=True
    )
    return inquiry, inquiry.object(inquiry.outcome(ask)), True


def _commit(inquiry: Inquiry, name: str, revision: str) -> str:
    """Return the commit that `revision` stands for, named alone: a commit's diff can be long."""
    path = f"/repos/{name}/commits/{quote(revision, safe='')}"
    said = inquiry.body(Ask(path, 1_000, headers=_SHA)).data.decode("ascii", "replace").strip()
    if len(said) not in _COMMIT_LENGTHS or not set(said) <= set("0123456789abcdef"):
        raise inquiry.malformed()
    return said


def _texts(inquiry: Inquiry, name: str, commit: str, chosen: texts.Choice) -> Iterator[texts.Read]:
    most = inquiry.line.limits.text_bytes
    for file, role in chosen.names:
        path = f"/repos/{name}/contents/{quote(file)}"
        yield inquiry.text(file, role, Ask(path, most, {"ref": commit}, _RAW), commit)


def _metadata(about: Mapping[str, Plain], files: tuple[str, ...], *, tagged: bool) -> Metadata:
    """Return what GitHub says; the license it detects is that of the branch it shows first."""
    license_ = text_of(part(about, "license"), "spdx_id") if tagged else None
    known = license_ is not None and license_ != _UNKNOWN
    return Metadata(
        gate=Gate.OPEN if about.get("private") is False else None,
        files=files,
        tags=(f"license:{license_}",) if known else (),
    )


def _unlisted(listing: Mapping[str, Plain]) -> tuple[Missing, ...]:
    if listing.get("truncated") is not True:
        return ()
    detail = "GitHub lists only a part of a repository this large; clone it and give the directory"
    return (Missing("the rest of the listing", Role.LICENSE, Reason.FAILED, detail),)


def _notes(inquiry: Inquiry, name: str, *, stale: bool) -> Iterator[SourceNote]:
    if stale:
        values = {"hub": inquiry.line.endpoint.host, "token": _TOKENS[0]}
        yield SourceNote("token-stale", values)
    if name.casefold() != inquiry.reference.id.casefold():
        yield SourceNote("release-renamed", {"old": inquiry.reference.id, "new": name})


def _refused(status: int, headers: Mapping[str, str]) -> Refusal | Again:
    """Read a refusal. GitHub says 403 for a limit too, and names itself in every answer."""
    limited = headers.get("X-RateLimit-Remaining") == "0" or "Retry-After" in headers
    if again := busy(429 if status == 403 and limited else status, headers):  # noqa: PLR2004
        return again
    if "X-GitHub-Request-Id" not in headers:
        return Refusal(Cause.OTHER, status)
    return Refusal(_CAUSES.get(status, Cause.OTHER), status)
