"""JUnit XML, and what CI systems make of it."""

from xml.etree import ElementTree as ET

from openaudit.model.decision import Outcome
from openaudit.model.run import Run
from openaudit.reporters import junit
from tests.reporters.runs import DATE, HOSTILE, decided, hub_report, rule, violation, whole_run

# Elements, what may stand in them and their attributes, as the usual schema has them.
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set[str](),
}
INSIDE = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def root(run: Run) -> ET.Element:
    return ET.fromstring(junit.render(run))  # noqa: S314  # we wrote it


def outcomes(run: Run) -> dict[tuple[str, str], str]:
    """Return what became of every case, by suite and name; "" for one that passed."""
    return {
        (case.attrib["classname"], case.attrib["name"]): case[0].tag if len(case) else ""
        for case in root(run).iter("testcase")
    }


def test_the_document_is_of_the_usual_schema() -> None:
    for element in root(whole_run()).iter():
        assert set(element.attrib) <= ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= INSIDE.get(element.tag, set())


def test_broken_undecided_known_and_waived_are_told_apart() -> None:
    assert outcomes(whole_run()) == {
        ("acme/gone", "not-audited"): "error",
        ("acme/tiny", "no-training-ban"): "failure",
        ("acme/tiny", "known-license"): "",
        ("acme/tiny", "naming"): "skipped",
        ("acme/tiny", "open-weights"): "",
        ("release", "no-training-ban"): "skipped",
        ("release", "known-license"): "error",
        ("release", "naming"): "",
        ("release", "open-weights"): "",
        ("policy commercial", "waivers"): "system-out",
    }


def test_the_counts_are_those_of_the_cases() -> None:
    found = root(whole_run())

    for element in (found, *found.iter("testsuite")):
        cases = list(element.iter("testcase"))
        assert element.attrib["tests"] == str(len(cases))
        for count, tag in (("failures", "failure"), ("errors", "error")):
            assert element.attrib[count] == str(len(list(element.iter(tag))))
    assert (found.attrib["failures"], found.attrib["errors"]) == ("1", "2")


def test_a_failure_says_where_the_release_is_named_and_what_it_rests_on() -> None:
    [failure] = root(whole_run()).iter("failure")

    assert failure.attrib == {"message": "A training ban is in force.", "type": "high"}
    lines = (failure.text or "").splitlines()
    assert lines[1:3] == ["at src/app/load model.py:3", "at src/deploy/values.yaml:12"]
    assert lines[3].startswith("LICENSE line 4: “You may not use the outputs of Tiny")


def test_several_violations_of_one_rule_are_several_cases() -> None:
    twice = [violation(hub_report()), violation(hub_report(), message="Another")]

    assert list(outcomes(Run((hub_report(),), DATE, decided(twice)))) == [
        ("acme/tiny", "no-training-ban"),
        ("acme/tiny", "no-training-ban (2)"),
    ]


def test_a_release_that_breaks_nothing_has_a_case_for_every_rule() -> None:
    rules = {"a": rule("a"), "b": rule("b")}
    run = Run((hub_report(),), DATE, decided(outcome=Outcome.PASS), rules=rules)

    assert outcomes(run) == {("acme/tiny", "a"): "", ("acme/tiny", "b"): ""}


def test_without_a_policy_nothing_fails_and_the_findings_are_output() -> None:
    found = root(Run((hub_report(),), DATE))

    assert (found.attrib["failures"], found.attrib["errors"]) == ("0", "0")
    [said] = found.iter("system-out")
    assert hub_report().findings[0].message in (said.text or "")


def test_hostile_text_is_still_xml() -> None:
    broken = violation(hub_report(), HOSTILE, message=HOSTILE, reason=HOSTILE)

    [failure] = root(Run((), DATE, decided([broken], (), (HOSTILE,)))).iter("failure")

    assert "<b>&amp; ]]>" in failure.attrib["message"]
    assert failure.attrib["message"].isprintable()


def test_what_fails_nothing_is_output_of_a_case_that_passes() -> None:
    mild = violation(hub_report(), outcome=Outcome.PASS)

    found = outcomes(Run((hub_report(),), DATE, decided([mild], outcome=Outcome.PASS)))

    assert found == {("acme/tiny", "no-training-ban"): "system-out"}
