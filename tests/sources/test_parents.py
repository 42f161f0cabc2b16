"""Parents are asked for several at once, never from a disk, and none of them ends the audit."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from openaudit.data import knowledge
from openaudit.model.lineage import Absent, NodeState
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release
from openaudit.sources.obtain import Route
from openaudit.sources.parents import parents
from tests.cli.shell import Shell
from tests.hub import LoopbackHub
from tests.hub.repository import Fault, unavailable
from tests.sources.making import CARD

PATIENCE = 20.0
WAIT = 0.3


def route(hub: str | None, *, offline: bool = False) -> Route:
    return Route(offline, hub, say=lambda _: None, warn=lambda _: None)


def slow(seconds: float) -> list[Fault]:
    return [Fault("slow", seconds=seconds, times=None)]


def test_many_parents_are_asked_for_at_once_and_each_once(hub: LoopbackHub) -> None:
    names = [f"acme/part-{n}" for n in range(8)]
    for name in names:
        hub.add(name, {"README.md": CARD}, faults=slow(WAIT))
    ask = parents((), route(hub.url))
    before = time.monotonic()

    answers = ask(names)
    took = time.monotonic() - before
    again = ask(names)

    assert all(isinstance(a, Release) for a in answers.values())
    assert again == answers
    assert took < WAIT * len(names) / 2
    assert len([r for r in hub.log if r.path.startswith("/api/")]) == len(names)
    assert len(hub.log) == 2 * len(names)  # the card of each


def test_a_merge_of_eight_costs_a_question_and_a_text_each_and_the_time_of_one(
    hub: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"acme/part-{n}" for n in range(8)]
    for name in names:
        hub.add(name, {"README.md": CARD}, faults=slow(WAIT))
    hub.add("acme/merge", {"README.md": f"---\nlicense: mit\nbase_model: {names}\n---\n"})
    hub.add("acme/first", {"README.md": CARD}, faults=slow(WAIT))
    hub.add("acme/next", {"README.md": "---\nbase_model: acme/first\n---\n"}, faults=slow(WAIT))
    hub.add("acme/line", {"README.md": "---\nbase_model: acme/next\n---\n"})

    def took(root: str) -> tuple[float, list[str]]:
        asked, started = len(hub.log), time.monotonic()
        Shell(capsys)("check", root, "--hub", hub.url, "-q")
        return time.monotonic() - started, [r.path for r in hub.log[asked:]]

    took("acme/merge")  # imports and knowledge are paid for once
    wide, wide_asked = took("acme/merge")
    deep, deep_asked = took("acme/line")

    assert len(wide_asked) == 2 * (1 + 8)
    assert len([p for p in wide_asked if p.startswith("/api/")]) == 1 + 8
    assert len(deep_asked) == 2 * (1 + 2)
    assert wide < WAIT * 8 / 2  # one after the other they take at least eight waits
    assert deep >= 2 * WAIT  # a parent is known only once its child was read


def test_a_missing_a_gated_and_a_disabled_parent_are_answers(hub: LoopbackHub) -> None:
    hub.add("acme/gated", {"README.md": CARD, "LICENSE": "terms"}, gated="manual")
    hub.add("acme/shut", {"README.md": CARD}, disabled=True)
    hub.add("acme/down", {"README.md": CARD}, faults=[unavailable(None)])

    answers = parents((), route(hub.url))(["acme/gated", "acme/none", "acme/shut"])

    gated, none, shut = (answers[n] for n in ("acme/gated", "acme/none", "acme/shut"))
    assert isinstance(gated, Release)
    assert isinstance(none, Absent)
    assert none.state is NodeState.MISSING
    assert isinstance(shut, Absent)
    assert "disabled" in shut.detail


def test_a_renamed_parent_is_found_under_its_old_name(hub: LoopbackHub) -> None:
    hub.add("acme/now", {"README.md": CARD})
    hub.add("acme/before", {}, moved_to="acme/now")

    found = parents((), route(hub.url))(["acme/before"])["acme/before"]

    assert isinstance(found, Release)
    assert found.id == "acme/now"


@pytest.mark.parametrize(
    "name", ["tests", "./tests", "../tests", "/etc", "~/tests", "path:tests", "C:\\tests", "a/b/c"]
)
def test_the_name_of_a_parent_never_leads_to_the_disk(
    name: str, hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "tests"
    directory.mkdir()
    (directory / "README.md").write_text("---\nlicense: mit\n---\n")
    monkeypatch.chdir(tmp_path)

    found = parents((), route(hub.url))([name])[name]

    assert isinstance(found, Absent)
    assert found.state is (NodeState.MISSING if name == "tests" else NodeState.NOT_FOLLOWED)


@pytest.mark.parametrize(
    ("root", "parent"),
    [
        ("acme/tiny", "gh:acme/code"),
        ("acme/tiny", "https://github.com/acme/code"),
        ("acme/tiny", "ms:acme/base"),
        ("acme/tiny", "ollama:base"),
        ("ollama:tiny", "acme/base"),
    ],
)
def test_a_hub_that_was_named_is_asked_for_releases_of_its_own_kind_alone(
    root: str, parent: str, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "for-github-alone")
    monkeypatch.setenv("HF_TOKEN", "for-hugging-face-alone")
    at = parse(root)
    given = Release(at, "hub", at.id, None, Origin.HUB, None, Metadata())
    to_it = replace(route(hub.url), named=hub.url)

    found = parents((), to_it, [given])([parent])[parent]

    assert isinstance(found, Absent)
    assert (found.state, hub.log) == (NodeState.NOT_FOLLOWED, [])
    assert found.detail == "on another hub than the one that was named"


def test_offline_a_parent_comes_from_the_catalog_or_is_not_followed() -> None:
    ask = parents(knowledge().records, route(None, offline=True))

    answers = ask(["meta-llama/Llama-3.1-8B", "acme/never-heard-of"])

    assert isinstance(answers["meta-llama/Llama-3.1-8B"], Release)
    assert answers["acme/never-heard-of"] == Absent(
        NodeState.NOT_FOLLOWED, "neither in the cache nor in the catalog"
    )


def test_a_parent_that_answers_too_late_is_out_of_reach_and_the_others_are_kept(
    hub: LoopbackHub,
) -> None:
    hub.add("acme/quick", {"README.md": CARD})
    hub.add("acme/slow", {"README.md": CARD}, faults=slow(PATIENCE))

    answers = parents((), route(hub.url), patience=1.5)(["acme/slow", "acme/quick"])

    assert isinstance(answers["acme/quick"], Release)
    assert answers["acme/slow"] == Absent(NodeState.UNREACHABLE, "no answer within 1.5 seconds")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to a process")
def test_an_interrupt_while_parents_are_asked_for_ends_the_run_at_once(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    names = [f"acme/part-{n}" for n in range(4)]
    for name in names:
        hub.add(name, {"README.md": CARD}, faults=slow(PATIENCE))
    hub.add("acme/merge", {"README.md": f"---\nlicense: mit\nbase_model: {names}\n---\n"})
    command = [sys.executable, "-m", "openaudit", "check", "acme/merge", "--hub", hub.url]
    environment = {
        **os.environ,
        "OPENAUDIT_CACHE": str(tmp_path / "cache"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        end = time.monotonic() + PATIENCE
        while not any("part-3" in r.path for r in hub.log):
            assert process.poll() is None, "it ended before it asked for the parents"
            assert time.monotonic() < end, "it never asked for the parents"
            time.sleep(0.02)
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        took = time.monotonic() - before

    assert (process.returncode, out, err.splitlines()) == (130, "", ["openaudit: interrupted"])
    assert took < PATIENCE / 4
