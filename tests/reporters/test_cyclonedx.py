"""CycloneDX 1.6: a model with its licenses, ancestors and datasets."""

import json
from typing import Any

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.report import Report
from openaudit.model.run import Run
from openaudit.reporters import cyclonedx
from tests.reporters.runs import DATE, HOSTILE, TERMS, hub_report
from tests.reporters.test_spdx import every_kind, hostile_release, of_card
from tests.test_chain import audited
from tests.test_chain import release as made

# What a component and a license of the bill may hold, of the fields of the format.
COMPONENT = {
    "type",
    "bom-ref",
    "group",
    "name",
    "version",
    "purl",
    "licenses",
    "externalReferences",
    "pedigree",
    "modelCard",
    "properties",
}
LICENSE = {"id", "name", "acknowledgement", "text"}


def bill(*reports: Report) -> Any:
    return json.loads(cyclonedx.render(Run(reports, DATE)))


def component(report: Report) -> Any:
    [found] = bill(report)["components"]
    return found


def licenses(found: Any) -> dict[str, str]:
    """Return id or name of each license, by whether it is declared or concluded."""
    stated = [entry["license"] for entry in found.get("licenses", [])]
    return {s["acknowledgement"]: s.get("id") or s["name"] for s in stated}


def every_component(found: Any) -> list[Any]:
    behind = found.get("pedigree", {}).get("ancestors", [])
    return [found, *(c for ancestor in behind for c in every_component(ancestor))]


def test_every_kind_of_release_is_of_the_format() -> None:
    found = json.loads(cyclonedx.render(every_kind()))

    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.6", 1)
    references = [c["bom-ref"] for c in found["components"]]
    assert len(set(references)) == len(references)
    for whole in found["components"]:
        for one in every_component(whole):
            assert set(one) <= COMPONENT
            assert one["type"] in {"machine-learning-model", "data"}
            assert one["name"]
            for entry in one.get("licenses", []):
                assert set(entry) == {"license"}
                assert set(entry["license"]) <= LICENSE
                assert ("id" in entry["license"]) != ("name" in entry["license"])


def test_a_listed_license_is_an_id_declared_and_concluded() -> None:
    found = component(of_card("---\nlicense: apache-2.0\n---\n# Tiny\n"))

    assert licenses(found) == {"declared": "Apache-2.0", "concluded": "Apache-2.0"}
    assert all("id" in entry["license"] for entry in found["licenses"])


def test_a_text_that_nobody_knows_is_a_license_of_its_own_with_its_words() -> None:
    [entry] = component(hub_report())["licenses"]

    assert entry["license"] == {
        "name": "LicenseRef-openaudit-text-1111111111111111",
        "acknowledgement": "concluded",
        "text": {"content": TERMS},
    }


def test_a_model_stands_below_its_ancestors_and_beside_its_data() -> None:
    behind = {"acme/base": made("acme/base", "license: llama2")}
    card = "license: apache-2.0\nbase_model: acme/base\ndatasets:\n- acme/rain"

    found = component(audited(card, behind))

    [base] = found["pedigree"]["ancestors"]
    assert (base["group"], base["name"]) == ("acme", "base")
    [data] = found["modelCard"]["modelParameters"]["datasets"]
    assert data["name"].endswith("acme/rain")
    assert licenses(found) == {"declared": "Apache-2.0"}


def test_a_release_that_is_its_own_base_ends() -> None:
    behind = {"acme/base": made("acme/base", "license: mit\nbase_model: me/tuned")}

    found = component(audited("license: mit\nbase_model: acme/base", behind))

    assert [c["name"] for c in every_component(found)] == ["tuned", "base"]


def test_label_grades_clauses_and_findings_are_properties() -> None:
    names = {p["name"] for p in component(hub_report())["properties"]}

    assert {"openaudit:label", "openaudit:dimension:usage"} <= names
    assert {"openaudit:clause:training-ban", "openaudit:finding:license-text-unknown"} <= names


def test_the_same_run_gives_the_same_bill() -> None:
    first, second = bill(hub_report()), bill(hub_report())
    other = bill(of_card("---\nlicense: mit\n---\n# Tiny\n"))

    assert first == second
    assert first["serialNumber"] != other["serialNumber"]
    assert first["metadata"]["timestamp"] == "2026-11-23T08:00:00Z"


@pytest.mark.parametrize("text", [HOSTILE, " ", "a/"])
def test_hostile_names_stay_names(text: str) -> None:
    found = component(audit_release(hostile_release(text), knowledge()))

    assert found["name"].isprintable()
    assert found["name"]
