"""GitHub annotations, read back as the runner reads them."""

import re

from openaudit.model.decision import Outcome
from openaudit.model.run import Run
from openaudit.reporters import github
from tests.reporters.runs import (
    DATE,
    HOSTILE,
    decided,
    hub_report,
    sighted,
    violation,
    waived,
    whole_run,
)

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def read(line: str) -> tuple[str, dict[str, str], str]:
    found = COMMAND.fullmatch(line)
    assert found, line
    values = dict(value.split("=", 1) for value in found[2].split(","))
    return found[1], {k: unescaped(v) for k, v in values.items()}, unescaped(found[3])


def unescaped(text: str) -> str:
    marks = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    return re.sub("|".join(marks), lambda found: marks[found[0]], text)


def test_a_violation_is_an_error_at_the_line_that_names_the_release() -> None:
    commands = [read(line) for line in github.render(whole_run()).splitlines()]

    [(command, values, message)] = [c for c in commands if c[1]["title"].endswith("training-ban")][
        :1
    ]
    assert command == "error"
    assert (values["file"], values["line"], values["col"]) == ("src/app/load model.py", "3", "8")
    said, quote = message.split("\n")
    assert said == (
        "acme/tiny: A training ban is in force. Why the rule is there: We train on what models say."
    )
    assert quote.startswith("LICENSE line 4: “You may not use the outputs of Tiny to train any")


def test_the_gravest_come_first_and_the_baseline_is_only_noticed() -> None:
    commands = [read(line) for line in github.render(whole_run()).splitlines()]

    assert [(c, v["title"]) for c, v, _ in commands] == [
        ("error", "openaudit: not-audited"),
        ("error", "openaudit: no-training-ban"),
        ("warning", "openaudit: known-license"),
        ("notice", "openaudit: no-training-ban"),
        ("warning", "openaudit: policy"),
    ]


def test_a_waived_violation_is_not_told_and_a_void_waiver_is() -> None:
    notes = ("The waiver of naming is void: it expired.",)
    run = Run((), DATE, decided([], [waived(violation(hub_report()))], notes))

    [line] = github.render(run).splitlines()

    assert read(line)[2] == notes[0]


def test_a_release_that_no_file_names_is_told_without_a_file() -> None:
    run = Run((hub_report(),), DATE, decided([violation(hub_report())]))

    [line] = github.render(run).splitlines()

    assert "file" not in read(line)[1]


def test_hostile_text_begins_no_command_and_comes_back_as_it_was_shown() -> None:
    places = sighted("acme/tiny", ("a,b:c=%\n::error::x.py", 1, 1))
    broken = violation(hub_report(), HOSTILE, message=HOSTILE, reason=HOSTILE)
    run = Run((hub_report(),), DATE, decided([broken], (), (HOSTILE,)), places)

    lines = github.render(run).splitlines()

    assert len(lines) == 2
    _, values, message = read(lines[0])
    assert values["file"] == "a,b:c=%\n::error::x.py"
    assert "a b %0A::error file=x::" in message


def test_a_run_with_nothing_to_tell_prints_nothing() -> None:
    assert github.render(Run((hub_report(),), DATE, decided())) == ""


def test_what_fails_nothing_is_no_error() -> None:
    mild = violation(hub_report(), outcome=Outcome.PASS)

    [line] = github.render(Run((hub_report(),), DATE, decided([mild]))).splitlines()

    assert read(line)[0] == "warning"
