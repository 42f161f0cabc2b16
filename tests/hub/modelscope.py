"""The wire of ModelScope's open API, as far as an audit reads it."""

from collections.abc import Mapping
from typing import Any

from tests.hub.stand_in import StandIn

ALWAYS = {"Content-Type": "application/json; charset=utf-8"}


def modelscope() -> StandIn:
    return StandIn(ALWAYS)


def add(
    hub: StandIn,
    name: str,
    files: Mapping[str, str | bytes],
    *,
    revision: str = "master",
    total: int | None = None,
    **about: Any,
) -> None:
    """Serve a model; `about` is laid over what is said of it."""
    said = {"id": name, "gated": False, "private": False, "tags": [], **about}
    hub.reply(f"/openapi/v1/models/{name}", {"success": True, "data": said})
    entries: list[dict[str, Any]] = [{"Path": p, "Type": "blob"} for p in files]
    entries.append({"Path": "src", "Type": "tree"})
    data = {"Files": entries, "TotalCount": len(entries) if total is None else total}
    listing = {"Code": 200, "Success": True, "Data": data}
    at = {"Revision": revision}
    hub.reply(f"/api/v1/models/{name}/repo/files", listing, query={**at, "Recursive": "true"})
    for path, data_ in files.items():
        asked = {**at, "FilePath": path}
        plain = {"Content-Type": "application/octet-stream"}
        hub.reply(f"/api/v1/models/{name}/repo", data_, query=asked, headers=plain)
