"""GitLab code quality."""

import json

from jsonschema import Draft202012Validator

from openaudit.model.run import Run
from openaudit.reporters import gitlab
from tests.reporters.runs import DATE, HOSTILE, decided, hub_report, violation, whole_run

# What GitLab documents of an issue: these fields, and nothing it would not read.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^openaudit/"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\.?/)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_the_report_has_the_fields_that_gitlab_reads() -> None:
    issues = json.loads(gitlab.render(whole_run()))

    Draft202012Validator(SCHEMA).validate(issues)
    assert len({i["fingerprint"] for i in issues}) == len(issues) == 4


def test_an_issue_stands_at_the_line_that_names_the_release() -> None:
    issues = json.loads(gitlab.render(whole_run()))

    at = next(i["location"] for i in issues if i["check_name"] == "openaudit/no-training-ban")
    assert at == {"path": "src/app/load model.py", "lines": {"begin": 3}}


def test_what_is_waived_is_no_issue() -> None:
    names = [i["check_name"] for i in json.loads(gitlab.render(whole_run()))]

    assert "openaudit/naming" not in names


def test_a_run_with_nothing_to_tell_is_an_empty_list() -> None:
    assert json.loads(gitlab.render(Run((hub_report(),), DATE, decided()))) == []


def test_hostile_text_stays_text() -> None:
    run = Run((), DATE, decided([violation(hub_report(), message=HOSTILE)]))

    [issue] = json.loads(gitlab.render(run))

    assert issue["description"].isprintable()
