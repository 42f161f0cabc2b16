"""Asking a hub that is not Hugging Face's for one release: answers in JSON, and texts.

The wire, the bounds and the policy for trying again are those of `wire`; this module turns what
comes of it into values or into errors that say what to do.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, cast

from openaudit.errors import HubUnreachable, ReleaseNotFound, ReleaseUnavailable, SourceError
from openaudit.model.document import Missing, Reason, Role
from openaudit.model.frozen import frozen
from openaudit.model.reference import Reference
from openaudit.model.release import Plain
from openaudit.sources import texts
from openaudit.sources.endpoint import endpoint as endpoint_of
from openaudit.sources.retry import Again, Deadline, Limits
from openaudit.sources.wire import Ask, Body, Cause, Line, Refusal, get, presented

_TOO_MANY: Final = 429
_LONGEST: Final = 2_000
_MOST_FILES: Final = 200_000


@frozen
class Inquiry:
    """What is asked, where, and for how long.

    `advice` ends a message about a limit, `private` one about what is missing or hidden;
    `progress` takes what is being done. `together` bounds all texts.
    """

    reference: Reference
    line: Line
    advice: str
    private: str
    progress: Callable[[str], None]
    together: Deadline

    def body(self, ask: Ask) -> Body:
        """Return the answer.

        Raises:
            ReleaseNotFound: there is no such release or revision, or it is hidden.
            ReleaseUnavailable: it is refused to everybody.
            HubUnreachable: no usable answer in time.
        """
        return self.accepted(self.outcome(ask))

    def outcome(self, ask: Ask) -> Body | Refusal | Again:
        """Return what came of asking, whatever it is."""
        return get(self.line, ask, Deadline(self.line.limits.answer))

    def accepted(self, outcome: Body | Refusal | Again) -> Body:
        """Return the answer; raises as `body` does."""
        match outcome:
            case Body():
                return outcome
            case Again():
                raise HubUnreachable(self._unreachable(outcome))
            case Refusal():
                raise self._refused(outcome)

    def json(self, path: str, params: Mapping[str, str] | None = None) -> dict[str, Plain]:
        """Return the JSON object that is answered; raises as `body` does."""
        return self.object(self.outcome(Ask(path, self.line.limits.answer_bytes, params or {})))

    def object(self, outcome: Body | Refusal | Again) -> dict[str, Plain]:
        """Return the JSON object that came; raises as `body` does."""
        answer = self.accepted(outcome)
        found = None if answer.truncated else parsed(answer.data)
        if found is None:
            raise self.malformed()
        return found

    def text(self, name: str, role: Role, ask: Ask, revision: str | None) -> texts.Read:
        """Return a text, or why it could not be read; nothing is raised for it."""
        found = self.file(name, role, ask)
        if isinstance(found, Missing):
            return texts.Read(found)
        return texts.decode(name, role, found.data, revision, truncated=found.truncated)

    def file(self, name: str, role: Role, ask: Ask) -> Body | Missing:
        """Return the bytes of a file, or why it could not be read."""
        self.progress(f"reading {name} of {self.reference}")
        left = min(self.line.limits.answer, self.together.left())
        match get(self.line, ask, Deadline(left)):
            case Body() as body:
                return body
            case Again(reason):
                detail = f"the hub did not give it ({reason}); try again later"
                return Missing(name, role, Reason.FAILED, detail)
            case Refusal(Cause.NOT_FOUND | Cause.NO_ENTRY):
                detail = "it is in the listing but not on the hub"
                return Missing(name, role, Reason.NOT_PUBLISHED, detail)
            case Refusal(Cause.GATED):
                detail = "access to it is granted on its page only"
                return Missing(name, role, Reason.GATED, detail)
            case Refusal(status=status):
                return Missing(name, role, Reason.FAILED, f"the hub answered {status}")

    def malformed(self) -> HubUnreachable:
        """Return that what answered does not speak as this kind of hub does."""
        return HubUnreachable(
            f"{self.line.endpoint.host}: the answer is not that of the hub of "
            f"{self.reference.scheme}: references; check --hub and the network"
        )

    def hidden(self) -> ReleaseNotFound:
        """Return that there is no such release, or that it is not shown."""
        return ReleaseNotFound(
            f"{self.reference}: missing on {self.line.endpoint.host}, or private; check the "
            f"spelling{self.private}"
        )

    def no_revision(self) -> ReleaseNotFound:
        """Return that the release is there and the revision is not."""
        name, revision = replace(self.reference, revision=None), self.reference.revision
        host = self.line.endpoint.host
        if revision is None:
            return ReleaseNotFound(f"{name}: holds nothing on {host} yet")
        return ReleaseNotFound(f"{name}: no revision {revision!r} on {host}; check the spelling")

    def _unreachable(self, outcome: Again) -> str:
        host = self.line.endpoint.host
        if outcome.status == _TOO_MANY:
            wait = f" for another {outcome.wait:.0f} s" if outcome.wait else ""
            return f"{host}: rate limited (429){wait}; {self.advice}"
        if outcome.status is not None:
            return f"{host}: the hub {outcome.reason} each time; try again later, or use --offline"
        return f"{host}: no answer ({outcome.reason}); check the network, or use --offline"

    def _refused(self, refusal: Refusal) -> SourceError:
        host = self.line.endpoint.host
        match refusal.cause:
            case Cause.NO_REVISION | Cause.NO_ENTRY:
                return self.no_revision()
            case Cause.NOT_FOUND | Cause.TOKEN_REFUSED | Cause.GATED:
                return self.hidden()
            case Cause.DISABLED | Cause.FORBIDDEN:
                return ReleaseUnavailable(
                    f"{self.reference}: {host} refuses to show it ({refusal.status})"
                )
            case Cause.OTHER:
                return HubUnreachable(
                    f"{host}: answered {refusal.status}, but not as the hub of "
                    f"{self.reference.scheme}: references does; check --hub, or a proxy"
                )


def without_token(  # noqa: PLR0913  # what every hub without accounts is asked by
    reference: Reference,
    endpoint: str | None,
    refused: Callable[[int, Mapping[str, str]], Refusal | Again],
    *,
    private: str,
    progress: Callable[[str], None],
    limits: Limits,
) -> Inquiry:
    """Return the asking of a hub to which no token is ever sent; `private` as in `Inquiry`."""
    where = endpoint_of(endpoint, reference.scheme)
    line = Line(where, presented("", ""), limits, silent=True, refused=refused)
    together = Deadline(limits.answer + limits.texts)
    return Inquiry(reference, line, "try again later", private, progress, together)


def parsed(data: bytes) -> dict[str, Plain] | None:
    """Return the JSON object that was sent, None where it is none."""
    try:
        found = cast("Plain", json.loads(data, parse_constant=lambda _: None))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def part(holder: Mapping[str, Plain], key: str) -> dict[str, Plain]:
    """Return the object at `key`, an empty one where there is none."""
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def text_of(holder: Mapping[str, Plain], key: str) -> str | None:
    """Return a text that is neither empty nor longer than any needs to be."""
    value = holder.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        return None
    return value.strip().encode("utf-8", "replace").decode()


def named(listed: Plain, key: str, wanted: Callable[[dict[str, Plain]], bool]) -> tuple[str, ...]:
    """Return the names of the files in a listing, sorted, each once."""
    items = listed[:_MOST_FILES] if isinstance(listed, list) else []
    found = (text_of(i, key) for i in items if isinstance(i, dict) and wanted(i))
    return tuple(sorted({n for n in found if n is not None}))


def now() -> str:
    """Return when a release was retrieved."""
    return datetime.now(UTC).isoformat(timespec="seconds")
