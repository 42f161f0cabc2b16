"""Start-up is a feature: what a run from the catalog imports, and what the wheel carries."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from openaudit.clauses.branches import of_rules
from openaudit.clauses.prepared import dump
from openaudit.data import knowledge, pack, pack_frameworks, packed_text

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


FORMATS = ("json", "markdown", "sarif", "junit", "gitlab", "github", "summary", "cyclonedx")
FORMS: list[list[str]] = [
    [],
    ["-q"],
    ["--framework", "all"],
    *(["--format", name] for name in FORMATS),
]


@pytest.mark.parametrize("form", FORMS)
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
    assert "--format" not in form or "rich" not in loaded


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

    assert packed == packed_text(pack(ROOT))
    frameworks = (wheel / "openaudit" / "_data" / "frameworks.json").read_text("utf-8")
    assert frameworks == pack_frameworks(ROOT)


def test_the_wheel_carries_what_the_patterns_require(wheel: Path) -> None:
    carried = (wheel / "openaudit" / "_data" / "patterns.json").read_text("utf-8")

    assert carried == dump(of_rules(knowledge().clauses.values()))


def test_the_wheel_looks_up_what_a_pattern_requires(wheel: Path) -> None:
    program = (
        "from openaudit.clauses import branches, literals; "
        "from openaudit.data import knowledge; "
        "literals.required = literals.known = None; "  # what reads a pattern apart
        "rules = knowledge().clauses.values(); "
        "every = [p for r in rules for a in r.match for p in (*a.all, *a.in_order)]; "
        "print(len(every), sum(bool(literals.all_requirements((p,))) for p in every), "
        "sum(bool(branches.ways(p)) for p in every))"
    )

    every, required, several = map(int, run_installed(wheel, program).split())

    assert every > required > several > 0


def test_the_wheel_reads_frameworks_only_when_they_are_asked_for(wheel: Path) -> None:
    program = (
        "from openaudit.cli import run; from openaudit.data import frameworks; import sys; "
        "words = ['check', 'gpt2', '--offline', '-q']; run(words); "
        "print(frameworks.cache_info().currsize, 'openaudit.openness.parameters' in sys.modules); "
        "run([*words, '--framework', 'osai']); print(frameworks.cache_info().currsize)"
    )

    plain, unread, asked, read = run_installed(wheel, program).splitlines()

    assert (unread, read) == ("0 False", "1")
    assert asked == f"{plain}  osai-index=unknown"


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


def test_the_wheel_carries_no_tests_and_no_yaml_but_rules_and_policies(wheel: Path) -> None:
    names = [p.relative_to(wheel).as_posix() for p in wheel.rglob("*") if p.is_file()]

    rules = {f"openaudit/_data/rules/{p.name}" for p in (ROOT / "rules/clauses").glob("*.yaml")}
    listed = (ROOT / "rules/policies").glob("*.yaml")
    policies = {f"openaudit/_data/policies/{p.name}" for p in listed}
    assert {n for n in names if n.endswith((".yaml", ".yml"))} == rules | policies
    assert not [n for n in names if n.startswith("tests/")]


def test_the_rules_are_tried_where_there_is_no_checkout(wheel: Path) -> None:
    program = "from openaudit.cli import run; print(run(['rules', 'test']))"

    summary, code = run_installed(wheel, program).splitlines()[-2:]

    rules = len(list((ROOT / "rules/clauses").glob("*.yaml")))
    assert summary.startswith(f"{rules} rules, ")
    assert "failed" not in summary
    assert code == "0"


def test_the_presets_are_there_where_there_is_no_checkout(wheel: Path) -> None:
    program = (
        "from openaudit.cli import run; "
        "print(run(['check', 'gpt2', '--offline', '-q', '--policy', 'commercial']))"
    )

    assert run_installed(wheel, program).splitlines()[0].startswith("PASS")


def test_packed_and_unpacked_knowledge_are_the_same(wheel: Path) -> None:
    program = "from openaudit.data import knowledge; print(repr(knowledge()))"

    assert run_installed(wheel, program).strip() == repr(knowledge())


def test_what_stands_apart_in_the_packed_form_is_what_the_yaml_says() -> None:
    raw = pack(ROOT)
    known = knowledge()

    for license_id, said in raw["licenses"].items():
        profile = known.licenses[license_id]
        assert [(c.id, c.section) for c in profile.clauses] == [
            (c["id"], c.get("section", "")) for c in said.get("clauses", [])
        ]
        assert [t.sha256 for t in profile.texts] == [t["sha256"] for t in said.get("texts", [])]
    for rule_id, said in raw["clauses"].items():
        alternatives = known.clauses[rule_id].match
        assert [(a.all, a.in_order) for a in alternatives] == [
            (tuple(m.get("all", ())), tuple(m.get("in_order", ()))) for m in said["match"]
        ]
    for record, said in zip(known.records, raw["records"], strict=True):
        assert {f.id: f.value for f in record.facts} == {
            k: f["value"] for k, f in said["facts"].items()
        }


def test_an_audit_parses_only_the_facts_and_patterns_it_needs(wheel: Path, tmp_path: Path) -> None:
    words = ["check", "meta-llama/Llama-2-7b", "--offline", "-q"]
    program = (
        f"import os; os.environ['OPENAUDIT_CACHE'] = {str(tmp_path)!r}; "
        f"from openaudit.cli import run; run({words!r}); "
        "from openaudit.data import knowledge; known = knowledge(); "
        "apart = [p.clauses for p in known.licenses.values()], [r.facts for r in known.records]; "
        "print(*(sum(getattr(one, 'built', False) for one in each) for each in apart))"
    )

    profiles, facts = map(int, run_installed(wheel, program).splitlines()[-1].split())

    assert profiles == 2  # the license, and its use policy
    assert facts == 1
