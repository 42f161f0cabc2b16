import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from openaudit.data import knowledge
from openaudit.model.release import Plain
from openaudit.model.scorecard import Grade
from openaudit.openness.grades import grades
from tests.openness import asked_of, facts, values_of

FREE: dict[str, Plain] = {
    "usage.commercial": "allowed",
    "usage.scale_cap_license": False,
    "usage.field_of_use": "none",
    "usage.training_ban": "none",
    "usage.redistribution": "allowed",
    "usage.modification": "allowed",
    "usage.separate_license_case": False,
    "usage.territory_limited": False,
}


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
        ("code", {"code.training": "partial", "code.finetuning": "none"}, "fine-tuning"),
        (
            "code",
            {"code.inference": "full", "code.training": "none", "code.finetuning": "na"},
            "inference",
        ),
        ("usage", FREE, "free"),
        ("usage", {**FREE, "usage.field_of_use": "laws_only"}, "use-restricted"),
        ("usage", {**FREE, "usage.field_of_use": "list"}, "use-restricted"),
        (
            "usage",
            {**FREE, "usage.field_of_use": "list", "usage.modification": "forbidden"},
            "limited",
        ),
        ("usage", {**FREE, "usage.territory_limited": True}, "limited"),
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


DIMENSIONS = knowledge().dimensions["dimensions"]
FACTS = {d: sorted(asked_of(ladder["grades"])) for d, ladder in DIMENSIONS.items()}


@given(data=st.data(), dimension=st.sampled_from(sorted(FACTS)))
def test_a_release_of_which_all_is_known_has_a_grade(data: st.DataObject, dimension: str) -> None:
    values = {i: data.draw(values_of(i), label=i) for i in FACTS[dimension]}
    # Where there are files there is a way to have them.
    assume(not (values.get("weights.files") is True and values.get("access.gated") == "none"))

    grade = graded(values)[dimension]

    assert grade.grade is not None
    assert grade.open_questions == ()


@given(data=st.data(), dimension=st.sampled_from(sorted(FACTS)))
def test_settling_an_unknown_never_lowers_a_grade(data: st.DataObject, dimension: str) -> None:
    values = {i: data.draw(values_of(i), label=i) for i in FACTS[dimension]}
    hidden = data.draw(st.sets(st.sampled_from(FACTS[dimension])), label="hidden")
    steps = [step["grade"] for step in DIMENSIONS[dimension]["grades"]]

    before = graded({k: v for k, v in values.items() if k not in hidden})[dimension]
    after = graded(values)[dimension]

    if before.grade is not None:
        assert after.grade is not None
        assert steps.index(after.grade) <= steps.index(before.grade)
