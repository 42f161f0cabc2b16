"""A release as an SPDX package: where it is had, what its license is, and what raised a question.

SPDX 2.3 has no purpose for a model, so it is OTHER, and the package URL says what it is.
"""

from typing import Any

from spdx_tools.spdx.model.package import (
    ExternalPackageRef,
    ExternalPackageRefCategory,
    Package,
    PackagePurpose,
)
from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion

from openaudit.model.lineage import Chain, Node
from openaudit.model.release import Release
from openaudit.model.report import Report
from openaudit.reporters.bom_identity import package_url, page
from openaudit.reporters.bom_license import Stated, stated, stated_behind
from openaudit.reporters.plain import shown
from openaudit.reporters.spdx_license import asserted, extracted


def of_report(report: Report, spdx_id: str) -> tuple[Package, tuple[Any, ...]]:
    """Return the package of a release, and the license texts it refers to."""
    release = report.release
    said = stated(report)
    package = _package(spdx_id, release.id, said)
    package.version = release.revision and shown(release.revision)
    package.download_location = page(release) or SpdxNoAssertion()
    package.external_references = _references(release)
    package.comment = " ".join(_comment(report)) or None
    return package, extracted(said)


def of_node(node: Node, chain: Chain, spdx_id: str) -> tuple[Package, tuple[Any, ...]]:
    """Return the package of a release in the chain behind one, and the texts it refers to."""
    said = stated_behind(node, chain)
    return _package(spdx_id, node.id, said), extracted(said)


def _package(spdx_id: str, name: str, said: Stated) -> Package:
    return Package(
        spdx_id=spdx_id,
        name=shown(name) or "release",
        download_location=SpdxNoAssertion(),
        files_analyzed=False,
        license_concluded=asserted(said.concluded),
        license_declared=asserted(said.declared),
        license_comment=said.comment,
        copyright_text=SpdxNoAssertion(),
        primary_package_purpose=PackagePurpose.OTHER,
    )


def _comment(report: Report) -> list[str]:
    told = [f"{f.id}: {shown(f.message)}" for f in report.findings]
    others = [
        f"The license of the {a.artifact} is {shown(a.concluded.name or 'not known')}."
        for a in report.licenses[1:]
    ]
    return [*others, *told]


def _references(release: Release) -> list[ExternalPackageRef]:
    url = package_url(release)
    if url is None:
        return []
    return [ExternalPackageRef(ExternalPackageRefCategory.PACKAGE_MANAGER, "purl", url)]
