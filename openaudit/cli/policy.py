"""`openaudit policy`: try a policy on the tests inside its file, and say what it means."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.gate import with_asked
from openaudit.cli.options import ConfigFile, Quiet, Verbose, settings, voice
from openaudit.cli.output import show, width
from openaudit.cli.packs import Rules, knowledge_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openaudit.data import Knowledge
    from openaudit.model.report import Report
    from openaudit.policy.policy import Policy
    from openaudit.policy.trial import Result

EXAMPLES: Final = (
    "Examples: openaudit policy show commercial | openaudit policy test ./policy.yaml |"
    " openaudit policy test"
)
_FAILED: Final = 1

app = typer.Typer(
    name="policy",
    help="Show what a policy means, or run the tests inside it.",
    epilog=EXAMPLES,
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command("show", epilog=EXAMPLES)
def tell(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE|PRESET]",
            show_default=False,
            help="The policy to show; the presets are listed unless given.",
        ),
    ] = None,
    *,
    rules: Rules = None,
    config: ConfigFile = None,
) -> None:
    """Say in sentences what a policy asks for, and where that comes from."""
    from openaudit.policy.read import presets  # noqa: PLC0415  # --help reads no policy
    from openaudit.policy.words import lines  # noqa: PLC0415

    known = knowledge_with(rules, settings(config, voice(quiet=True, verbose=False)))
    if name is not None:
        show(_wrapped(lines(_policy(name, known))))
        return
    listed = (_policy(preset, known) for preset in presets())
    show(_wrapped(f"{p.name}: {p.title}" for p in listed))


@app.command("test", epilog=EXAMPLES)
def run(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|PRESET]...",
            show_default=False,
            help="The policies to test; the presets unless given.",
        ),
    ] = None,
    *,
    rules: Rules = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Check policy files and run the tests inside them; exit with 1 where one fails."""
    speaker = voice(quiet=quiet, verbose=verbose)
    from openaudit.policy.read import presets  # noqa: PLC0415  # --help reads no policy
    from openaudit.reporters.plain import shown  # noqa: PLC0415  # --help shows no policy

    known = knowledge_with(rules, settings(config, speaker))
    policies = [_policy(name, known) for name in names or presets()]
    results = [(policy, result) for policy in policies for result in _results(policy, known)]
    failed = sum(bool(r.what) for _, r in results)
    lines = [
        f"{p.source}: {r.trial.place} ({r.trial.name}): {r.what or 'passed'}"
        for p, r in results
        if r.what or speaker.detail > 0
    ]
    untested = [p for p in policies if not p.tests]
    lines += [f"{p.source}: holds no tests" for p in untested]
    if speaker.detail >= 0 or failed:
        count = f"{_counted(len(policies), 'policy', 'policies')}, {_counted(len(results), 'test')}"
        rest = f", {failed} failed" if failed else ""
        lines.append(f"{count}: {len(results) - failed} passed{rest}")
    show("".join(f"{shown(line)}\n" for line in lines))
    raise typer.Exit(_FAILED if failed else 0)


def _policy(name: str, known: "Knowledge") -> "Policy":
    from openaudit.policy.read import policy_file, read_policy  # noqa: PLC0415  # imports pydantic
    from openaudit.policy.vocabulary import vocabulary  # noqa: PLC0415

    return read_policy(policy_file(name), vocabulary(known))


def _results(policy: "Policy", known: "Knowledge") -> "Iterator[Result]":
    from openaudit.api import audit_release  # noqa: PLC0415  # --help audits nothing
    from openaudit.policy.trial import results  # noqa: PLC0415

    known = with_asked(known, policy.frameworks)
    return results(policy, known, lambda release: audit_release(release, known), _look(known))


def _look(known: "Knowledge") -> "Callable[[str], Report]":
    """Return what audits a release of the catalog: tests give the same everywhere."""
    from openaudit.api import audit_release  # noqa: PLC0415  # --help audits nothing
    from openaudit.model.reference import Scheme, parse  # noqa: PLC0415
    from openaudit.sources import catalog  # noqa: PLC0415

    def look(name: str) -> "Report":
        reference = parse(name)
        if reference.scheme is Scheme.PATH:
            reference = parse(f"catalog:{name}")
        return audit_release(catalog.read(reference, known.records), known)

    return look


def _wrapped(lines: "Iterator[str]") -> str:
    """Return lines broken at the width of the terminal, what belongs to one indented below it."""
    import textwrap  # noqa: PLC0415  # --help wraps nothing

    from openaudit.reporters.plain import shown  # noqa: PLC0415

    broken = []
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        hanging = f"{indent}    "
        text = textwrap.fill(
            shown(line),
            width=width(),
            initial_indent=indent,
            subsequent_indent=hanging if indent else "    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        broken.append(text)
    return "".join(f"{line}\n" for line in broken)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
