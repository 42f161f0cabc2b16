"""Each kind of term, in licenses made up here, and what it says to a use."""

from dataclasses import replace

import pytest

from openaudit.model.clause import ClauseKind, Confidence, Severity
from openaudit.model.document import Missing, Reason, Role
from openaudit.model.license import ArtifactLicense, Conclusion, Match
from openaudit.model.lineage import Chain, Conflict, Node, NodeState
from openaudit.model.usage import Answer, Use
from tests.usage.made_up import asked, clauses_of, one, terms_of

CAP = (
    "2. Size. If your products have more than 50 million monthly active users, you must request a"
    " license from Acme, and you hold no rights until Acme grants it."
)
CREDIT = (
    "3. Credit. If a product or service built on the Tiny model has more than 50 million monthly"
    ' active users, you shall prominently display "Tiny" in its user interface.'
)
EUROS = (
    "Companies whose annual revenue exceeds 2 million euros must obtain a commercial license from"
    " Acme before they use the Tiny model."
)
MONTHLY = (
    "If a product built on the Tiny model earns more than 9 million US dollars in monthly revenue,"
    " you shall prominently display its name."
)
WEIGHTS_ONLY = (
    "You may only use or create derivatives of the Tiny Model for Non-Commercial Purposes. Acme"
    " claims no rights in outputs, and you may use outputs for any purpose."
)
NON_COMMERCIAL = "You may not use the Tiny model or anything made with it for commercial purposes."
OUTPUTS_ONLY = "You may not use outputs for commercial purposes."
BAN = (
    "4. Training. You may not use the outputs of the Tiny model to train or improve any other"
    " language model, except the Tiny model itself and derivatives of it."
)
COMPETING = "You may not use outputs to train any model that competes with the Tiny model."
MULTIMODAL = (
    "The rights to multimodal models under this license are not granted to persons who live in, or"
    " companies with their principal place of business in, the European Union."
)
EUROPE = "This license does not apply in the European Union, and no rights are granted there."
HOSTING = (
    "You may not offer the Tiny model to third parties as a hosted service or API without a"
    " further license from Acme."
)
POLICY = (
    "Your use must follow the Acceptable Use Policy at https://acme.example/policy, which Acme may"
    " change at any time."
)
RESEARCH = "You may use the Tiny model for research purposes only."
UNCHANGED = "You may not modify the Tiny model or share modified versions of it."
AT_WILL = "Acme may terminate this license at any time, for any reason, by giving you notice."
REGISTER = (
    "Before any commercial use of the Tiny model you must register with Acme and obtain its"
    " written authorization."
)


@pytest.mark.parametrize(
    ("use", "text", "answer"),
    [
        ("commercial", "", "yes"),
        ("commercial,mau=10M", CAP, "yes"),
        ("commercial,mau=50M", CAP, "yes-if"),
        ("commercial,mau=60M", CAP, "no"),
        ("commercial", CAP, "yes-if"),
        ("commercial,mau=10M", CREDIT, "yes"),
        ("commercial,mau=60M", CREDIT, "yes-if"),
        ("commercial", CREDIT, "yes"),
        ("commercial,revenue=1M EUR", EUROS, "yes"),
        ("commercial,revenue=3M EUR", EUROS, "no"),
        ("commercial,revenue=1M USD", EUROS, "yes-if"),
        ("commercial,revenue=900M USD", EUROS, "yes-if"),
        ("commercial", EUROS, "yes-if"),
        ("commercial,revenue=9M USD", MONTHLY, "yes"),
        ("commercial,revenue=200M USD", MONTHLY, "yes-if"),
        ("commercial", WEIGHTS_ONLY, "no"),
        ("distill,commercial", WEIGHTS_ONLY, "no"),
        ("distill", WEIGHTS_ONLY, "yes-if"),
        ("research", WEIGHTS_ONLY, "yes"),
        ("research,commercial", WEIGHTS_ONLY, "yes-if"),
        ("commercial", NON_COMMERCIAL, "no"),
        ("redistribute,commercial", NON_COMMERCIAL, "no"),
        ("redistribute", NON_COMMERCIAL, "yes-if"),
        ("commercial", OUTPUTS_ONLY, "no"),
        ("modify,commercial", OUTPUTS_ONLY, "yes-if"),
        ("distill", BAN, "no"),
        ("commercial", BAN, "yes"),
        ("distill", COMPETING, "yes-if"),
        ("commercial,region=EU", EUROPE, "no"),
        ("commercial,region=DE", EUROPE, "no"),
        ("commercial,region=CH", EUROPE, "yes"),
        ("commercial,region=US,region=FR", EUROPE, "yes-if"),
        ("commercial,region=EEA", EUROPE, "yes-if"),
        ("commercial", EUROPE, "yes-if"),
        ("commercial,region=EU", MULTIMODAL, "yes-if"),
        ("commercial,region=US", MULTIMODAL, "yes"),
        ("hosted", HOSTING, "no"),
        ("commercial", HOSTING, "yes-if"),
        ("modify", HOSTING, "yes"),
        ("commercial", POLICY, "yes-if"),
        ("commercial", RESEARCH, "no"),
        ("research", RESEARCH, "yes"),
        ("modify", RESEARCH, "yes-if"),
        ("modify,redistribute", UNCHANGED, "no"),
        ("modify", UNCHANGED, "unclear"),
        ("redistribute", UNCHANGED, "yes-if"),
        ("research", AT_WILL, "yes-if"),
        ("commercial", REGISTER, "yes-if"),
        ("research", REGISTER, "yes"),
        ("hosted,commercial", REGISTER, "yes-if"),
    ],
)
def test_a_term_answers_a_use(use: str, text: str, answer: str) -> None:
    assert one(use, text).answer == answer


def test_a_cap_that_is_not_reached_stays_a_condition_with_its_number() -> None:
    answer = one("commercial,mau=10M", CAP)

    [condition] = answer.conditions
    assert condition.startswith("Stay below 50 million monthly active users")
    assert condition.endswith("(section 2)")
    assert [c.id for c in answer.clauses] == ["user-cap"]


def test_a_cap_on_daily_users_says_nothing_of_more_monthly_ones() -> None:
    daily = CAP.replace("monthly", "daily")

    assert one("commercial,mau=60M", daily).answer is Answer.YES_IF
    assert one("commercial,mau=10M", daily).answer is Answer.YES


def test_another_currency_is_shown_beside_the_own_and_not_converted() -> None:
    [condition] = one("commercial,revenue=1M USD", EUROS).conditions

    assert "2 million EUR a year" in condition
    assert "1 million USD" in condition


def test_what_a_ban_on_training_excepts_is_what_would_lift_it() -> None:
    answer = one("distill", BAN)

    assert "own derivatives excepted" in answer.because[0]
    assert answer.because[0].endswith("(section 4)")
    assert "what the license excepts" in answer.settle[0]


def test_outputs_that_a_ban_does_not_speak_of_are_told() -> None:
    assert "outputs" in one("commercial", WEIGHTS_ONLY).settle[0]
    assert "outputs" not in one("commercial", NON_COMMERCIAL).settle[0]


def test_a_model_that_the_hub_calls_multimodal_is_barred_with_the_others() -> None:
    told = one("commercial,region=EU", MULTIMODAL, tags=("image-text-to-text",))

    assert told.answer is Answer.NO


def test_a_policy_that_may_change_is_to_be_read_again() -> None:
    conditions = one("commercial", POLICY).conditions

    assert any("https://acme.example/policy" in c for c in conditions)
    assert any("Read them again" in c for c in conditions)


def test_a_license_that_is_known_in_part_permits_only_what_its_terms_imply() -> None:
    known = asked("commercial,distill", terms_of(HOSTING, verified=None))

    assert known[Use.COMMERCIAL].answer is Answer.YES_IF
    assert known[Use.DISTILL].answer is Answer.UNCLEAR
    assert "Tiny License" in known[Use.DISTILL].settle[0]


def test_a_license_that_is_known_in_part_still_forbids() -> None:
    assert one("distill", BAN, verified=None).answer is Answer.NO


@pytest.mark.parametrize("text", ["", CAP, POLICY])
def test_a_changed_text_permits_nothing(text: str) -> None:
    terms = terms_of(text)
    near = replace(terms.license.concluded, match=Match.NEAR, similarity=0.98)
    changed = replace(terms, license=replace(terms.license, concluded=near), profile=None)

    answer = asked("commercial,mau=1M", changed)[Use.COMMERCIAL]

    assert answer.answer is Answer.UNCLEAR
    assert "changed Tiny License" in answer.because[0]
    assert answer.settle


def test_no_license_at_all_permits_nothing() -> None:
    nothing = Conclusion(None, None, None, Match.NONE, None, None)
    terms = replace(terms_of(""), license=ArtifactLicense("weights", (), nothing), profile=None)

    answer = asked("research", terms)[Use.RESEARCH]

    assert (answer.answer, answer.because) == (Answer.UNCLEAR, ("No license is stated",))


def test_a_text_behind_a_gate_permits_nothing() -> None:
    terms = terms_of("")
    gated = Missing("LICENSE", Role.LICENSE, Reason.GATED, "the gate hides it")
    behind = replace(
        terms,
        release=replace(terms.release, missing=(gated,)),
        license=replace(terms.license, complete=False),
    )

    answer = asked("commercial", behind)[Use.COMMERCIAL]

    assert answer.answer is Answer.UNCLEAR
    assert answer.settle == ("the text of LICENSE",)


def test_what_the_card_alone_withholds_permits_nothing_and_forbids_nothing() -> None:
    prose = tuple(c for c in clauses_of(NON_COMMERCIAL) if c.kind is ClauseKind.RESTRICTION)

    answer = asked("commercial", replace(terms_of(""), prose=prose))[Use.COMMERCIAL]

    assert answer.answer is Answer.UNCLEAR
    assert "non-commercial" in answer.because[0]


def test_a_base_that_is_not_known_permits_nothing_whatever_implies_it() -> None:
    chain = Chain(nodes=(Node("acme/base", NodeState.GATED, detail="gated"),), open=("acme/base",))

    answer = asked("commercial,mau=1M", terms_of(CAP, chain=chain))[Use.COMMERCIAL]

    assert answer.answer is Answer.UNCLEAR
    assert answer.settle == ("the license of acme/base",)


def test_only_what_the_profile_names_is_answered_in_one_order() -> None:
    answers = asked("research,modify,commercial", terms_of(""))

    assert list(answers) == [Use.COMMERCIAL, Use.MODIFY, Use.RESEARCH]
    assert all(a.title for a in answers.values())


def test_a_free_license_does_not_reach_for_what_is_trained_on_outputs() -> None:
    credit = "You shall prominently display the credit Built with Tiny on a related website."

    assert one("distill", credit).answer is Answer.YES
    assert one("distill", f"{credit}\n\n{POLICY}").conditions[0].startswith("Show the credit")


def test_a_term_that_may_come_along_is_for_a_person_to_settle() -> None:
    [ban] = [c for c in clauses_of(BAN) if c.kind is ClauseKind.RESTRICTION]
    chain = Chain(asked=(replace(ban, via=("acme/teacher",)),))

    answers = asked("commercial,distill", terms_of("", chain=chain))

    for answer in answers.values():
        assert answer.answer is Answer.YES_IF
        assert "training-ban of acme/teacher" in answer.conditions[0]


def conflict(text: str) -> Conflict:
    """Return that acme/tiny dropped the restriction of `text` under MIT."""
    [lost] = [c for c in clauses_of(text) if c.kind is ClauseKind.RESTRICTION]
    return Conflict(
        clause=replace(lost, via=("acme/base",)),
        severity=Severity.HIGH,
        dropped_by="acme/tiny",
        declared="mit",
        inherited_from="acme/base",
        path=("acme/tiny", "acme/base"),
        evidence=(),
        confidence=Confidence.HIGH,
        cure="ask the licensor of acme/base",
    )


def test_terms_that_were_let_go_of_bind_all_the_same() -> None:
    terms = terms_of("", chain=Chain(conflicts=(conflict(CAP),)))

    answer = asked("commercial,mau=1M", terms)[Use.COMMERCIAL]

    assert answer.answer is Answer.YES_IF
    assert (
        "terms of acme/base that acme/tiny lets go of under mit: user-cap" in answer.conditions[0]
    )


def test_a_release_that_its_base_does_not_allow_is_unclear_for_every_use() -> None:
    terms = terms_of(HOSTING, chain=Chain(conflicts=(conflict(UNCHANGED),)), verified=None)

    answer = asked("commercial", terms)[Use.COMMERCIAL]

    assert answer.answer is Answer.UNCLEAR
    assert "ask the licensor of acme/base" in answer.settle


def test_an_inherited_ban_forbids_and_says_from_where() -> None:
    terms = terms_of(BAN)
    inherited = tuple(replace(c, via=("acme/mid", "acme/base")) for c in terms.clauses)

    answer = asked("distill", replace(terms, clauses=inherited))[Use.DISTILL]

    assert answer.answer is Answer.NO
    assert answer.because[0].endswith("(from acme/base, section 4)")


def test_a_restriction_of_a_user_s_own_rule_is_a_condition_of_every_use() -> None:
    [ban] = [c for c in clauses_of(HOSTING) if c.kind is ClauseKind.RESTRICTION]
    terms = replace(terms_of(""), clauses=(replace(ban, id="acme.cloud"),))

    answers = asked("commercial,research", terms)

    assert {a.answer for a in answers.values()} == {Answer.YES_IF}
    assert {c.id for a in answers.values() for c in a.clauses} == {"acme.cloud"}
