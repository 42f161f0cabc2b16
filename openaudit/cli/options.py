"""Options that several commands share, and how they are read together with the configuration."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.errors import UsageError

if TYPE_CHECKING:
    from openaudit.cli.config import Settings
    from openaudit.sources.obtain import Route

References = Annotated[
    list[str],
    typer.Argument(
        metavar="REF...",
        show_default=False,
        help="A hub id (org/name[@revision]), datasets/org/name, hf:org/name, a hub URL, "
        "gh:org/name, ms:org/name, ollama:name[:tag], catalog:name, or a path (path:NAME where it "
        "looks like an id): a model directory, a .gguf or .safetensors file, a README, a license "
        "file, a bundle.",
    ),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Use the bundle cache and the catalog, never a network.")
]
Hub = Annotated[
    str | None,
    typer.Option("--hub", metavar="URL", help="Ask this hub instead of the public one."),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Read settings from this file and no other."),
]
Output = Annotated[
    list[str] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="[FORMAT=]FILE",
        help="Write the report to FILE instead; FORMAT=FILE writes one more. Repeatable.",
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say less: a line a release.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more: whole quotes, progress.")]

_OFFLINE_VARIABLES: Final = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
_YES: Final = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class Voice:
    """How much to say: -1 quiet, 0, 1 verbose."""

    detail: int

    def say(self, message: str) -> None:
        """Show progress: to a person at a terminal, or where it was asked for."""
        if self.detail > 0 or (self.detail == 0 and sys.stderr.isatty()):
            complain(message)

    def done(self, message: str) -> None:
        """Show what a command did that prints no report; a quiet run says nothing."""
        if self.detail >= 0:
            complain(message)

    def warn(self, message: str) -> None:
        """Show what the user must know; the report does not hold it."""
        complain(f"warning: {message}")


def complain(message: str) -> None:
    """Write one line to standard error; what acts or hides in it is shown as a character."""
    from openaudit.reporters.plain import shown  # noqa: PLC0415  # a quiet run says nothing

    sys.stderr.write(f"openaudit: {shown(message)}\n")


def voice(*, quiet: bool, verbose: bool) -> Voice:
    """Return the voice the options ask for.

    Raises:
        UsageError: both options at once.
    """
    if quiet and verbose:
        raise UsageError("-q and -v exclude each other")
    return Voice(-1 if quiet else int(verbose))


def settings(config: Path | None, speaker: Voice) -> "Settings":
    """Return the settings of the configuration file that applies, and say which with -v."""
    from openaudit.cli.config import load  # noqa: PLC0415  # --help reads no configuration

    try:
        directory = Path.cwd()
    except OSError as error:
        raise UsageError("the working directory is gone; change to one that exists") from error
    found, path = load(config, directory, os.environ)
    if found.hub is not None and not found.named:
        speaker.warn(f"asking {found.hub}, as {path} says; no token is sent there")
    elif path is not None and speaker.detail > 0:
        speaker.say(f"settings from {path}")
    return found


def route(*, offline: bool, hub: str | None, configured: "Settings", speaker: Voice) -> "Route":
    """Return how releases are to be obtained: option, then environment, then configuration.

    Raises:
        UsageError: the hub is not an http(s) address.
    """
    from openaudit.sources.endpoint import endpoint  # noqa: PLC0415  # --help asks no hub
    from openaudit.sources.obtain import Route  # noqa: PLC0415  # --help asks no hub

    asked = hub or os.environ.get("HF_ENDPOINT") or configured.hub
    from_environment = any(os.environ.get(v, "").lower() in _YES for v in _OFFLINE_VARIABLES)
    return Route(
        offline=offline or configured.offline or from_environment,
        hub=endpoint(asked).url if asked else None,
        named=endpoint(hub).url if hub else None,
        trusted=bool(hub or os.environ.get("HF_ENDPOINT")) or configured.named,
        say=speaker.say,
        warn=speaker.warn,
    )
