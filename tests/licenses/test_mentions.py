"""Names of licenses in prose: the examples of `rules/license_mentions.yaml`, and its bounds."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.data import knowledge, read_yaml
from openaudit.licenses.flat import flat
from openaudit.licenses.mentions import find_mentions
from openaudit.model.mention import Mention

EXAMPLES = read_yaml(Path(__file__).parents[2] / "rules" / "license_mentions.yaml")["tests"]


def mentions(text: str, release: str = "") -> tuple[Mention, ...]:
    known = knowledge()
    return find_mentions(text, known.mentions, known.licenses, known.tags, own_name=release)


@pytest.mark.parametrize("example", EXAMPLES["claims"], ids=lambda e: e["text"])
def test_a_sentence_that_gives_a_license_is_a_claim_of_its_subject(example: dict[str, str]) -> None:
    found = [m for m in mentions(example["text"], example.get("release", "")) if m.claim]

    assert len(found) == 1
    assert found[0].claim is not None
    assert sorted(found[0].claim.subjects) == sorted(example["subjects"])
    if "candidates" in example:
        assert (found[0].id, found[0].expression) == (None, None)
        assert example["candidates"] in found[0].candidates
    elif "expression" in example:
        assert found[0].expression == example["expression"]
    else:
        assert found[0].id == example["id"]


@pytest.mark.parametrize("example", EXAMPLES["mentions"], ids=lambda e: e["text"])
def test_a_name_that_nothing_is_said_to_be_under_is_a_mere_mention(example: dict[str, str]) -> None:
    found = mentions(example["text"])

    assert [(m.id, m.claim) for m in found] == [(example["id"], None)]


@pytest.mark.parametrize("text", EXAMPLES["silent"])
def test_words_that_name_no_license_whole_are_no_mention(text: str) -> None:
    assert mentions(text) == ()


def test_two_parts_of_one_sentence_have_each_their_license() -> None:
    text = (
        "The model weights are released under CC BY-NC 4.0, while the code is released under MIT."
    )

    found = mentions(text)

    assert [m.id for m in found] == ["CC-BY-NC-4.0", "MIT"]
    assert [[s.value for s in m.claim.subjects] for m in found if m.claim] == [
        ["weights"],
        ["code"],
    ]


def test_a_quote_is_the_name_where_it_stands_and_the_claim_is_its_sentence() -> None:
    text = "# Acme\n\nHello.\nThis model is under the **[MIT](LICENSE) license**. Enjoy."

    (found,) = mentions(text)

    assert text[found.start : found.end] == "MIT](LICENSE) license"
    assert found.claim is not None
    assert text[found.claim.start : found.claim.end] == (
        "This model is under the **[MIT](LICENSE) license"
    )


def test_what_stands_in_a_license_text_is_not_prose() -> None:
    text = "This model is under the MIT license."

    known = knowledge()
    found = find_mentions(text, known.mentions, known.licenses, known.tags, apart=[(10, len(text))])

    assert found == ()


@given(st.text(alphabet='ab*_`[]()<>!-#|~ \n"/:.h漢t', max_size=200))
def test_prose_without_markup_is_as_long_as_before(text: str) -> None:
    assert len(flat(text).text) == len(text)


@given(st.lists(st.sampled_from([
    "this model ", "is released under ", "the ", "MIT", " license", "Apache 2.0", ". ", "\n", "- ",
    "**", "[", "](", ")", "```\n", "<!--", "-->", "not ", "License: ", "| ", "https://a.b/c ", "许",
]), max_size=30))  # fmt: skip
def test_mentions_are_inside_the_text_in_order_and_apart(parts: list[str]) -> None:
    text = "".join(parts)

    found = mentions(text)

    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "released under the " * 20_000,
        "License: MIT\n" * 30_000,
        "[" * 300_000,
        "](" * 150_000,
        "<!--" * 80_000,
        "```\n<!--" * 40_000,
        "<a href='" * 40_000,
        "![" * 150_000,
        "https://a.b/" * 30_000,
        "under the Apache 2.0" + " " * 300_000,
        "license " * 40_000,
        "a " * 150_000 + "license",
        "许可证" * 100_000,
        "releases a b c d e f g h " * 15_000,
        "Apache " * 50_000,
        "# license\n" * 40_000,
        "|" * 300_000,
        "  " * 150_000 + "license: x",
        "• • " * 80_000,
    ],
    ids=lambda t: repr(t[:20]),
)  # fmt: skip
def test_hostile_prose_is_read_in_bounded_time(text: str) -> None:
    mentions("MIT License")  # the names are gathered once
    start = time.process_time()

    found = mentions(text)

    assert time.process_time() - start < 3
    assert len(found) <= 300
