import pytest

from openaudit.data import knowledge
from openaudit.model.release import Plain
from openaudit.model.scorecard import Grade
from openaudit.openness.grades import grades
from tests.openness import facts


def graded(values: dict[str, Plain]) -> dict[str, Grade]:
    return {g.dimension: g for g in grades(knowledge().dimensions, facts(values))}


@pytest.mark.parametrize(
    ("dimension", "values", "grade"),
    [
        ("weights", {"weights.files": True, "access.gated": "open"}, "downloadable"),
        ("weights", {"weights.files": True, "access.gated": "manual"}, "gated"),
        ("weights", {"weights.files": False, "access.hosted_api": "paid"}, "hosted-only"),
        ("weights", {"weights.files": False, "access.hosted_api": "none"}, "closed"),
        (
            "data",
            {"data.pretrain.released": "partial", "data.pretrain.withdrawn": False},
            "partly-released",
        ),
        (
            "data",
            {
                "data.pretrain.released": "partial",
                "data.pretrain.withdrawn": True,
                "data.pretrain.named": "all",
            },
            "named",
        ),
        ("data", {"data.pretrain.named": "none", "data.pretrain.released": "none"}, "undisclosed"),
        ("usage", {"usage.commercial": "forbidden"}, "non-commercial"),
        ("usage", {"usage.class": "none"}, "no-license"),
        ("usage", {"usage.commercial": "conditional"}, "limited"),
    ],
)
def test_facts_give_a_grade(dimension: str, values: dict[str, Plain], grade: str) -> None:
    assert graded(values)[dimension].grade == grade


def test_files_whose_gate_nobody_knows_have_no_grade_and_no_score() -> None:
    weights = graded({"weights.files": True})["weights"]

    assert weights.grade is None
    assert weights.score is None
    assert "access.gated" in weights.open_questions


def test_a_grade_that_could_be_better_says_what_would_settle_it() -> None:
    weights = graded({"weights.files": True, "access.gated": "open"})["weights"]

    assert weights.open_questions == ("weights.intermediate",)


def test_nothing_known_gives_no_grade_anywhere() -> None:
    assert all(g.grade is None and g.score is None for g in graded({}).values())
