"""SARIF: what GitHub code scanning asks of it, and what others read beyond that."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from openaudit.data import knowledge
from openaudit.model.clause import Severity
from openaudit.model.decision import Outcome
from openaudit.model.run import Run
from openaudit.reporters import sarif
from tests.reporters.runs import (
    DATE,
    HOSTILE,
    REVISION,
    TERMS,
    decided,
    hub_report,
    rule,
    sighted,
    violation,
    waived,
    whole_run,
)

MULTITOOL = "@microsoft/sarif-multitool-linux@5.7.0"


def log(run: Run) -> Any:
    [found] = json.loads(sarif.render(run))["runs"]
    return found


def result(run: Run) -> Any:
    [found] = log(run)["results"]
    return found


def one(**values: Any) -> Run:
    return Run((hub_report(),), DATE, decided([violation(hub_report(), **values)]))


def unchecked() -> Run:
    rules = {f.id: rule(f.id, f.title, f.meaning) for f in knowledge().findings.values()}
    return replace(whole_run(), decision=None, rules=rules)


@pytest.mark.parametrize("run", [whole_run(), unchecked(), Run((), DATE)])
def test_every_rule_and_result_has_what_github_needs(run: Run) -> None:
    found = log(run)
    rules = found["tool"]["driver"]["rules"]

    assert len({r["id"] for r in rules}) == len(rules)
    for described in rules:
        for text in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(described[text]["text"]) <= (2048 if text == "help" else 1024)
        assert len(described["properties"]["tags"]) <= 20
        assert described["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
    prints = [r["partialFingerprints"]["primaryLocationLineHash"] for r in found["results"]]
    assert len(set(prints)) == len(prints)
    for told in found["results"]:
        assert rules[told["ruleIndex"]]["id"] == told["ruleId"]
        assert told["message"]["text"]
        [at] = told["locations"]
        assert at["physicalLocation"]["region"]["startLine"] >= 1
        assert not at["physicalLocation"]["artifactLocation"]["uri"].startswith(("/", ".", "file:"))


def test_a_result_stands_at_the_line_that_names_the_release() -> None:
    places = sighted("acme/tiny", ("app/load model.py", 3, 8), ("b.yaml", 1, 1))

    found = result(replace(one(), sightings=places, root="src"))

    at = found["locations"][0]["physicalLocation"]
    assert at["artifactLocation"] == {"uri": "src/app/load%20model.py", "uriBaseId": "%SRCROOT%"}
    assert at["region"] == {"startLine": 3, "startColumn": 8}
    other = found["relatedLocations"][-1]
    assert other["physicalLocation"]["artifactLocation"]["uri"] == "src/b.yaml"
    assert other["message"]["text"] == "acme/tiny is named here too."


def test_the_words_a_result_rests_on_are_related_verbatim_and_located() -> None:
    [related] = result(one())["relatedLocations"]

    region = related["physicalLocation"]["region"]
    start, end = region["charOffset"], region["charOffset"] + region["charLength"]
    assert region["snippet"]["text"] == TERMS[start:end]
    assert (region["startLine"], region["endLine"]) == (4, 5)
    assert related["properties"] == {"revision": REVISION, "sha256": "1" * 64}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "acme/tiny/LICENSE"


def test_the_message_begins_with_a_sentence_that_can_stand_alone() -> None:
    text = result(one(reason="We train"))["message"]["text"]

    assert text.startswith(
        "acme/tiny: A training ban is in force. Why the rule is there: We train."
    )


def test_a_waiver_is_a_suppression_with_its_reason_and_only_a_note() -> None:
    run = Run((), DATE, decided([], [waived(violation(hub_report()), "Legal agreed")]))

    found = result(run)

    assert found["suppressions"] == [
        {"kind": "external", "justification": "Legal agreed (Eve, until 2027-01-31)"}
    ]
    assert found["level"] == "note"


def test_what_the_baseline_holds_is_unchanged() -> None:
    assert result(one(known=True))["baselineState"] == "unchanged"
    assert "baselineState" not in result(one())


def test_undecided_is_told_apart_from_broken() -> None:
    assert result(one(unknown=True))["properties"]["unknown"] is True
    assert result(one())["properties"]["unknown"] is False


def test_a_run_that_could_not_audit_everything_says_so() -> None:
    [failed] = [r for r in log(whole_run())["results"] if r["ruleId"] == "not-audited"]
    [invocation] = log(whole_run())["invocations"]

    assert failed["level"] == "error"
    assert invocation["executionSuccessful"] is False
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["error", "warning"]
    assert log(one())["invocations"][0]["executionSuccessful"] is True


def test_runs_over_one_repository_are_told_apart_by_their_category() -> None:
    assert log(replace(one(), category="scan"))["automationDetails"]["id"] == "openaudit/scan/"


def test_rules_that_nobody_broke_are_described_too() -> None:
    rules = log(whole_run())["tool"]["driver"]["rules"]

    assert "open-weights" in {r["id"] for r in rules}


def test_more_results_than_github_takes_are_cut_from_the_least_grave_and_that_is_told() -> None:
    minor = replace(violation(hub_report(), severity=Severity.LOW), evidence=())

    found = log(Run((), DATE, decided([*[minor] * 25_002, violation(hub_report(), "last")])))

    assert len(found["results"]) == 25_000
    assert found["results"][0]["ruleId"] == "last"
    [told] = found["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("3 more results are left out")


def test_hostile_text_links_nothing_fills_nothing_and_hides_nothing() -> None:
    broken = violation(hub_report(), message=HOSTILE, reason=HOSTILE)
    places = sighted("acme/tiny", (f"{HOSTILE}.py", 1, 1))
    run = Run((hub_report(),), DATE, decided([broken], [waived(broken, HOSTILE)]), places)

    text = sarif.render(run)

    assert text.replace("\n", "").isprintable()
    for found in json.loads(text)["runs"][0]["results"]:
        assert "](" not in found["message"]["text"]
        assert "{{0}}" in found["message"]["text"]


def test_what_fails_nothing_is_no_error() -> None:
    assert result(one(outcome=Outcome.PASS))["level"] == "warning"
    assert result(one())["level"] == "error"


@pytest.fixture(scope="session")
def multitool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Microsoft's validator, which knows GitHub's rules; installed in CI alone, it is 100 MB."""
    if not os.environ.get("CI"):
        pytest.skip("not in CI: the validator is large and comes over the network")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to install the validator with")
    directory = tmp_path_factory.mktemp("multitool")
    install = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(directory), MULTITOOL]
    try:
        subprocess.run(install, check=True, capture_output=True, timeout=300)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"npm cannot install the validator: {error}")
    name = MULTITOOL.rpartition("@")[0]
    program = directory / "node_modules" / name / "Sarif.Multitool"
    program.chmod(0o755)  # the package does so itself where install scripts are allowed
    return program


@pytest.mark.parametrize("kind", ["policy", "no-policy", "nothing", "hostile"])
def test_the_validator_finds_no_error_by_the_rules_of_sarif_and_github(
    multitool: Path, tmp_path: Path, kind: str
) -> None:
    hostile = violation(hub_report(), message=HOSTILE, reason=HOSTILE)
    runs = {
        "policy": whole_run(),
        "no-policy": unchecked(),
        "nothing": Run((), DATE),
        "hostile": Run((), DATE, decided([hostile], [waived(hostile, HOSTILE)], (HOSTILE,))),
    }
    file = tmp_path / "x.sarif"
    file.write_text(sarif.render(runs[kind]), "utf-8")

    command = [str(multitool), "validate", str(file), "--rule-kind", "Sarif;Ghas"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)

    assert "Analysis completed successfully" in done.stdout, done.stdout + done.stderr
    assert not [line for line in done.stdout.splitlines() if ": error " in line]
