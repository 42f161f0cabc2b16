"""Clause rules and frameworks of the user's own, and the frameworks that are asked for."""

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
        help="Look for the clauses of these rules, too: a file or a directory; what stands in a "
        "directory called frameworks can be named with --framework. Repeatable.",
    ),
]
Frameworks = Annotated[
    list[str] | None,
    typer.Option(
        "--framework",
        metavar="ID|all",
        help="Judge by this framework, too, and show what it asks for: osaid, owd, mof, eu, osai, "
        "epoch, widder, dpg, g7, one of --rules, or all. Repeatable.",
    ),
]


def knowledge_with(
    rules: Sequence[Path] | None,
    configured: "Settings",
    frameworks: Sequence[str] | None = None,
) -> "Knowledge":
    """Return what openaudit knows, with the rules and frameworks of options and configuration.

    Raises:
        UsageError: a path is not there, or holds no rules; no framework is called so.
        DataInvalid: a rule or a framework is wrong, or has the id of another one.
    """
    from openaudit import data  # noqa: PLC0415  # --help needs no knowledge

    known = data.knowledge()
    paths = (*configured.rules, *(rules or ()))
    names = frameworks or configured.frameworks
    if not paths and not names:
        return known
    from openaudit.openness.asked import asked, only_frameworks, own_frameworks  # noqa: PLC0415

    shipped = data.frameworks()
    own = own_frameworks(paths, shipped, known.facts)
    known = known.with_frameworks(asked(names, {**shipped, **own}))
    clauses = [p for p in paths if not only_frameworks(p)]
    if not clauses:
        return known
    from openaudit.clauses.pack import read_pack  # noqa: PLC0415  # imports pydantic

    return known.with_rules(one.rule for one in read_pack(clauses, taken=known.clauses))
