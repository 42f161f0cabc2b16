"""The command line: read options, call the API, choose an exit code. Nothing is judged here."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Annotated, Final

import typer

from openaudit import __version__
from openaudit.cli.options import complain
from openaudit.errors import OpenauditError, ReaderGone

_INTERRUPTED = 130
_INTERNAL = 70
_USAGE = 2


def _check(app: typer.Typer) -> None:
    from openaudit.cli import check  # noqa: PLC0415  # one command a run, here and below

    app.command("check", epilog=check.EXAMPLES)(check.check)


def _fetch(app: typer.Typer) -> None:
    from openaudit.cli import fetch  # noqa: PLC0415

    app.command("fetch", epilog=fetch.EXAMPLES)(fetch.fetch)


def _license(app: typer.Typer) -> None:
    from openaudit.cli import license as texts  # noqa: PLC0415

    app.command("license", epilog=texts.EXAMPLES)(texts.license_)


def _compare(app: typer.Typer) -> None:
    from openaudit.cli import compare  # noqa: PLC0415

    app.command("compare", epilog=compare.EXAMPLES)(compare.compare)


def _diff(app: typer.Typer) -> None:
    from openaudit.cli import diff  # noqa: PLC0415

    app.command("diff", epilog=diff.EXAMPLES)(diff.diff)


def _explain(app: typer.Typer) -> None:
    from openaudit.cli import explain  # noqa: PLC0415

    app.command("explain", epilog=explain.EXAMPLES)(explain.explain)


def _scan(app: typer.Typer) -> None:
    from openaudit.cli import scan  # noqa: PLC0415

    app.command("scan", epilog=scan.EXAMPLES)(scan.scan)


def _rules(app: typer.Typer) -> None:
    from openaudit.cli import rules  # noqa: PLC0415

    app.add_typer(rules.app)


def _policy(app: typer.Typer) -> None:
    from openaudit.cli import policy  # noqa: PLC0415

    app.add_typer(policy.app)


def _lock(app: typer.Typer) -> None:
    from openaudit.cli import lock  # noqa: PLC0415

    app.command("lock", epilog=lock.EXAMPLES)(lock.lock)


def _verify(app: typer.Typer) -> None:
    from openaudit.cli import verify  # noqa: PLC0415

    app.command("verify", epilog=verify.EXAMPLES)(verify.verify)


def _schema(app: typer.Typer) -> None:
    from openaudit.cli import schema  # noqa: PLC0415

    app.command("schema", epilog=schema.EXAMPLES)(schema.schema)


_COMMANDS: Final[Mapping[str, Callable[[typer.Typer], None]]] = {
    "check": _check,
    "fetch": _fetch,
    "license": _license,
    "compare": _compare,
    "diff": _diff,
    "explain": _explain,
    "scan": _scan,
    "lock": _lock,
    "verify": _verify,
    "rules": _rules,
    "policy": _policy,
    "schema": _schema,
}
"""The commands in the order of the help page; each adds itself to the command line."""


def _app(first: str) -> typer.Typer:
    """Return the command line for words that begin with `first`: that command alone, or all."""
    app = typer.Typer(
        name="openaudit",
        help="Audit AI model releases: how open they are, and what their licenses let you do.",
        epilog="Example: openaudit check meta-llama/Llama-2-7b",
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for name in [first] if first in _COMMANDS else _COMMANDS:
        _COMMANDS[name](app)
    return app


def _version(asked: bool) -> None:  # noqa: FBT001  # typer calls it with the flag
    if asked:
        sys.stdout.write(f"openaudit {__version__}\n")
        raise typer.Exit


def _root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print it."),
    ] = False,
) -> None:
    del version


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code; no exception gets past, no traceback is shown.

    A traceback of an internal error is printed only where `-v` asks for it.
    """
    words = sys.argv[1:] if arguments is None else arguments
    _open_streams()
    if not words:
        _app("")(["--help"], prog_name="openaudit", standalone_mode=False)
        return _USAGE
    try:
        code = _app(words[0])(words, prog_name="openaudit", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except ReaderGone as gone:
        return gone.exit_code
    except OpenauditError as error:
        complain(str(error))
        return error.exit_code
    except Exception as error:  # noqa: BLE001  # the last line of defense, and it says so
        return _unexpected(error, words)
    if code == _INTERRUPTED:  # typer turns an interrupt into this code and says nothing
        complain("interrupted")
    return code if isinstance(code, int) else 0


def _open_streams() -> None:
    """Give a process that was started with closed streams somewhere to write."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # for good
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # for good


def _unexpected(error: Exception, words: list[str]) -> int:
    shown = getattr(error, "format_message", None)
    exit_code = getattr(error, "exit_code", None)
    if shown is not None and isinstance(exit_code, int):  # a usage error of typer's
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "openaudit"
        complain(f"{str(shown()).rstrip('.')}; see `{command} --help`")
        return exit_code
    if {"-v", "--verbose"} & set(words):
        import traceback  # noqa: PLC0415  # costs start-up time, and is hardly ever needed

        traceback.print_exc()
    complain(f"internal error: {type(error).__name__}: {error}".replace("\n", " "))
    complain("this is a bug; run again with -v for the details to report")
    return _INTERNAL
