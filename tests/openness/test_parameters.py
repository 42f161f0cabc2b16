import pytest

from openaudit.data import frameworks
from openaudit.model.release import Plain
from openaudit.model.verdict import Met, Requirement, Verdict
from openaudit.openness.verdicts import verdict
from tests.openness import facts

TWO: dict[str, object] = {
    "id": "two",
    "name": "Two parameters",
    "version": "1",
    "points": {"open": 1, "partial": 0.5, "closed": 0},
    "parameters": {
        "card": {
            "title": "the card",
            "cites": "first",
            "open": {"doc.card": ["full"]},
            "partial": {"doc.card": ["partial"]},
        },
        "paper": {
            "title": "the paper",
            "cites": "second",
            "open": {"all": [{"doc.preprint": [True]}, {"doc.preprint_coverage": ["full"]}]},
            "partial": {"doc.preprint": [True]},
        },
    },
}


def rated(**values: Plain) -> Verdict:
    return verdict(TWO, facts({f"doc.{k}": v for k, v in values.items()}))


def parameter(found: Verdict, name: str) -> Requirement:
    return next(r for r in found.requirements if r.id == name)


@pytest.mark.parametrize(
    ("card", "preprint", "coverage", "mean"),
    [
        ("full", True, "full", "1.00"),
        ("full", True, "partial", "0.75"),
        ("partial", False, None, "0.25"),
        ("none", False, None, "0.00"),
    ],
)
def test_the_verdict_is_the_mean_of_the_levels(
    card: str, coverage: str | None, mean: str, *, preprint: bool
) -> None:
    found = rated(card=card, preprint=preprint, preprint_coverage=coverage)

    assert (found.label, found.possible) == (mean, ())


def test_an_unknown_level_leaves_the_means_that_may_be() -> None:
    found = rated(card="full", preprint=True)

    assert found.label is None
    assert found.possible == ("0.75", "1.00")
    assert found.unknown == ("doc.preprint_coverage",)
    assert found.because == ("doc.card",)
    assert parameter(found, "paper").level is None
    assert parameter(found, "paper").met is Met.UNKNOWN


def test_a_level_below_the_highest_is_not_met() -> None:
    card = parameter(rated(card="partial"), "card")

    assert (card.level, card.met, card.because) == ("partial", Met.NO, ("doc.card",))


def test_the_reasons_count_the_levels() -> None:
    assert rated(card="full").reasons == ("1 of 2 open", "1 not known")


def test_the_european_index_takes_the_pretraining_data_where_nothing_was_tuned() -> None:
    values: dict[str, Plain] = {
        "data.pretrain.released": "partial",
        "data.posttrain.released": "na",
    }

    found = verdict(frameworks()["osai-index"], facts(values))

    assert parameter(found, "datasources_endmodel").level == "partial"
