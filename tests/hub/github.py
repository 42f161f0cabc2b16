"""The wire of GitHub's API, as far as an audit reads it."""

from collections.abc import Mapping
from hashlib import sha1
from typing import Any

from tests.hub.stand_in import StandIn

ALWAYS = {"X-GitHub-Request-Id": "0:1:2"}
RAW = {"Accept": "application/vnd.github.raw+json"}
SHA = {"Accept": "application/vnd.github.sha"}


def github() -> StandIn:
    return StandIn(ALWAYS)


def add(  # noqa: PLR0913  # what a repository can be like, each by name
    hub: StandIn,
    name: str,
    files: Mapping[str, str | bytes],
    *,
    license_: str | None = None,
    revisions: tuple[str, ...] = ("main",),
    truncated: bool = False,
    **about: Any,
) -> str:
    """Serve a repository and return its commit; `about` is laid over what is said of it."""
    commit = sha1(repr((name, sorted(files.items()))).encode(), usedforsecurity=False).hexdigest()
    said: dict[str, Any] = {
        "full_name": name,
        "default_branch": revisions[0],
        "private": False,
        "disabled": False,
        "license": {"spdx_id": license_} if license_ else None,
        **about,
    }
    hub.reply(f"/repos/{name}", said)
    for revision in (*revisions, commit):
        hub.reply(f"/repos/{name}/commits/{revision}", commit, asked=SHA)
    entries = [{"path": p, "type": "blob", "size": len(d)} for p, d in files.items()]
    entries.append({"path": "src", "type": "tree", "size": 0})
    tree = {"sha": commit, "tree": entries, "truncated": truncated}
    hub.reply(f"/repos/{name}/git/trees/{commit}", tree, query={"recursive": "1"})
    for path, data in files.items():
        at = {"ref": commit}
        hub.reply(f"/repos/{name}/contents/{path}", data, query=at, asked=RAW)
    return commit
