"""Lock and verify through the command line, against a hub whose releases move."""

import json
from pathlib import Path

import jsonschema

from openaudit.reporters.lock_v1_types import json_schema
from tests.cli.shell import Shell
from tests.hub import LoopbackHub

CARD = "---\nlicense: other\nlicense_name: tiny\n---\n# Tiny\n"
GRANT = "Tiny License\n\n1. Grant. We grant you a license to use and modify the Tiny model.\n\n"
CAP = (
    "2. Size. If the monthly active users of your products exceed {} in any month, you must\n"
    "obtain a further license from us before you go on using the Tiny model.\n\n"
)
BAN = (
    "3. Outputs. You may not use the outputs of the Tiny model to train any other language model.\n"
)


def _serve(hub: LoopbackHub, terms: str, card: str = CARD) -> None:
    hub.add("acme/tiny", {"README.md": card, "LICENSE": terms})


def test_a_lock_says_what_binds_and_is_the_same_twice(openaudit: Shell, hub: LoopbackHub) -> None:
    _serve(hub, GRANT + CAP.format("3 million"))

    first = openaudit("lock", "acme/tiny", "--hub", hub.url, "-o", "-")
    again = openaudit("lock", "acme/tiny", "--hub", hub.url, "-o", "-")

    [release] = first.json["releases"]
    jsonschema.validate(first.json, json_schema())
    assert first.out == again.out
    assert release["reference"] == "acme/tiny"
    assert "user-cap" in [c["id"] for c in release["clauses"]]
    assert [t["document"] for t in release["texts"]] == ["LICENSE"]


def test_a_lock_that_still_holds_passes(openaudit: Shell, hub: LoopbackHub) -> None:
    _serve(hub, GRANT)
    openaudit("lock", "acme/tiny", "--hub", hub.url)

    ran = openaudit("verify", "--hub", hub.url)

    assert (ran.code, ran.out) == (0, "acme/tiny: same\n")


def test_changed_terms_are_told_in_clauses(openaudit: Shell, hub: LoopbackHub) -> None:
    _serve(hub, GRANT + CAP.format("3 million") + BAN)
    openaudit("lock", "acme/tiny", "--hub", hub.url)
    _serve(hub, GRANT + CAP.format("2 million"))

    ran = openaudit("verify", "--hub", hub.url)

    assert ran.code == 1
    assert "text LICENSE changed" in ran.out
    assert "user-cap changed: count 3,000,000 -> 2,000,000" in ran.out
    assert "training-ban" in ran.out
    assert "removed" in ran.out


def test_another_revision_of_the_same_terms_is_a_note(openaudit: Shell, hub: LoopbackHub) -> None:
    _serve(hub, GRANT)
    openaudit("lock", "acme/tiny", "--hub", hub.url)
    _serve(hub, GRANT, CARD + "More words.\n")

    ran = openaudit("verify", "--hub", hub.url, "--format", "json")
    strict = openaudit("verify", "--hub", hub.url, "--strict")

    assert [r["kind"] for r in ran.json["releases"]] == ["moved"]
    assert (ran.code, strict.code) == (0, 1)


def test_a_reference_that_came_to_the_tree_is_not_locked(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    _serve(hub, GRANT)
    hub.add("acme/new", {"README.md": "---\nlicense: mit\n---\n"})
    Path("app").mkdir()
    Path("app/model.yaml").write_text("model: acme/tiny\n")
    openaudit("lock", "app", "--hub", hub.url)
    Path("app/more.yaml").write_text("model: acme/new\n")

    ran = openaudit("verify", "--hub", hub.url)

    assert ran.code == 1
    assert "acme/new: unlocked" in ran.out


def test_a_release_that_is_gone_cannot_be_verified(openaudit: Shell, hub: LoopbackHub) -> None:
    _serve(hub, GRANT)
    openaudit("lock", "acme/tiny", "--hub", hub.url, "-o", "a.lock")
    lock = Path("a.lock").read_text().replace("acme/tiny", "acme/gone")
    Path("b.lock").write_text(lock)

    ran = openaudit("verify", "b.lock", "--hub", hub.url)

    assert ran.code == 3
    assert "acme/gone: failed" in ran.out


def test_a_damaged_lock_is_told_in_one_line(openaudit: Shell) -> None:
    Path("cut.lock").write_text('{\n"schema": \n')
    Path("odd.lock").write_text(json.dumps({"schema": "openaudit-lock-v1", "releases": 3}))

    cut, odd, none = (openaudit("verify", f) for f in ("cut.lock", "odd.lock", "none.lock"))

    assert (cut.code, odd.code, none.code) == (2, 2, 2)
    assert cut.err.startswith("openaudit: cut.lock:3: not JSON")
    assert odd.err.startswith("openaudit: odd.lock: path: ")
    assert none.err.startswith("openaudit: none.lock: cannot be read")
    assert [e.count("\n") for e in (cut.err, odd.err, none.err)] == [1, 1, 1]


def test_a_well_known_release_verifies_with_no_network(openaudit: Shell) -> None:
    openaudit("lock", "meta-llama/Llama-2-7b", "--offline")

    assert openaudit("verify", "--offline").code == 0
