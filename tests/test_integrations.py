"""What runs openaudit elsewhere: the action, the hook, the GitLab job and the shell recipe.

Each is run as its host would run it, offline, on a small tree whose one model no preset of open
source allows; what is not run is the installation, for a test has no package index.
"""

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
GITLAB = yaml.safe_load((ROOT / "examples/ci/gitlab.yml").read_text("utf-8"))["openaudit"]
RECIPE = ROOT / "examples/ci/openaudit.sh"

INSTALL, SCAN = ACTION["runs"]["steps"]
OPTIONS_OF_GITHUB = ("--noprofile", "--norc", "-e", "-o", "pipefail")

Ran = subprocess.CompletedProcess[str]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    directory = tmp_path / "app"
    directory.mkdir()
    (directory / "app.py").write_text('\nMODEL = "meta-llama/Llama-2-7b"\n', "utf-8")
    return directory


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Where a runner would have put the environment that openaudit is installed in."""
    directory = tmp_path / "runner" / "openaudit" / "bin"
    directory.mkdir(parents=True)
    write_program(
        directory / "openaudit",
        f'PYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m openaudit "$@"',
    )
    return directory


def write_program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)


def run(command: list[str], tree: Path, programs: Path, **variables: str) -> Ran:
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **variables}
    return subprocess.run(
        command, cwd=tree, env=environment, check=False, capture_output=True, text=True
    )


def run_step(step: dict[str, Any], tree: Path, programs: Path, **given: str) -> Ran:
    """Run a step of the action as GitHub does: inputs go into `env`, bash runs a file."""
    inputs = {name: told["default"] for name, told in ACTION["inputs"].items()} | given
    variables = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: inputs[found[1]], value)
        for name, value in step["env"].items()
    }
    runner = programs.parents[1]
    variables |= {
        "RUNNER_TEMP": str(runner),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_STEP_SUMMARY": str(runner / "summary.md"),
    }
    script = runner / "step.sh"
    script.write_text(step["run"], "utf-8")
    return run(["bash", *OPTIONS_OF_GITHUB, str(script)], tree, programs, **variables)


def names_the_model(sarif: Path) -> bool:
    [result] = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]
    where = result["locations"][0]["physicalLocation"]
    return (
        where["artifactLocation"]["uri"] == "app.py"
        and where["region"]["startLine"] == 2
        and "meta-llama/Llama-2-7b" in result["message"]["text"]
    )


def test_the_action_fails_the_job_and_leaves_what_github_shows(tree: Path, programs: Path) -> None:
    ran = run_step(SCAN, tree, programs, policy="osi-only", args="--offline\n--no-lineage\n")

    assert ran.returncode == 1, ran.stderr
    assert "file=app.py,line=2" in ran.stdout
    assert names_the_model(tree / "openaudit.sarif")
    runner = programs.parents[1]
    assert (runner / "output").read_text("utf-8") == "exit-code=1\n"
    assert "meta-llama/Llama-2-7b" in (runner / "summary.md").read_text("utf-8")


def test_the_action_passes_where_the_policy_holds(tree: Path, programs: Path) -> None:
    (tree / "app.py").write_text('MODEL = "openai-community/gpt2"\n', "utf-8")

    ran = run_step(SCAN, tree, programs, policy="osi-only", sarif="", args="--offline")

    assert ran.returncode == 0, ran.stderr
    assert (programs.parents[1] / "output").read_text("utf-8") == "exit-code=0\n"
    assert [path.name for path in tree.iterdir()] == ["app.py"]


@pytest.mark.parametrize("name", ["path", "policy", "format", "sarif", "args", "version"])
def test_no_input_of_the_action_is_run(name: str, tree: Path, programs: Path) -> None:
    write_program(programs / "python3", "exit 0")
    write_program(programs / "pip", "exit 0")
    hostile = "\"; touch taken; ': $(touch taken) `touch taken`"

    for step in (INSTALL, SCAN):
        assert "${{" not in step["run"]
        run_step(step, tree, programs, **({"args": "--offline"} | {name: hostile}))

    assert not (tree / "taken").exists()


@pytest.mark.parametrize(
    ("version", "package"), [("", str(ROOT)), ("0.1.0", "openaudit-ai==0.1.0")]
)
def test_the_action_installs_its_own_checkout_or_the_version_asked_for(
    version: str, package: str, tree: Path, programs: Path
) -> None:
    write_program(programs / "python3", 'echo "python3 $*"')
    write_program(programs / "pip", 'echo "pip $*"')

    ran = run_step(INSTALL, tree, programs, version=version)

    assert ran.returncode == 0, ran.stderr
    made, installed = ran.stdout.splitlines()
    assert made == f"python3 -m venv {programs.parent}"
    assert installed.startswith("pip install ")
    assert installed.endswith(f" {package}")


def test_each_step_of_the_action_says_its_shell() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert {step["shell"] for step in (INSTALL, SCAN)} == {"bash"}


@pytest.mark.parametrize(
    ("model", "code", "says"),
    [
        ("meta-llama/Llama-2-7b", 1, "the policy is broken"),
        ("openai-community/gpt2", 0, "the policy holds"),
        ("acme/nobody-recorded-this", 3, "could not be audited"),
    ],
)
def test_the_recipe_says_and_passes_on_the_exit_code(
    model: str, code: int, says: str, tree: Path, programs: Path
) -> None:
    (tree / "app.py").write_text(f'\nMODEL = "{model}"\n', "utf-8")

    ran = run([str(RECIPE), ".", "--offline"], tree, programs, OPENAUDIT_POLICY="osi-only")

    assert ran.returncode == code, ran.stderr
    assert ran.stderr.splitlines()[-1].endswith(f"(exit code {code})")
    assert says in ran.stderr.splitlines()[-1]


def test_the_recipe_writes_each_report_it_promises(tree: Path, programs: Path) -> None:
    run([str(RECIPE), ".", "--offline"], tree, programs, OPENAUDIT_POLICY="osi-only")

    reports = tree / "openaudit-reports"
    assert names_the_model(reports / "openaudit.sarif")
    assert ET.parse(reports / "openaudit.xml").getroot().tag == "testsuites"  # noqa: S314 - ours
    assert "meta-llama/Llama-2-7b" in (reports / "openaudit.json").read_text("utf-8")


def test_the_recipe_never_calls_a_wrong_policy_broken(tree: Path, programs: Path) -> None:
    ran = run([str(RECIPE), ".", "--offline"], tree, programs, OPENAUDIT_POLICY="no-such-preset")

    assert ran.returncode == 2
    assert "the call, the policy or the settings are wrong" in ran.stderr


def test_the_gitlab_job_writes_the_artifacts_it_uploads(tree: Path, programs: Path) -> None:
    [command] = GITLAB["script"]

    ran = run(
        ["bash", "-e", "-c", command],
        tree,
        programs,
        OPENAUDIT_POLICY="osi-only",
        HF_HUB_OFFLINE="1",
    )

    assert ran.returncode == 1, ran.stderr
    reports = GITLAB["artifacts"]["reports"]
    [found] = json.loads((tree / reports["codequality"]).read_text("utf-8"))
    assert found["location"] == {"path": "app.py", "lines": {"begin": 2}}
    assert (tree / reports["junit"]).is_file()
    assert GITLAB["artifacts"]["when"] == "always"


@pytest.mark.parametrize(("args", "code"), [(HOOK["args"], 0), (["--policy", "osi-only"], 1)])
def test_the_hook_judges_by_its_policy_or_the_one_given_instead(
    args: list[str], code: int, tree: Path, programs: Path
) -> None:
    command = [*shlex.split(HOOK["entry"]), *args, "--offline"]

    ran = run(command, tree, programs)

    assert ran.returncode == code, ran.stderr
    assert "app.py:2" in ran.stdout
    assert f"policy {args[1]}" in ran.stdout
    assert HOOK["pass_filenames"] is False  # else the names of files would follow as more paths


@pytest.mark.skipif(
    importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"
)
def test_pre_commit_accepts_the_manifest(tree: Path, programs: Path) -> None:
    manifest = str(ROOT / ".pre-commit-hooks.yaml")

    ran = run([sys.executable, "-m", "pre_commit", "validate-manifest", manifest], tree, programs)

    assert ran.returncode == 0, ran.stdout + ran.stderr
