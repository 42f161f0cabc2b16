"""`openaudit rules test`: check rules and frameworks, and try each rule on its examples."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.options import Quiet, Verbose, voice
from openaudit.cli.output import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openaudit.clauses.pack import Packed
    from openaudit.clauses.trial import Outcome, Result

EXAMPLES: Final = "Examples: openaudit rules test | openaudit rules test ./our-rules"
_FAILED: Final = 1

app = typer.Typer(
    name="rules",
    help="Test clause rules: the ones that come with openaudit, or your own.",
    epilog=EXAMPLES,
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    """Keep `test` a word of its own: typer folds a group of one command into that command."""


@app.command("test", epilog=EXAMPLES)
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            show_default=False,
            help="Rule files or directories; the rules that come with openaudit unless given.",
        ),
    ] = None,
    *,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Check rule files and run the tests inside them."""
    detail = voice(quiet=quiet, verbose=verbose).detail
    from openaudit import data  # noqa: PLC0415  # --help needs no rules
    from openaudit.clauses.pack import read_pack  # noqa: PLC0415  # imports pydantic
    from openaudit.clauses.safety import slow  # noqa: PLC0415  # --help times no pattern
    from openaudit.clauses.trial import Result  # noqa: PLC0415  # --help tries no rule
    from openaudit.openness.asked import only_frameworks, own_frameworks  # noqa: PLC0415
    from openaudit.reporters.plain import shown  # noqa: PLC0415  # --help shows no rule

    shipped = data.knowledge().clauses
    frameworks = own_frameworks(paths or (), data.frameworks(), data.knowledge().facts)
    clauses = [p for p in paths or [data.rule_files()] if not only_frameworks(p)]
    pack = read_pack(clauses, taken=shipped if paths else ())
    counts = dict.fromkeys(Result, 0)
    slowly = 0
    lines: list[str] = []
    for one, outcome in _tried(pack):
        counts[outcome.result] += 1
        if outcome.result is Result.FAILED:
            lines.append(f"{one.path}: {outcome.field} ({outcome.name}): {outcome.what}")
        elif detail > 0:
            lines.append(f"{one.path}: {outcome.field} ({outcome.name}): {outcome.result}")
    for one in pack:
        for field, problem in slow(one.rule):
            slowly += 1
            lines.append(f"{one.path}: {field}: {problem}")
    if detail >= 0 or counts[Result.FAILED] or slowly:
        lines.append(_summary(len(pack), counts, slowly, len(frameworks)))
    show("".join(f"{shown(line)}\n" for line in lines))
    raise typer.Exit(_FAILED if counts[Result.FAILED] or slowly else 0)


def _tried(pack: "list[Packed]") -> "Iterator[tuple[Packed, Outcome]]":
    from openaudit import data  # noqa: PLC0415  # --help needs no rules
    from openaudit.clauses.trial import outcomes  # noqa: PLC0415  # --help tries no rule

    rules = {**data.knowledge().clauses, **{one.rule.id: one.rule for one in pack}}
    for one in pack:
        # The texts of others, which some examples name, are in no distribution of openaudit.
        for outcome in outcomes(one.file, one.rule, rules, corpus=lambda _: None):
            yield one, outcome


def _summary(rules: int, counts: "dict[Result, int]", slowly: int, frameworks: int) -> str:
    passed, failed, skipped = counts.values()
    parts = [
        f"{_counted(rules, 'rule')}, {_counted(sum(counts.values()), 'test')}: {passed} passed"
    ]
    parts += [f"{failed} failed"] if failed else []
    parts += [_counted(slowly, "slow pattern")] if slowly else []
    parts += [f"{skipped} skipped, whose texts are not distributed"] if skipped else []
    parts += [f"{_counted(frameworks, 'framework')} checked"] if frameworks else []
    return ", ".join(parts)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
