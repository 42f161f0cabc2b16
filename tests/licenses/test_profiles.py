from collections import Counter
from pathlib import Path

import pytest

from openaudit.data import knowledge, read_yaml
from openaudit.errors import DataInvalid
from openaudit.licenses.names import resolve
from openaudit.licenses.schema import read_profile
from openaudit.licenses.spdx import normalized

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "licenses").glob("*.yaml"))
RULES = {p.stem for p in (ROOT / "rules" / "clauses").glob("*.yaml")}
RAISED = [
    "card-text-differs",
    "license-ambiguous",
    "license-conflict",
    "license-name-unknown",
    "license-names-differ",
    "license-pointer",
    "license-several",
    "license-text-changed",
    "license-text-quoted",
    "license-text-unknown",
    "license-unresolved",
    "license-unstated",
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_profile_has_the_form_of_one(path: Path) -> None:
    assert read_profile(path).id == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_profile_that_lists_clauses_of_a_text_was_read_or_says_not(path: Path) -> None:
    profile = read_profile(path)

    read = profile.verified is not None
    assert not read or profile.texts
    assert read or not (profile.texts and profile.clauses)
    assert read or profile.category != "osi"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_kind_is_given_where_the_terms_are_and_nowhere_else(path: Path) -> None:
    profile = read_profile(path)

    assert (profile.category == "unknown") == (not profile.clauses)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_an_expression_is_an_spdx_id_or_a_license_ref(path: Path) -> None:
    profile = read_profile(path)

    if profile.expression.startswith("LicenseRef-openaudit-"):
        assert normalized(profile.expression) is None
    else:
        assert normalized(profile.expression) == profile.expression
    if not profile.expression.startswith("LicenseRef-"):
        assert profile.id == profile.expression


@pytest.mark.skipif(not RULES, reason="there are no clause rules yet")
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_clause_has_a_rule(path: Path) -> None:
    profile = read_profile(path)

    assert {c.id for c in profile.clauses} <= RULES


def test_an_osi_license_is_flagged_as_one_and_nothing_else_is() -> None:
    profiles = [read_profile(p) for p in FILES]

    assert all((p.category == "osi") == (p.flags.osi is True) for p in profiles)


def test_editions_are_profiles() -> None:
    profiles = [read_profile(p) for p in FILES]
    ids = {p.id for p in profiles}

    assert all(set(p.editions) <= ids for p in profiles)


def test_each_name_and_id_leads_back_to_its_profile() -> None:
    known = knowledge()
    for profile in known.licenses.values():
        for name in (profile.id, profile.name, profile.expression, *profile.names):
            assert resolve(name, known.licenses, known.tags).id == profile.id, name


def test_each_address_leads_back_to_its_profile() -> None:
    known = knowledge()
    for profile in known.licenses.values():
        for url in profile.urls:
            assert resolve(url, known.licenses, known.tags).id == profile.id, url


def test_no_two_licenses_share_a_text_but_the_gnu_pairs() -> None:
    count = Counter(t.words for p in knowledge().licenses.values() for t in p.texts)
    shared = {w for w, n in count.items() if n > 1}
    holders = {p.id for p in knowledge().licenses.values() for t in p.texts if t.words in shared}

    assert all(i.endswith(("-only", "-or-later")) or _is_one(i) for i in holders)


def _is_one(license_id: str) -> bool:
    """Say whether the editions of one profile alone share the text."""
    own = [t.words for t in knowledge().licenses[license_id].texts]
    others = {t.words for i, p in knowledge().licenses.items() if i != license_id for t in p.texts}
    return not others & set(own)


@pytest.mark.parametrize("finding", RAISED)
def test_every_finding_that_is_raised_has_a_text(finding: str) -> None:
    rule = read_yaml(ROOT / "rules" / "findings" / f"{finding}.yaml")

    assert rule["id"] == finding
    assert knowledge().findings[finding].message == rule["message"]


def test_a_field_too_many_is_refused_with_file_and_field(tmp_path: Path) -> None:
    path = tmp_path / "MIT.yaml"
    path.write_text((ROOT / "licenses" / "MIT.yaml").read_text(encoding="utf-8") + "\ncolor: red\n")

    with pytest.raises(DataInvalid, match=r"MIT\.yaml: color: Extra inputs are not permitted"):
        read_profile(path)


def test_an_id_that_is_not_the_name_of_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text((ROOT / "licenses" / "MIT.yaml").read_text(encoding="utf-8"))

    with pytest.raises(DataInvalid, match=r"mine\.yaml: id: MIT is not the name of the file"):
        read_profile(path)
