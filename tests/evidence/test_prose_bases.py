"""Which words of a card name what a model was made from, as a question, and which do not."""

import pytest

from openaudit.data import knowledge
from openaudit.evidence.card import parse_card
from openaudit.evidence.prose import named_in_prose
from openaudit.model.clause import Confidence
from openaudit.model.document import Document, Role
from openaudit.model.lineage import Edge
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release

AT = "https://huggingface.co"


def named(text: str) -> tuple[Edge, ...]:
    document = Document("README.md", Role.CARD, f"# Tiny\n\n{text}\n", "0" * 64)
    one = Release(
        parse("acme/tiny"), "hub", "acme/tiny", None, Origin.HUB, None, Metadata(), (document,)
    )
    return named_in_prose(one, parse_card(document), (), knowledge().lineage)


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        (f"- **Parent Model:** [Rain]({AT}/maker/rain-7b)", ["maker/rain-7b"]),
        ("- **Base Model:** maker/rain-7b", ["maker/rain-7b"]),
        (f"- base model: {AT}/maker/rain-base-1.0/", ["maker/rain-base-1.0"]),
        (f"It is instruction tuned from [Rain (7B)]({AT}/maker/rain).", ["maker/rain"]),
        (
            f"It is a model that is derived from [Us'](https://us.example) [Rain]({AT}/us/rain).",
            ["us/rain"],
        ),
        (
            f"The model is built on top of two pre-trained models: [A]({AT}/us/a-1) and us/b-7b.",
            ["us/a-1", "us/b-7b"],
        ),
    ],
)
def test_a_card_names_each_base_in_its_own_words(text: str, parents: list[str]) -> None:
    found = named(text)

    assert [e.parent for e in found] == parents
    assert {e.confidence for e in found} == {Confidence.LOW}


@pytest.mark.parametrize(
    "text",
    [
        "The base model was trained on reports, see maker/rain-7b for others.",
        f"- base model license: see [Rain]({AT}/maker/rain-7b)",
        f"The score is derived from [Maker's](https://maker.example) [Rain]({AT}/maker/rain).",
        "- **Base Model:** rain and/or snow",
    ],
)
def test_words_beside_a_name_make_no_base_of_it(text: str) -> None:
    assert named(text) == ()
