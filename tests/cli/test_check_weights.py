"""Checks of weights themselves: what their headers and configs say counts like a card's fields."""

import json
from pathlib import Path

from tests.cli.shell import Shell
from tests.sources.weights import gguf, safetensors

LLAMA = {"general.architecture": "llama", "general.license": "llama3.1"}


def test_a_lone_gguf_is_audited_under_the_license_its_header_names(openaudit: Shell) -> None:
    Path("model.gguf").write_bytes(gguf(LLAMA))

    ran = openaudit("check", "./model.gguf", "--offline", "--format", "json")

    [release] = ran.json["releases"]
    [license_] = release["licenses"]
    assert license_["concluded"]["id"] == "llama-3.1"
    assert license_["declared"][0]["evidence"]["document"] == "model.gguf#header"
    assert "user-cap" in {c["id"] for c in release["clauses"]}


def test_a_card_and_a_header_that_name_different_licenses_leave_it_open(openaudit: Shell) -> None:
    Path("release").mkdir()
    Path("release/README.md").write_text("---\nlicense: mit\n---\n# Tiny\n", "utf-8")
    Path("release/model.gguf").write_bytes(gguf(LLAMA))

    ran = openaudit("check", "./release", "--offline", "--format", "json")

    [release] = ran.json["releases"]
    [finding] = [f for f in release["findings"] if f["id"] == "license-names-differ"]
    assert {e["document"] for e in finding["evidence"]} == {"README.md", "model.gguf#header"}
    assert release["licenses"][0]["concluded"]["id"] is None
    facts = {f["id"]: f["answer"] for f in release["facts"]}
    assert facts["usage.commercial"] == "unknown"


def test_a_header_that_repeats_the_card_is_no_finding(openaudit: Shell) -> None:
    Path("release").mkdir()
    Path("release/README.md").write_text("---\nlicense: llama3.1\n---\n# Tiny\n", "utf-8")
    Path("release/model.gguf").write_bytes(gguf(LLAMA))

    ran = openaudit("check", "./release", "--offline", "--format", "json")

    [release] = ran.json["releases"]
    assert "license-names-differ" not in {f["id"] for f in release["findings"]}
    assert release["licenses"][0]["concluded"]["id"] == "llama-3.1"


def test_an_adapter_names_its_base_with_the_place(openaudit: Shell) -> None:
    Path("adapter").mkdir()
    Path("adapter/adapter_config.json").write_text(
        json.dumps({"base_model_name_or_path": "meta-llama/Llama-2-7b", "peft_type": "LORA"})
    )
    Path("adapter/adapter_model.safetensors").write_bytes(safetensors(None))

    ran = openaudit("check", "./adapter", "--offline", "--format", "json")

    [release] = ran.json["releases"]
    assert [e["parent"] for e in release["lineage"]["edges"]] == ["meta-llama/Llama-2-7b"]
