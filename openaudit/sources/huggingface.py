"""Releases from the Hugging Face Hub or a hub that speaks like it.

One request for what the hub says of a release, then one GET for each text its listing names, at
the revision that was returned: no HEAD, no probing for names. A gate is a result, never accepted
on the user's behalf. Importing this module imports the hub client.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from openaudit.errors import HubUnreachable, ReleaseNotFound, ReleaseUnavailable, SourceError
from openaudit.model.document import Document, Missing
from openaudit.model.frozen import frozen
from openaudit.model.reference import Reference, RepoKind
from openaudit.model.release import Gate, Origin, Release, SourceNote
from openaudit.sources import hubfiles, hubinfo, texts
from openaudit.sources.endpoint import endpoint as endpoint_of
from openaudit.sources.hubfiles import SILENT, Files
from openaudit.sources.links import Repository, resolve
from openaudit.sources.retry import Again, Deadline, Limits
from openaudit.sources.wire import Ask, Cause, Line, Refusal, get, open_line

_TOO_MANY: Final = 429
_LIMITS: Final = Limits()


@frozen
class _Answer:
    """What the hub said, and the line to use from here on: without a token it refused."""

    info: hubinfo.HubInfo
    line: Line
    stale: bool


def fetch(  # noqa: PLR0913  # what a caller may choose, each by name
    reference: Reference,
    *,
    endpoint: str | None = None,
    token: str | None = None,
    anonymous: bool = False,
    progress: Callable[[str], None] = lambda _: None,
    limits: Limits = _LIMITS,
) -> Release:
    """Return the release as the hub gives it now.

    `anonymous` sends no token, neither `token` nor that of the environment or the token file: for a
    hub that the user did not choose.

    Raises:
        ReleaseNotFound: missing, or private; or the revision is.
        ReleaseUnavailable: disabled, or refused to everybody.
        HubUnreachable: no usable answer within `limits.answer` seconds.
    """
    line = open_line(endpoint_of(endpoint), token, limits, anonymous=anonymous)
    progress(f"asking {line.endpoint.host} for {reference}")
    answer = _ask(reference, line)
    info, name = answer.info, line.endpoint.name
    links = _links(reference, answer)
    chosen = texts.choose(info.metadata.files or (), [n for n in links if isinstance(n, str)])
    files = _files(reference, answer)
    reads = list(_texts(files, chosen, progress))
    documents = tuple(r.text for r in reads if isinstance(r.text, Document))
    notes = [*info.notes]
    if answer.stale:
        notes.append(SourceNote("token-stale", {"hub": line.endpoint.host, "token": "HF_TOKEN"}))
    if info.id.casefold() != reference.id.casefold():
        notes.append(SourceNote("release-renamed", {"old": reference.id, "new": info.id}))
    # A README that was read holds these texts itself, in its front matter.
    read_card = any(d.name == "README.md" for d in documents)
    gate = () if read_card else hubinfo.gate_documents(info.metadata.card, info.sha)
    release = Release(
        reference=reference,
        hub=name,
        id=info.id,
        revision=info.sha,
        origin=Origin.HUB,
        retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        metadata=info.metadata,
        documents=documents + gate,
        missing=(
            *(r.text for r in reads if isinstance(r.text, Missing)),
            *chosen.missing,
            *(m for m in links if isinstance(m, Missing)),
            *info.missing,
        ),
        notes=(*notes, *(n for r in reads for n in r.notes)),
    )
    return hubfiles.describe(release, files)


def _ask(reference: Reference, line: Line) -> _Answer:
    dataset = reference.kind is RepoKind.DATASET
    path = f"/api/{'datasets' if dataset else 'models'}/{reference.id}"
    if reference.revision is not None:
        path += f"/revision/{quote(reference.revision, safe='')}"
    fields = hubinfo.DATASET_FIELDS if dataset else hubinfo.MODEL_FIELDS
    stale = False
    ask = Ask(path, line.limits.answer_bytes, {"expand": fields})
    outcome = get(line, ask, Deadline(line.limits.answer))
    if isinstance(outcome, Refusal) and outcome.cause is Cause.TOKEN_REFUSED and line.authorized:
        # A token that expired makes the hub refuse even what is public.
        stale, line = True, line.anonymous()
        outcome = get(line, ask, Deadline(line.limits.answer))
    host = line.endpoint.host
    if isinstance(outcome, Again):
        raise HubUnreachable(_unreachable(line, outcome))
    if isinstance(outcome, Refusal):
        raise _refused(reference, line, outcome, stale=stale)
    info = hubinfo.read(outcome.data, reference.kind)
    if info is None or outcome.truncated:
        raise HubUnreachable(
            f"{host}: the answer is not that of a hub; check --hub and the network"
        )
    if info.disabled:
        raise ReleaseUnavailable(_disabled(reference, host))
    return _Answer(info, line, stale)


def _files(reference: Reference, answer: _Answer) -> Files:
    info = answer.info
    dataset = "datasets/" if reference.kind is RepoKind.DATASET else ""
    revision = info.sha or reference.revision or "main"
    return Files(
        line=answer.line,
        id=info.id,
        root=f"/{dataset}{info.id}/resolve/{quote(revision, safe='')}",
        sha=info.sha,
        gated=info.metadata.gate not in (None, Gate.OPEN),
        together=Deadline(answer.line.limits.texts),
    )


def _links(reference: Reference, answer: _Answer) -> list[str | Missing]:
    """Return what `license_link` points to: names in the listing, or why there is none."""
    info = answer.info
    repository = Repository(
        answer.line.endpoint, reference.kind, {reference.id, info.id}, info.metadata.files or ()
    )
    return [resolve(link, repository) for link in dict.fromkeys(info.license_links) if link.strip()]


def _texts(
    files: Files, chosen: texts.Choice, progress: Callable[[str], None]
) -> Iterator[texts.Read]:
    for name, role in chosen.names:
        progress(f"reading {name} of {files.id}")
        found = files.get(name, role, files.line.limits.text_bytes)
        if isinstance(found, Missing):
            yield texts.Read(found)
        else:
            yield texts.decode(name, role, found.data, files.sha, truncated=found.truncated)


def _unreachable(line: Line, outcome: Again) -> str:
    host = line.endpoint.host
    if outcome.status == _TOO_MANY:
        wait = f" for another {outcome.wait:.0f} s" if outcome.wait else ""
        more = SILENT if line.silent else "set HF_TOKEN for a higher limit, or wait"
        return f"{host}: rate limited (429){wait}; {more}"
    if outcome.status is not None:
        return f"{host}: the hub {outcome.reason} each time; try again later, or use --offline"
    return f"{host}: no answer ({outcome.reason}); check the network, or use --offline or --hub URL"


def _refused(reference: Reference, line: Line, refusal: Refusal, *, stale: bool) -> SourceError:
    host = line.endpoint.host
    match refusal.cause:
        case Cause.NO_REVISION | Cause.NO_ENTRY:
            name, revision = replace(reference, revision=None), reference.revision
            return ReleaseNotFound(
                f"{name}: no revision {revision!r} on {host}; name a branch, tag or commit"
            )
        case Cause.DISABLED:
            return ReleaseUnavailable(_disabled(reference, host))
        case Cause.NOT_FOUND | Cause.TOKEN_REFUSED:
            advice = _token_advice(line, stale=stale)
            return ReleaseNotFound(
                f"{reference}: missing on {host}, or private; check the spelling, {advice}"
            )
        case Cause.GATED | Cause.FORBIDDEN:
            return ReleaseUnavailable(
                f"{reference}: {host} refuses to show it ({refusal.status}); "
                f"{SILENT if line.silent else 'check HF_TOKEN'}"
            )
        case Cause.OTHER:
            return HubUnreachable(
                f"{host}: answered {refusal.status}, but not as a hub does; check --hub, or a proxy"
            )


def _token_advice(line: Line, *, stale: bool) -> str:
    if stale:
        return "or renew HF_TOKEN, which the hub refused"
    if line.silent:
        return f"or, if it is private: {SILENT}"
    if line.authorized:
        return "or use the HF_TOKEN of an account that may see it"
    return "or set HF_TOKEN if it is private"


def _disabled(reference: Reference, host: str) -> str:
    return f"{reference}: disabled on {host}; nobody can read it"
