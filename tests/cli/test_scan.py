import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture(autouse=True)
def app(openaudit: Shell) -> None:
    """Write a small app where the shell stands."""
    del openaudit
    Path("src").mkdir()
    Path("src/app.py").write_text(
        'a = AutoModel.from_pretrained("meta-llama/Llama-2-7b")\n'
        'b = AutoModel.from_pretrained("gpt2")\n'
    )
    Path("conf.yaml").write_text("model: meta-llama/Llama-2-7b\n")


def test_a_list_names_each_place_and_audits_nothing(openaudit: Shell) -> None:
    found = openaudit("scan", ".", "--list", "--format", "json").json["references"]

    assert [(f["file"], f["line"], f["id"]) for f in found] == [
        ("conf.yaml", 1, "meta-llama/Llama-2-7b"),
        ("src/app.py", 1, "meta-llama/Llama-2-7b"),
        ("src/app.py", 2, "gpt2"),
    ]


def test_each_release_is_audited_once_however_often_it_is_named(openaudit: Shell) -> None:
    ran = openaudit("scan", ".", "--offline", "--format", "json")

    assert ran.code == 0
    ids = [r["id"] for r in ran.json["releases"]]
    assert sorted(ids) == ["meta-llama/Llama-2-7b", "openai-community/gpt2"]


def test_a_person_reads_the_places_and_a_line_for_each_release(openaudit: Shell) -> None:
    out = openaudit("scan", ".", "--offline").out

    assert "src/app.py:1:32: meta-llama/Llama-2-7b (argument of" in out
    assert "meta-llama/Llama-2-7b  Weights Available AI" in out


def test_a_broken_policy_points_at_the_lines_that_name_the_release(openaudit: Shell) -> None:
    ran = openaudit("scan", ".", "--offline", "--policy", "osi-only", "--format", "sarif")

    assert ran.code == 1
    results = json.loads(ran.out)["runs"][0]["results"]
    places = {
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in results
        if "Llama-2" in r["message"]["text"]
    }
    assert places <= {"conf.yaml", "src/app.py"}
    assert places


def test_what_could_not_be_audited_is_no_pass(openaudit: Shell) -> None:
    Path("conf.yaml").write_text("model: acme/nobody-knows\n")
    Path("src/app.py").write_text('b = AutoModel.from_pretrained("gpt2")\n')

    ran = openaudit("scan", ".", "--offline", "--policy", "research", "--format", "json")

    assert ran.code == 3
    assert ran.json["decision"]["outcome"] != "pass"
    assert "conf.yaml:1" in ran.err


def test_a_weight_file_of_the_tree_is_audited(openaudit: Shell) -> None:
    Path("broken.gguf").write_bytes(b"nothing of the kind")

    ran = openaudit("scan", ".", "--offline")

    assert ran.code == 3
    assert "broken.gguf" in ran.err


def test_a_tree_that_names_nothing_passes(openaudit: Shell) -> None:
    Path("conf.yaml").unlink()
    Path("src/app.py").write_text("print('a/b')\n")

    ran = openaudit("scan", ".", "--offline", "--policy", "commercial")

    assert (ran.code, ran.out) == (0, "")


def test_a_list_has_two_formats_and_a_path_must_exist(openaudit: Shell) -> None:
    assert openaudit("scan", ".", "--list", "--format", "sarif").code == 2
    assert openaudit("scan", "nowhere", "--list").code == 3
