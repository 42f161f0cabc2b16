from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.hub import LoopbackHub


def test_the_nearest_file_is_read(openaudit: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pyproject.toml").write_text('[tool.openaudit]\nformat = "markdown"\n', "utf-8")
    Path("inner").mkdir()
    monkeypatch.chdir("inner")
    above = openaudit("check", "gpt2", "--offline").out

    Path(".openaudit.yaml").write_text("format: json\n", "utf-8")
    nearest = openaudit("check", "gpt2", "--offline").out

    assert above.startswith("# ")
    assert nearest.startswith("{")


def test_an_option_wins_over_the_file(openaudit: Shell) -> None:
    Path(".openaudit.yaml").write_text("format: json\noffline: true\n", "utf-8")

    assert openaudit("check", "gpt2", "--format", "markdown").out.startswith("# ")


def test_a_named_file_is_the_only_one_read(
    openaudit: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".openaudit.yaml").write_text("nonsense: true\n", "utf-8")
    Path("mine.yaml").write_text("offline: true\nformat: jsonl\n", "utf-8")

    by_option = openaudit("check", "gpt2", "--config", "mine.yaml")
    monkeypatch.setenv("OPENAUDIT_CONFIG", "mine.yaml")
    by_variable = openaudit("check", "gpt2")

    assert by_option.code == by_variable.code == 0
    assert by_option.out == by_variable.out


def test_verbose_says_which_file_was_used(openaudit: Shell) -> None:
    Path(".openaudit.yaml").write_text("offline: true\n", "utf-8")

    ran = openaudit("check", "gpt2", "-v")

    assert ".openaudit.yaml" in ran.err


def test_a_pyproject_without_our_section_says_nothing(openaudit: Shell) -> None:
    Path("pyproject.toml").write_text("[tool.other]\nx = 1\n", "utf-8")

    assert openaudit("check", "gpt2", "--offline").code == 0


@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_the_client_s_offline_switch_is_ours_too(
    openaudit: Shell, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "1")

    [release] = openaudit("check", "gpt2", "--format", "json").json["releases"]

    assert release["source"] == "catalog"


def test_a_file_that_was_only_found_gets_no_token_sent_to_its_hub(
    openaudit: Shell, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("acme/tiny", {"README.md": "# Tiny"})
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    Path(".openaudit.yaml").write_text(f"hub: {hub.url}\n", "utf-8")

    ran = openaudit("check", "acme/tiny", "-q")
    found = [r.token for r in hub.log]
    openaudit("check", "acme/tiny", "-q", "--config", ".openaudit.yaml")
    named = [r.token for r in hub.log][len(found) :]

    assert ran.code == 0
    assert set(found) == {None}
    assert set(named) == {"hf_secret"}
    assert "asking" in ran.err
    assert ".openaudit.yaml" in ran.err
