"""`check --use`: may I, in every format, from an option, a file and the configuration."""

import json
from pathlib import Path

import jsonschema
import pytest

from openaudit.reporters.json_v1_types import json_schema
from tests.cli.shell import Shell

EXAMPLE = Path(__file__).parents[2] / "examples" / "uses" / "chat-product.yaml"
LLAMA = ("check", "meta-llama/Llama-2-7b-hf", "--offline")
PROFILE = "commercial,mau=10M,region=EU,distill"


def test_the_answers_come_first_after_the_label(openaudit: Shell) -> None:
    ran = openaudit(*LLAMA, "--use", PROFILE)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.index("Available AI") < ran.out.index("May I?") < ran.out.index("What binds you")
    assert "yes, if:" in ran.out
    assert "Stay below 700 million monthly active users" in ran.out


def test_json_holds_answers_and_only_the_duties_that_are_called_for(openaudit: Shell) -> None:
    ran = openaudit(*LLAMA, "--use", "research", "--format", "json")

    [release] = ran.json["releases"]
    [question] = release["questions"]
    jsonschema.validate(ran.json, json_schema())
    assert question["question"] == "research"
    assert question["answer"] == "yes-if"
    assert "user-cap" in question["clauses"]
    assert any("700 million" in c for c in question["conditions"])
    assert {o["clause"] for o in release["obligations"]} == {
        "acceptable-use-policy",
        "export-control",
        "indemnity",
    }


def test_markdown_has_a_checklist(openaudit: Shell) -> None:
    ran = openaudit(
        "check",
        "meta-llama/Llama-3.1-8B-Instruct",
        "--offline",
        "--use",
        PROFILE,
        "--format",
        "markdown",
    )

    assert "## May I?" in ran.out
    assert "\n- [ ] Show the credit Built with Llama" in ran.out


def test_without_a_profile_nothing_is_answered(openaudit: Shell) -> None:
    ran = openaudit(*LLAMA, "--format", "json")

    assert ran.json["releases"][0]["questions"] == []


def test_a_file_says_the_same_as_a_line(openaudit: Shell) -> None:
    Path("use.yaml").write_text(
        "uses: [commercial, distill]\nmau: 10M\nregion: EU\n", encoding="utf-8"
    )

    line = openaudit(*LLAMA, "--use", PROFILE)
    file = openaudit(*LLAMA, "--use", "use.yaml")

    assert line.out == file.out


def test_the_configuration_holds_a_profile_and_the_option_wins(openaudit: Shell) -> None:
    Path("pyproject.toml").write_text(
        "[tool.openaudit.use]\nuses = ['hosted']\nmau = 3\n", encoding="utf-8"
    )
    configured = openaudit(*LLAMA, "--format", "json").json
    Path(".openaudit.yaml").write_text("use: research\n", encoding="utf-8")
    nearest = openaudit(*LLAMA, "--format", "json").json
    option = openaudit(*LLAMA, "--format", "json", "--use", "modify").json

    asked = [
        [q["question"] for q in r["releases"][0]["questions"]]
        for r in (configured, nearest, option)
    ]
    assert asked == [["hosted"], ["research"], ["modify"]]


def test_a_path_in_the_configuration_starts_from_its_directory(
    openaudit: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("inner").mkdir()
    Path("profile.yaml").write_text("uses: [hosted]\n", encoding="utf-8")
    Path(".openaudit.yaml").write_text("use: profile.yaml\n", encoding="utf-8")
    monkeypatch.chdir("inner")

    ran = openaudit(*LLAMA, "--format", "json")

    assert ran.json["releases"][0]["questions"][0]["question"] == "hosted"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("uses: [commercial]\nmuu: 3\n", "use.yaml: muu: unknown key; did you mean mau?"),
        ("- commercial\n", "use.yaml: expected a mapping"),
        ("uses: [commercial\n", "use.yaml: not valid YAML"),
        ("{}\n", "use.yaml: uses: say what for"),
        (None, "use.yaml: there is no such file"),
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_path(
    openaudit: Shell, content: str | None, said: str
) -> None:
    if content is not None:
        Path("use.yaml").write_text(content, encoding="utf-8")

    ran = openaudit(*LLAMA, "--use", "use.yaml")

    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_wrong_profile_in_the_configuration_names_the_file(openaudit: Shell) -> None:
    Path(".openaudit.yaml").write_text("use: {uses: [comercial]}\n", encoding="utf-8")

    ran = openaudit(*LLAMA)

    assert ran.code == 2
    assert ".openaudit.yaml: use: comercial: no use known here; did you mean commercial?" in ran.err


def test_several_releases_are_answered_each(openaudit: Shell) -> None:
    ran = openaudit(
        "check",
        "gpt2",
        "meta-llama/Llama-2-7b-hf",
        "--offline",
        "--use",
        "distill",
        "--format",
        "jsonl",
    )

    answers = [
        json.loads(line)["releases"][0]["questions"][0]["answer"] for line in ran.out.splitlines()
    ]
    assert answers == ["yes", "no"]


def test_a_text_nobody_knows_permits_nothing_and_forbids_by_its_words(openaudit: Shell) -> None:
    Path("model").mkdir()
    Path("model/README.md").write_text("---\nlicense: other\n---\n# Tiny\n", encoding="utf-8")
    Path("model/LICENSE").write_text(
        "Tiny License\n\n1. Grant. You may use and modify the Tiny model.\n\n"
        "2. Training. You may not use outputs of the Tiny model to train any other model.\n",
        encoding="utf-8",
    )

    ran = openaudit("check", "./model", "--use", "commercial,distill", "--format", "json")
    shown = openaudit("check", "./model", "--use", "commercial,distill")

    commercial, distill = ran.json["releases"][0]["questions"]
    assert commercial["answer"] == "unclear"
    assert commercial["settle"]
    assert distill["answer"] == "no"
    assert distill["clauses"][0] == "training-ban"
    assert "“You may not use outputs of the Tiny model" in shown.out


def test_a_quiet_line_holds_the_answers(openaudit: Shell) -> None:
    ran = openaudit(*LLAMA, "--use", PROFILE, "-q")

    assert "  commercial=yes-if distill=no  " in ran.out
    assert ran.out.count("\n") == 1


def test_the_example_is_answered_in_the_order_of_the_questions(openaudit: Shell) -> None:
    ran = openaudit(*LLAMA, "--use", str(EXAMPLE), "-q")

    assert "  commercial=yes-if distill=no hosted=yes-if  " in ran.out
