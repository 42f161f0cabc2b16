"""Which files an audit reads."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.model.document import Document, Reason, Role
from openaudit.sources import texts


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("README.md", Role.CARD),
        ("readme.txt", Role.CARD),
        ("README", Role.CARD),
        ("MODEL_CARD.md", Role.CARD),
        ("LICENSE", Role.LICENSE),
        ("LICENCE.md", Role.LICENSE),
        ("license.txt", Role.LICENSE),
        ("LICENSE-CODE", Role.LICENSE),
        ("TERMS_OF_USE.md", Role.LICENSE),
        ("Terms and Conditions.txt", Role.LICENSE),
        ("tiny-terms.md", Role.LICENSE),
        ("EULA.pdf", Role.LICENSE),
        ("AGREEMENT.txt", Role.LICENSE),
        ("Addendum.md", Role.LICENSE),
        ("CONTRIBUTOR_AGREEMENT.md", None),
        ("terms.json", None),
        ("terminology.md", None),
        ("COPYRIGHT", Role.NOTICE),
        ("LICENSE.Apache-2.0", Role.LICENSE),
        ("MODEL_LICENSE", Role.LICENSE),
        ("Tiny-2-License.txt", Role.LICENSE),
        ("COPYING.LESSER", Role.LICENSE),
        ("UNLICENSE", Role.LICENSE),
        ("LICENSE.pdf", Role.LICENSE),
        ("weights/LICENSE", Role.LICENSE),
        ("LICENSES/MIT.txt", Role.LICENSE),
        ("NOTICE", Role.NOTICE),
        ("Notice.txt", Role.NOTICE),
        ("USE_POLICY.md", Role.POLICY),
        ("ACCEPTABLE_USE_POLICY.txt", Role.POLICY),
        ("prohibited-use.md", Role.POLICY),
        ("license_checker.py", None),
        ("licenses.json", None),
        ("LICENSE.safetensors", None),
        ("relicensed.txt", None),
        ("docs/README.md", None),
        ("a/b/LICENSE", None),
        ("config.json", None),
        ("noticeable.txt", None),
        ("../LICENSE", None),
        ("/LICENSE", None),
        ("a\\LICENSE", None),
        ("LICENSE\n", None),
        ("", None),
    ],
)
def test_a_file_is_read_by_its_name(name: str, role: Role | None) -> None:
    assert texts.role_of(name) is role


def test_the_card_comes_first_and_the_root_before_what_lies_deeper() -> None:
    names = ["z/LICENSE", "USE_POLICY.md", "NOTICE", "LICENSE", "README.md", "MODEL_CARD.md"]

    chosen = texts.choose(names)

    assert [n for n, _ in chosen.names] == [
        "README.md",
        "MODEL_CARD.md",
        "LICENSE",
        "USE_POLICY.md",
        "NOTICE",
        "z/LICENSE",
    ]


def test_one_readme_is_the_card_and_the_hubs_own_wins() -> None:
    chosen = texts.choose(["README", "README.rst", "README.md"])

    assert chosen.names == (("README.md", Role.CARD),)


def test_texts_beyond_the_limit_are_missing_and_not_forgotten() -> None:
    names = [f"LICENSE-{n:02d}" for n in range(15)]

    chosen = texts.choose(names)

    assert len(chosen.names) == 12
    assert [(m.name, m.reason) for m in chosen.missing] == [
        ("LICENSE-12", Reason.FAILED),
        ("LICENSE-13", Reason.FAILED),
        ("LICENSE-14", Reason.FAILED),
    ]


def test_a_readme_of_another_name_is_read_beside_a_model_card() -> None:
    chosen = texts.choose(["MODEL_CARD.md", "README.txt"])

    assert [n for n, _ in chosen.names] == ["README.txt", "MODEL_CARD.md"]


@pytest.mark.parametrize("form", ["LICENSE-{:05d}", "LICENSE-{:05d}.pdf"])
def test_texts_beyond_any_number_are_counted_and_not_listed(form: str) -> None:
    started = time.monotonic()

    missing = texts.choose(form.format(n) for n in range(50_000)).missing

    assert time.monotonic() - started < 2
    assert len(missing) == 11
    assert missing[-1].name in ("and 49,978 more", "and 49,990 more")
    assert missing[-1].role is Role.LICENSE


def test_a_name_made_to_cost_time_costs_none() -> None:
    started = time.monotonic()

    for name in ("use_policy_" * 9_000 + "\n", "license_" * 12_000 + "\n", "a/." * 30_000):
        texts.role_of(name)

    assert time.monotonic() - started < 0.5


def test_a_license_in_an_office_format_is_not_text() -> None:
    [missing] = texts.choose(["LICENSE.pdf"]).missing

    assert (missing.name, missing.reason) == ("LICENSE.pdf", Reason.NOT_TEXT)


def test_a_linked_text_counts_as_license_whatever_its_name() -> None:
    assert texts.choose(["terms.txt"], ["terms.txt"]).names == (("terms.txt", Role.LICENSE),)


@given(st.text(min_size=1), st.integers(0, 60))
def test_a_text_in_utf_16_cut_anywhere_has_no_broken_character_at_its_end(
    text: str, end: int
) -> None:
    data = text.replace("\0", "").encode("utf-16", "replace")
    read = texts.decode("LICENSE", Role.LICENSE, data[: 2 + end], None, truncated=True)

    if isinstance(read.text, Document):
        assert data.decode("utf-16").startswith(read.text.text)
        assert [n.finding for n in read.notes] == ["document-truncated"]


@given(st.text(min_size=1), st.integers(0, 60))
def test_a_text_cut_anywhere_has_no_broken_character_at_its_end(text: str, end: int) -> None:
    data = text.replace("\0", "").encode("utf-8", "replace")
    cut = data[:end]

    read = texts.decode("LICENSE", Role.LICENSE, cut, None, truncated=True)

    if isinstance(read.text, Document):
        assert data.decode().startswith(read.text.text)
        assert [n.finding for n in read.notes] == ["document-truncated"]
