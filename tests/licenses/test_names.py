import pytest

from openaudit.data import knowledge
from openaudit.licenses.names import NOTHING, Named, policy_of, resolve
from openaudit.model.license import HubTag
from openaudit.model.profile import LicenseProfile
from tests.licenses.made_up import profiles

PROFILES = profiles()
TAGS = {
    "trees": HubTag(None, ("birch", "alder-2025")),
    "gpl-3.0": HubTag("GPL-3.0-only", ("GPL-3.0-only", "GPL-3.0-or-later")),
}

# docs/hub/repositories-licenses.md of huggingface/hub-docs at 242f4a1
HUB_TAGS = """
apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0
bigcode-openrail-m afl-3.0 artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear
c-uda cc cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0
cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0
cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl
ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl
lgpl-2.1 lgpl-3.0 isc h-research intel-research lppl-1.3c ms-pl apple-ascl apple-amlr mpl-2.0
odc-by odbl openmdw-1.0 openmdw-1.1 openrail++ osl-3.0 postgresql ofl-1.1 ncsa unlicense zlib pddl
lgpl-lr deepfloyd-if-license fair-noncommercial-research-license llama2 llama3 llama3.1 llama3.2
llama3.3 llama4 grok2-community gemma
""".split()  # noqa: SIM905  # as the hub lists them
FAMILIES = {"bsd", "cc", "gfdl", "gpl", "lgpl", "openrail"}


@pytest.mark.parametrize(
    "value",
    [
        "birch",
        "BIRCH",
        " Birch License ",
        "birch-license",
        "https://birch.example/license",
        "http://www.birch.example/license/#section-2",
        "birch.example/license",
    ],
)
def test_tag_name_and_address_lead_to_the_license(value: str) -> None:
    assert resolve(value, PROFILES, TAGS) == Named("birch", "LicenseRef-openaudit-birch")


@pytest.mark.parametrize(
    "value",
    ["", "  ", "other", "Other", "unknown", "none", "birch-like", "Birch License (modified)",
     "license", "LICENSE.md", "https://birch.example/license/v2", "()", "MIT OR", "AND", "the"],
)  # fmt: skip
def test_what_names_no_known_license_gives_nothing(value: str) -> None:
    assert resolve(value, PROFILES, TAGS) == NOTHING


def test_a_family_gives_candidates_and_no_license() -> None:
    assert resolve("trees", PROFILES, TAGS) == Named(candidates=("birch", "alder-2025"))


@pytest.mark.parametrize("value", ["birch, alder", "birch/alder", "[birch; Alder Terms of Use]"])
def test_a_list_gives_candidates_and_no_license(value: str) -> None:
    assert resolve(value, PROFILES, TAGS).candidates == ("birch", "alder-2025")


def test_a_list_with_an_unknown_part_gives_nothing() -> None:
    assert resolve("birch, larch", PROFILES, TAGS) == NOTHING


def test_a_name_shared_by_editions_names_the_newest_and_lists_all() -> None:
    named = resolve("alder", PROFILES, TAGS)

    assert named.id == "alder-2025"
    assert named.candidates == ("alder-2025", "alder-2024")


def test_a_gnu_tag_without_only_or_later_is_what_both_allow() -> None:
    assert resolve("gpl-3.0", PROFILES, TAGS).expression == "GPL-3.0-only"


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        ("mpl-2.0", "MPL-2.0"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("gpl-2.0+", "GPL-2.0-or-later"),
        ("Apache-2.0 WITH LLVM-exception", "Apache-2.0 WITH LLVM-exception"),
    ],
)
def test_an_expression_of_known_ids_is_normalized(value: str, expression: str) -> None:
    assert resolve(value, PROFILES, TAGS) == Named(None, expression)


def test_two_pluses_are_part_of_a_name() -> None:
    known = knowledge()

    assert resolve("OpenRAIL++-M", known.licenses, known.tags).id == "openrail++-m-sdxl"
    assert (
        resolve("BigScience OpenRAIL-M", known.licenses, known.tags).id == "bigscience-openrail-m"
    )


@pytest.mark.parametrize("tag", HUB_TAGS)
def test_every_hub_tag_is_a_license_or_an_open_family(tag: str) -> None:
    known = knowledge()

    named = resolve(tag, known.licenses, known.tags)

    assert named.id is None or named.id in known.licenses
    assert (named.expression is None) == (tag in FAMILIES)
    assert len(named.candidates) > 1 or tag not in FAMILIES


def test_no_hub_tag_means_two_things() -> None:
    known = knowledge()
    of_profiles = [t for p in known.licenses.values() for t in p.tags]

    assert len(set(of_profiles)) == len(of_profiles)
    assert not set(of_profiles) & set(known.tags)


@pytest.mark.parametrize(
    ("value", "license_id"),
    [
        ("llama3.1", "llama-3.1"),
        ("Llama 3.1 Community License Agreement", "llama-3.1"),
        ("gemma", "gemma-2025-03"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("Creative Commons Attribution Non Commercial 4.0", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
        ("falcon-180b-tii-license-1.0", "falcon-180b"),
        ("flux-1-dev-non-commercial-license", "flux1-dev-nc"),
        ("https://huggingface.co/meta-llama/Llama-2-7b-hf/raw/main/LICENSE.txt", "llama-2"),
        ("https://huggingface.co/meta-llama/Llama-2-7b-hf/resolve/main/LICENSE.txt", "llama-2"),
        (
            "https://raw.githubusercontent.com/CompVis/stable-diffusion/main/LICENSE",
            "creativeml-openrail-m",
        ),
    ],
)
def test_names_that_cards_use_are_known(value: str, license_id: str) -> None:
    known = knowledge()

    assert resolve(value, known.licenses, known.tags).id == license_id


@pytest.mark.parametrize(
    ("value", "some"),
    [
        ("Llama License", {"llama-2", "llama-3"}),
        ("Falcon LLM license", {"falcon-180b", "falcon-llm-2.0"}),
        ("CDLA permissive", {"CDLA-Permissive-1.0", "CDLA-Permissive-2.0"}),
        ("NVIDIA Open Model License", {"nvidia-open-model-2025-04"}),
        ("GNU GPL", {"GPL-2.0-only", "GPL-3.0-only"}),
        ("GNU AGPL", {"AGPL-3.0-only", "AGPL-3.0-or-later"}),
        ("MPL", {"MPL-1.1", "MPL-2.0"}),
        ("EPL", {"EPL-1.0", "EPL-2.0"}),
        ("EUPL", {"EUPL-1.1", "EUPL-1.2"}),
        ("OSL", {"OSL-2.1", "OSL-3.0"}),
        ("BSD-License", {"BSD-2-Clause", "BSD-3-Clause"}),
        ("Apache License", {"Apache-1.1", "Apache-2.0"}),
    ],
)
def test_a_name_without_its_version_is_a_family(value: str, some: set[str]) -> None:
    known = knowledge()

    named = resolve(value, known.licenses, known.tags)

    assert (named.id, named.expression) == (None, None)
    assert some <= set(named.candidates)


@pytest.mark.parametrize(
    ("value", "license_id"),
    [
        ("New BSD", "BSD-3-Clause"),
        ("3-clause BSD", "BSD-3-Clause"),
        ("https://creativecommons.org/licenses/by-nc/4.0/deed.zh", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.pt-br", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/2.0/de/", None),
    ],
)
def test_a_name_in_another_order_or_language_is_the_same(value: str, license_id: str) -> None:
    known = knowledge()

    assert resolve(value, known.licenses, known.tags).id == license_id


def test_the_use_policy_of_a_license_is_found_by_its_address() -> None:
    policy = policy_of(PROFILES["alder-2025"], PROFILES)

    assert isinstance(policy, LicenseProfile)
    assert policy.id == "alder-rules"
    assert policy_of(PROFILES["birch"], PROFILES) is None


@pytest.mark.parametrize(
    ("license_id", "policy_id"),
    [
        ("llama-2", "llama-2-aup"),
        ("llama-2-0718", "llama-2-aup"),
        ("llama-3", "llama-3-aup"),
        ("llama-3.1", "llama-3.1-aup"),
        ("llama-3.2", "llama-3.2-aup"),
        ("llama-3.3", "llama-3.3-aup"),
        ("llama-4", "llama-4-aup"),
        ("gemma-2024-04", "gemma-pup"),
        ("gemma-2025-03", "gemma-pup"),
        ("falcon-180b", "falcon-180b-aup"),
    ],
)
def test_every_license_with_a_known_policy_leads_to_it(license_id: str, policy_id: str) -> None:
    licenses = knowledge().licenses

    policy = policy_of(licenses[license_id], licenses)

    assert policy is not None
    assert policy.id == policy_id
