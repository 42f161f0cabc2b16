"""`openaudit fetch`: keep what an audit needs, so that it can run where there is no network."""

from pathlib import Path
from typing import Annotated, Final

import typer

from openaudit.cli.check import about, exit_code
from openaudit.cli.options import (
    ConfigFile,
    Hub,
    Quiet,
    References,
    Verbose,
    complain,
    route,
    settings,
    voice,
)
from openaudit.errors import OpenauditError

EXAMPLES: Final = (
    "Example: openaudit fetch org/name org/other -o bundles && openaudit check bundles --offline"
)


def fetch(  # noqa: PLR0913  # one parameter an option
    refs: References,
    *,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="Write one bundle a release below DIR."),
    ],
    hub: Hub = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Fetch releases into bundles: metadata, texts, revision, time, source."""
    from openaudit.data import knowledge  # noqa: PLC0415  # --help needs no knowledge
    from openaudit.sources import bundle  # noqa: PLC0415  # nor bundles
    from openaudit.sources.obtain import download  # noqa: PLC0415  # nor sources

    speaker = voice(quiet=quiet, verbose=verbose)
    path = route(offline=False, hub=hub, configured=settings(config, speaker), speaker=speaker)
    errors: list[OpenauditError] = []
    for ref in refs:
        try:
            release = download(ref, knowledge().records, path)
            directory = output / bundle.folder_name(release)
            bundle.write(release, directory)
            texts = f"{len(release.documents)} text{'' if len(release.documents) == 1 else 's'}"
            speaker.done(f"{release.reference}: wrote {directory} ({texts})")
        except OpenauditError as error:
            complain(about(ref, error))
            errors.append(error)
    raise typer.Exit(exit_code(errors))
