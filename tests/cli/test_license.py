"""`openaudit license` through the command line, on made-up texts and on what is known by name."""

import io
import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.shell import Shell

TERMS = """Tiny Model License

1. Grant. We grant you a worldwide, royalty-free license to use and modify the Tiny model.

2. Outputs. You may not use the outputs of the Tiny model to train any other language model.
"""


def test_a_text_nobody_knows_still_says_what_it_says(openaudit: Shell) -> None:
    Path("LICENSE").write_text(TERMS, "utf-8")

    ran = openaudit("license", "./LICENSE", "--format", "json")

    assert ran.code == 0
    assert ran.json["schema"] == "openaudit-license-v1"
    assert ran.json["file"] == "./LICENSE"
    assert (ran.json["license"]["id"], ran.json["license"]["match"]) == (None, "none")
    [ban] = [c for c in ran.json["clauses"] if c["id"] == "training-ban"]
    evidence = ban["evidence"]
    assert TERMS[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert ban["section"] == "2"


def test_a_known_name_gives_the_terms_of_its_profile(openaudit: Shell) -> None:
    named = openaudit("license", "llama-2", "--format", "json").json

    caps = [c for c in named["clauses"] if c["id"] == "user-cap"]
    assert (named["license"]["id"], named["license"]["match"]) == ("llama-2", "named")
    assert caps[0]["params"]["count"] == 700_000_000
    assert {c["from"] for c in named["clauses"]} == {"profile"}


def test_several_texts_come_one_a_line_in_their_order(openaudit: Shell) -> None:
    for name in ("b", "a"):
        Path(name).write_text(TERMS, "utf-8")

    ran = openaudit("license", "b", "a", "--format", "jsonl")

    assert [json.loads(line)["file"] for line in ran.out.splitlines()] == ["b", "a"]


def test_one_text_that_cannot_be_read_does_not_cost_the_others(openaudit: Shell) -> None:
    Path("a").write_text(TERMS, "utf-8")
    Path("empty").write_bytes(b"")

    ran = openaudit("license", "empty", "a", "--format", "jsonl")

    assert ran.code == 3
    assert "empty" in ran.err
    assert [json.loads(line)["file"] for line in ran.out.splitlines()] == ["a"]


def test_standard_input_is_read(openaudit: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TERMS.encode())))

    ran = openaudit("license", "-", "--format", "json")

    assert ran.json["file"] == "-"
    assert "training-ban" in [c["id"] for c in ran.json["clauses"]]


def test_a_reading_is_shown_to_a_person(openaudit: Shell) -> None:
    Path("LICENSE").write_text(TERMS, "utf-8")

    ran = openaudit("license", "LICENSE")

    assert "no license text that openaudit knows" in ran.out
    assert "training-ban" in ran.out
    assert "section 2" in ran.out


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["none-such"], 3, "no such file, and no license is known by this name"),
        (["a", "b"], 2, "several texts need --format jsonl"),
        (["./llama-2"], 3, "./llama-2: no such file"),
        (["licenses/MIT"], 3, "licenses/MIT: no such file"),
        (["lama-2"], 3, "did you mean llama-2"),
        (["MPL"], 3, "leaves open which license is meant: MPL-1.0, MPL-1.1, MPL-2.0"),
        (["."], 2, "a directory"),
        (["other"], 3, "no license is known by this name"),
    ],
)
def test_what_is_no_text_is_told(
    openaudit: Shell, words: list[str], code: int, complaint: str
) -> None:
    ran = openaudit("license", *words)

    assert ran.code == code
    assert complaint in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Acme\n\nThis file is licensed under the Apache License, Version 2.0.\n",
            "Apache-2.0 (line 3)",
        ),
        ("# Acme\n# SPDX-License-Identifier: MIT\n", "MIT (line 2)"),
    ],
)
def test_a_text_that_names_a_license_is_told_by_the_name(
    openaudit: Shell, text: str, names: str
) -> None:
    Path("NOTICE").write_text(text, "utf-8")

    ran = openaudit("license", "NOTICE")

    assert f"it names {names}" in " ".join(ran.out.split())
    assert "nearest" not in ran.out


def test_a_name_of_several_editions_tells_the_others(openaudit: Shell) -> None:
    by_name = " ".join(openaudit("license", "Gemma Terms of Use").out.split())
    by_id = openaudit("license", "gemma-2025-03").out

    assert "others of this name: gemma-2024-04, gemma-2024-02" in by_name
    assert "others of this name" not in by_id


def test_several_texts_come_one_a_line_where_quiet(openaudit: Shell) -> None:
    for name in ("b", "a"):
        Path(name).write_text(TERMS, "utf-8")

    ran = openaudit("license", "b", "a", "-q")

    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == ["b", "a"]


@pytest.mark.parametrize("corpus", ["MIT", "kimi-k2-mod-mit"])
def test_a_standard_text_with_one_sentence_more_is_never_exact(
    openaudit: Shell, corpus: str
) -> None:
    source = Path(__file__).parents[3] / "shared" / "corpus" / "licenses" / f"{corpus}.txt"
    if not source.is_file():
        pytest.skip("the corpus of license texts is not at hand")
    added = "Nobody may serve this model to the public without asking us first"
    Path("plain").write_bytes(source.read_bytes())
    Path("changed").write_text(f"{source.read_text('utf-8')}\n{added}.\n", "utf-8")

    plain = openaudit("license", "plain", "--format", "json").json
    changed = openaudit("license", "changed", "--format", "json").json

    assert plain["license"]["match"] == "exact"
    assert changed["license"]["match"] == "near"
    assert changed["license"]["expression"] is None
    assert added in changed["changes"]["added"][0]["quote"]


def test_every_line_that_was_not_compared_is_shown(openaudit: Shell) -> None:
    Path("LICENSE").write_text(f"Copyright 2024 Acme Labs\n\n{TERMS}", "utf-8")

    ran = openaudit("license", "LICENSE")

    assert "Copyright lines, not compared" in ran.out
    assert "“Copyright 2024 Acme Labs”" in ran.out


def test_the_reading_goes_to_files_in_several_formats(openaudit: Shell) -> None:
    Path("LICENSE").write_text(TERMS, "utf-8")

    ran = openaudit("license", "LICENSE", "--format", "markdown", "-o", "r.md", "-o", "json=r.json")

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert Path("r.md").read_text("utf-8").startswith("# LICENSE\n")
    assert json.loads(Path("r.json").read_text("utf-8"))["schema"] == "openaudit-license-v1"


def test_several_texts_go_to_one_file_of_lines(openaudit: Shell) -> None:
    for name in ("b", "a"):
        Path(name).write_text(TERMS, "utf-8")

    ran = openaudit("license", "b", "a", "--format", "jsonl", "-o", "all.jsonl")

    lines = Path("all.jsonl").read_text("utf-8").splitlines()
    assert (ran.code, ran.out) == (0, "")
    assert [json.loads(line)["file"] for line in lines] == ["b", "a"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["a", "b", "--format", "jsonl", "-o", "json=x"], "several texts need --format jsonl"),
        (["a", "-o", "none/x"], "not a file in a directory that exists"),
        (["a", "-o", "yaml=x"], "is no format"),
    ],
)
def test_an_output_that_cannot_be_is_told(
    openaudit: Shell, words: list[str], complaint: str
) -> None:
    ran = openaudit("license", *words)

    assert ran.code == 2
    assert complaint in ran.err
    assert len(ran.err.splitlines()) == 1


def test_no_file_is_written_where_nothing_could_be_read(openaudit: Shell) -> None:
    ran = openaudit("license", "none-such", "-o", "report.md", "--format", "markdown")

    assert ran.code == 3
    assert not Path("report.md").exists()


NAMING = (
    "Copyright 2026 Acme\n\nThe weights are licensed under the MIT License, the data under GPL.\n"
)


@pytest.mark.parametrize("text", [TERMS, "Nothing at all is said here.\n", NAMING, None])
def test_the_reading_fits_its_published_schema(openaudit: Shell, text: str | None) -> None:
    if text is not None:
        Path("LICENSE").write_text(text, "utf-8")
    name = "LICENSE" if text is not None else "llama-2"

    reading = openaudit("license", name, "--format", "json").json

    jsonschema.validate(reading, openaudit("schema", "license").json)


def test_the_schema_of_a_reading_is_not_that_of_a_report(openaudit: Shell) -> None:
    assert openaudit("schema", "report").json == openaudit("schema").json
    assert openaudit("schema", "license").json != openaudit("schema").json


def test_a_restriction_around_a_known_text_is_told_though_the_text_is_exact(
    openaudit: Shell,
) -> None:
    """A person vouches for the clauses of the license, not for what stands around it."""
    source = Path(__file__).parents[3] / "shared" / "corpus" / "licenses" / "MIT.txt"
    if not source.is_file():
        pytest.skip("the corpus of license texts is not at hand")
    heading = "---\ntitle: terms\n---\n# Terms\n\n## License\n\n"
    after = "\n\n## Use\n\nYou may use the model for non-commercial purposes only.\n"
    Path("TERMS.md").write_text(heading + source.read_text("utf-8") + after, "utf-8")

    read = openaudit("license", "TERMS.md", "--format", "json").json

    assert "non-commercial" in {c["id"] for c in read["clauses"]}


def _known(license_id: str) -> str:
    source = Path(__file__).parents[3] / "shared" / "corpus" / "licenses" / f"{license_id}.txt"
    if not source.is_file():
        pytest.skip("the corpus of license texts is not at hand")
    return source.read_text("utf-8")


@pytest.mark.parametrize(
    ("added", "cause", "told"),
    [
        ("<img alt='Not for companies'>", "signs", "every word of it is there"),
        ("Not for companies.", "words", "1 passage added"),
    ],
)
def test_a_near_text_says_why_it_is_not_exact(
    openaudit: Shell, added: str, cause: str, told: str
) -> None:
    Path("LICENSE").write_text(f"{added}\n\n{_known('MIT')}", "utf-8")

    read = openaudit("license", "LICENSE", "--format", "json").json

    assert (read["license"]["match"], read["license"]["cause"]) == ("near", cause)
    assert [a["quote"] for a in read["changes"]["added"]] == [added.rstrip(".")]
    jsonschema.validate(read, openaudit("schema", "license").json)
    for form in ("terminal", "markdown"):
        assert told in " ".join(openaudit("license", "LICENSE", "--format", form).out.split())


@pytest.mark.parametrize(("more", "match"), [("", "exact"), ("Not for companies.", "near")])
def test_a_file_of_several_licenses_is_under_none_of_them_alone(
    openaudit: Shell, more: str, match: str
) -> None:
    Path("LICENSE").write_text(f"{_known('MIT')}\n\n{_known('GPL-3.0-only')}\n{more}\n", "utf-8")

    read = openaudit("license", "LICENSE", "--format", "json").json

    assert (read["license"]["id"], read["license"]["match"]) == (None, match)
    assert read["license"]["several"] is True
    assert [each["id"] for each in read["licenses"]] == ["MIT", "GPL-3.0-only"]
    jsonschema.validate(read, openaudit("schema", "license").json)
    assert "several licenses" in openaudit("license", "LICENSE").out
    if more:
        assert read["licenses"][0]["cause"] == "beside"
        assert read["changes"]["added"][-1]["quote"] == more.rstrip(".")


def test_a_license_with_its_use_policy_is_that_license(openaudit: Shell) -> None:
    Path("LICENSE").write_text(f"{_known('llama-3')}\n\n{_known('llama-3-aup')}", "utf-8")

    read = openaudit("license", "LICENSE", "--format", "json").json

    assert read["license"]["id"] == "llama-3"
