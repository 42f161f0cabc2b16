"""JUnit XML: a suite a release, a case a rule of the policy; what every CI system reads.

Broken is a failure and undecided an error, so that neither can pass for the other. What is waived
or in the baseline is skipped, with the reason. What fails nothing, and all findings where there is
no policy, is the output of a case that passes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from openaudit.model.decision import Decision
from openaudit.model.evidence import Quote
from openaudit.model.run import JudgedRule, Run
from openaudit.reporters.alert import NOT_AUDITED, Alert, alerts
from openaudit.reporters.citing import cited
from openaudit.reporters.location import named
from openaudit.reporters.plain import shown

_COUNTED: Final = {"failures": "failure", "errors": "error"}


def render(run: Run) -> str:
    """Return one document, with the suites in the order of the run."""
    root = ET.Element("testsuites", name="openaudit")
    for reference, told in _by_release(run).items():
        suite = ET.SubElement(root, "testsuite", name=named(reference))
        if any(a.rule == NOT_AUDITED.id for a in told) or run.decision is not None:
            _judged(suite, told, run.rules)
        else:
            _listed(suite, told)
    if run.decision is not None and run.decision.notes:
        _noted(root, run.decision)
    _count(root)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _by_release(run: Run) -> dict[str, list[Alert]]:
    """Return the alerts by reference, none for one about which there is nothing to tell."""
    told = alerts(run)
    audited = [str(r.release.reference) for r in run.reports]
    references = [*(u.reference for u in run.unaudited), *audited]
    grouped: dict[str, list[Alert]] = {reference: [] for reference in references}
    for alert in told:
        grouped.setdefault(alert.reference, []).append(alert)
    return grouped


def _judged(suite: ET.Element, told: Sequence[Alert], rules: Mapping[str, JudgedRule]) -> None:
    """Write a case for every alert, and one for every rule that has none and so holds."""
    audited = not any(a.rule == NOT_AUDITED.id for a in told)
    for rule in dict.fromkeys([*(rules if audited else ()), *(a.rule for a in told)]):
        own = [a for a in told if a.rule == rule]
        for number, alert in enumerate(own, 1):
            _outcome(_case(suite, rule if number == 1 else f"{rule} ({number})"), alert)
        if not own:
            _case(suite, rule)


def _listed(suite: ET.Element, told: Sequence[Alert]) -> None:
    case = _case(suite, "audited")
    if told:
        lines = "\n".join(f"{a.severity}: {a.rule}: {a.message}" for a in told)
        ET.SubElement(case, "system-out").text = lines


def _noted(root: ET.Element, decision: Decision) -> None:
    suite = ET.SubElement(root, "testsuite", name=f"policy {named(decision.policy)}")
    case = _case(suite, "waivers")
    ET.SubElement(case, "system-out").text = "\n".join(shown(n) for n in decision.notes)


def _case(suite: ET.Element, name: str) -> ET.Element:
    """Add a case. The usual schema has no file and no line of it: they stand in the text."""
    return ET.SubElement(suite, "testcase", name=shown(name), classname=suite.attrib["name"])


def _outcome(case: ET.Element, alert: Alert) -> None:
    if alert.waived:
        waived = alert.waived
        said = f"waived until {waived.expires} by {waived.owner}: {waived.reason}"
        ET.SubElement(case, "skipped", message=shown(said))
    elif alert.known:
        ET.SubElement(case, "skipped", message=f"in the baseline: {alert.message}")
    elif alert.mild:
        ET.SubElement(case, "system-out").text = "\n".join(dict.fromkeys(_told(alert)))
    else:
        undecided = alert.unknown or alert.rule == NOT_AUDITED.id
        told = ET.SubElement(case, "error" if undecided else "failure", message=alert.message)
        told.set("type", alert.severity.value)
        told.text = "\n".join(dict.fromkeys(_told(alert)))


def _told(alert: Alert) -> Iterator[str]:
    yield alert.text
    for at in alert.locations:
        yield f"at {shown(at.file)}:{at.line}"
    for evidence in alert.evidence:
        quote = f": “{shown(evidence.text)}”" if isinstance(evidence, Quote) else ""
        yield f"{shown(cited(evidence))}{quote}"


def _count(root: ET.Element) -> None:
    for element in (root, *root.findall("testsuite")):
        cases = list(element.iter("testcase"))
        element.set("tests", str(len(cases)))
        for name, outcome in _COUNTED.items():
            element.set(name, str(sum(c.find(outcome) is not None for c in cases)))
        if element is not root:  # the root has no such count in the usual schema
            element.set("skipped", str(sum(c.find("skipped") is not None for c in cases)))
