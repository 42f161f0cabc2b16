"""Where a card's `license_link` points: a file of the same repository, or elsewhere."""

from collections.abc import Collection
from typing import Final
from urllib.parse import unquote, urlsplit

from openaudit.model.document import Missing, Reason, Role
from openaudit.model.frozen import frozen
from openaudit.model.reference import RepoKind
from openaudit.sources.endpoint import Endpoint
from openaudit.sources.texts import is_plain

_HUB_HOSTS: Final = frozenset({"huggingface.co", "hf.co"})
_FILE_PAGES: Final = frozenset({"blob", "resolve", "raw"})
_LONGEST: Final = 2_000  # characters of a link; browsers and servers stop at about as many
_SHOWN: Final = 200


@frozen
class Repository:
    """What a link is compared with: the ids a repository goes by, and its listing."""

    endpoint: Endpoint
    kind: RepoKind
    ids: Collection[str]
    files: Collection[str]


def resolve(link: str, repository: Repository) -> str | Missing:
    """Return the name of the file `link` points to, or why no text can be read there."""
    link = link.strip()
    if len(link) > _LONGEST:
        shown = f"{link[:_SHOWN]}…"
        detail = f"license_link is longer than {_LONGEST:,} characters"
        return Missing(shown, Role.LICENSE, Reason.FAILED, detail)
    split = _split(link)
    if split is None:
        return Missing(link, Role.LICENSE, Reason.FAILED, "license_link is not a usable address")
    host, path = split
    if host is None:
        name = unquote(path).removeprefix("./").removeprefix("/")
    else:
        hosts = _HUB_HOSTS | {repository.endpoint.host}
        inside = _inside(unquote(path), repository) if host in hosts else None
        if inside is None:
            return Missing(
                link, Role.LICENSE, Reason.ELSEWHERE, "license_link leads out of the release"
            )
        name = inside
    if name not in repository.files or not is_plain(name):
        detail = "license_link names a file that the release does not hold"
        return Missing(name or link, Role.LICENSE, Reason.NOT_PUBLISHED, detail)
    return name


def _split(link: str) -> tuple[str | None, str] | None:
    """Return host and path, without query and fragment; the host is None for a relative link."""
    try:
        split = urlsplit(link)
        port = split.port
    except ValueError:
        return None
    if not split.scheme and not split.netloc:
        return None, split.path
    host = (split.hostname or "").removeprefix("www.")
    return (f"{host}:{port}" if port else host), split.path


def _inside(path: str, repository: Repository) -> str | None:
    """Return the file that a page of the repository shows: `/id/blob/revision/file`."""
    prefix = "/datasets/" if repository.kind is RepoKind.DATASET else "/"
    for name in repository.ids:
        head = f"{prefix}{name}/"
        if path[: len(head)].casefold() == head.casefold():
            page, *at = path[len(head) :].split("/")
            whole = at[:1] == ["refs"] and len(at) > 3  # noqa: PLR2004  # refs/pr/N is one name
            return "/".join(at[3 if whole else 1 :]) if page in _FILE_PAGES else None
    return None
