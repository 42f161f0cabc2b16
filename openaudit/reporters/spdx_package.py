"""A release as an SPDX package: where it is had, what its license is, and what raised a question.

SPDX 2.3 has no purpose for a model, so it is OTHER, and the package URL says what it is.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote as quoted

from spdx_tools.spdx.model.package import (
    ExternalPackageRef,
    ExternalPackageRefCategory,
    Package,
    PackagePurpose,
)
from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion

from openaudit.model.lineage import Chain, Node
from openaudit.model.reference import RepoKind
from openaudit.model.release import Release
from openaudit.model.report import Report
from openaudit.reporters.plain import shown
from openaudit.reporters.spdx_license import Stated, nothing, stated

_PAGES: Final[Mapping[str, str]] = {
    "huggingface": "https://huggingface.co/{name}",
    "github": "https://github.com/{name}",
    "modelscope": "https://modelscope.cn/models/{name}",
}
_URLS: Final = frozenset({"huggingface", "github"})  # the hubs for which a package URL has a type


def of_report(report: Report, spdx_id: str) -> tuple[Any, tuple[Any, ...]]:
    """Return the package of a release, and the license texts it refers to."""
    release = report.release
    license_ = report.licenses[0] if report.licenses else None
    said = stated(license_, release, _doubts(report.chain)) if license_ else nothing()
    package = _package(spdx_id, release.id, said)
    package.version = release.revision and shown(release.revision)
    package.download_location = _page(release) or SpdxNoAssertion()
    package.external_references = _references(release)
    package.comment = " ".join(_comment(report)) or None
    return package, said.texts


def of_node(node: Node, spdx_id: str) -> tuple[Any, tuple[Any, ...]]:
    """Return the package of a release in the chain behind one, and the texts it refers to."""
    said = stated(node.license, None, "") if node.license else nothing()
    return _package(spdx_id, node.id, said), said.texts


def _package(spdx_id: str, name: str, said: Stated) -> Any:
    return Package(
        spdx_id=spdx_id,
        name=shown(name) or "release",
        download_location=SpdxNoAssertion(),
        files_analyzed=False,
        license_concluded=said.concluded,
        license_declared=said.declared,
        license_comment=said.comment,
        copyright_text=SpdxNoAssertion(),
        primary_package_purpose=PackagePurpose.OTHER,
    )


def _doubts(chain: Chain) -> str:
    """Return what keeps the license of a release alone from being all that binds."""
    lost = [
        f"{c.clause.id} of {shown(c.inherited_from)} binds, and {shown(c.dropped_by)} dropped it."
        for c in chain.conflicts
    ]
    unknown = ", ".join(shown(name) for name in chain.open)
    return " ".join([*lost, *([f"What binds by {unknown} is not known."] if unknown else [])])


def _comment(report: Report) -> list[str]:
    told = [f"{f.id}: {shown(f.message)}" for f in report.findings]
    others = [
        f"The license of the {a.artifact} is {shown(a.concluded.name or 'not known')}."
        for a in report.licenses[1:]
    ]
    return [*others, *told]


def _page(release: Release) -> str | None:
    if release.hub not in _PAGES:
        return None
    page = _PAGES[release.hub].format(name=_quote(_path(release)))
    return f"{page}/tree/{_quote(release.revision)}" if release.revision else page


def _path(release: Release) -> str:
    dataset = release.reference.kind is RepoKind.DATASET and not release.id.startswith("datasets/")
    return f"datasets/{release.id}" if dataset else release.id


def _references(release: Release) -> list[Any]:
    """Return the package URL of a model or repository; there is no type for datasets."""
    if release.hub not in _URLS or release.reference.kind is RepoKind.DATASET:
        return []
    name = release.id.lower() if release.hub == "github" else release.id
    at = f"@{_quote(release.revision.lower(), kept='')}" if release.revision else ""
    url = f"pkg:{release.hub}/{_quote(name)}{at}"
    return [ExternalPackageRef(ExternalPackageRefCategory.PACKAGE_MANAGER, "purl", url)]


def _quote(text: str, kept: str = "/") -> str:
    return quoted(text, safe=kept, errors="replace")
