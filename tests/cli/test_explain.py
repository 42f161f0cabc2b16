import pytest

from openaudit.data import knowledge
from openaudit.reporters.explain import explain, ids
from tests.cli.shell import Shell


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("user-cap", "700,000,000"),
        ("llama-2", "1.b.v"),
        ("llama2", "Llama 2 Community License Agreement"),
        ("license-conflict", "a finding"),
        ("usage", "use-restricted (score 60)"),
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
