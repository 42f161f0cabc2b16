"""Every kind of bad input ends in one line and its exit code. CONTRIBUTING has the table."""

from pathlib import Path

import pytest

from openaudit import api
from openaudit.cli import run
from tests.cli.shell import Shell
from tests.hub import LoopbackHub


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["check", "./\x1b[31mred"], 2, "control characters"),
        (["check"], 2, "Missing argument 'REF...'; see `openaudit check --help`"),
        (["check", "a/b/c"], 2, "a/b/c"),
        (["check", ""], 2, "empty"),
        (["check", "acme/ti ny"], 2, "acme/ti ny"),
        (["check", "https://example.org/acme/tiny"], 2, "example.org"),
        (["check", "./none-such"], 3, "none-such"),
        (["check", "catalog:none-such"], 3, "not in the catalog"),
        (["check", "acme/none-such", "--offline"], 3, "not in the cache or the catalog"),
        (["check", "gpt2@v1", "--offline"], 3, "openai-community/gpt2@v1: not in the cache"),
        (["check", "chatgpt@v1", "--offline"], 3, "the catalog records no revisions"),
        (["check", "gh:acme/none-such", "--offline"], 3, "not in the cache or the catalog"),
        (["check", "gpt2", "--format", "yaml"], 2, "'yaml' is not one of"),
        (["check", "gpt2", "--hub", "ftp://hub"], 2, "ftp://hub"),
        (["check", "gpt2", "-q", "-v"], 2, "exclude each other"),
        (["check", "gpt2", "-o", "none/such/r.json"], 2, "none/such/r.json"),
        (["check", "gpt2", "-o", "-"], 2, "-o -: "),
        (["check", "gpt2", "-o", "json=r", "-o", "markdown=r"], 2, "named twice"),
        (["check", "~no-such-user/x"], 3, "~no-such-user/x"),
        (["check", "gpt2", "-o", "yaml=r.yaml"], 2, "'yaml' is no format"),
        (["check", "gpt2", "--config", "none-such.yaml"], 2, "no such configuration file"),
        (["check", "gpt2", "--no-such-option"], 2, "--no-such-option"),
        (["no-such-command"], 2, "no-such-command"),
        (["fetch", "gpt2"], 2, "Missing option '-o'"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(
    openaudit: Shell, words: list[str], code: int, complaint: str
) -> None:
    ran = openaudit(*words)

    assert ran.code == code
    assert complaint in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "colour: red",
            "Extra inputs are not permitted; known keys: hub, offline, format, rules, policy",
        ),
        ("offline: perhaps", "offline: Input should be a valid boolean"),
        ("hub: not-a-url", "hub: Input should be a valid URL"),
        ("format: yaml", "format: Input should be"),
        ("- a list", "expected a mapping of settings"),
        ("a: &a [*a]", "not valid YAML"),
        ("hub: 2024-99-99", "hub: Input should be a valid URL"),
        ("a: [", "not valid YAML"),
    ],
)
def test_a_wrong_setting_is_located(openaudit: Shell, text: str, complaint: str) -> None:
    Path(".openaudit.yaml").write_text(text, "utf-8")

    ran = openaudit("check", "gpt2", "--offline")

    assert ran.code == 2
    assert ".openaudit.yaml: " in ran.err
    assert complaint in ran.err


def test_a_setting_that_is_not_in_utf_8_is_told(openaudit: Shell) -> None:
    Path(".openaudit.yaml").write_bytes(b"hub: \xff")

    assert ".openaudit.yaml: not in UTF-8" in openaudit("check", "gpt2", "--offline").err


def test_an_empty_configuration_file_sets_nothing(openaudit: Shell) -> None:
    Path(".openaudit.yaml").write_text("", "utf-8")

    assert openaudit("check", "gpt2", "--offline").code == 0


@pytest.mark.parametrize("text", ["[tool]\nopenaudit = 3\n", "tool = 3 # openaudit\n"])
def test_a_table_that_is_none_is_told_or_not_ours(openaudit: Shell, text: str) -> None:
    Path("pyproject.toml").write_text(text, "utf-8")

    ran = openaudit("check", "gpt2", "--offline")

    assert (ran.code, "Traceback" in ran.err) in ((0, False), (2, False))


def test_no_words_at_all_get_the_help_and_a_usage_code(openaudit: Shell) -> None:
    ran = openaudit()

    assert ran.code == 2
    assert "openaudit check" in ran.out


def test_a_message_never_acts_on_the_terminal(openaudit: Shell) -> None:
    Path(".openaudit.yaml").write_text('"a\\e[31mb": 1\n', "utf-8")

    ran = openaudit("check", "gpt2", "--offline")

    assert ran.code == 2
    assert "\x1b" not in ran.err


def test_broken_toml_is_located(openaudit: Shell) -> None:
    Path("pyproject.toml").write_text("[tool.openaudit\n", "utf-8")

    ran = openaudit("check", "gpt2", "--offline")

    assert ran.code == 2
    assert "pyproject.toml: not valid TOML" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("LICENSE", b"", "empty"),
        ("LICENSE", bytes(range(256)) * 8, "binary"),
    ],
)
def test_a_file_that_is_no_text_cannot_be_audited(
    openaudit: Shell, name: str, content: bytes, complaint: str
) -> None:
    Path(name).write_bytes(content)

    ran = openaudit("check", f"./{name}")

    assert ran.code == 3
    assert complaint in ran.err


def test_malformed_front_matter_is_a_finding_and_not_a_failure(openaudit: Shell) -> None:
    Path("README.md").write_text("---\nlicense: [mit\n---\n# Tiny\n", "utf-8")

    ran = openaudit("check", "./README.md", "--format", "json")

    assert ran.code == 0
    assert "front-matter-broken" in [f["id"] for f in ran.json["releases"][0]["findings"]]


def test_a_dead_hub_is_told_in_a_line_and_no_catalog_speaks_for_it(openaudit: Shell) -> None:
    ran = openaudit("check", "meta-llama/Llama-2-7b", "--hub", "http://127.0.0.1:9")

    assert ran.code == 3
    assert ran.out == ""
    assert "127.0.0.1:9" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_hub_that_cannot_be_reached_falls_back_to_the_catalog_with_a_warning(
    openaudit: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openaudit.sources.endpoint._DEFAULT", "http://127.0.0.1:9")

    ran = openaudit("check", "meta-llama/Llama-2-7b", "-q")

    assert ran.code == 0
    assert "Weights Available AI" in ran.out
    assert "warning: " in ran.err
    assert "answering from the catalog" in ran.err


def test_a_missing_release_says_what_to_try(openaudit: Shell, hub: LoopbackHub) -> None:
    ran = openaudit("check", "acme/none-such", "--hub", hub.url)

    assert ran.code == 3
    assert "HF_TOKEN" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_an_internal_error_is_70_and_asks_for_a_report(
    openaudit: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr(api, "audit_release", broken)

    ran = openaudit("check", "gpt2", "--offline")
    verbose = openaudit("check", "gpt2", "--offline", "-v")

    assert (ran.code, verbose.code) == (70, 70)
    assert "internal error: RuntimeError: a wheel came off" in ran.err
    assert "Traceback" not in ran.err
    assert "Traceback" in verbose.err


def test_an_interrupt_is_130_and_says_so(openaudit: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "audit_release", interrupted)

    ran = openaudit("check", "gpt2", "--offline")

    assert ran.code == 130
    assert "interrupted" in ran.err


def test_usage_outranks_what_could_not_be_audited(openaudit: Shell) -> None:
    assert openaudit("check", "a/b/c", "acme/none-such", "--offline").code == 2


def test_help_is_no_error() -> None:
    assert run(["--help"]) == 0
