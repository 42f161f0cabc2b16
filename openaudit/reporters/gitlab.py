"""GitLab code quality: a list of issues, each at a line; GitLab tells new ones by fingerprint.

What is waived is left out, because GitLab has no word for it and would show it as open.
"""

from collections.abc import Mapping
from typing import Final

from openaudit.model.clause import Severity
from openaudit.model.release import Plain
from openaudit.model.run import Run
from openaudit.reporters.alert import Alert, alerts
from openaudit.reporters.json_v1 import dumps

_SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}


def render(run: Run) -> str:
    """Return one array; empty where there is nothing to tell."""
    return dumps([_issue(a) for a in alerts(run) if not a.waived], indent=1) + "\n"


def _issue(alert: Alert) -> Plain:
    return {
        "description": alert.text,
        "check_name": f"openaudit/{alert.rule}",
        "fingerprint": alert.fingerprint,
        "severity": _SEVERITIES[alert.severity],
        "location": {"path": alert.at.file, "lines": {"begin": alert.at.line}},
    }
