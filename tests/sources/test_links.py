"""Where a license_link leads, and that no link costs time."""

import time

import pytest

from openaudit.model.document import Missing, Reason
from openaudit.model.reference import RepoKind
from openaudit.sources.endpoint import endpoint
from openaudit.sources.links import Repository, resolve

FILES = ("LICENSE", "legal/terms.md", "x/LICENSE")
TINY = Repository(endpoint("http://127.0.0.1:9"), RepoKind.MODEL, {"acme/tiny", "acme/old"}, FILES)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("acme/tiny/blob/main/LICENSE", "LICENSE"),
        ("acme/OLD/raw/main/legal/terms.md", "legal/terms.md"),
        ("acme/tiny/resolve/refs/pr/3/LICENSE", "LICENSE"),
        ("acme/tiny/blob/refs%2Fpr%2F3/LICENSE", "LICENSE"),
        ("acme/tiny/blob/refs/x/LICENSE", "x/LICENSE"),
    ],
)
def test_a_page_of_the_release_names_its_file(path: str, name: str) -> None:
    assert resolve(f"https://huggingface.co/{path}", TINY) == name


@pytest.mark.parametrize(
    "path",
    [
        "acme/tiny/tree/main/LICENSE",
        "acme/tinyblob/main/LICENSE",
        "datasets/acme/tiny/blob/main/LICENSE",
        "acme/tiny/LICENSE",
        "acme/other/blob/main/LICENSE",
        "acme/tiny",
    ],
)
def test_another_page_leads_out_of_the_release(path: str) -> None:
    missing = resolve(f"https://huggingface.co/{path}", TINY)

    assert isinstance(missing, Missing)
    assert missing.reason is Reason.ELSEWHERE


def test_a_page_without_a_file_names_none() -> None:
    for path in ("acme/tiny/blob/main", "acme/tiny/blob", "acme/tiny/blob/main/"):
        missing = resolve(f"https://huggingface.co/{path}", TINY)

        assert isinstance(missing, Missing)
        assert missing.reason is Reason.NOT_PUBLISHED


def test_a_link_that_is_too_long_is_not_read_and_shown_in_part() -> None:
    started = time.monotonic()

    missing = resolve("https://huggingface.co" + "/blob/x/y" * 20_000 + "%0A", TINY)

    assert isinstance(missing, Missing)
    assert missing.detail == "license_link is longer than 2,000 characters"
    assert len(missing.name) == 201
    assert time.monotonic() - started < 0.5
