"""SPDX 2.3: what is declared, what is concluded, and that spdx-tools find nothing wrong."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spdx_tools.spdx.model.document import Document
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.document import Document as Text
from openaudit.model.document import Role
from openaudit.model.license import Match
from openaudit.model.reference import RepoKind
from openaudit.model.release import Release
from openaudit.model.report import Report
from openaudit.model.run import Run
from openaudit.reporters import spdx
from tests.reporters.runs import CARD, DATE, HOSTILE, RELEASES, TERMS, hub_report, report_on
from tests.test_chain import audited
from tests.test_chain import release as made

# The tag-value parser writes its tables once an installation, and leaves that file open.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def run(*reports: Report) -> Run:
    return Run(reports, DATE)


def packages(*reports: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(spdx.render(run(*reports)))["packages"]
    return found


def of_card(card: str) -> Report:
    """Return the report on the release of the hub with another card and no license text."""
    release = hub_report().release
    text = Text("README.md", Role.CARD, card, "2" * 64, release.revision)
    files = ("README.md", "model.safetensors")
    metadata = replace(release.metadata, files=files)
    return audit_release(replace(release, documents=(text,), metadata=metadata), knowledge())


def every_kind() -> Run:
    names = ("hostile", "capped", "conflicting", "tag-only", "gated")
    local = [report_on(f"path:{RELEASES / name / 'release'}") for name in names]
    tuned = audited("license: apache-2.0\nbase_model: acme/base", {})
    recorded = [report_on("meta-llama/Llama-2-7b"), report_on("gpt2")]
    return run(hub_report(), *recorded, *local, tuned)


def read(text: str, tmp_path: Path, name: str) -> Document:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    document: Document = parse_file(str(file))
    return document


def test_spdx_tools_find_nothing_wrong_with_any_kind_of_release() -> None:
    assert validate_full_spdx_document(spdx.document(every_kind())) == []


def test_json_and_tag_value_are_read_back_and_say_the_same(tmp_path: Path) -> None:
    whole = spdx.document(every_kind())

    first = read(spdx.render(every_kind()), tmp_path, "x.spdx.json")
    second = read(spdx.render_tag_value(every_kind()), tmp_path, "x.spdx")

    assert validate_full_spdx_document(first) == validate_full_spdx_document(second) == []
    for document in (first, second):
        assert document.creation_info == whole.creation_info
        assert document.packages == whole.packages
        assert {t.license_id for t in document.extracted_licensing_info} == {
            t.license_id for t in whole.extracted_licensing_info
        }


def test_a_text_that_nobody_knows_is_its_own_license_with_its_words() -> None:
    [package] = packages(hub_report())
    [text] = json.loads(spdx.render(run(hub_report())))["hasExtractedLicensingInfos"]

    assert package["licenseDeclared"] == "NOASSERTION"
    assert package["licenseConcluded"] == text["licenseId"]
    assert text["licenseId"] == "LicenseRef-openaudit-text-1111111111111111"
    assert text["extractedText"] == TERMS


def test_a_name_that_all_agree_on_is_declared_and_concluded() -> None:
    [package] = packages(of_card("---\nlicense: apache-2.0\n---\n# Tiny\n"))

    assert package["licenseDeclared"] == package["licenseConcluded"] == "Apache-2.0"
    assert "by its name alone; no text was read" in package["licenseComments"]
    assert "Declared: apache-2.0 (README.md line 2)." in package["licenseComments"]


def test_several_license_texts_conclude_nothing_that_only_one_of_them_says() -> None:
    release = hub_report().release
    other = Text("LICENSE-CODE", Role.LICENSE, "You may use the code.", "4" * 64)
    both = replace(release, documents=(*release.documents, other))
    known = replace(hub_report().licenses[0].concluded, expression="MIT", match=Match.EXACT)
    license_ = replace(hub_report().licenses[0], concluded=known, complete=True)

    [alone] = packages(replace(hub_report(), licenses=(license_,)))
    [beside] = packages(replace(hub_report(), release=both, licenses=(license_,)))

    assert alone["licenseConcluded"] == "MIT"
    assert beside["licenseConcluded"] == "NOASSERTION"
    assert "several license texts: LICENSE, LICENSE-CODE." in beside["licenseComments"]


def test_a_card_that_restricts_what_a_permissive_license_does_not_concludes_nothing() -> None:
    card = "---\nlicense: apache-2.0\n---\n# Tiny\n\nUse Tiny for non-commercial purposes only.\n"

    [package] = packages(of_card(card))

    assert package["licenseDeclared"] == "Apache-2.0"
    assert package["licenseConcluded"] == "NOASSERTION"
    assert "Beside the license stands: non-commercial." in package["licenseComments"]


def test_a_use_policy_beside_a_license_that_restricts_nothing_concludes_nothing() -> None:
    permissive = of_card("---\nlicense: apache-2.0\n---\n# Tiny\n").release
    terms = "You may not use Tiny for military purposes or to train any other language model.\n"
    policy = Text("USE_POLICY.md", Role.POLICY, terms, "5" * 64)
    release = replace(permissive, documents=(*permissive.documents, policy))

    [package] = packages(audit_release(release, knowledge()))

    assert package["licenseConcluded"] == "NOASSERTION"
    assert "Beside the license stands:" in package["licenseComments"]


def test_names_that_differ_are_neither_declared_nor_concluded() -> None:
    [package] = packages(report_on(f"path:{RELEASES / 'conflicting' / 'release'}"))

    assert package["licenseDeclared"] == package["licenseConcluded"] == "NOASSERTION"
    assert "Declared: mit" in package["licenseComments"]


def test_a_permissive_name_concludes_nothing_where_a_base_is_not_known() -> None:
    tuned = audited("license: apache-2.0\nbase_model: acme/base", {})

    package = packages(tuned)[0]

    assert package["licenseDeclared"] == "Apache-2.0"
    assert package["licenseConcluded"] == "NOASSERTION"
    assert "What binds by acme/base is not known." in package["licenseComments"]


def test_a_term_lost_on_the_way_concludes_nothing_and_is_told() -> None:
    base = made("acme/base", "license: llama2")
    tuned = audited("license: apache-2.0\nbase_model: acme/base", {"acme/base": base})

    package = packages(tuned)[0]

    assert package["licenseConcluded"] == "NOASSERTION"
    assert "of acme/base binds, and me/tuned dropped it." in package["licenseComments"]


def test_of_a_base_that_has_a_base_itself_nothing_is_concluded() -> None:
    root, base = made("acme/root", "license: mit"), "license: mit\nbase_model: acme/root"
    behind = {"acme/base": made("acme/base", base), "acme/root": root}

    _, middle, last = packages(audited("license: mit\nbase_model: acme/base", behind))

    assert (middle["name"], middle["licenseDeclared"]) == ("acme/base", "MIT")
    assert middle["licenseConcluded"] == "NOASSERTION"
    assert (last["name"], last["licenseConcluded"]) == ("acme/root", "MIT")


def test_a_release_descends_from_its_base() -> None:
    base = made("acme/base", "license: mit")
    document = spdx.document(
        run(audited("license: mit\nbase_model: acme/base", {"acme/base": base}))
    )

    found = [
        (r.spdx_element_id, r.relationship_type.name, r.related_spdx_element_id)
        for r in document.relationships
    ]
    assert found == [
        ("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package-1-me-tuned"),
        ("SPDXRef-Package-1-me-tuned", "DESCENDANT_OF", "SPDXRef-Package-2-acme-base"),
    ]


def test_a_base_that_is_audited_itself_is_one_package() -> None:
    base = made("acme/base", "license: mit")
    tuned = audited("license: mit\nbase_model: acme/base", {"acme/base": base})

    names = [p["name"] for p in packages(tuned, audit_release(base, knowledge()))]

    assert names == ["me/tuned", "acme/base"]


def test_a_model_of_the_hub_has_a_package_url_with_its_revision_in_lower_case() -> None:
    [package] = packages(hub_report())

    [reference] = package["externalRefs"]
    assert reference["referenceLocator"] == (
        "pkg:huggingface/acme/tiny@0123456789abcdef0123456789abcdef01234567"
    )
    assert package["downloadLocation"] == (
        "https://huggingface.co/acme/tiny/tree/0123456789ABCDEF0123456789abcdef01234567"
    )


def test_a_dataset_and_a_directory_have_no_package_url() -> None:
    release = hub_report().release
    reference = replace(release.reference, kind=RepoKind.DATASET)
    dataset = replace(hub_report(), release=replace(release, reference=reference))
    local = report_on(f"path:{RELEASES / 'capped' / 'release'}")

    found = packages(dataset, local)

    assert ["externalRefs" in p for p in found] == [False, False]
    assert "/datasets/acme/tiny" in found[0]["downloadLocation"]
    assert found[1]["downloadLocation"] == "NOASSERTION"


def test_the_same_run_gives_the_same_document_dated_by_its_releases() -> None:
    assert spdx.render(run(hub_report())) == spdx.render(run(hub_report()))
    document = json.loads(spdx.render(run(hub_report())))
    assert document["creationInfo"]["created"] == "2026-11-23T08:00:00Z"
    other = json.loads(spdx.render(run(report_on("gpt2"))))
    assert other["documentNamespace"] != document["documentNamespace"]


def hostile_release(text: str) -> Release:
    release = hub_report().release
    texts = (
        Text("LICENSE", Role.LICENSE, text, "3" * 64, text),
        Text("README.md", Role.CARD, CARD, "2" * 64),
    )
    return replace(release, id=text, revision=text, documents=texts)


@pytest.mark.parametrize(
    "text", [HOSTILE, "</text>", "<text>", "a: b\nLicenseID: LicenseRef-x", " ", "%"]
)
def test_hostile_text_is_valid_and_read_back(text: str, tmp_path: Path) -> None:
    whole = run(audit_release(hostile_release(text), knowledge()))

    assert validate_full_spdx_document(spdx.document(whole)) == []
    for name, rendered in (
        ("x.spdx.json", spdx.render(whole)),
        ("x.spdx", spdx.render_tag_value(whole)),
    ):
        document = read(rendered, tmp_path, name)
        assert validate_full_spdx_document(document) == []
        assert len(document.packages) == 1


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1))
def test_any_name_gives_a_valid_document(name: str) -> None:
    release = replace(hub_report().release, id=name, revision=name)

    document = spdx.document(run(replace(hub_report(), release=release)))

    assert validate_full_spdx_document(document) == []
