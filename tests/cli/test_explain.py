import pytest

from openaudit.clauses.match import find_clauses
from openaudit.data import knowledge
from openaudit.reporters.explain import explain, ids
from tests.clauses.examples import document
from tests.cli.shell import Shell


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("user-cap", "700,000,000"),
        ("llama-2", "1.b.v"),
        ("llama2", "Llama 2 Community License Agreement"),
        ("license-conflict", "a finding"),
        ("usage", "use-restricted (score 60)"),
        (
            "access",
            "a gate that opens by itself once terms are accepted; if access.gated is auto",
        ),
        ("g7-2026", "Weights Available AI"),
        ("data.pretrain.named", "One of: none, some, all"),
    ],
)
def test_an_id_is_explained_from_the_data_that_audits(
    openaudit: Shell, name: str, said: str
) -> None:
    ran = openaudit("explain", name)

    assert ran.code == 0
    assert said in " ".join(ran.out.split())


def test_a_clause_is_explained_with_an_example_its_licenses_and_where_to_read_on(
    openaudit: Shell,
) -> None:
    said = " ".join(openaudit("explain", "user-cap").out.split())

    assert "Rights change above a number of users. The grant depends on" in said
    assert 'For example: "Once your products exceed 5 million monthly active users' in said
    assert "llama-2 (section 2, 700,000,000)" in said
    assert "See https://opensource.org/osd#persons-or-groups" in said


def test_every_clause_has_an_example_in_which_it_is_found() -> None:
    known = knowledge()

    for rule in known.clauses.values():
        assert rule.example, rule.id
        assert rule.id in {c.id for c in find_clauses(document(rule.example), [rule])}


def test_a_license_is_listed_once_with_all_places_of_a_clause(openaudit: Shell) -> None:
    said = " ".join(openaudit("explain", "training-ban").out.split())

    assert said.count("flux-dev-nc-2 ") == 1
    assert "flux-dev-nc-2 (section 1(c); section 2(d))" in said


def test_a_name_nothing_has_is_told_with_what_is_near(openaudit: Shell) -> None:
    ran = openaudit("explain", "user-cpa")

    assert ran.code == 2
    assert "did you mean user-cap" in ran.err


def test_everything_that_has_an_id_can_be_explained_in_80_columns() -> None:
    known = knowledge()

    for name in ids(known):
        text = explain(name, known, width=80)
        assert text is not None
        assert text.startswith(f"{name}: ")
