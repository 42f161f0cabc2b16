import gzip
import json
from pathlib import Path

import pytest

from openaudit.data import SPDX_LIST, knowledge, spdx_list
from openaudit.licenses.conclude import conclude
from openaudit.licenses.names import NOTHING, Named, resolve
from openaudit.licenses.spdx import listed_as, listed_profile
from openaudit.licenses.spdx_list import main
from openaudit.model.license import Match
from tests.licenses.made_up import profiles, said

ROOT = Path(__file__).parents[2]
LIST = {
    "licenseListVersion": "9.1",
    "releaseDate": "2030-01-01",
    "licenses": [
        {
            "licenseId": "Rowan-2.0",
            "name": "Rowan “2” License",
            "isOsiApproved": True,
            "isFsfLibre": True,
            "isDeprecatedLicenseId": False,
            "seeAlso": ["https://rowan.example"],
            "text": "Not kept.",
        },
        {
            "licenseId": "Ash-1.0",
            "name": "Ash License",
            "isOsiApproved": False,
            "isDeprecatedLicenseId": True,
        },
    ],
}


@pytest.mark.parametrize("value", ["curl", "CURL", "curl License"])
def test_a_license_of_the_list_is_known_by_id_and_by_name(value: str) -> None:
    assert resolve(value, profiles(), {}) == Named(None, "curl")


def test_a_name_of_the_list_leads_to_our_profile_where_there_is_one() -> None:
    known = knowledge()

    assert resolve("SIL Open Font License 1.1", known.licenses, {}).id == "OFL-1.1"


@pytest.mark.parametrize("value", ["curl-like", "curl License, modified", "the", "License"])
def test_a_part_of_a_listed_name_names_nothing(value: str) -> None:
    assert resolve(value, profiles(), {}) == NOTHING


def test_a_plus_makes_another_license() -> None:
    assert listed_as("GPL-2.0-or-later") == "GPL-2.0-or-later"
    assert listed_as("curl+") is None


def test_a_deprecated_id_does_not_stand_for_its_successor() -> None:
    assert spdx_list()["GPL-3.0"].deprecated
    assert listed_as("GPL-3.0") is None


def test_what_the_list_says_is_the_name_and_an_approval_and_no_terms() -> None:
    approved, other = listed_profile("curl"), listed_profile("Beerware")

    assert approved is not None
    assert other is not None
    assert (approved.name, approved.category, approved.osi) == ("curl License", "osi", True)
    assert (other.category, other.osi) == ("unknown", None)
    assert (approved.clauses, approved.verified) == ((), None)
    assert listed_profile("LicenseRef-curl") is None


def test_a_release_under_a_listed_license_is_concluded_by_its_name() -> None:
    license_, troubles = conclude([said("curl")], [], [], profiles(), {}, identified={})

    assert license_.concluded.id == "curl"
    assert license_.concluded.name == "curl License"
    assert license_.concluded.expression == "curl"
    assert license_.concluded.match is Match.NAMED
    assert troubles == ()


def test_every_expression_of_a_profile_is_listed_or_a_reference() -> None:
    for profile in knowledge().licenses.values():
        assert profile.expression.startswith("LicenseRef-") or profile.id in spdx_list()


def test_a_profile_claims_no_approval_that_the_list_does_not_give() -> None:
    for profile in knowledge().licenses.values():
        if profile.id in spdx_list():
            assert (profile.osi is True) == spdx_list()[profile.id].osi, profile.id


@pytest.mark.parametrize("packed", [False, True])
def test_the_list_is_written_sorted_and_without_texts(tmp_path: Path, *, packed: bool) -> None:
    source, output = tmp_path / "list", tmp_path / "spdx.json"
    content = json.dumps(LIST).encode()
    source.write_bytes(gzip.compress(content) if packed else content)

    code = main([str(source), "-o", str(output)])

    assert code == 0
    assert output.read_text(encoding="utf-8") == (
        '{"version": "9.1", "licenses": {\n'
        '"Ash-1.0": {"name": "Ash License", "osi": false, "fsf": null, "deprecated": true},\n'
        '"Rowan-2.0": {"name": "Rowan “2” License", "osi": true, "fsf": true, "deprecated": false}'
        "\n}}\n"
    )


def test_the_shipped_list_says_which_version_it_is() -> None:
    shipped = json.loads((ROOT / SPDX_LIST).read_text(encoding="utf-8"))

    assert shipped["version"] == "3.29.0"
    assert len(shipped["licenses"]) == 740
