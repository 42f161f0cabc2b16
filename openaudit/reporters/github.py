"""GitHub annotations: workflow commands on standard output, one line each.

GitHub shows ten errors and ten warnings of a step, so the gravest come first. What is in the
baseline is a notice, and what is waived is not told. A command begins at the start of a line, and
no foreign text stands there.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from openaudit.model.clause import Severity
from openaudit.model.run import Run
from openaudit.reporters.alert import Alert, alerts, gravest_first, quote_of
from openaudit.reporters.citing import cited
from openaudit.reporters.plain import cut, shown

_COMMANDS: Final[Mapping[Severity, str]] = {
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}
_QUOTE_WIDTH: Final = 400


def render(run: Run) -> str:
    """Return the commands; nothing where there is nothing to tell."""
    return "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    for alert in gravest_first(alerts(run)):
        if not alert.waived:
            yield _annotation(alert)
    for note in run.decision.notes if run.decision else ():
        yield f"::warning title={_value('openaudit: policy')}::{_data(shown(note))}"


def _annotation(alert: Alert) -> str:
    command = "notice" if alert.known else _COMMANDS[alert.severity]
    command = "warning" if alert.mild and command == "error" else command
    at = alert.at
    values = {} if at.stands_in else {"file": at.file, "line": str(at.line)}
    if at.column is not None:
        values["col"] = str(at.column)
    values["title"] = f"openaudit: {alert.rule}"
    told = ",".join(f"{name}={_value(value)}" for name, value in values.items())
    return f"::{command} {told}::{_data(_said(alert))}"


def _said(alert: Alert) -> str:
    rests = quote_of(alert)
    if rests is None:
        return alert.text
    return f"{alert.text}\n{shown(cited(rests))}: “{cut(rests.text, _QUOTE_WIDTH)}”"


def _data(text: str) -> str:
    """Escape the message of a command, as the runner reads it back."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    """Escape the value of a parameter of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
