import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.shell import Shell

OLD = """1. Size. Above 3 million monthly active users you must obtain a license from us.

2. Outputs. You may not use the outputs of Tiny to train any other language model.
"""
NEW = """1. Size. Above 5 million monthly active users you must obtain a license from us.

2. Law. This license is governed by the laws of Iceland.
"""


def test_what_changed_is_told_in_clauses_and_in_words(openaudit: Shell) -> None:
    Path("old").write_text(OLD, "utf-8")
    Path("new").write_text(NEW, "utf-8")

    found = openaudit("diff", "old", "new", "--format", "json").json

    assert [c["id"] for c in found["clauses"]["lost"]] == ["training-ban"]
    assert [c["id"] for c in found["clauses"]["gained"]] == ["governing-law"]
    [changed] = found["clauses"]["changed"]
    assert changed["old"]["params"]["count"] == 3_000_000
    assert changed["new"]["params"]["count"] == 5_000_000
    for passage in found["added"]:
        assert NEW[passage["start"] : passage["end"]] == passage["quote"]
    for passage in found["removed"]:
        assert OLD[passage["start"] : passage["end"]] == passage["quote"]
    assert found["added"][0]["quote"] == "5"


def test_each_passage_is_told_with_its_sections_and_clauses(openaudit: Shell) -> None:
    Path("old").write_text(OLD, "utf-8")
    Path("new").write_text(NEW, "utf-8")

    found = openaudit("diff", "old", "new", "--format", "json").json
    shown = openaudit("diff", "old", "new").out

    gone, came = found["removed"], found["added"]
    assert (gone[0]["section"], gone[0]["clauses"]) == ("1", ["user-cap"])
    assert {(p["section"], *p["clauses"]) for p in gone[1:]} == {("2", "training-ban")}
    assert {p["section"] for p in came} == {"1", "2"}
    assert "section 2, with training-ban" in shown


def test_a_clause_that_only_the_profile_of_an_exact_text_adds_has_not_gone(
    openaudit: Shell,
) -> None:
    source = Path(__file__).parents[3] / "shared" / "corpus" / "licenses" / "llama-2.txt"
    if not source.is_file():
        pytest.skip("the corpus of license texts is not at hand")
    text = source.read_text("utf-8")
    Path("old").write_text(text, "utf-8")
    Path("new").write_text(text.replace("700 million", "5 million"), "utf-8")

    found = openaudit("diff", "old", "new", "--format", "json").json

    assert found["clauses"]["lost"] == found["clauses"]["gained"] == []
    assert [c["new"]["id"] for c in found["clauses"]["changed"]] == ["user-cap"]


def test_between_two_known_texts_a_clause_that_one_profile_alone_holds_has_gone(
    openaudit: Shell,
) -> None:
    texts = Path(__file__).parents[3] / "shared" / "corpus" / "licenses"
    first, last = texts / "gemma-2024-02.txt", texts / "gemma-2025-03.txt"
    if not (first.is_file() and last.is_file()):
        pytest.skip("the corpus of license texts is not at hand")

    there = openaudit("diff", str(first), str(last), "--format", "json").json["clauses"]
    back = openaudit("diff", str(last), str(first), "--format", "json").json["clauses"]
    shown = openaudit("diff", str(first), str(last)).out

    assert ([c["id"] for c in there["lost"]], there["gained"]) == (["latest-version"], [])
    assert ([c["id"] for c in back["gained"]], back["lost"]) == (["latest-version"], [])
    assert "clauses: 1 gone" in shown


def test_layout_changes_nothing(openaudit: Shell) -> None:
    Path("old").write_text(OLD, "utf-8")
    Path("new").write_text(OLD.replace(" ", "\n").upper(), "utf-8")

    found = openaudit("diff", "old", "new", "--format", "json").json

    assert found["same"] is True


def test_a_person_reads_the_clauses_first(openaudit: Shell) -> None:
    Path("old").write_text(OLD, "utf-8")
    Path("new").write_text(NEW, "utf-8")

    ran = openaudit("diff", "old", "new")

    assert "clauses: 1 gone, 1 new, 1 changed" in ran.out
    assert ran.out.index("Clauses gone") < ran.out.index("Words new")


def test_a_text_that_is_not_there_is_told(openaudit: Shell) -> None:
    Path("old").write_text(OLD, "utf-8")

    ran = openaudit("diff", "old", "none-such")

    assert ran.code == 3
    assert "none-such" in ran.err


@pytest.mark.parametrize("new", [NEW, OLD])
def test_the_difference_fits_its_published_schema(openaudit: Shell, new: str) -> None:
    Path("old").write_text(OLD, "utf-8")
    Path("new").write_text(new, "utf-8")

    found = openaudit("diff", "old", "new", "--format", "json").json

    jsonschema.validate(found, openaudit("schema", "diff").json)


def test_one_run_writes_several_formats(openaudit: Shell) -> None:
    Path("old").write_text(OLD, "utf-8")
    Path("new").write_text(NEW, "utf-8")

    ran = openaudit(
        "diff", "old", "new", "--format", "markdown", "-o", "diff.md", "-o", "jsonl=diff.jsonl"
    )

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert "- **training-ban**" in Path("diff.md").read_text("utf-8")
    [line] = Path("diff.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["clauses"]["lost"][0]["id"] == "training-ban"


def test_markup_in_a_text_is_shown_and_does_nothing(openaudit: Shell) -> None:
    Path("old").write_text(OLD, "utf-8")
    Path("new").write_text(f"{OLD}\n3. Mind <script> and [a](b) too.\n", "utf-8")

    shown = openaudit("diff", "old", "new", "--format", "markdown").out

    assert r"\<script\>" in shown
    assert r"\[a\](b)" in shown


def test_a_difference_cannot_be_written_in_a_format_there_is_not(openaudit: Shell) -> None:
    Path("old").write_text(OLD, "utf-8")

    ran = openaudit("diff", "old", "old", "-o", "yaml=x")

    assert ran.code == 2
    assert "is no format" in ran.err
