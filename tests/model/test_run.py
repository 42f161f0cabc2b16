"""Where a run says that a reference stands."""

from openaudit.model.run import Run
from openaudit.model.sighting import Sighting

HERE = Sighting("acme/tiny", "app/model.py", 3, 8, "model", None, "an argument of a loader")


def test_files_of_a_searched_directory_are_told_from_the_repository() -> None:
    run = Run((), "2026-01-01", sightings={"acme/tiny": (HERE,)}, root="src")

    assert [s.file for s in run.seen("acme/tiny")] == ["src/app/model.py"]


def test_files_stay_as_they_are_where_the_whole_repository_was_searched() -> None:
    run = Run((), "2026-01-01", sightings={"acme/tiny": (HERE,)})

    assert run.seen("acme/tiny") == (HERE,)


def test_a_reference_that_no_line_names_is_seen_nowhere() -> None:
    assert Run((), "2026-01-01").seen("acme/tiny") == ()
