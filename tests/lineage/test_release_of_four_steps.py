"""A release four steps from its first base, on a hub, against reports a person has read.

The chain is in `tests/releases/chain/hub`: a restricted base, a copy of it in four bits, an adapter
under a permissive name, a merge of it with a model that is not for commerce, and a GGUF of that.
To accept a change: `OPENAUDIT_ACCEPT=1 pytest tests/lineage`, then read the difference.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.hub import LoopbackHub
from tests.hub.repository import read_repositories
from tests.test_releases import FORMATS, timeless

CHAIN = Path(__file__).parents[1] / "releases" / "chain"
ROOT = "packer/poems-and-verse-GGUF"
WAY = [ROOT, "mixer/poems-and-verse", "tuner/poems-lora", "copies/Llama-3.1-8B-bnb-4bit"]
BASE = "maker/Llama-3.1-8B"


@pytest.fixture
def chain() -> Iterator[LoopbackHub]:
    with LoopbackHub(*read_repositories(CHAIN / "hub")) as hub:
        yield hub


@pytest.mark.parametrize("format_", FORMATS)
def test_the_report_is_as_a_person_accepted_it(
    format_: str, chain: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted = CHAIN / FORMATS[format_]

    ran = Shell(capsys)("check", ROOT, "--hub", chain.url, "--format", format_)

    said = placeless(timeless(ran.out), chain)
    if os.environ.get("OPENAUDIT_ACCEPT"):
        accepted.write_text(said, "utf-8", newline="\n")
    assert (ran.code, ran.err) == (0, "")
    assert said == accepted.read_text("utf-8")


def test_each_lost_term_is_told_with_the_release_that_let_go_and_the_way(
    chain: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Shell(capsys)("check", ROOT, "--hub", chain.url, "--format", "json")

    conflicts = ran.json["releases"][0]["lineage"]["conflicts"]
    found = {c["clause"]: (c["dropped_by"], c["path"]) for c in conflicts}
    assert found == {
        "non-commercial": ("mixer/poems-and-verse", [*WAY[:2], "artist/verse"]),
        **{
            clause: ("tuner/poems-lora", [*WAY, BASE])
            for clause in (
                "user-cap",
                "use-restrictions",
                "acceptable-use-policy",
                "display-attribution",
                "naming",
            )
        },
    }


def test_what_the_chain_binds_is_the_union_and_each_clause_tells_its_way(
    chain: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Shell(capsys)("check", ROOT, "--hub", chain.url, "--format", "json")

    release = ran.json["releases"][0]
    via = {c["id"]: c["via"] for c in release["clauses"] if c["kind"] == "restriction"}
    assert via["user-cap"] == [*WAY[1:], BASE]
    assert via["non-commercial"] == [WAY[1], "artist/verse"]
    assert release["dimensions"]["lineage"]["grade"] == "conflict"


def test_a_chain_costs_one_question_a_release_and_its_texts(
    chain: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    Shell(capsys)("check", ROOT, "--hub", chain.url, "--quiet")

    asked = [r.path.partition("?")[0] for r in chain.log]
    questions = [p for p in asked if p.startswith("/api/")]
    assert sorted(questions) == sorted(
        [f"/api/models/{name}" for name in (*WAY, BASE, "artist/verse")]
        + ["/api/datasets/them/talk"]
    )
    texts = len(questions) + 1  # a card each, and the configuration of the adapter
    assert len(asked) == len(questions) + texts


def test_without_lineage_no_parent_is_asked_for_and_nothing_is_permitted(
    chain: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Shell(capsys)("check", ROOT, "--hub", chain.url, "--no-lineage", "--format", "json")

    release = ran.json["releases"][0]
    facts = {f["id"]: f["answer"] for f in release["facts"]}
    assert all(ROOT in r.path for r in chain.log)
    assert facts["usage.commercial"] == "unknown"
    assert [n["state"] for n in release["lineage"]["behind"]] == ["not-followed"]


def test_depth_says_how_many_steps_are_followed(
    chain: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Shell(capsys)("check", ROOT, "--hub", chain.url, "--depth", "2", "--format", "json")

    behind = ran.json["releases"][0]["lineage"]["behind"]
    assert {n["id"]: n["state"] for n in behind if not n["id"].startswith("datasets/")} == {
        "mixer/poems-and-verse": "read",
        "artist/verse": "read",
        "tuner/poems-lora": "read",
        "copies/Llama-3.1-8B-bnb-4bit": "not-followed",
    }


def test_bundles_fetched_with_their_lineage_are_a_chain_without_a_network(
    chain: LoopbackHub,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    openaudit, bundles = Shell(capsys), str(tmp_path / "bundles")
    fetched = openaudit("fetch", ROOT, "--lineage", "-o", bundles, "--hub", chain.url, "-q")
    monkeypatch.setenv("OPENAUDIT_CACHE", str(tmp_path / "another"))

    ran = openaudit("check", bundles, "--offline", "--format", "json")

    [release] = [r for r in ran.json["releases"] if r["id"] == ROOT]
    assert fetched.code == 0
    assert len(ran.json["releases"]) == 7
    assert {n["state"] for n in release["lineage"]["behind"]} == {"read"}
    assert "user-cap" in {c["clause"] for c in release["lineage"]["conflicts"]}


def test_a_parent_that_cannot_be_fetched_is_told_and_the_rest_is_kept(
    hub: LoopbackHub, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    hub.add("acme/tiny", {"README.md": "---\nbase_model: [acme/gone, acme/base]\n---\n"})
    hub.add("acme/base", {"README.md": "# Base\n"})

    ran = Shell(capsys)(
        "fetch", "acme/tiny", "--lineage", "-o", str(tmp_path / "out"), "--hub", hub.url
    )

    assert ran.code == 0
    assert "warning: acme/gone: not fetched" in ran.err
    assert len(list((tmp_path / "out").iterdir())) == 2


def placeless(text: str, hub: LoopbackHub) -> str:
    """Return a report without the address of the hub and the time of the day."""
    text = (
        text.replace(hub.url, "HUB_URL")
        .replace(hub.host, "HUB")
        .replace(hub.host.replace(".", "\\."), "HUB")
    )
    text = re.sub(r'"retrieved_at": "[^"]*"', '"retrieved_at": "TIME"', text)
    return re.sub(r"(texts? read )[\d\\-]+", r"\1DAY", text)
