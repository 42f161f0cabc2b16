"""What a rule says of a release: the language of policies, three-valued and on the safe side."""

from pathlib import Path
from typing import Any

import pytest

from openaudit.errors import DataInvalid
from tests.policy.making import given, judged, outcome, policy, recorded, rules

NEAR_MIT = "You may look at this model on Sundays, and on no other day of the week."


@pytest.mark.parametrize(
    ("deny", "expected"),
    [
        ({"clause": "training-ban"}, "fail"),
        ({"clause": ["royalty", "training-ban"]}, "fail"),
        ({"clause": "royalty"}, "pass"),
        ({"clause": {"id": "user-cap", "count": {"lt": "1 billion"}}}, "fail"),
        ({"clause": {"id": "user-cap", "count": {"lt": "10M"}}}, "pass"),
        ({"clause": {"id": "user-cap", "count": {"ge": 700_000_000}}}, "fail"),
        ({"clause": {"id": "user-cap", "unit": "mau"}}, "fail"),
        ({"clause": {"kind": "restriction", "severity": "high"}}, "fail"),
        ({"clause": {"id": "user-cap", "from": "profile"}}, "fail"),
        ({"clause": {"id": "user-cap", "from": "text"}}, "pass"),
        ({"clause": {"id": "user-cap", "inherited": True}}, "pass"),
        ({"clause": {"id": "training-ban", "subject": {"ne": "both"}}}, "pass"),
        ({"clause": {"id": "governing-law", "law": {"matches": "*california*"}}}, "fail"),
        ({"clause": {"id": "governing-law", "law": {"matches": "california"}}}, "pass"),
        ({"license": "llama-2"}, "fail"),
        ({"license": ["MIT", "llama-2"]}, "fail"),
        ({"license": "MIT"}, "pass"),
        ({"license": {"id": {"matches": "llama-*"}}}, "fail"),
        ({"license": {"match": "named"}}, "fail"),
        ({"license": {"category": "community"}}, "fail"),
        ({"license": {"osi": True}}, "pass"),
        ({"label": "Weights Available AI"}, "fail"),
        ({"label": {"ne": "Weights Available AI"}}, "pass"),
        ({"dimension": {"id": "usage", "grade": "limited"}}, "fail"),
        ({"dimension": {"id": "usage", "score": {"lt": 60}}}, "fail"),
        ({"dimension": {"id": "usage", "score": {"ge": 60}}}, "pass"),
        ({"framework": {"id": "g7-2026", "verdict": "Weights Available AI"}}, "fail"),
        ({"framework": {"id": "g7-2026", "requirement": "open-license", "met": False}}, "fail"),
        ({"framework": {"id": "g7-2026", "requirement": "obtainable", "met": False}}, "pass"),
        ({"finding": "any"}, "pass"),
        ({"conflict": "any"}, "pass"),
        ({"base": "any"}, "pass"),
        ({"usage.commercial": "conditional"}, "fail"),
        ({"usage.commercial": ["allowed", "forbidden"]}, "pass"),
        ({"usage.commercial": {"not-in": ["allowed"]}}, "fail"),
        ({"fact": {"id": "usage.commercial", "value": "conditional"}}, "fail"),
        ({"fact": {"id": "usage.commercial", "confidence": "low"}}, "pass"),
        ({"fact": {"id": "usage.commercial", "value": {"exists": False}}}, "pass"),
        ({"release": "meta-llama/*"}, "fail"),
        ({"release": {"gate": "manual"}}, "fail"),
        ({"release": {"source": "hub"}}, "pass"),
        ({"release": {"revision": {"exists": True}}}, "pass"),
        ({"release": {"kind": "dataset"}}, "pass"),
        ({"knowledge": {"gt": 365}}, "pass"),
        ({"knowledge": {"age": {"ge": 0}}}, "fail"),
        ({"all": [{"clause": "training-ban"}, {"license": "llama-2"}]}, "fail"),
        ({"all": [{"clause": "training-ban"}, {"license": "MIT"}]}, "pass"),
        ({"any": [{"clause": "royalty"}, {"license": "llama-2"}]}, "fail"),
        ({"not": {"clause": "training-ban"}}, "pass"),
        ({"not": {"license": "MIT"}}, "fail"),
        ({"clause": "training-ban", "license": "MIT"}, "pass"),
    ],
)
def test_a_denied_condition_fails_where_it_holds(
    deny: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, {"deny": deny}, recorded("meta-llama/Llama-2-7b")) == expected


@pytest.mark.parametrize(
    ("license_", "allow", "expected"),
    [
        ("mit", {"license": ["MIT", "Apache-2.0"]}, "pass"),
        ("llama2", {"license": ["MIT", "Apache-2.0"]}, "fail"),
        ("mit", {"license": {"osi": True}}, "pass"),
        ("llama2", {"license": {"osi": True}}, "fail"),
        (None, {"license": ["MIT"]}, "incomplete"),
        ("our-own-terms", {"license": ["MIT"]}, "incomplete"),
        (None, {"license": {"known": True}}, "fail"),
        ("mit", {"clause": "retain-notices"}, "pass"),
        ("mit", {"clause": "grant-patent"}, "fail"),
        (None, {"clause": "grant-patent"}, "incomplete"),
        ("mit", {"usage.osd": True}, "pass"),
        (None, {"usage.commercial": "allowed"}, "fail"),
        ("our-own-terms", {"usage.commercial": "allowed"}, "incomplete"),
    ],
)
def test_what_alone_is_allowed_fails_elsewhere_and_is_incomplete_where_nobody_knows(
    license_: str | None, allow: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    assert outcome(tmp_path, {"allow": allow}, given(tmp_path, license=license_)) == expected


def test_a_clause_nobody_found_in_an_unknown_text_is_not_absent(tmp_path: Path) -> None:
    report = given(tmp_path, license="mit", text=NEAR_MIT)

    decision = judged(rules(tmp_path, {"deny": {"clause": "training-ban"}}), report)

    assert decision.outcome == "incomplete"
    assert "not known" in decision.violations[0].message


def test_terms_of_which_nobody_read_the_text_are_not_absent(tmp_path: Path) -> None:
    rule = {"deny": {"clause": "training-ban"}}

    assert outcome(tmp_path, rule, recorded("tiiuae/falcon-180B")) == "incomplete"


def test_a_tag_beside_an_unread_text_is_no_license_to_rely_on(tmp_path: Path) -> None:
    report = given(tmp_path, license="mit", text=NEAR_MIT)

    assert outcome(tmp_path, {"allow": {"license": ["MIT"]}}, report) == "incomplete"


def test_a_license_that_is_only_said_counts_against_the_release(tmp_path: Path) -> None:
    report = recorded("black-forest-labs/FLUX.1-dev")
    [license_] = report.licenses

    assert not license_.complete
    assert outcome(tmp_path, {"deny": {"license": "flux1-dev-nc"}}, report) == "fail"
    assert outcome(tmp_path, {"allow": {"license": "flux1-dev-nc"}}, report) == "incomplete"
    assert outcome(tmp_path, {"allow": {"license": "MIT"}}, report) == "fail"
    assert outcome(tmp_path, {"deny": {"license": "MIT"}}, report) == "incomplete"


def test_the_license_of_a_base_binds_as_well(tmp_path: Path) -> None:
    report = given(tmp_path, license="apache-2.0", base_model="meta-llama/Llama-3.1-8B")

    assert outcome(tmp_path, {"allow": {"license": ["Apache-2.0"]}}, report) == "fail"
    assert outcome(tmp_path, {"deny": {"license": "llama-3.1"}}, report) == "fail"
    own = {"id": "Apache-2.0", "inherited": False}
    assert outcome(tmp_path, {"allow": {"license": own}}, report) == "pass"


def test_a_base_that_was_not_read_may_hold_anything(tmp_path: Path) -> None:
    report = given(tmp_path, license="mit", base_model="acme/gone")

    assert outcome(tmp_path, {"allow": {"license": ["MIT"]}}, report) == "incomplete"
    assert outcome(tmp_path, {"deny": {"clause": "royalty"}}, report) == "incomplete"
    assert outcome(tmp_path, {"deny": {"conflict": "any"}}, report) == "incomplete"
    assert outcome(tmp_path, {"deny": {"base": {"state": "missing"}}}, report) != "pass"


def test_a_conflict_with_a_base_is_found_with_what_it_rests_on(tmp_path: Path) -> None:
    report = recorded("deepseek-ai/DeepSeek-R1-Distill-Llama-8B")

    decision = judged(rules(tmp_path, {"deny": {"conflict": {"clause": "naming"}}}), report)

    [violation] = decision.violations
    assert violation.clauses == ("naming",)
    assert "meta-llama/Llama-3.1-8B" in violation.message
    assert violation.evidence


def test_what_a_card_takes_back_is_denied_and_is_nothing_to_rely_on(tmp_path: Path) -> None:
    card = "You may not use the outputs of this model to train any other language model."
    report = given(tmp_path, license="apache-2.0", card=card)

    assert outcome(tmp_path, {"deny": {"clause": "training-ban"}}, report) == "fail"
    assert outcome(tmp_path, {"allow": {"clause": "training-ban"}}, report) == "incomplete"
    assert outcome(tmp_path, {"deny": {"clause": "royalty"}}, report) == "incomplete"


def test_a_parameter_nobody_stated_leaves_a_comparison_open(tmp_path: Path) -> None:
    report = given(tmp_path, license="mit", clauses=[{"id": "user-cap"}])
    below = {"id": "user-cap", "count": {"lt": "10M"}}

    assert outcome(tmp_path, {"deny": {"clause": below}}, report) == "incomplete"
    stated = {"id": "user-cap", "count": {"exists": True}}
    assert outcome(tmp_path, {"deny": {"clause": stated}}, report) == "pass"


def test_a_label_that_is_undecided_is_all_those_it_may_be(tmp_path: Path) -> None:
    undecided = given(tmp_path, license="our-own-terms")
    assert undecided.label is not None
    assert undecided.label.label is None
    possible = list(undecided.label.possible)
    assert outcome(tmp_path, {"allow": {"label": possible}}, undecided) == "pass"
    assert outcome(tmp_path, {"allow": {"label": possible[:1]}}, undecided) == "incomplete"
    assert outcome(tmp_path, {"deny": {"label": "Not open"}}, undecided) == "pass"


def test_a_grade_that_could_be_higher_is_at_least_what_is_proven(tmp_path: Path) -> None:
    report = given(tmp_path, license="mit", facts={"code.inference": "full"})
    code = next(g for g in report.dimensions if g.dimension == "code")
    assert code.grade == "inference"
    assert code.open_questions

    def score(**compared: int) -> dict[str, Any]:
        return {"dimension": {"id": "code", "score": compared}}

    assert outcome(tmp_path, {"allow": score(ge=25)}, report) == "pass"
    assert outcome(tmp_path, {"allow": score(ge=50)}, report) == "incomplete"
    assert outcome(tmp_path, {"deny": score(lt=25)}, report) == "pass"


def test_an_unknown_part_does_not_matter_where_the_rest_decides(tmp_path: Path) -> None:
    report = given(tmp_path, license="our-own-terms")
    unknown, yes, no = {"usage.osd": True}, {"weights.files": True}, {"weights.files": False}

    assert outcome(tmp_path, {"deny": {"all": [unknown, no]}}, report) == "pass"
    assert outcome(tmp_path, {"deny": {"all": [unknown, yes]}}, report) == "incomplete"
    assert outcome(tmp_path, {"deny": {"any": [unknown, yes]}}, report) == "fail"
    assert outcome(tmp_path, {"deny": {"not": unknown}}, report) == "incomplete"


def test_a_rule_holds_only_where_its_when_does(tmp_path: Path) -> None:
    report = recorded("meta-llama/Llama-2-7b")
    deny = {"clause": "training-ban"}

    assert outcome(tmp_path, {"deny": deny, "when": {"release": "acme/*"}}, report) == "pass"
    assert outcome(tmp_path, {"deny": deny, "when": {"release": "meta-*"}}, report) == "fail"
    nobody_knows = given(tmp_path, license="our-own-terms")
    rule = {"deny": {"weights.files": True}, "when": {"usage.osd": True}}
    assert outcome(tmp_path, rule, nobody_knows) == "incomplete"


def test_every_clause_that_breaks_a_rule_is_a_violation_of_its_own(tmp_path: Path) -> None:
    deny = {"clause": ["training-ban", "user-cap"]}

    decision = judged(rules(tmp_path, {"deny": deny}), recorded("meta-llama/Llama-2-7b"))

    assert sorted(v.clauses for v in decision.violations) == [("training-ban",), ("user-cap",)]
    assert len({v.fingerprint for v in decision.violations}) == 2


def test_a_message_is_filled_with_what_was_found(tmp_path: Path) -> None:
    deny = {"clause": {"id": "user-cap", "count": {"gt": 0}}}
    message = "{release} under {license} stops at {count} {unit}, in section {section}."

    [violation] = judged(
        rules(tmp_path, {"deny": deny, "message": message}), recorded("meta-llama/Llama-2-7b")
    ).violations

    expected = "meta-llama/Llama-2-7b under llama-2 stops at 700,000,000 MAU, in section 2."
    assert violation.message == expected


@pytest.mark.parametrize(
    ("rule", "line", "said"),
    [
        ("deny: {clause: trainin-ban}", 3, "deny.clause: nothing is called trainin-ban; did you"),
        ("deny: {clase: training-ban}", 3, "no condition is called clase; did you mean clause?"),
        ("deny: {usage.comercial: forbidden}", 3, "did you mean usage.commercial?"),
        ("deny: {usage.commercial: forbiden}", 3, "did you mean forbidden?"),
        ("deny: {license: Apache-2}", 3, "did you mean Apache-2.0?"),
        ("deny: {clause: {id: user-cap, cuont: 5}}", 3, "a clause has no attribute cuont; did"),
        ("deny: {clause: {id: user-cap, count: {les: 5}}}", 3, "no comparison is called les"),
        ("deny: {clause: {id: user-cap, count: {lt: many}}}", 3, "'many' is no number; write"),
        ("deny: {clause: []}", 3, "the list is empty"),
        ("deny: {all: {clause: royalty}}", 3, "deny.all: expected a list of conditions"),
        ("deny: training-ban", 3, "expected a condition such as"),
        ("deny: {dimension: {grade: free}}", 3, "needs id"),
        ("deny: {label: Open Wights AI}", 3, "did you mean Open Weights AI?"),
        ("deny: {clause: royalty}\n    allow: {label: Open Weights AI}", 2, "both deny and allow"),
        ("message: No.", 2, "says neither deny nor allow, nor is inherited"),
        ("deny: {clause: royalty}\n    severty: low", 4, "no such key; did you mean severity?"),
        ("deny: {clause: royalty}\n    severity: hgh", 4, "'high', 'medium', 'low' or 'info'"),
        ("deny: {clause: royalty}\n    message: '{cuont}'", 4, "{cuont} stands for nothing here"),
        ("deny: {fact: {value: 1}}", 3, "needs id"),
        ("deny: {license: {known: {exists: maybe}}}", 3, "expected yes or no"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_field(
    rule: str, line: int, said: str, tmp_path: Path
) -> None:
    with pytest.raises(DataInvalid) as caught:
        policy(tmp_path, f"rules:\n  - id: one\n    {rule}\n")

    assert str(caught.value).startswith(f"{tmp_path}/policy.yaml:{line}: rules.0")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("depth", [100, 400, 5_000])
def test_a_condition_nobody_can_read_is_refused(depth: int, tmp_path: Path) -> None:
    nested = "{not: " * depth + "{clause: royalty}" + "}" * depth

    with pytest.raises(DataInvalid, match=r"policy\.yaml"):
        policy(tmp_path, f"rules:\n  - id: one\n    deny: {nested}\n")
