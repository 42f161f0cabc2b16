import pytest

from openaudit.licenses.pointer import read_pointer
from tests.licenses.made_up import document, profiles

PROFILES = profiles()


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://birch.example/license\n", "https://birch.example/license"),
        (
            "Please see the license at https://birch.example/license.",
            "https://birch.example/license",
        ),
        ("\n  birch\n", "birch"),
        ("../LICENSE.txt", "../LICENSE.txt"),
    ],
)
def test_an_address_a_name_or_a_path_is_a_pointer(text: str, target: str) -> None:
    pointer = read_pointer(document(text), PROFILES, {})

    assert pointer is not None
    assert pointer.target == target


def test_a_pointer_quotes_where_it_points() -> None:
    text = "See https://birch.example/license for the terms."

    pointer = read_pointer(document(text), PROFILES, {})

    assert pointer is not None
    assert pointer.named.id == "birch"
    assert document(text).quote(4, 33) == pointer.evidence


@pytest.mark.parametrize(
    "text",
    [
        "Birch, but not for companies: https://birch.example/license",
        "Only for research. See https://birch.example/license",
        "Everybody may use it.",
        "word " * 100 + "https://birch.example/license",
        "",
    ],
)
def test_a_text_that_says_more_is_no_pointer(text: str) -> None:
    assert read_pointer(document(text), PROFILES, {}) is None


def test_two_addresses_of_different_licenses_name_none() -> None:
    text = "See https://birch.example/license and https://alder.example/terms"

    pointer = read_pointer(document(text), PROFILES, {})

    assert pointer is not None
    assert pointer.named.id is None
