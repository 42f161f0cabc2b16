"""Asking an Ollama registry, which speaks as container registries do: no token is sent.

One request for the manifest, one for the configuration, one for each license. Importing this
module imports the hub client.
"""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from openaudit.model.document import Missing, Role
from openaudit.model.reference import Reference
from openaudit.model.release import Metadata, Origin, Release
from openaudit.sources import ollama
from openaudit.sources.inquiry import now, without_token
from openaudit.sources.retry import Again, Limits
from openaudit.sources.wire import Ask, Cause, Refusal, busy

_LIMITS: Final = Limits()
_MANIFEST: Final = {"accept": "application/vnd.docker.distribution.manifest.v2+json"}
_FIRST_SHOWN: Final = "latest"
_CAUSES: Final = {
    401: Cause.NOT_FOUND,
    403: Cause.FORBIDDEN,
    404: Cause.NOT_FOUND,
    412: Cause.FORBIDDEN,  # a model that newer clients alone may have
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
        ReleaseNotFound: there is no such model or tag.
        ReleaseUnavailable: it is refused to everybody who asks as we do.
        HubUnreachable: no usable answer within `limits.answer` seconds.
    """
    del anonymous
    inquiry = without_token(
        reference, endpoint, _refused, private=", and the tag", progress=progress, limits=limits
    )
    where = inquiry.line.endpoint
    progress(f"asking {where.host} for {reference}")
    root = f"/v2/{reference.id if '/' in reference.id else f'library/{reference.id}'}"
    tag = quote(reference.revision or _FIRST_SHOWN, safe="")
    path = f"{root}/manifests/{tag}"
    answer = inquiry.body(Ask(path, ollama.MANIFEST_BYTES, headers=_MANIFEST))
    manifest = None if answer.truncated else ollama.read_manifest(answer.data)
    if manifest is None:
        raise inquiry.malformed()

    def blob(name: str, digest: str, most: int, *, part: bool) -> ollama.Blob | Missing:
        ask = Ask(f"{root}/blobs/{digest}", most, part=part)
        got = inquiry.file(name, Role.CONFIG if part else Role.LICENSE, ask)
        return got if isinstance(got, Missing) else ollama.Blob(got.data, got.truncated)

    release = Release(
        reference=reference,
        hub=where.name,
        id=reference.id,
        revision=manifest.sha256,
        origin=Origin.HUB,
        retrieved_at=now(),
        metadata=Metadata(),
    )
    return ollama.assemble(release, manifest, blob, limits.text_bytes)


def _refused(status: int, headers: Mapping[str, str]) -> Refusal | Again:
    return busy(status, headers) or Refusal(_CAUSES.get(status, Cause.OTHER), status)
