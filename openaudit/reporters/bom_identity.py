"""How a bill of materials tells a release and itself apart: page, package URL, date.

Nothing here looks at a clock: the same run gives the same bill.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from openaudit.model.reference import RepoKind
from openaudit.model.release import Release
from openaudit.model.run import Run

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


def created(run: Run) -> datetime:
    """Return when the youngest release was retrieved, else the date of our knowledge, in UTC."""
    days = [r.release.retrieved_at for r in run.reports if r.release.retrieved_at]
    times = [datetime.fromisoformat(day) for day in days or [run.knowledge_date]]
    aware = [t.replace(tzinfo=t.tzinfo or UTC).astimezone(UTC) for t in times]
    return max(aware).replace(microsecond=0)


def _path(release: Release) -> str:
    dataset = release.reference.kind is RepoKind.DATASET and not release.id.startswith("datasets/")
    return f"datasets/{release.id}" if dataset else release.id


def _quoted(text: str, kept: str = "/") -> str:
    return quote(text, safe=kept, errors="replace")
