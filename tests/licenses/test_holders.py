"""The name of a holder within a sentence of a license, by `rules/license_holders.yaml`."""

import pytest

from openaudit.data import knowledge
from openaudit.licenses.collect import LicenseText
from openaudit.licenses.encode import encode
from openaudit.licenses.holders import standardized
from openaudit.licenses.identify import identify
from openaudit.licenses.index import Index
from openaudit.licenses.normalize import encoded_words
from tests.licenses.made_up import BIRCH

PLACES = knowledge().holders.places


def _sentence(name: bytes, place: int) -> bytes:
    return b" ".join((*PLACES[place].before, name, *PLACES[place].after))


def _text(name: str, place: int) -> str:
    return f"{BIRCH}\n{_sentence(name.encode(), place).decode()} as was said above.\n"


def _index(place: int) -> Index:
    text = _text(b" ".join(PLACES[place].standard).decode(), place)
    return Index.read(encode([LicenseText("birch", ("Birch License",), text)]))


@pytest.mark.parametrize("place", range(len(PLACES)))
@pytest.mark.parametrize(
    "name", ["ACME INC. AND CONTRIBUTORS", "the authors", "Jane van Doe", "the copyright owner"]
)
def test_the_name_of_another_holder_is_told_and_changes_nothing(name: str, place: int) -> None:
    text = _text(name, place)

    found = identify(text, _index(place))

    assert found.exact
    assert text[slice(*found.ignored[-1])] == name.rstrip(".")


@pytest.mark.parametrize("place", range(len(PLACES)))
@pytest.mark.parametrize(
    "name",
    [
        "",
        "Acme to students",
        "Acme for research",
        "hobbyists",
        "nobody but paying customers",
        "the authors, who may revoke this license,",
        "the authors, and you shall not",
        "Acme Labs of Elm and the Birch Trust Company Group Holding and Contributors",
        "the authors \N{NOT EQUAL TO} holders",
    ],
)
def test_whatever_else_stands_there_is_a_change(name: str, place: int) -> None:
    assert not identify(_text(name, place), _index(place)).exact


def test_a_change_elsewhere_is_none_of_a_name() -> None:
    text = _text("ACME INC.", 0)

    assert not identify(text.replace("may run", "may not run"), _index(0)).exact
    assert not identify(text.replace("as was said above", "as Acme said"), _index(0)).exact


def test_the_standard_name_is_left_as_it_is() -> None:
    words = encoded_words(_sentence(b" ".join(PLACES[0].standard), 0).decode())

    assert standardized(words) == (words, ())
