"""One alert as a SARIF result: the line that names the release, and the words it rests on."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from openaudit.model.decision import Waived
from openaudit.model.evidence import Evidence, Observation, Quote
from openaudit.model.release import Plain
from openaudit.reporters.alert import Alert, quote_of
from openaudit.reporters.citing import cited
from openaudit.reporters.location import Location, called, within
from openaudit.reporters.plain import shown
from openaudit.reporters.sarif_rule import LEVELS, words

_MOST_RELATED: Final = 100
_LONGEST_QUOTE: Final = 2_000


def result(alert: Alert, rule: int) -> Plain:
    """Return the result; `rule` is the place of its rule among those of the run."""
    found: dict[str, Plain] = {
        "ruleId": alert.rule,
        "ruleIndex": rule,
        "level": _level(alert),
        "message": {"text": words(_message(alert), _LONGEST_QUOTE)},
        "locations": [_location(alert.at)],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{alert.fingerprint}:1",
            "openauditAlert/v1": alert.fingerprint,
        },
        "properties": {"release": alert.release, "unknown": alert.unknown},
    }
    if related := list(_related(alert))[:_MOST_RELATED]:
        found["relatedLocations"] = [*related]
    if alert.known:
        found["baselineState"] = "unchanged"
    if alert.waived:
        found["suppressions"] = [_suppression(alert.waived)]
    return found


def _level(alert: Alert) -> str:
    """Return the level; only an error fails the check of a pull request."""
    level = "note" if alert.waived else LEVELS[alert.severity]
    return "warning" if alert.mild and level == "error" else level


def _message(alert: Alert) -> str:
    rests = quote_of(alert)
    quoted = f" {cited(rests)}: “{shown(rests.text)}”" if rests else ""
    known = " In the baseline." if alert.known else ""
    waived = f" Waived: {_excuse(alert.waived)}." if alert.waived else ""
    return f"{alert.text}{quoted}{known}{waived}"


def _excuse(waived: Waived) -> str:
    return shown(f"{waived.reason} ({waived.owner}, until {waived.expires})")


def _suppression(waived: Waived) -> Plain:
    return {"kind": "external", "justification": _excuse(waived)}


def _location(at: Location) -> dict[str, Plain]:
    region: dict[str, Plain] = {"startLine": at.line}
    if at.column is not None:
        region["startColumn"] = at.column
    return {"physicalLocation": {"artifactLocation": _artifact(at.file), "region": region}}


def _artifact(file: str) -> Plain:
    return {"uri": quote(file, safe="/~", errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _related(alert: Alert) -> Iterator[dict[str, Plain]]:
    """Yield the words an alert rests on, then the other lines that name the release."""
    rests = [_rest(alert, evidence) for evidence in dict.fromkeys(alert.evidence)]
    said: Plain = {"text": words(f"{alert.release} is named here too.")}
    places = [{**_location(at), "message": said} for at in alert.locations[1:]]
    for number, place in enumerate([*rests, *places], 1):
        yield {"id": number, **place}


def _rest(alert: Alert, evidence: Evidence) -> dict[str, Plain]:
    match evidence:
        case Quote():
            return _quoted(alert, evidence)
        case Observation():
            known = _known(evidence)
            told: dict[str, Plain] = {"message": {"text": words(cited(evidence))}}
            return {**told, "properties": known} if known else told


def _quoted(alert: Alert, rests: Quote) -> dict[str, Plain]:
    """Return the place of a quote; what lies elsewhere is below a folder named for its release."""
    file = within(alert.report.release, rests.document) if alert.report else None
    where = file or f"{called(alert.release)}/{called(rests.document)}"
    region: Plain = {
        "startLine": rests.line,
        "endLine": rests.line + rests.text.count("\n"),
        "charOffset": rests.start,
        "charLength": rests.end - rests.start,
        "snippet": {"text": rests.text[:_LONGEST_QUOTE]},
    }
    said = f"{cited(rests)} of {alert.release}: “{shown(rests.text)}”"
    return {
        "physicalLocation": {"artifactLocation": _artifact(where), "region": region},
        "message": {"text": words(said, _LONGEST_QUOTE)},
        "properties": {**_known(rests), "sha256": rests.sha256},
    }


def _known(evidence: Evidence) -> dict[str, Plain]:
    return {"revision": evidence.revision} if evidence.revision else {}
