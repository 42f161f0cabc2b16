"""Clause rules of the user's own, beside the ones that come with openaudit."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from openaudit.cli.config import Settings
    from openaudit.data import Knowledge

Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="PATH",
        help="Look for the clauses of these rules, too: a file or a directory. Repeatable.",
    ),
]


def knowledge_with(rules: Sequence[Path] | None, configured: "Settings") -> "Knowledge":
    """Return what openaudit knows, with the rules of `--rules` and of the configuration added.

    Raises:
        UsageError: a path is not there, or holds no rules.
        DataInvalid: a rule is wrong, or has the id of another one.
    """
    from openaudit.data import knowledge  # noqa: PLC0415  # --help needs no knowledge

    known = knowledge()
    paths = (*configured.rules, *(rules or ()))
    if not paths:
        return known
    from openaudit.clauses.pack import read_pack  # noqa: PLC0415  # imports pydantic

    return known.with_rules(one.rule for one in read_pack(paths, taken=known.clauses))
