"""The summary of a CI job."""

import pytest

from openaudit.model.decision import Outcome
from openaudit.model.run import Run
from openaudit.reporters import summary
from tests.reporters.runs import DATE, HOSTILE, decided, hub_report, violation, waived, whole_run


def heading(run: Run) -> str:
    return summary.render(run).splitlines()[0]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.PASS, "the policy commercial holds"),
        (Outcome.FAIL, "the policy commercial is broken"),
        (Outcome.INCOMPLETE, "evidence is missing where the policy commercial needs it"),
    ],
)
def test_the_decision_comes_first(outcome: Outcome, said: str) -> None:
    run = Run((hub_report(),), DATE, decided(outcome=outcome))

    assert heading(run) == f"## openaudit: {said}; 1 release audited"


def test_what_was_not_audited_is_in_the_first_line_and_has_a_table() -> None:
    assert heading(whole_run()).endswith("; 2 releases audited, 1 not")
    assert "### Not audited" in summary.render(whole_run())


def test_without_a_policy_the_findings_are_listed() -> None:
    text = summary.render(Run((hub_report(),), DATE))

    assert text.startswith("## openaudit: 1 release audited, no policy\n")
    assert "### Findings" in text


def test_waived_and_known_violations_stand_apart() -> None:
    text = summary.render(whole_run())

    titles = [line for line in text.splitlines() if line.startswith("### ")]
    assert titles == [
        "### Not audited",
        "### Violations",
        "### In the baseline",
        "### Waived",
        "### Releases",
    ]
    assert "| naming | acme/tiny | Legal agreed | Eve | 2027-01-31 |" in text


def test_a_table_is_cut_so_that_github_takes_the_summary() -> None:
    broken = [violation(hub_report(), message="word " * 500)] * 1000

    text = summary.render(Run((), DATE, decided(broken)))

    assert "and 800 more, all in the JSON report" in text
    assert len(text.encode()) < 1024 * 1024


def test_hostile_text_is_not_live() -> None:
    broken = violation(hub_report(), message=HOSTILE)

    text = summary.render(Run((), DATE, decided([broken], [waived(broken, HOSTILE)], (HOSTILE,))))

    assert "<b>" not in text.replace("\\<b\\>", "")
    assert "[click](" not in text
    rows = [line for line in text.splitlines() if "click" in line and line.startswith("|")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [6, 6]
