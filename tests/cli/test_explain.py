import pytest

from openaudit.clauses.match import find_clauses
from openaudit.data import knowledge
from openaudit.model.clause import ClauseKind, Confidence, Severity
from openaudit.model.fact import Answer, Method
from openaudit.model.license import Match
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
        ("User-Cap", "user-cap: a clause"),
        ("USAGE", "usage: a dimension"),
        ("near", "the text is a changed version of a known license"),
        ("gated", "a grade of the dimension weights, score 50"),
        ("gated", "stand behind a gate"),
        ("weights available ai", "a label of g7-2026"),
        ("fails on license only", "Asks: weights, training-code, data-information"),
        ("fails", "Holds where no label above it does"),
        ("high", "As a confidence"),
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


def test_words_that_make_a_label_need_no_quotes(openaudit: Shell) -> None:
    ran = openaudit("explain", "Weights", "Available", "AI")

    assert ran.out.startswith("Weights Available AI: a label")


def test_without_an_id_everything_that_can_be_explained_is_listed(openaudit: Shell) -> None:
    ran = openaudit("explain")

    said = " ".join(ran.out.replace(",", " ").split())
    assert ran.code == 0
    for name in ids(knowledge()):
        assert f" {name} " in f" {said} "


def test_a_name_nothing_is_near_is_told_where_the_names_are(openaudit: Shell) -> None:
    ran = openaudit("explain", "xyzzy")

    assert ran.code == 2
    assert ran.err == (
        "openaudit: xyzzy: nothing is called so; `openaudit explain` lists what can be explained\n"
    )


def test_every_word_that_a_report_uses_for_how_sure_it_is_can_be_explained() -> None:
    known = ids(knowledge())

    for word in (*Match, *Confidence, *Severity, *ClauseKind, *Answer, *Method):
        assert word.value in known


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
