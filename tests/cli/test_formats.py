"""The formats of CI on the command line: several at once, one audit, one exit code."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from openaudit.cli.formats import TELLS_FAILURES, Format
from tests.cli.shell import Shell
from tests.hub import LoopbackHub

MACHINES = sorted(set(Format) - {Format.TERMINAL})


def model(directory: str = "model", license_: str = "mit") -> None:
    Path(directory).mkdir(parents=True)
    Path(directory, "README.md").write_text(f"---\nlicense: {license_}\n---\n# Tiny\n", "utf-8")
    Path(directory, "model.safetensors").touch()


def test_several_formats_are_written_from_one_audit(openaudit: Shell, hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": "---\nlicense: mit\n---\n# Tiny\n"})
    outputs = [word for f in MACHINES for word in ("-o", f"{f}=out-{f}")]

    ran = openaudit("check", "acme/tiny", "--hub", hub.url, *outputs, "-q")
    asked = len(hub.log)
    alone = openaudit("check", "acme/tiny", "--hub", hub.url, "-q")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == alone.out
    assert len(hub.log) == 2 * asked
    assert {p.name for p in Path().glob("out-*")} == {f"out-{f}" for f in MACHINES}
    assert json.loads(Path("out-sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert ET.parse("out-junit").getroot().tag == "testsuites"  # noqa: S314  # we wrote it
    assert isinstance(json.loads(Path("out-gitlab").read_text("utf-8")), list)
    assert Path("out-summary").read_text("utf-8").startswith("## openaudit: 1 release audited")
    assert json.loads(Path("out-spdx").read_text("utf-8"))["spdxVersion"] == "SPDX-2.3"
    assert Path("out-spdx-tv").read_text("utf-8").startswith("## Document Information\n")


@pytest.mark.parametrize("format_", MACHINES)
def test_the_format_changes_no_exit_code(openaudit: Shell, format_: str) -> None:
    model()

    assert openaudit("check", "./model", "--offline", "--format", format_).code == 0
    assert openaudit("check", "./gone", "--offline", "--format", format_).code == 3
    assert openaudit("check", "a/b/c", "--offline", "--format", format_).code == 2


@pytest.mark.parametrize("format_", sorted(TELLS_FAILURES))
def test_a_reference_that_could_not_be_audited_is_in_the_report(
    openaudit: Shell, format_: str
) -> None:
    model()

    some = openaudit("check", "./model", "./gone", "--offline", "--format", format_)
    none = openaudit("check", "./gone", "--offline", "-o", f"{format_}=out")

    assert "not-audited" in some.out
    assert "gone" in some.out
    assert (some.code, none.code) == (3, 3)
    assert "not-audited" in Path("out").read_text("utf-8")


def test_a_bill_of_materials_of_nothing_is_not_written(openaudit: Shell) -> None:
    ran = openaudit("check", "./gone", "--offline", "-o", "spdx=out.json")

    assert (ran.code, ran.out) == (3, "")
    assert not Path("out.json").exists()


@pytest.mark.parametrize(
    ("file", "begin"), [("x.spdx", "## Document"), ("x.spdx.json", "{"), ("x.json", "{")]
)
def test_the_ending_of_a_file_says_which_form_of_spdx_it_has(
    openaudit: Shell, file: str, begin: str
) -> None:
    openaudit("check", "gpt2", "--offline", "-o", f"spdx={file}")

    assert Path(file).read_text("utf-8").startswith(begin)


def test_a_finding_stands_at_its_words_in_the_repository(openaudit: Shell) -> None:
    model("models/tiny", license_="tiny-license-of-nobody")

    [issue, *_] = openaudit("check", "models/tiny", "--offline", "--format", "gitlab").json

    assert issue["location"] == {"path": "models/tiny/README.md", "lines": {"begin": 2}}


def test_no_report_holds_a_path_from_the_root(openaudit: Shell) -> None:
    model(license_="tiny-license-of-nobody")
    root = str(Path.cwd())

    for format_ in MACHINES:
        out = openaudit("check", f"{root}/model", f"{root}/gone", "--offline", "--format", format_)
        if format_ in TELLS_FAILURES or format_.startswith("spdx"):
            assert root not in out.out
            assert "model" in out.out


def test_the_password_of_an_address_is_printed_nowhere(openaudit: Shell) -> None:
    address = "https://eve:hunter2@huggingface.co/a/b/c"

    for format_ in MACHINES:
        ran = openaudit("check", address, "--offline", "--format", format_)

        assert "huggingface.co/a/b/c" in ran.err
        assert "hunter2" not in ran.out + ran.err


def test_a_configuration_may_set_any_format(openaudit: Shell) -> None:
    model()
    Path(".openaudit.yaml").write_text("format: gitlab\n", "utf-8")

    assert openaudit("check", "./model", "--offline").out.startswith("[")


def test_a_text_is_reported_in_the_formats_that_fit_a_text(openaudit: Shell) -> None:
    Path("LICENSE").write_text("Do what you like.\n", "utf-8")

    ran = openaudit("license", "LICENSE", "-o", "sarif=x")

    assert ran.code == 2
    assert "'sarif' is no format; choose terminal, json, jsonl, markdown" in ran.err
