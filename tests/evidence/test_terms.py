from dataclasses import replace

import pytest

from openaudit.evidence.terms import term_facts
from openaudit.model.clause import Basis, Clause, ClauseKind, Confidence, Param, Severity
from openaudit.model.evidence import Observation, Witness
from openaudit.model.fact import Answer, Fact
from openaudit.model.license import ArtifactLicense, Conclusion, Match
from openaudit.model.profile import LicenseProfile, ProfileClause

SEEN = Observation(Witness.CATALOG, None, "made up")
NAMED = Observation(Witness.API, None, "license: tiny")


def clause(clause_id: str, **params: Param) -> Clause:
    return Clause(
        id=clause_id,
        title="",
        kind=ClauseKind.RESTRICTION,
        severity=Severity.HIGH,
        params=params,
        section="1",
        message="",
        confidence=Confidence.HIGH,
        basis=Basis.TEXT,
        evidence=SEEN,
    )


def profile(*, osi: bool | None, verified: str | None = "2026-01-02") -> LicenseProfile:
    return LicenseProfile(
        id="tiny",
        name="Tiny",
        expression="LicenseRef-openaudit-tiny",
        category="community",
        verified=verified,
        osi=osi,
        tags=(),
        names=(),
        urls=(),
        texts=(),
        clauses=(ProfileClause("grant-copyright", "1", {}),),
    )


def terms(
    *clauses: Clause, known: LicenseProfile | None = None, whole: bool = True
) -> dict[str, Fact]:
    concluded = Conclusion("tiny", "Tiny", None, Match.NAMED, None, NAMED)
    license_ = ArtifactLicense("weights", (), concluded, whole)
    return {f.id: f for f in term_facts(clauses, license_, known, whole=whole)}


@pytest.mark.parametrize(
    ("found", "fact_id", "value"),
    [
        (clause("non-commercial"), "usage.commercial", "forbidden"),
        (clause("non-commercial", scope="outputs"), "usage.commercial", "conditional"),
        (clause("research-only"), "usage.commercial", "forbidden"),
        (clause("user-cap", effect="separate-license"), "usage.commercial", "conditional"),
        (clause("hosting-ban"), "usage.commercial", "conditional"),
        (clause("acceptable-use-policy"), "usage.field_of_use", "policy_by_reference"),
        (clause("use-restrictions", prohibits=("fraud",)), "usage.field_of_use", "list"),
        (
            clause("use-restrictions", prohibits=("illegal-activity",)),
            "usage.field_of_use",
            "laws_only",
        ),
        (clause("training-ban", scope="other-llm"), "usage.training_ban", "other_llms"),
        (clause("training-ban"), "usage.training_ban", "any_ai_model"),
        (clause("no-redistribution"), "usage.redistribution", "forbidden"),
        (clause("no-derivatives"), "usage.modification", "forbidden"),
        (clause("naming"), "usage.branding", "name_prefix"),
        (clause("litigation-termination"), "usage.litigation_termination", "broad"),
    ],
)
def test_a_clause_decides_its_fact_even_where_the_license_is_not_known(
    found: Clause, fact_id: str, value: str
) -> None:
    assert terms(found)[fact_id].value == value


@pytest.mark.parametrize(
    ("clause_id", "fact_id"),
    [
        ("pass-on-restrictions", "usage.flow_down"),
        ("territory", "usage.territory_limited"),
        ("remote-restriction", "usage.remote_restriction"),
        ("termination-at-will", "usage.revocable"),
        ("registration", "usage.separate_license_case"),
    ],
)
def test_a_clause_that_is_there_is_a_yes(clause_id: str, fact_id: str) -> None:
    assert terms(clause(clause_id))[fact_id].answer is Answer.YES


def test_a_clause_that_is_not_found_is_a_permission_only_where_all_are_known() -> None:
    unknown = terms()
    known = terms(known=profile(osi=True))
    derived = terms(known=profile(osi=True), whole=False)

    assert unknown["usage.commercial"].answer is Answer.UNKNOWN
    assert known["usage.commercial"].value == "allowed"
    assert derived["usage.commercial"].answer is Answer.UNKNOWN


def test_a_license_whose_text_nobody_read_permits_nothing() -> None:
    found = terms(known=profile(osi=None, verified=None))

    assert found["usage.commercial"].answer is Answer.UNKNOWN
    assert found["usage.training_ban"].answer is Answer.UNKNOWN


def test_an_approved_license_whose_terms_nobody_read_is_open_source_and_no_more() -> None:
    listed = replace(profile(osi=True, verified=None), category="unknown", clauses=())

    found = terms(known=listed)

    assert found["usage.osd"].answer is Answer.YES
    assert found["usage.commercial"].answer is Answer.UNKNOWN
    assert "usage.class" not in found


def test_a_cap_that_asks_for_a_credit_limits_nobody() -> None:
    found = terms(clause("user-cap", effect="branding"), known=profile(osi=None))

    assert found["usage.scale_cap_license"].answer is Answer.NO
    assert found["usage.commercial"].value == "allowed"
    assert found["usage.osd"].answer is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("found", "known", "whole", "answer"),
    [
        ([], profile(osi=True), True, Answer.YES),
        ([], profile(osi=True), False, Answer.UNKNOWN),
        ([], profile(osi=False), False, Answer.NO),
        ([], profile(osi=None), True, Answer.UNKNOWN),
        ([], None, True, Answer.UNKNOWN),
        ([clause("non-commercial")], None, True, Answer.NO),
        ([clause("training-ban")], profile(osi=True), True, Answer.NO),
        ([clause("user-cap", effect="branding")], None, True, Answer.UNKNOWN),
    ],
)
def test_open_source_is_what_the_license_is_and_no_clause_contradicts(
    found: list[Clause], known: LicenseProfile | None, *, whole: bool, answer: Answer
) -> None:
    assert terms(*found, known=known, whole=whole)["usage.osd"].answer is answer


def test_each_answer_rests_on_its_clauses() -> None:
    by_clause = terms(clause("non-commercial"))["usage.commercial"]
    by_absence = terms(known=profile(osi=True))["usage.commercial"]

    assert by_clause.evidence == (SEEN,)
    assert by_absence.evidence == (NAMED,)
