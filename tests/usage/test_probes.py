"""Releases that tools of the field get wrong, answered from the catalog and from two directories.

The user is a company in the EU with ten million monthly active users that sells a product on the
release and trains another model on its outputs.
"""

from pathlib import Path

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.errors import ReleaseNotFound
from openaudit.model.clause import Clause
from openaudit.model.lineage import NodeState
from openaudit.model.reference import parse
from openaudit.model.release import Origin
from openaudit.model.report import Report
from openaudit.model.usage import Answer
from openaudit.sources import catalog, local
from openaudit.usage.profile import inline

USER = inline("commercial,mau=10M,region=EU,distill", knowledge().uses)

RELEASES = {
    "meta-llama/Llama-2-7b-hf": (
        ("yes-if", "no"),
        {"user-cap 700000000", "training-ban", "acceptable-use-policy"},
    ),
    "meta-llama/Llama-3.1-8B-Instruct": (
        ("yes-if", "yes-if"),
        {"user-cap 700000000", "naming", "display-attribution", "acceptable-use-policy"},
    ),
    "google/gemma-2-9b-it": (
        ("yes-if", "yes-if"),
        {"acceptable-use-policy", "pass-on-restrictions", "remote-restriction"},
    ),
    "moonshotai/Kimi-K2-Instruct": (
        ("yes", "yes"),
        {"user-cap 100000000 branding", "revenue-cap 20000000 branding"},
    ),
    "deepseek-ai/DeepSeek-R1": (("yes", "yes"), set()),
    "deepseek-ai/DeepSeek-V2": (
        ("yes-if", "yes-if"),
        {"use-restrictions", "pass-on-restrictions"},
    ),
    "tiiuae/falcon-180B": (("yes-if", "unclear"), {"hosting-ban", "acceptable-use-policy"}),
    "Qwen/Qwen2.5-72B-Instruct": (
        ("yes", "yes-if"),
        {"user-cap 100000000", "display-attribution"},
    ),
    "black-forest-labs/FLUX.1-dev": (("no", "no"), {"non-commercial"}),
    "Qwen/Qwen3-8B": (("yes", "yes"), set()),
    "mistralai/Mistral-Large-Instruct-2407": (("no", "no"), {"research-only"}),
}
DIRECTORIES = {
    "a non-commercial tune of Llama 2": (
        "license: cc-by-nc-4.0\nbase_model: meta-llama/Llama-2-7b-hf",
        ("no", "no"),
        {"non-commercial", "inherited user-cap 700000000", "inherited training-ban"},
    ),
    "a tune of Llama 3.1 that says it is Apache": (
        "license: apache-2.0\nbase_model: meta-llama/Llama-3.1-8B",
        ("yes-if", "yes-if"),
        {"inherited user-cap 700000000", "inherited naming", "inherited acceptable-use-policy"},
    ),
}


@pytest.mark.parametrize("name", RELEASES)
def test_a_release_of_the_catalog_is_answered_right(name: str) -> None:
    answers, terms = RELEASES[name]
    try:
        release = catalog.read(parse(name), knowledge().records)
    except ReleaseNotFound:
        pytest.skip(f"{name} is not in the catalog yet")

    report = audit_release(release, knowledge(), use=USER)
    for behind in report.chain.nodes:
        if behind.state is NodeState.NOT_FOLLOWED:
            pytest.skip(f"{behind.id}, which it was made from, is not in the catalog yet")

    assert answered(report) == answers
    assert terms <= deciding(report)


@pytest.mark.parametrize("name", DIRECTORIES)
def test_a_directory_is_answered_with_the_terms_of_its_base(name: str, tmp_path: Path) -> None:
    front_matter, answers, terms = DIRECTORIES[name]
    (tmp_path / "README.md").write_text(f"---\n{front_matter}\n---\n# Talker\n", "utf-8")

    report = audit_release(local.read(tmp_path), knowledge(), use=USER)

    assert answered(report) == answers
    assert terms <= deciding(report)


@pytest.mark.parametrize("name", ["deepseek-ai/DeepSeek-R1", "openai-community/gpt2"])
def test_an_open_source_license_leaves_nothing_to_decide(name: str) -> None:
    report = audit_release(catalog.read(parse(name), knowledge().records), knowledge(), use=USER)

    assert {a.answer for a in report.questions} == {Answer.YES}
    assert deciding(report) == set()


def test_lost_terms_of_a_base_are_a_condition_with_both_names(tmp_path: Path) -> None:
    front_matter, _, _ = DIRECTORIES["a tune of Llama 3.1 that says it is Apache"]
    (tmp_path / "README.md").write_text(f"---\n{front_matter}\n---\n# Talker\n", "utf-8")

    report = audit_release(local.read(tmp_path), knowledge(), use=USER)

    [lost] = [c for c in report.questions[0].conditions if "lets go of" in c]
    assert "meta-llama/Llama-3.1-8B" in lost
    assert "apache-2.0" in lost
    assert "naming" in lost


def answered(report: Report) -> tuple[str, str]:
    commercial, distill = report.questions
    return commercial.answer.value, distill.answer.value


def deciding(report: Report) -> set[str]:
    """Return the clauses of all answers, with number and effect, as a person would note them."""
    return {noted(c, report) for a in report.questions for c in a.clauses}


def noted(clause: Clause, report: Report) -> str:
    # Parents under the same license repeat a term; what counts is what is told of the release.
    via = "inherited " if clause.via and report.release.origin is not Origin.CATALOG else ""
    number = clause.params.get("count") if clause.id == "user-cap" else clause.params.get("amount")
    effect = "branding" if clause.params.get("effect") == "branding" else ""
    return " ".join(f"{via}{clause.id} {number or ''} {effect}".split())
