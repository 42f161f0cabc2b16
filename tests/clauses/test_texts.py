"""Whole made-up licenses in several styles: all of their clauses are found, and no others."""

import time
from pathlib import Path

import pytest

from openaudit.clauses.match import find_clauses
from openaudit.model.clause import Basis, ClauseKind, Confidence
from openaudit.model.document import Role
from openaudit.model.evidence import Quote
from tests.clauses.examples import document, rules

TEXTS = Path(__file__).parent / "texts"
CLAUSES = {
    "community": (
        "acceptable-use-policy export-control governing-law grant-copyright "
        "include-license indemnity liability-limit litigation-termination output-disclaim "
        "pass-on-restrictions retain-notices state-changes termination-breach territory "
        "trademark-limits training-ban user-cap warranty-disclaimer"
    ),
    "research": (
        "display-attribution governing-law grant-back grant-copyright liability-limit "
        "no-redistribution no-reverse-engineering non-commercial notify-licensor "
        "research-only retain-notices termination-at-will termination-breach "
        "unilateral-change use-restrictions warranty-disclaimer"
    ),
    "revenue": (
        "acceptable-use-policy competition-ban display-attribution grant-copyright "
        "hosting-ban include-license liability-limit naming output-disclaim registration "
        "revenue-cap termination-at-will training-ban unilateral-change "
        "warranty-disclaimer"
    ),
    "copyleft": (
        "disclose-source grant-copyright grant-patent include-license liability-limit "
        "retain-notices same-license state-changes termination-breach warranty-disclaimer"
    ),
    "responsible": (
        "disclose-ai grant-copyright grant-patent include-license latest-version "
        "liability-limit litigation-termination notify-licensor output-disclaim "
        "pass-on-restrictions remote-restriction retain-notices safeguards "
        "trademark-limits use-restrictions warranty-disclaimer"
    ),
    "royalty": (
        "disclose-ai display-attribution grant-copyright hosting-ban licensee-limits "
        "output-claim registration royalty same-license"
    ),
}


@pytest.mark.parametrize("name", CLAUSES)
def test_all_clauses_of_a_made_up_license_are_found(name: str) -> None:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")

    clauses = find_clauses(document(text), rules().values())

    assert {c.id for c in clauses} == set(CLAUSES[name].split())
    for clause in clauses:
        quote = clause.evidence
        assert isinstance(quote, Quote)
        assert text[quote.start : quote.end] == quote.text
        assert text.split("\n")[quote.line - 1] != ""
        assert clause.basis is Basis.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "The model was trained on 2 trillion tokens and evaluated on academic benchmarks.",
        '"Derivatives" means any modification of the Model, including a fine-tuned version.',
        "If any provision of this Agreement is invalid, the remaining provisions remain in force.",
        '"Agreement" means these terms and conditions for use, reproduction and distribution.',
        "You are responsible for ensuring that your use complies with applicable law.",
        "No failure to exercise a right is a waiver of it.",
        "This Agreement is the whole agreement between the parties.",
        "You represent that you have authority to bind your employer.",
        '"Licensor" means the person or entity that grants the license.',
        "Upon termination of this Agreement you shall delete all copies.",
        "Sections 3, 5 and 7 survive the termination of this agreement.",
        "We evaluated the model on commercial and non-commercial data.",
        "The model card describes the intended use of the model and its limits.",
        "Our team will continue to improve the model and other language models.",
        "This license shall be interpreted in a way that keeps it valid.",
        "Distribution means making a copy available to a third party.",
        "Headings are for convenience only.",
        "You may charge a fee for the transfer of a copy.",
        "Nothing in this license limits fair use.",
    ],
)
def test_a_sentence_that_binds_nobody_is_no_clause(text: str) -> None:
    clauses = find_clauses(document(text), rules().values())

    assert [c.id for c in clauses] == []


def test_clauses_come_in_the_order_of_the_text() -> None:
    text = "No warranty is given.\n\nYou may not use it commercially."

    clauses = find_clauses(document(text), rules().values())

    assert [c.id for c in clauses] == ["warranty-disclaimer", "non-commercial"]


def test_what_a_card_says_is_less_sure_than_a_license() -> None:
    text = "This model is for non-commercial use only."

    found = {
        role: find_clauses(document(text, role), rules().values())[0].confidence
        for role in (Role.LICENSE, Role.CARD)
    }

    assert found == {Role.LICENSE: Confidence.HIGH, Role.CARD: Confidence.LOW}


def test_the_same_clause_twice_in_one_section_is_one() -> None:
    text = (
        "3. It comes without warranty. All warranties are disclaimed.\n\n4. No warranty is given."
    )

    clauses = find_clauses(document(text), [rules()["warranty-disclaimer"]])

    assert [c.section for c in clauses] == ["3", "4"]


def test_two_caps_with_different_effects_stay_apart() -> None:
    text = (
        "2. With more than 10 million monthly active users you shall display the name. "
        "If you exceed 90 million monthly active users you must obtain a license."
    )

    clauses = find_clauses(document(text), [rules()["user-cap"]])

    assert [(c.params["count"], c.kind) for c in clauses] == [
        (10_000_000, ClauseKind.OBLIGATION),
        (90_000_000, ClauseKind.RESTRICTION),
    ]


def test_a_long_sentence_is_quoted_in_part() -> None:
    filler = "and so on and so forth " * 60
    text = f"You agree, {filler}, that you may not use it for commercial purposes, {filler}."

    clause = find_clauses(document(text), [rules()["non-commercial"]])[0]

    assert isinstance(clause.evidence, Quote)
    assert len(clause.evidence.text) <= 600
    assert "commercial purposes" in clause.evidence.text


def test_an_empty_text_has_no_clauses() -> None:
    assert find_clauses(document(""), rules().values()) == ()


@pytest.mark.parametrize(
    "words",
    [
        "you may not use outputs to train models, ",
        "more than 1 million monthly active users must obtain a license ",
        "grant you a worldwide ",
        "(a) no commercial use; ",
    ],
)
def test_a_text_made_to_be_slow_is_read_in_time(words: str) -> None:
    begin = time.process_time()

    find_clauses(document(words * (200_000 // len(words))), rules().values())

    assert time.process_time() - begin < 10


ROWS = (
    "Xx. ",
    "- you must not use it;\n",
    "1. a\n",
    "1.1.1 must:\n",
    "# must not\n",
    "(a) no (b) no ",
)


@pytest.mark.parametrize(
    "words", [*ROWS, *"*a \n\ufeff1-_", "<a ", "| ", "\u0130 must not ", "\u4e0d\u5f97\uff1b\n"]
)
def test_a_hostile_text_of_five_million_characters_is_read_in_time(words: str) -> None:
    text = document(words * (5_000_000 // len(words)))
    find_clauses(document("You may not use it."), rules().values())
    begin = time.process_time()

    find_clauses(text, rules().values())

    assert time.process_time() - begin < 10  # it takes two; a busy machine more
