"""Options that several commands share, and how they are read together with the configuration."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.errors import UsageError
from openaudit.model.frozen import frozen

if TYPE_CHECKING:
    from openaudit.cli.config import Settings
    from openaudit.model.release import Release
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
NoFollow = Annotated[
    bool, typer.Option("--no-follow", help="Do not read a license that the card links elsewhere.")
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


@frozen
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


def configuration(config: Path | None) -> "tuple[Settings, Path | None]":
    """Return the settings of the configuration file that applies, and the file, if there is one.

    Raises:
        UsageError: there is no working directory, or no file that was named.
        DataInvalid: the file is not valid.
    """
    from openaudit.cli.config import load  # noqa: PLC0415  # --help reads no configuration

    try:
        directory = Path.cwd()
    except OSError as error:
        raise UsageError("the working directory is gone; change to one that exists") from error
    return load(config, directory, os.environ)


def settings(config: Path | None, speaker: Voice) -> "Settings":
    """Return the settings of the configuration file that applies, and say which with -v."""
    found, path = configuration(config)
    if found.hub is not None and not found.named:
        speaker.warn(f"asking {found.hub}, as {path} says; no token is sent there")
    elif path is not None and speaker.detail > 0:
        speaker.say(f"settings from {path}")
    return found


def route(
    *,
    offline: bool,
    hub: str | None,
    configured: "Settings",
    speaker: Voice,
    no_follow: bool = False,
) -> "Route":
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
        follow=_unfollowed if no_follow else _followed,
    )


def _unfollowed(release: "Release") -> "Release":
    return release


def _followed(release: "Release") -> "Release":
    """Return `release` with the license its card links; not where that is one a person has read."""
    from openaudit.data import knowledge  # noqa: PLC0415  # only what comes from a hub gets here
    from openaudit.licenses.names import resolve  # noqa: PLC0415
    from openaudit.sources import follow  # noqa: PLC0415

    known = knowledge()

    def verified(link: str) -> bool:
        profile = known.licenses.get(resolve(link, known.licenses, known.tags).id or "")
        return profile is not None and profile.verified is not None

    return follow.followed(release, verified)
