"""Start-up is a feature: what a run from the catalog imports, and what the wheel carries."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from openaudit.data import dumps, knowledge, pack

ROOT = Path(__file__).parents[1]

HEAVY = (
    "boolean",
    "httpx",
    "httpx2",
    "huggingface_hub",
    "license_expression",
    "numpy",
    "pyarrow",
    "pydantic",
    "spdx_tools",
    "urllib.request",
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked: an installation without its dependencies."""
    directory = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(directory)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    [built] = directory.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(directory / "site")
    return directory / "site"


def run_installed(site: Path, program: str) -> str:
    """Run Python on the unpacked wheel, outside the checkout."""
    start = f"import sys; sys.path.insert(0, {str(site)!r}); "
    command = [sys.executable, "-P", "-c", start + program]
    done = subprocess.run(command, check=True, cwd=site, capture_output=True, text=True)
    return done.stdout


FORMATS = ("json", "markdown", "sarif", "junit", "gitlab", "github", "summary")


@pytest.mark.parametrize("form", [[], ["-q"], *(["--format", name] for name in FORMATS)])
def test_a_run_from_the_catalog_imports_nothing_heavy(
    wheel: Path, tmp_path: Path, form: list[str]
) -> None:
    words = ["check", "meta-llama/Llama-2-7b", "--offline", *form]
    program = (
        f"import os; os.environ['OPENAUDIT_CACHE'] = {str(tmp_path)!r}; "
        f"from openaudit.cli import run; code = run({words!r}); "
        "print(); print(code, sorted(sys.modules))"
    )

    code, _, modules = run_installed(wheel, program).splitlines()[-1].partition(" ")

    loaded = set(json.loads(modules.replace("'", '"')))
    assert code == "0"
    assert loaded.isdisjoint(HEAVY)
    assert "yaml" not in loaded
    assert not form or "rich" not in loaded or form == ["-q"]


def test_the_version_is_answered_before_anything_is_imported(wheel: Path) -> None:
    program = (
        "sys.argv = ['openaudit', '--version']; from openaudit.__main__ import main; main(); "
        "print('typer' in sys.modules)"
    )

    version, typer = run_installed(wheel, program).split("\n", 1)

    assert version.startswith("openaudit ")
    assert typer.strip() == "False"


def test_the_wheel_carries_the_knowledge_of_the_checkout(wheel: Path) -> None:
    packed = (wheel / "openaudit" / "_data" / "data.json").read_text("utf-8")

    assert packed == dumps(pack(ROOT))


def test_the_wheel_carries_the_spdx_list_and_reads_it_only_for_a_name_without_a_profile(
    wheel: Path,
) -> None:
    program = (
        "from openaudit.data import knowledge, spdx_list; "
        "from openaudit.licenses.names import resolve; "
        "known = knowledge(); resolve('apache-2.0', known.licenses, known.tags); "
        "print(spdx_list.cache_info().currsize, 'openaudit.licenses.spdx' in sys.modules); "
        "print(resolve('curl', known.licenses, known.tags).expression); "
        "print(spdx_list.cache_info().currsize)"
    )

    assert run_installed(wheel, program).splitlines() == ["0 False", "curl", "1"]


def test_the_wheel_carries_no_tests_and_no_yaml_but_the_rules_to_try(wheel: Path) -> None:
    names = [p.relative_to(wheel).as_posix() for p in wheel.rglob("*") if p.is_file()]

    rules = {f"openaudit/_data/rules/{p.name}" for p in (ROOT / "rules/clauses").glob("*.yaml")}
    assert {n for n in names if n.endswith((".yaml", ".yml"))} == rules
    assert not [n for n in names if n.startswith("tests/")]


def test_the_rules_are_tried_where_there_is_no_checkout(wheel: Path) -> None:
    program = "from openaudit.cli import run; print(run(['rules', 'test']))"

    summary, code = run_installed(wheel, program).splitlines()[-2:]

    rules = len(list((ROOT / "rules/clauses").glob("*.yaml")))
    assert summary.startswith(f"{rules} rules, ")
    assert "failed" not in summary
    assert code == "0"


def test_packed_and_unpacked_knowledge_are_the_same(wheel: Path) -> None:
    program = "from openaudit.data import knowledge; print(repr(knowledge()))"

    assert run_installed(wheel, program).strip() == repr(knowledge())
