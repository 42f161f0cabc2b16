"""The files of one repository on the hub, each one GET at the revision the hub named.

Beside the texts that a person reads, a model may hold small files that say what it was made from.
They are asked for where the listing names them; of weights in GGUF the first bytes, and only where
nothing else says a license or a base model.
"""

from typing import Final, Protocol
from urllib.parse import quote

from openaudit.model.document import Missing, Reason, Role
from openaudit.model.frozen import frozen
from openaudit.model.reference import RepoKind
from openaudit.model.release import Release
from openaudit.sources import configs, described
from openaudit.sources.retry import Again, Deadline
from openaudit.sources.wire import Ask, Body, Cause, Line, Refusal, get

SILENT: Final = "no token is sent to a hub that you did not name; name it with --hub URL"
HEADER_BYTES: Final = 1_000_000
"""Of a GGUF file that is far away; what it says of itself stands before its vocabulary."""


@frozen
class Files:
    """How to get files: `root` stands before their names, `together` bounds all of them."""

    line: Line
    id: str
    root: str
    sha: str | None
    gated: bool
    together: Deadline

    def get(self, name: str, role: Role, most: int, *, part: bool = False) -> Body | Missing:
        """Return at most `most` bytes of a file, or why there are none."""
        deadline = Deadline(min(self.line.limits.answer, self.together.left()))
        outcome = get(self.line, Ask(f"{self.root}/{quote(name)}", most, part=part), deadline)
        match outcome:
            case Body():
                return outcome
            case Again(reason):
                detail = f"the hub did not give it ({reason}); try again later"
                return Missing(name, role, Reason.FAILED, detail)
            case Refusal():
                return self._withheld(name, role, outcome)

    def _withheld(self, name: str, role: Role, refusal: Refusal) -> Missing:
        if refusal.cause is Cause.GATED or (self.gated and refusal.cause is not Cause.NO_ENTRY):
            if self.line.authorized:
                detail = (
                    "the release is gated and your account has no access; ask for it on its page"
                )
            elif self.line.silent:
                detail = f"the release is gated; {SILENT}"
            else:
                detail = "the release is gated; accept its terms on its page, then set HF_TOKEN"
            return Missing(name, role, Reason.GATED, detail)
        if refusal.cause is Cause.NO_ENTRY:
            detail = "it is in the listing but not on the hub"
            return Missing(name, role, Reason.NOT_PUBLISHED, detail)
        return Missing(name, role, Reason.FAILED, f"the hub answered {refusal.status}")


def describe(release: Release, files: Files) -> Release:
    """Return `release` with what its configurations say, else a header; a shut gate hides both."""

    def get_(name: str, most: int, *, part: bool) -> Body | Missing:
        return files.get(name, Role.CONFIG, most, part=part)

    return with_configs(release, get_)


class GetFile(Protocol):
    """How to get at most `most` bytes of a file; `part` asks for no more than these."""

    def __call__(self, name: str, most: int, *, part: bool) -> Body | Missing: ...


def with_configs(release: Release, get_file: GetFile) -> Release:
    """Return `release` with what is said by files that its listing names."""
    shut = any(m.reason is Reason.GATED for m in release.missing)
    if shut or release.reference.kind is RepoKind.DATASET:
        return release
    said = release.metadata
    names = said.files or ()
    base_known = bool(said.base_models or said.card.get("base_model"))

    def config(name: str) -> described.Described:
        found = get_file(name, configs.MOST, part=False)
        if isinstance(found, Missing):
            return described.Described(found)
        sha, cut = release.revision, found.truncated
        return described.of_config(name, found.data, sha, truncated=cut)

    found = [*described.from_configs(names, config, base_known=base_known)]
    base_known = base_known or described.names_base(found)
    if not (base_known or _names_license(release)):
        first = described.header_names(n for n in names if n.endswith(".gguf"))[:1]
        found += [_header(n, get_file(n, HEADER_BYTES, part=True), release) for n in first]
    return described.completed(release, found)


def _header(name: str, got: Body | Missing, release: Release) -> described.Described:
    if isinstance(got, Missing):
        return described.Described(got)
    return described.of_far_header(name, got.data, release.revision)


def _names_license(release: Release) -> bool:
    tagged = any(t.startswith("license:") for t in release.metadata.tags)
    return bool(tagged or release.metadata.card.get("license") or release.texts(Role.LICENSE))
