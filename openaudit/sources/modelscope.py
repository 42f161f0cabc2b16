"""Models on ModelScope, read through its open API: no token is sent.

One request says the license and the gate, one lists the files, one more is sent for each text. The
hub names no commit for a branch, so what is read of one is not pinned.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.reference import Reference
from openaudit.model.release import Gate, Metadata, Origin, Plain, Release
from openaudit.sources import bounds, hubfiles, texts
from openaudit.sources.checkout import COMMIT
from openaudit.sources.inquiry import Inquiry, named, now, part, text_of, without_token
from openaudit.sources.retry import Again, Limits
from openaudit.sources.wire import Ask, Body, Cause, Refusal, busy

_LIMITS: Final = Limits()
_FIRST_SHOWN: Final = "master"
_CAUSES: Final = {
    400: Cause.NO_REVISION,
    401: Cause.GATED,
    403: Cause.GATED,
    404: Cause.NOT_FOUND,
}


def fetch(
    reference: Reference,
    *,
    endpoint: str | None = None,
    anonymous: bool = True,
    progress: Callable[[str], None] = lambda _: None,
    limits: Limits = _LIMITS,
) -> Release:
    """Return the model as it is now; without a token in any case.

    Raises:
        ReleaseNotFound: missing, or private; or the revision is.
        HubUnreachable: no usable answer within `limits.answer` seconds.
    """
    del anonymous
    inquiry = without_token(
        reference,
        endpoint,
        _refused,
        private="; a model that needs an account is not read",
        progress=progress,
        limits=limits,
    )
    progress(f"asking {inquiry.line.endpoint.host} for {reference}")
    about = _about(inquiry)
    listing = _listing(inquiry)
    revision = reference.revision or ""
    commit = revision if COMMIT.fullmatch(revision) else None
    files = named(listing.get("Files"), "Path", lambda i: i.get("Type") != "tree")
    chosen = texts.choose(files)
    reads = [inquiry.text(n, r, _ask(inquiry, n), commit) for n, r in chosen.names]
    release = Release(
        reference=reference,
        hub=inquiry.line.endpoint.name,
        id=reference.id,
        revision=commit,
        origin=Origin.HUB,
        retrieved_at=now(),
        metadata=Metadata(gate=_gate(about), files=files, tags=tuple(_tags(about))),
        documents=tuple(r.text for r in reads if isinstance(r.text, Document)),
        missing=(
            *(r.text for r in reads if isinstance(r.text, Missing)),
            *chosen.missing,
            *_unlisted(listing),
        ),
        notes=tuple(n for r in reads for n in r.notes),
    )

    def get_file(name: str, most: int, *, part: bool) -> Body | Missing:
        ask = replace(_ask(inquiry, name), most=most, part=part)
        return inquiry.file(name, Role.CONFIG, ask)

    return hubfiles.with_configs(release, get_file)


def _about(inquiry: Inquiry) -> dict[str, Plain]:
    answer = inquiry.json(f"/openapi/v1/models/{inquiry.reference.id}")
    about = part(answer, "data")
    if not about:
        raise inquiry.hidden() if answer.get("success") is False else inquiry.malformed()
    return about


def _listing(inquiry: Inquiry) -> dict[str, Plain]:
    revision = inquiry.reference.revision or _FIRST_SHOWN
    path = f"/api/v1/models/{inquiry.reference.id}/repo/files"
    answer = inquiry.json(path, {"Revision": revision, "Recursive": "true"})
    listing = part(answer, "Data")
    if not isinstance(listing.get("Files"), list):
        raise inquiry.malformed()
    return listing


def _ask(inquiry: Inquiry, name: str) -> Ask:
    revision = inquiry.reference.revision or _FIRST_SHOWN
    path = f"/api/v1/models/{inquiry.reference.id}/repo"
    asked = {"Revision": revision, "FilePath": name}
    return Ask(path, inquiry.line.limits.text_bytes, asked)


def _gate(about: Mapping[str, Plain]) -> Gate | None:
    """Read what stands before the files: somebody's decision, or an account that is logged in."""
    gated, login = about.get("gated"), about.get("login_required")
    if gated not in (None, False, ""):
        return Gate.MANUAL
    if login is True:
        return Gate.AUTO
    return Gate.OPEN if gated is False else None


def _tags(about: Mapping[str, Plain]) -> Iterator[str]:
    """Yield the license, which ModelScope names as people do, and the tags."""
    if license_ := text_of(about, "license"):
        yield f"license:{license_}"
    tags = about.get("tags")
    listed = tags[: bounds.MOST_TAGS] if isinstance(tags, list) else []
    yield from (t for t in listed if isinstance(t, str))


def _unlisted(listing: Mapping[str, Plain]) -> tuple[Missing, ...]:
    total, files = listing.get("TotalCount"), listing.get("Files")
    count = len(files) if isinstance(files, list) else 0
    if not isinstance(total, int) or total <= count:
        return ()
    detail = f"ModelScope lists {count:,} of {total:,} entries"
    return (Missing("the rest of the listing", Role.LICENSE, Reason.FAILED, detail),)


def _refused(status: int, headers: Mapping[str, str]) -> Refusal | Again:
    """Read a refusal, which ModelScope words as JSON; a proxy does not."""
    if again := busy(status, headers):
        return again
    own = "json" in headers.get("Content-Type", "")
    return Refusal(_CAUSES.get(status, Cause.OTHER) if own else Cause.OTHER, status)
