"""`openaudit fetch`: keep what an audit needs, so that it can run where there is no network."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.check import about, exit_code
from openaudit.cli.options import (
    ConfigFile,
    Hub,
    NoFollow,
    Quiet,
    References,
    Verbose,
    Voice,
    complain,
    route,
    settings,
    voice,
)
from openaudit.errors import OpenauditError

if TYPE_CHECKING:
    from openaudit.model.release import Release
    from openaudit.sources.obtain import Route

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
    lineage: Annotated[
        bool, typer.Option("--lineage", help="Fetch the releases it was made from as well.")
    ] = False,
    hub: Hub = None,
    no_follow: NoFollow = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Fetch releases into bundles: metadata, texts, revision, time, source."""
    from openaudit.data import knowledge  # noqa: PLC0415  # --help needs no knowledge
    from openaudit.sources.obtain import download  # noqa: PLC0415  # nor sources

    speaker = voice(quiet=quiet, verbose=verbose)
    configured = settings(config, speaker)
    path = route(
        offline=False, hub=hub, configured=configured, speaker=speaker, no_follow=no_follow
    )
    errors: list[OpenauditError] = []
    for ref in refs:
        try:
            release = download(ref, knowledge().records, path)
            _write(release, output, speaker)
            if lineage:
                _write_behind(release, output, path, speaker)
        except OpenauditError as error:
            complain(about(ref, error))
            errors.append(error)
    raise typer.Exit(exit_code(errors))


def _write(release: "Release", output: Path, speaker: Voice) -> None:
    from openaudit.sources import bundle  # noqa: PLC0415  # --help needs no bundles

    directory = output / bundle.folder_name(release)
    bundle.write(release, directory)
    texts = f"{len(release.documents)} text{'' if len(release.documents) == 1 else 's'}"
    speaker.done(f"{release.reference}: wrote {directory} ({texts})")


def _write_behind(release: "Release", output: Path, path: "Route", speaker: Voice) -> None:
    """Write what `release` was made from; what the catalog answers for needs no bundle."""
    from openaudit.chain import behind  # noqa: PLC0415  # --help needs no audit
    from openaudit.data import knowledge  # noqa: PLC0415  # nor knowledge
    from openaudit.model.lineage import Absent  # noqa: PLC0415  # nor the model
    from openaudit.model.release import Origin  # noqa: PLC0415  # nor this
    from openaudit.sources.parents import parents  # noqa: PLC0415  # nor sources

    known = knowledge()
    for name, found in behind(release, known, parents(known.records, path, [release])).items():
        if isinstance(found, Absent):
            speaker.warn(f"{name}: not fetched, {found.detail}")
        elif found.origin is not Origin.CATALOG:
            _write(found, output, speaker)
