"""What `compare` and `diff` share: many references audited, each that cannot be told on its own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openaudit.cli.check import about, audited
from openaudit.cli.options import complain
from openaudit.errors import OpenauditError
from openaudit.model.run import Run, Unaudited

if TYPE_CHECKING:
    from openaudit.data import Knowledge
    from openaudit.model.report import Report
    from openaudit.sources.obtain import Route


def audit_all(
    refs: Sequence[str], known: "Knowledge", path: "Route", depth: int
) -> tuple[Run, list[OpenauditError]]:
    """Return the audits of all that could be audited, seen beside each other, and the errors.

    Each error is told on standard error when it happens, and stands in the run, too.
    """
    from openaudit.api import beside  # noqa: PLC0415  # --help needs no audit

    reports: list[Report] = []
    errors: list[OpenauditError] = []
    unaudited: list[Unaudited] = []
    for ref in refs:
        try:
            reports.extend(audited(ref, known, path, depth))
        except OpenauditError as error:
            complain(about(ref, error))
            errors.append(error)
            unaudited.append(Unaudited(ref, str(error)))
    seen = tuple(beside(reports, known))
    return Run(seen, known.date, unaudited=tuple(unaudited), category="compare"), errors
