from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.evidence.card import FRONT_MATTER_LIMIT, gate_prompt, parse_card
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote


def readme(text: str) -> Document:
    return Document(
        "README.md", Role.CARD, text, sha256(text.encode("utf-8", "replace")).hexdigest()
    )


def test_each_field_is_quoted_where_it_stands() -> None:
    document = readme("---\nlanguage: en\nlicense:\n- mit\n- cc-by-4.0\n---\n# A model\n")

    card = parse_card(document)

    assert card.strings("license") == ("mit", "cc-by-4.0")
    evidence = card.fields["license"].evidence
    assert isinstance(evidence, Quote)
    assert (evidence.line, evidence.text) == (3, "license:\n- mit\n- cc-by-4.0")
    assert card.body.strip() == "# A model"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\nlicense: mit\n---\nprose",
        "\n\n---\r\nlicense: mit\r\n---\r\nprose",
        "---\nlicense: mit\n---",
    ],
)
def test_front_matter_is_found_as_the_hubs_find_it(text: str) -> None:
    assert parse_card(readme(text)).strings("license") == ("mit",)


@pytest.mark.parametrize(
    "text", ["", "# Only prose", "---\nlicense: mit\n", "----\nlicense: mit\n---\n"]
)
def test_text_without_front_matter_is_all_body(text: str) -> None:
    card = parse_card(readme(text))

    assert card.fields == {}
    assert card.body == text


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("license: [mit", "while parsing"),
        ("- a\n- b", "not a mapping"),
        ("license: 2024-99-99", "month must be in 1..12"),
        ("a: !!python/object/apply:os.system ['true']", "could not determine a constructor"),
        ("[" * 5000, "while"),
    ],
)
def test_broken_front_matter_is_told_and_costs_only_itself(front: str, why: str) -> None:
    card = parse_card(readme(f"---\n{front}\n---\nThe prose stays."))

    assert card.fields == {}
    assert card.body.strip() == "The prose stays."
    [note] = card.notes
    assert note.finding == "front-matter-broken"
    assert why in note.values["why"]


def test_front_matter_over_the_limit_is_not_parsed() -> None:
    front = "x: " + "a" * FRONT_MATTER_LIMIT

    card = parse_card(readme(f"---\nlicense: mit\n{front}\n---\nprose"))

    assert card.fields == {}
    assert "longer than 1 MB" in card.notes[0].values["why"]


def test_aliases_that_multiply_cost_nothing() -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [
        f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]"
        for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    bomb = "\n".join(rows)

    card = parse_card(readme(f"---\nlicense: mit\n{bomb}\n---\n"))

    assert card.strings("license") == ("mit",)


def test_a_gate_prompt_is_a_document_of_its_own() -> None:
    document = readme("---\nextra_gated_prompt: |-\n  You agree\n  to much.\n---\n")

    prompt = gate_prompt(parse_card(document), document)

    assert prompt is not None
    assert prompt.text == "You agree\nto much."
    assert prompt.name == "README.md#extra_gated_prompt"
    assert prompt.sha256 == sha256(b"You agree\nto much.").hexdigest()


@given(st.text(max_size=300))
def test_any_text_is_read_and_quotes_stay_verbatim(text: str) -> None:
    document = readme(f"---\n{text}\n---\nprose")

    card = parse_card(document)

    for field in card.fields.values():
        assert isinstance(field.evidence, Quote)
        assert document.text[field.evidence.start : field.evidence.end] == field.evidence.text
