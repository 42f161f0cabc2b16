"""Releases side by side: what is shown, what is never blank, and what happens to what fails.

To accept a change: `OPENAUDIT_ACCEPT=1 pytest tests/cli/test_compare.py`, then read the difference.
"""

import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from openaudit.reporters.columns import fold
from tests.cli.shell import Ran, Shell
from tests.hub import LoopbackHub
from tests.test_releases import timeless

ACCEPTED = Path(__file__).parents[1] / "releases" / "side-by-side"
EIGHT = (
    "EleutherAI/gpt-neo-2.7B",
    "meta-llama/Llama-2-7b",
    "codellama/CodeLlama-7b-hf",
    "allenai/OLMo-2-1124-7B",
    "tiiuae/falcon-180B",
    "bigscience/bloom",
    "deepseek-ai/DeepSeek-R1",
    "chatgpt",
)


def compare(openaudit: Shell, *words: str) -> Ran:
    ran = openaudit("compare", *words, "--offline")
    assert (ran.code, ran.err) == (0, "")
    return ran


def cells(compared: Any, group: str) -> dict[str, list[tuple[str, str]]]:
    rows = (r for r in compared["rows"] if r["group"] == group)
    return {r["id"]: [(c["state"], c["text"]) for c in r["cells"]] for r in rows}


@pytest.mark.parametrize(
    ("format_", "wide", "name"),
    [
        ("terminal", 100, "eight-100.txt"),
        ("terminal", 80, "eight-80.txt"),
        ("markdown", 80, "eight.md"),
    ],
)
def test_eight_releases_are_compared_as_a_person_accepted_it(
    openaudit: Shell, monkeypatch: pytest.MonkeyPatch, format_: str, wide: int, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(wide))

    said = timeless(compare(openaudit, *EIGHT, "--framework", "all", "--format", format_).out)

    if os.environ.get("OPENAUDIT_ACCEPT"):
        (ACCEPTED / name).write_text(said, "utf-8", newline="\n")
    assert said == (ACCEPTED / name).read_text("utf-8")
    assert format_ == "markdown" or max(map(len, said.splitlines())) <= wide


def test_no_cell_is_blank_and_each_row_has_one_a_release(openaudit: Shell) -> None:
    found = compare(openaudit, *EIGHT, "--framework", "all", "--format", "json").json

    assert [len(row["cells"]) for row in found["rows"]] == [8] * len(found["rows"])
    assert all(cell["text"] for row in found["rows"] for cell in row["cells"])
    assert {row["group"] for row in found["rows"] if not row["scored"]} == {"context"}


def test_a_clause_is_not_there_only_where_all_terms_are_known(openaudit: Shell) -> None:
    words = ("gpt2", "meta-llama/Llama-2-7b", "tiiuae/falcon-180B", "chatgpt", "--format", "json")

    found = cells(compare(openaudit, *words).json, "restrictions")

    states = [state for state, _ in found["user-cap"]]
    assert states == ["none", "known", "unknown", "not-applicable"]
    assert found["user-cap"][1][1].startswith("Above 700,000,000 monthly active users")


def test_the_comparison_fits_its_published_schema(openaudit: Shell) -> None:
    found = compare(openaudit, *EIGHT, "--framework", "all", "--format", "json").json

    jsonschema.validate(found, openaudit("schema", "compare").json)
    assert len(found["releases"]) == 8


def test_one_that_cannot_be_audited_is_told_and_the_rest_is_compared(openaudit: Shell) -> None:
    words = ("compare", "gpt2", "acme/none", "chatgpt", "--offline")

    ran = openaudit(*words, "--format", "json")
    shown = openaudit(*words).out

    assert ran.code == 3
    assert ran.err.startswith("openaudit: acme/none: ")
    assert ran.err.count("\n") == 1
    assert len(ran.json["releases"]) == 2
    assert [u["ref"] for u in ran.json["unaudited"]] == ["acme/none"]
    assert "Not audited\n  acme/none" in shown


def test_one_release_alone_has_nothing_beside_it(openaudit: Shell) -> None:
    ran = openaudit("compare", "gpt2", "--offline")

    assert (ran.code, ran.out) == (2, "")
    assert "name two releases or more" in ran.err


def test_a_term_of_a_base_is_shown_with_the_release_it_is_from_and_what_lost_it(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    terms = "1. Outputs. You may not use the outputs of Big to train any other language model.\n"
    base = {"README.md": "---\nlicense: other\n---\n# Big\n", "LICENSE": terms}
    child = "---\nlicense: mit\nbase_model: acme/big\nbase_model_relation: finetune\n---\n# Small\n"
    hub.add("acme/big", {**base, "model.safetensors": b"\0"})
    hub.add("acme/small", {"README.md": child, "model.safetensors": b"\0"})

    ran = openaudit("compare", "acme/small", "acme/big", "--hub", hub.url, "--format", "json")

    small, big = cells(ran.json, "restrictions")["training-ban"]
    assert "from acme/big" in small[1]
    assert "from" not in big[1]
    assert "training-ban of acme/big" in cells(ran.json, "lineage")["conflicts"][0][1]


def test_a_quiet_run_says_a_line_a_release_and_a_verbose_one_the_whole_message(
    openaudit: Shell,
) -> None:
    quiet = compare(openaudit, "gpt2", "meta-llama/Llama-2-7b", "-q").out
    verbose = " ".join(compare(openaudit, "gpt2", "meta-llama/Llama-2-7b", "-v").out.split())

    assert len(quiet.splitlines()) == 2
    assert "700,000,000 monthly" in verbose


def test_markup_and_escapes_of_a_card_are_shown_and_do_nothing(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    card = '---\nlicense: "x|<b>[y](z)\\e[31m"\n---\n# Tiny\n'
    hub.add("acme/one", {"README.md": card, "model.safetensors": b"\0"})
    hub.add("acme/two", {"README.md": card, "model.safetensors": b"\0"})
    words = ("compare", "acme/one", "acme/two", "--hub", hub.url)

    written = openaudit(*words, "--format", "markdown").out
    drawn = openaudit(*words).out

    assert "\x1b" not in written + drawn
    assert r"x\|\<b\>\[y\](z)" in written


def test_several_files_are_written_from_one_comparison(openaudit: Shell) -> None:
    files = ("-o", "json=c.json", "-o", "markdown=c.md", "-o", "jsonl=c.jsonl")

    compare(openaudit, "gpt2", "chatgpt", *files)

    assert Path("c.json").read_text("utf-8").startswith("{")
    assert Path("c.md").read_text("utf-8").startswith("# Releases side by side")
    assert Path("c.jsonl").read_text("utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("acme/tiny-model", "acme/\ntiny-\nmodel"),
        ("a bc def", "a bc\ndef"),
        ("abcdefghij", "abcdef\nghij"),
        ("", ""),
    ],
)
def test_words_are_folded_at_spaces_slashes_and_hyphens_and_nothing_is_lost(
    text: str, folded: str
) -> None:
    assert fold(text, 6) == folded
