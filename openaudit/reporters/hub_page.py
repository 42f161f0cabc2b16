"""Where a release is had: its page on a public hub, and its package URL."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from openaudit.model.reference import RepoKind
from openaudit.model.release import Release

_PAGES: Final[Mapping[str, str]] = {
    "huggingface": "https://huggingface.co/{name}",
    "github": "https://github.com/{name}",
    "modelscope": "https://modelscope.cn/models/{name}",
}
_TYPES: Final = frozenset({"huggingface", "github"})  # the hubs for which a package URL has a type


def page(release: Release) -> str | None:
    """Return the page of a release at its revision, None where no public hub has it."""
    if release.hub not in _PAGES:
        return None
    address = _PAGES[release.hub].format(name=_quoted(_path(release)))
    return f"{address}/tree/{_quoted(release.revision)}" if release.revision else address


def package_url(release: Release) -> str | None:
    """Return the package URL of a model or repository; there is no type of it for datasets."""
    if release.hub not in _TYPES or release.reference.kind is RepoKind.DATASET:
        return None
    name = release.id.lower() if release.hub == "github" else release.id
    at = f"@{_quoted(release.revision.lower(), kept='')}" if release.revision else ""
    return f"pkg:{release.hub}/{_quoted(name)}{at}"


def _path(release: Release) -> str:
    dataset = release.reference.kind is RepoKind.DATASET and not release.id.startswith("datasets/")
    return f"datasets/{release.id}" if dataset else release.id


def _quoted(text: str, kept: str = "/") -> str:
    return quote(text, safe=kept, errors="replace")
