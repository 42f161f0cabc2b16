"""The checklist: only what the profile calls for, each with where it stands."""

from dataclasses import replace

from tests.usage.made_up import terms_of, to_do
from tests.usage.test_answers import CREDIT, POLICY

NOTICE = "1. Notice. You must give recipients of the Tiny model a copy of this license.\n\n"
BUILT = '2. Credit. You shall prominently display "Built with Tiny" on a related website.\n\n'
NAME = "3. Names. The name of any model derived from the Tiny model must begin with Tiny.\n\n"


def test_a_duty_ends_with_where_it_stands() -> None:
    [credit] = to_do("commercial", terms_of(BUILT))

    assert "Built with Tiny" in credit.text
    assert credit.text.endswith("(section 2)")


def test_a_copy_of_the_license_is_due_where_it_is_passed_on() -> None:
    terms = terms_of(NOTICE)

    [sure] = to_do("redistribute", terms)
    [perhaps] = to_do("commercial", terms)

    assert sure.text.startswith("Give recipients")
    assert perhaps.text.startswith("Where you pass it on: give recipients")
    assert to_do("research", terms) == ()


def test_a_rule_for_names_binds_who_makes_a_model() -> None:
    terms = terms_of(NAME)

    assert [o.clause.id for o in to_do("distill", terms)] == ["naming"]
    assert to_do("hosted", terms) == ()


def test_a_credit_above_a_cap_is_due_only_above_it() -> None:
    terms = terms_of(CREDIT)

    assert to_do("commercial,mau=10M", terms) == ()
    assert [o.clause.id for o in to_do("commercial,mau=60M", terms)] == [
        "display-attribution",
        "user-cap",
    ]


def test_a_credit_above_a_cap_is_told_with_the_cap_where_users_are_not_said() -> None:
    [told] = to_do("commercial", terms_of(CREDIT))

    assert told.text.startswith("Above 50,000,000 monthly active users")


def test_a_credit_beside_a_cap_is_due_all_the_same() -> None:
    ids = [o.clause.id for o in to_do("commercial,mau=10M", terms_of(BUILT + CREDIT))]

    assert ids == ["display-attribution"]


def test_following_a_use_policy_is_on_the_list() -> None:
    assert [o.clause.id for o in to_do("research", terms_of(POLICY))] == ["acceptable-use-policy"]


def test_an_inherited_duty_says_from_where() -> None:
    terms = terms_of(BUILT)
    inherited = replace(terms, clauses=tuple(replace(c, via=("acme/base",)) for c in terms.clauses))

    [credit] = to_do("commercial", inherited)

    assert credit.text.endswith("(from acme/base, section 2)")
    assert credit.clause.via == ("acme/base",)
