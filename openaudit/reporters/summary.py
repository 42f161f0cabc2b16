"""The summary of a CI job, as Markdown: the decision first, then what decided it.

GitHub shows it from the file `$GITHUB_STEP_SUMMARY` and takes up to a mebibyte, so tables are cut;
the other reports have all of it. Foreign text is escaped, never live.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from openaudit.model.decision import Outcome
from openaudit.model.report import Report
from openaudit.model.run import Run
from openaudit.reporters.alert import NOT_AUDITED, Alert, alerts, quote_of
from openaudit.reporters.citing import cited
from openaudit.reporters.location import named
from openaudit.reporters.plain import cut, markdown
from openaudit.reporters.sheet import brief

_OUTCOMES: Final = {
    Outcome.PASS: "{policy} holds",
    Outcome.FAIL: "{policy} is broken",
    Outcome.INCOMPLETE: "evidence is missing where {policy} needs it",
}
_MOST_ROWS: Final = 200
_QUOTE_WIDTH: Final = 300
_CELL_WIDTH: Final = 600

_Row = TypeVar("_Row")


def render(run: Run) -> str:
    """Return one section."""
    return "\n".join(_lines(run)) + "\n"


def _lines(run: Run) -> Iterator[str]:
    told = alerts(run)
    yield f"## openaudit: {_verdict(run, told)}"
    policy = run.decision is not None
    failed = [a for a in told if a.rule == NOT_AUDITED.id]
    rest = [a for a in told if a.rule != NOT_AUDITED.id and not a.waived]
    counted = [a for a in rest if not a.known]
    yield from _alerts("Not audited", failed)
    yield from _alerts("Violations" if policy else "Findings", counted)
    yield from _alerts("In the baseline", [a for a in rest if a.known])
    yield from _table(
        "Waived", "rule | release | why | by | until", [a for a in told if a.waived], _waived
    )
    yield from _table("Releases", "release | label | license | restrictions", run.reports, _release)
    for note in run.decision.notes if run.decision else ():
        yield ""
        yield f"**Note:** {markdown(note)}"
    yield ""
    yield f"*Knowledge of {markdown(run.knowledge_date)}. Not legal advice.*"


def _verdict(run: Run, told: Sequence[Alert]) -> str:
    count = len(run.reports)
    audited = f"{count} release{'' if count == 1 else 's'} audited"
    failed = sum(a.rule == NOT_AUDITED.id for a in told)
    missed = f", {failed} not" if failed else ""
    if run.decision is None:
        return f"{audited}{missed}, no policy"
    policy = f"the policy {markdown(named(run.decision.policy))}"
    return f"{_OUTCOMES[run.decision.outcome].format(policy=policy)}; {audited}{missed}"


def _alerts(title: str, told: Sequence[Alert]) -> Iterator[str]:
    return _table(title, "severity | rule | release | what | at", told, _alert)


def _table(
    title: str, head: str, rows: Sequence[_Row], cells: Callable[[_Row], Sequence[str]]
) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield f"### {title}"
    yield ""
    yield f"| {head} |"
    yield f"|{'---|' * len(head.split('|'))}"
    for row in rows[:_MOST_ROWS]:
        yield f"| {' | '.join(markdown(cut(cell, _CELL_WIDTH)) for cell in cells(row))} |"
    if len(rows) > _MOST_ROWS:
        yield ""
        yield f"and {len(rows) - _MOST_ROWS} more, all in the JSON report"


def _alert(alert: Alert) -> Sequence[str]:
    said = alert.message
    if rests := quote_of(alert):
        said += f" {cited(rests)}: “{cut(rests.text, _QUOTE_WIDTH)}”"
    undecided = " (undecided)" if alert.unknown else " (reported alone)" if alert.mild else ""
    place = "" if alert.at.stands_in else f"{alert.at.file}:{alert.at.line}"
    return alert.severity + undecided, alert.rule, alert.release, said, place


def _waived(alert: Alert) -> Sequence[str]:
    waived = alert.waived
    said = (waived.reason, waived.owner, waived.expires) if waived else ("", "", "")
    return alert.rule, alert.release, *said


def _release(report: Report) -> Sequence[str]:
    name, *rest = brief(report)
    return named(name), *rest
