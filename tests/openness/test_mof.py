"""The Model Openness Framework against what the Model Openness Tool has on record."""

import pytest

from openaudit.data import frameworks
from openaudit.model.verdict import Met
from openaudit.openness.conditions import Outcome
from openaudit.openness.verdicts import judged
from tests.openness.groundtruth import SHARED, class_number, component_outcomes, rows

MOF = frameworks()["mof-1-0"]
OPEN, CLOSED = Outcome(Met.YES), Outcome(Met.NO)


def label(**changed: Outcome) -> str | None:
    changes = {k.replace("_", "-"): v for k, v in changed.items()}
    return judged(MOF, {**dict.fromkeys(MOF["requirements"], OPEN), **changes}).label


def test_all_components_make_class_one() -> None:
    assert label() == "Class I"


@pytest.mark.parametrize(
    ("missing", "class_"),
    [
        ("datasets", "Class II"),
        ("intermediate_parameters", "Class II"),
        ("training_code", "Class III"),
        ("evaluation_data", "Class III"),
        ("model_card", "Unclassified"),
        ("final_parameters", "Unclassified"),
    ],
)
def test_a_missing_component_stops_at_the_class_below(missing: str, class_: str) -> None:
    assert label(**{missing: CLOSED}) == class_


def test_a_research_paper_stands_in_for_the_report_and_not_the_other_way_round() -> None:
    assert label(technical_report=CLOSED) == "Class I"
    assert label(research_paper=CLOSED) == "Class II"
    assert label(technical_report=CLOSED, research_paper=CLOSED) == "Unclassified"


def test_every_row_of_the_tool_gets_its_class() -> None:
    path = SHARED / "corpus" / "groundtruth" / "mot.jsonl"
    if not path.is_file():
        pytest.skip("the rows of the Model Openness Tool are not in this repository")

    wrong = [
        (row["model"], row["class"], got)
        for row in rows(path)
        if (got := class_number(judged(MOF, component_outcomes(row)).label)) != row["class"]
    ]

    assert wrong == []
