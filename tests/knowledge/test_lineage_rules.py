"""The table of what is inherited speaks of clauses and licenses that are known."""

import time

import pytest

from openaudit.clauses.known import profile_clauses
from openaudit.data import knowledge
from openaudit.evidence.card import parse_card
from openaudit.evidence.prose import generators, named_in_prose
from openaudit.model.clause import ClauseKind
from openaudit.model.document import Document, Role
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release
from tests.lineage.chains import SEEN, table


def test_every_term_and_every_flow_is_a_clause() -> None:
    known = set(knowledge().clauses)
    covering = {c for t in table().terms.values() for c in t.covered_by}
    flowing = {c for f in table().flows.values() for c in (*f.clauses, *f.in_question)}

    assert set(table().terms) <= known
    assert covering <= known
    assert flowing <= set(table().terms)


def test_every_restriction_and_duty_is_in_the_table() -> None:
    binding = {
        rule.id
        for rule in knowledge().clauses.values()
        if rule.kind in (ClauseKind.RESTRICTION, ClauseKind.OBLIGATION)
    }

    assert binding <= set(table().terms)


def test_every_license_that_satisfies_another_has_a_profile() -> None:
    known = set(knowledge().licenses)

    assert {i for k, v in table().same.items() for i in (k, *v)} <= known


def test_every_license_that_a_flow_names_has_a_profile() -> None:
    known = set(knowledge().licenses)

    for flow in table().flows.values():
        assert flow.of_all <= known
        assert set(flow.without) <= known
        assert all(clauses <= set(table().terms) for clauses in flow.without.values())


def test_every_parameter_that_is_compared_is_one_that_profiles_have() -> None:
    rules = knowledge().clauses.values()
    held: dict[str, set[str]] = {c: set() for c in table().terms}
    for profile in knowledge().licenses.values():
        for clause in profile_clauses(profile, rules, SEEN):
            held.setdefault(clause.id, set()).update(clause.params)

    for name, term in table().terms.items():
        assert set(term.compare) <= held[name], name
        assert set(term.compare.values()) <= {"at-most", "includes", "covers"}


@pytest.mark.parametrize("clause", [c for c, t in table().terms.items() if t.severity])
def test_what_can_be_lost_says_how_to_mend_it(clause: str) -> None:
    assert table().terms[clause].cure


@pytest.mark.parametrize(
    "text",
    [
        "fine-tuned from the " * 20_000,
        "model is based on the base " * 15_000,
        "fine-tuned from " + " " * 300_000,
        "fine-tuned from " + "a-1/" * 80_000,
        "distilled from [" + "x" * 300_000,
        "```\n~~~\n" * 40_000,
    ],
    ids=["phrase", "opening", "space", "slashes", "link", "fences"],
)
def test_no_phrase_runs_away(text: str) -> None:
    document = Document("README.md", Role.CARD, text, "0" * 64)
    at = parse("acme/tiny")
    one = Release(at, "hub", at.id, None, Origin.HUB, None, Metadata(), (document,))
    card = parse_card(document)
    before = time.process_time()

    named_in_prose(one, card, (), knowledge().lineage)
    generators(one, card, knowledge().lineage)

    assert time.process_time() - before < 2
