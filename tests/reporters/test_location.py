"""Where a CI system is told to show something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.model.run import Run
from openaudit.reporters.location import Location, called, locations, named, within
from tests.reporters.runs import (
    DATE,
    RELEASES,
    clause,
    hub_report,
    report_on,
    sighted,
)


def test_a_release_of_a_hub_is_shown_at_the_lines_that_name_it() -> None:
    places = sighted("acme/tiny", ("a.py", 3, 8), ("b.yaml", 1, 1))
    run = Run((hub_report(),), DATE, sightings=places, root="src", manifest="policy.yaml")

    found = locations(run, "acme/tiny", hub_report(), clause(hub_report(), "training-ban"))

    assert found == (Location("src/a.py", 3, 8), Location("src/b.yaml", 1, 1))


def test_a_release_that_no_line_names_is_shown_at_the_manifest() -> None:
    run = Run((hub_report(),), DATE, manifest="policy.yaml")

    assert locations(run, "acme/tiny", hub_report(), ()) == (Location("policy.yaml"),)


def test_without_a_manifest_a_name_stands_in_so_that_there_always_is_a_place() -> None:
    [found] = locations(Run((hub_report(),), DATE), "acme/tiny", hub_report(), ())

    assert (found.file, found.stands_in) == ("acme/tiny", True)


def test_a_release_within_the_repository_is_shown_at_its_own_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(RELEASES)
    report = report_on("./capped/release")
    run = Run((report,), DATE, manifest="policy.yaml")

    found = locations(run, "./capped/release", report, clause(report, "training-ban"))

    assert found[0] == Location("capped/release/LICENSE", 10)


def test_a_release_outside_the_repository_is_not_shown_at_a_path_that_is_not_there() -> None:
    report = report_on(f"path:{RELEASES / 'capped' / 'release'}")
    reference = str(report.release.reference)

    [found] = locations(Run((report,), DATE), reference, report, clause(report, "training-ban"))

    assert found == Location("release", stands_in=True)
    assert within(report.release, "LICENSE") is None


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("acme/tiny@v1", "acme/tiny@v1"),
        ("ollama:tiny:1b", "ollama:tiny:1b"),
        ("./models/tiny", "./models/tiny"),
        ("/home/eve/models/tiny", "tiny"),
        ("path:/home/eve/tiny/", "tiny"),
        ("~/tiny", "tiny"),
        ("C:\\Users\\eve\\tiny", "tiny"),
        ("https://eve:secret@example.org/tiny?token=secret#x", "https://example.org/tiny"),
        ("a\nb\x1b", "a b\ufffd"),
    ],
)
def test_a_reference_is_published_without_secrets_and_paths_from_the_root(
    reference: str, shown: str
) -> None:
    assert named(reference) == shown


def test_what_stands_in_for_an_address_is_a_path() -> None:
    assert called("https://example.org/acme/tiny") == "example.org/acme/tiny"


@given(st.text())
def test_a_file_never_leads_out_of_the_repository(reference: str) -> None:
    file = called(reference)

    assert file
    assert not file.startswith("/")
    assert ".." not in file.split("/")
