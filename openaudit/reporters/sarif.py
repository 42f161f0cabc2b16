"""SARIF 2.1.0, as GitHub code scanning takes it; other readers get what GitHub leaves aside.

GitHub refuses a whole file for one result without a place, shows the first place alone, and does
not read suppressions: what is waived is told as a note, so that no check fails by it. Its limits
are respected; what is left out by them is said.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from openaudit import __version__
from openaudit.model.release import Plain
from openaudit.model.run import Run
from openaudit.reporters.alert import NOT_AUDITED, Alert, alerts, gravest_first
from openaudit.reporters.json_v1 import dumps
from openaudit.reporters.location import named
from openaudit.reporters.sarif_result import result
from openaudit.reporters.sarif_rule import descriptors, words

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS: Final = 25_000


def render(run: Run) -> str:
    """Return one log with one run."""
    return dumps(_log(run), indent=1) + "\n"


def _log(run: Run) -> Plain:
    told = alerts(run)
    kept = list(told) if len(told) <= MOST_RESULTS else gravest_first(told)[:MOST_RESULTS]
    rules = descriptors(run, told)
    places = {str(rule["id"]): number for number, rule in enumerate(rules)}
    driver: dict[str, Plain] = {
        "name": "openaudit",
        "semanticVersion": __version__,
        "shortDescription": {"text": "How open AI releases are, and what their terms demand."},
        "properties": {"knowledgeDate": run.knowledge_date},
        "rules": [dict(rule) for rule in rules],
    }
    found: dict[str, Plain] = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"openaudit/{run.category}/"},
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The directory of the repository."}}
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(run, told, len(told) - len(kept))],
        "results": [result(alert, places[alert.rule]) for alert in kept],
    }
    if run.decision is not None:
        found["properties"] = {
            "policy": named(run.decision.policy),
            "outcome": run.decision.outcome.value,
        }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [found]}


def _invocation(run: Run, told: Sequence[Alert], left_out: int) -> Plain:
    failed = [_notification("error", a.text) for a in told if a.rule == NOT_AUDITED.id]
    return {
        "executionSuccessful": not run.unaudited,
        "toolExecutionNotifications": [*failed, *_notices(run, left_out)],
    }


def _notices(run: Run, left_out: int) -> Iterator[Plain]:
    for note in run.decision.notes if run.decision else ():
        yield _notification("warning", note)
    if left_out:
        text = f"{left_out} more results are left out, the least grave; the JSON report has all."
        yield _notification("warning", text)


def _notification(level: str, text: str) -> Plain:
    return {"level": level, "message": {"text": words(text)}}
