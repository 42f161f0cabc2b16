"""The main job through the command line: catalog, hub, cache, bundle and disk."""

import json
from pathlib import Path

import jsonschema
import pytest

from openaudit.reporters.json_v1_types import Report, json_schema
from tests.cli.shell import Shell
from tests.hub import LoopbackHub, modelscope

TERMS = """Tiny Model License

1. Grant. We grant you a worldwide, royalty-free license to use and modify the Tiny model.

2. Size. If the monthly active users of your products exceed 3 million in any month, you must
obtain a further license from us before you go on using the Tiny model.

3. Outputs. You may not use the outputs of the Tiny model to train any other language model.
"""
CARD = "---\nlicense: other\nlicense_name: tiny\nlibrary_name: transformers\n---\n# Tiny\n"


def serve_tiny(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD, "LICENSE": TERMS, "model.safetensors": b"\0"})


def test_llama_2_answers_from_the_catalog_with_its_terms(openaudit: Shell) -> None:
    ran = openaudit("check", "meta-llama/Llama-2-7b", "--offline", "--format", "json")

    [release] = ran.json["releases"]
    clauses = {c["id"]: c for c in release["clauses"]}
    assert ran.code == 0
    assert release["source"] == "catalog"
    assert release["label"]["value"] == "Weights Available AI"
    assert clauses["user-cap"]["params"]["count"] == 700_000_000
    assert clauses["user-cap"]["params"]["unit"] == "MAU"
    assert clauses["user-cap"]["params"]["who"] == "licensee+affiliates"
    assert "release date" in clauses["user-cap"]["params"]["measured"]
    assert clauses["user-cap"]["section"] == "2"
    assert clauses["training-ban"]["section"] == "1.b.v"
    assert clauses["training-ban"]["params"]["exempt"] == "own-derivatives"
    assert clauses["acceptable-use-policy"]["from"] == "profile"
    assert release["dimensions"]["data"]["grade"] == "undisclosed"


def test_llama_2_reads_on_a_terminal(openaudit: Shell) -> None:
    ran = openaudit("check", "meta-llama/Llama-2-7b", "--offline")

    assert "Weights Available AI" in ran.out
    assert "700,000,000 monthly active users" in ran.out
    assert "section 1.b.v" in ran.out
    assert "daily" not in ran.out.lower()
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_gpt_neo_is_open_and_names_its_data(openaudit: Shell) -> None:
    [release] = openaudit("check", "EleutherAI/gpt-neo-2.7B", "--offline", "--format", "json").json[
        "releases"
    ]

    assert release["label"]["value"] == "Open Source AI"
    assert release["licenses"][0]["concluded"]["id"] == "MIT"
    assert release["dimensions"]["usage"]["grade"] == "free"
    assert release["dimensions"]["data"]["grade"] == "named"


def test_chatgpt_has_no_weights_and_no_license_to_them(openaudit: Shell) -> None:
    ran = openaudit("check", "chatgpt", "--offline", "--format", "json")

    [release] = ran.json["releases"]
    assert release["label"]["value"] == "Not open"
    assert release["dimensions"]["weights"]["grade"] == "hosted-only"
    assert release["dimensions"]["usage"]["grade"] == "no-license"
    assert release["clauses"] == []


def test_a_hub_gives_the_same_clauses_with_quotes_at_their_place(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    serve_tiny(hub)

    ran = openaudit("check", "acme/tiny", "--hub", hub.url, "--format", "json")

    [release] = ran.json["releases"]
    caps = [c for c in release["clauses"] if c["id"] == "user-cap"]
    assert ran.code == 0
    assert caps[0]["params"]["count"] == 3_000_000
    assert caps[0]["section"] == "2"
    for clause in release["clauses"]:
        evidence = clause["evidence"]
        assert TERMS[evidence["start"] : evidence["end"]] == evidence["quote"]
        assert evidence["revision"] == release["revision"]
    assert {"user-cap", "training-ban"} <= {c["id"] for c in release["clauses"]}


def test_a_text_nobody_knows_restricts_and_never_permits(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    hub.add("acme/tiny", {"README.md": CARD, "LICENSE": "Do what you like with Tiny, mostly.\n"})

    ran = openaudit("check", "acme/tiny", "--hub", hub.url, "--format", "json")

    [release] = ran.json["releases"]
    facts = {f["id"]: f["answer"] for f in release["facts"]}
    assert ran.code == 0
    assert release["licenses"][0]["concluded"]["match"] == "none"
    assert facts["usage.commercial"] == "unknown"
    assert facts["usage.osd"] == "unknown"
    assert release["dimensions"]["usage"]["grade"] == "unknown"


def test_one_request_and_one_more_a_text(openaudit: Shell, hub: LoopbackHub) -> None:
    serve_tiny(hub)

    openaudit("check", "acme/tiny", "--hub", hub.url)

    assert [r.method for r in hub.log] == ["GET", "GET", "GET"]
    assert hub.log[0].path.startswith("/api/models/acme/tiny")


def test_a_changed_license_is_told_with_what_it_lost(openaudit: Shell) -> None:
    source = Path(__file__).parents[3] / "shared" / "corpus" / "licenses" / "llama-2.txt"
    if not source.is_file():
        pytest.skip("the corpus of license texts is not at hand")
    text = source.read_text("utf-8").replace("700 million", "5 million")
    start = text.index("v. You will not use")
    changed = text[:start] + text[text.index("2. Additional") :]
    Path("model").mkdir()
    Path("model/LICENSE").write_text(changed, "utf-8")

    report = openaudit("check", "./model", "--format", "json").json
    shown = openaudit("check", "./model").out

    jsonschema.validate(report, json_schema())
    release = report["releases"][0]
    changes = release["licenses"][0]["changes"]
    [finding] = [f for f in release["findings"] if f["id"] == "license-text-changed"]
    assert [(r["section"], r["clauses"]) for r in changes["removed"]] == [
        ("1.b.v", ["training-ban"]),
        ("2", []),
    ]
    assert [(a["quote"], a["clauses"]) for a in changes["added"]] == [("5", ["user-cap"])]
    assert "section 1.b.v is gone, and with it training-ban" in finding["message"]
    for quote in finding["evidence"]:
        assert changed[quote["start"] : quote["end"]] == quote["quote"]
    assert len(finding["evidence"]) == 3
    assert "section 1.b.v is gone, and with it training-ban" in shown


def test_a_fetch_says_what_it_wrote_unless_quiet(openaudit: Shell, hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD})

    loud = openaudit("fetch", "acme/tiny", "-o", "bundles", "--hub", hub.url)
    quiet = openaudit("fetch", "acme/tiny", "-o", "bundles", "--hub", hub.url, "-q")

    assert "wrote bundles" in loud.err
    assert loud.out == ""
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_what_was_fetched_is_audited_offline_from_the_cache(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    serve_tiny(hub)
    online = openaudit("check", "acme/tiny", "--hub", hub.url, "--format", "json").json
    asked = len(hub.log)

    ran = openaudit("check", "acme/tiny", "--hub", hub.url, "--offline", "--format", "json")
    offline = ran.json

    assert len(hub.log) == asked
    assert offline["releases"][0]["source"] == "bundle"
    assert offline["releases"][0]["clauses"] == online["releases"][0]["clauses"]


def test_fetched_bundles_are_audited_as_a_directory(openaudit: Shell, hub: LoopbackHub) -> None:
    serve_tiny(hub)
    hub.add("acme/other", {"README.md": "---\nlicense: mit\n---\n# Other\n"})

    fetched = openaudit("fetch", "acme/tiny", "acme/other", "-o", "bundles", "--hub", hub.url)
    checked = openaudit("check", "bundles", "--offline", "--format", "json")

    assert (fetched.code, checked.code) == (0, 0)
    assert [r["ref"] for r in checked.json["releases"]] == ["acme/other", "acme/tiny"]
    assert {r["source"] for r in checked.json["releases"]} == {"bundle"}


def test_a_gated_release_is_a_result_and_its_text_is_unknown(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    files: dict[str, str | bytes] = {
        "README.md": CARD,
        "LICENSE": TERMS,
        "model.safetensors": b"\0",
    }
    hub.add("acme/gated", files, gated="manual")

    ran = openaudit("check", "acme/gated", "--hub", hub.url, "--format", "json")

    [release] = ran.json["releases"]
    facts = {f["id"]: f["answer"] for f in release["facts"]}
    assert ran.code == 0
    assert release["gated"] == "manual"
    assert release["dimensions"]["weights"]["grade"] == "gated"
    assert facts["usage.text_found"] == "unknown"
    assert any(f["id"] == "text-unread" for f in release["findings"])
    assert release["label"]["value"] != "Not open"


def test_a_gate_prompt_that_holds_terms_is_read(openaudit: Shell, hub: LoopbackHub) -> None:
    prompt = "You may not use the outputs of Tiny to train any other language model."
    card = f"---\nlicense: other\nextra_gated_prompt: {prompt}\n---\n# Tiny\n"
    hub.add("acme/gated", {"README.md": card, "model.safetensors": b"\0"}, gated="auto")

    ran = openaudit("check", "acme/gated", "--hub", hub.url, "--format", "json")

    [ban] = [c for c in ran.json["releases"][0]["clauses"] if c["id"] == "training-ban"]
    assert ban["evidence"]["document"] == "README.md#extra_gated_prompt"
    assert ban["evidence"]["quote"] == prompt


def test_a_directory_is_audited(openaudit: Shell) -> None:
    Path("model").mkdir()
    Path("model/README.md").write_text(CARD, "utf-8")
    Path("model/LICENSE").write_text(TERMS, "utf-8")

    [release] = openaudit("check", "model", "--format", "json").json["releases"]

    assert release["source"] == "local"
    assert {"user-cap", "training-ban"} <= {c["id"] for c in release["clauses"]}


def test_several_formats_come_from_one_audit(openaudit: Shell) -> None:
    ran = openaudit(
        "check",
        "gpt2",
        "--offline",
        "-o",
        "json=r.json",
        "-o",
        "markdown=r.md",
        "-o",
        "jsonl=r.jsonl",
    )

    assert "Open Weights AI" in ran.out
    assert json.loads(Path("r.json").read_text("utf-8"))["schema"] == "openaudit-report-v1"
    assert Path("r.md").read_text("utf-8").startswith("# openai")
    assert len(Path("r.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_file_alone_takes_the_report_from_standard_output(openaudit: Shell) -> None:
    ran = openaudit("check", "gpt2", "--offline", "--format", "json", "-o", "r.json")

    assert ran.out == ""
    assert json.loads(Path("r.json").read_text("utf-8"))["releases"]


def test_lines_hold_one_release_each(openaudit: Shell) -> None:
    ran = openaudit("check", "gpt2", "chatgpt", "--offline", "--format", "jsonl")

    refs = [json.loads(line)["releases"][0]["ref"] for line in ran.out.splitlines()]
    assert refs == ["openai-community/gpt2", "catalog:chatgpt"]


def test_quiet_is_a_line_a_release(openaudit: Shell) -> None:
    ran = openaudit("check", "meta-llama/Llama-2-7b", "gpt2", "--offline", "-q")

    first, second = ran.out.splitlines()
    assert first.startswith("meta-llama/Llama-2-7b  Weights Available AI  llama-2  ")
    assert "user-cap=700M" in first
    assert second.startswith("openai-community/gpt2  Open Weights AI  MIT")


@pytest.mark.parametrize("name", ["meta-llama/Llama-2-7b", "chatgpt", "gh:pytorch/pytorch"])
def test_the_report_fits_its_published_schema(openaudit: Shell, name: str) -> None:
    report = openaudit("check", name, "--offline", "--format", "json").json

    jsonschema.validate(report, json_schema())
    Report.model_validate(report)


def test_the_schema_command_prints_that_schema(openaudit: Shell) -> None:
    assert openaudit("schema").json == json_schema()


def test_color_is_asked_for_and_never_carries_meaning(openaudit: Shell) -> None:
    plain = openaudit("check", "gpt2", "--offline").out

    colored = openaudit("check", "gpt2", "--offline", "--color", "always").out

    assert "\x1b[" in colored
    assert "\x1b[" not in plain


def test_one_bad_reference_does_not_cost_the_others(openaudit: Shell) -> None:
    ran = openaudit("check", "gpt2", "acme/none-such", "--offline", "--format", "json")

    assert [r["ref"] for r in ran.json["releases"]] == ["openai-community/gpt2"]
    assert ran.code == 3
    assert "acme/none-such" in ran.err


def test_an_open_license_named_over_a_text_that_restricts_is_told(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    hub.add("acme/washed", {"README.md": "---\nlicense: apache-2.0\n---\n# W\n", "LICENSE": TERMS})

    [release] = openaudit("check", "acme/washed", "--hub", hub.url, "--format", "json").json[
        "releases"
    ]

    [belied] = [f for f in release["findings"] if f["id"] == "license-belied"]
    assert belied["severity"] == "high"
    assert "training-ban" in belied["message"]
    assert release["licenses"][0]["concluded"]["id"] is None


def test_a_changed_standard_text_is_never_called_by_its_name_alone(openaudit: Shell) -> None:
    source = Path(__file__).parents[3] / "shared" / "corpus" / "licenses" / "MIT.txt"
    if not source.is_file():
        pytest.skip("the corpus of license texts is not at hand")
    added = "You may not use the Software if your company earns more than 5 million dollars a year."
    Path("LICENSE").write_text(f"{source.read_text('utf-8')}\n{added}\n", "utf-8")

    quiet = openaudit("check", "./LICENSE", "-q").out
    full = openaudit("check", "./LICENSE").out

    assert "changed-MIT" in quiet
    assert "not MIT License, but a changed one" in " ".join(full.split())


def test_a_base_whose_own_bases_are_not_recorded_is_not_followed(openaudit: Shell) -> None:
    """The catalog says of DeepSeek-R1 nothing of what it was made from; unknown is not none."""
    Path("README.md").write_text(
        "---\nlicense: mit\nbase_model: deepseek-ai/DeepSeek-R1\n---\n# Child\n", "utf-8"
    )

    [release] = openaudit("check", "./README.md", "--format", "json").json["releases"]

    facts = {f["id"]: f["answer"] for f in release["facts"]}
    assert facts["usage.commercial"] == "unknown"
    assert "base-terms-unknown" in [f["id"] for f in release["findings"]]


def test_two_hubs_that_name_different_licenses_are_told_in_one_check(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    hub.add("acme/tiny", {"README.md": "---\nlicense: llama3.1\n---\n"})
    openaudit("fetch", "acme/tiny", "--hub", hub.url, "-o", "one")
    with modelscope.modelscope() as other:
        modelscope.add(other, "acme/tiny", {"README.md": "---\nlicense: apache-2.0\n---\n"})
        openaudit("fetch", "ms:acme/tiny", "--hub", other.url, "-o", "other")

    both = openaudit("check", "one", "other", "--format", "json")
    alone = openaudit("check", "one", "--format", "json")

    found = [
        [f["id"] for f in r["findings"]] for r in both.json["releases"] + alone.json["releases"]
    ]
    assert ["hubs-differ" in f for f in found] == [True, True, False]
