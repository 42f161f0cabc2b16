"""A sentence above a license that only says which one follows, by `rules/license_lead_ins.yaml`."""

import pytest

from openaudit.licenses.identify import identify
from openaudit.model.license import Match
from tests.licenses.made_up import BIRCH, index

BODY = BIRCH.split("\n\n", 2)[2]


def _quotes(text: str) -> list[str]:
    return [text[start:end] for f in identify(text, index()).found for start, end in f.added]


@pytest.mark.parametrize("rest", [BIRCH, BODY, f"Copyright 2026 Jane Doe\n\n{BODY}"])
@pytest.mark.parametrize(
    "above",
    [
        "Licensed under the Birch License.",
        "Acme-7B is released under the Birch License:",
        "**The Acme-7B model** is distributed under the terms of the Birch License",
        "This project is licensed under the Birch License.",
        "Code and model weights are licensed under the Birch License",
        "The model weights are released under the following license:",
        "The license text follows:",
    ],
)
def test_what_only_says_that_a_license_follows_adds_nothing(above: str, rest: str) -> None:
    text = f"{above}\n\n{rest}"

    assert identify(text, index()).exact, _quotes(text)


@pytest.mark.parametrize(
    "above",
    [
        "License: research use",
        "Acme-7B for students is released under the Birch License:",
        "Noncommercial-7B is released under the Birch License:",
        "research is released under the Birch License:",
        "acme is released under the Birch License:",
        "Acme Seven is released under the Birch License:",
        "Acme-7B is released under the Alder Terms of Use:",
        "Acme-7B may be released under the Birch License:",
        "Acme-7B is released under the Birch License for study:",
        "Acme-7B is released under the Birch License. Use of the data is under our terms.",
        "The code in this repository is licensed as follows:",
        "The data is released under the Birch License:",
        "Use is licensed under the Birch License",
    ],
)
def test_what_says_anything_more_or_of_a_part_alone_is_added(above: str) -> None:
    text = f"{above}\n\n{BIRCH}"

    [found] = identify(text, index()).found

    assert found.match is Match.NEAR
    assert _quotes(text)


def test_below_a_license_such_a_sentence_is_added() -> None:
    assert not identify(f"{BIRCH}\n\nLicensed under the following terms", index()).exact
