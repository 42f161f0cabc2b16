"""The use profile of `--use` and of the configuration: a file, or `key=value` parts in a line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from openaudit.errors import UsageError

if TYPE_CHECKING:
    from openaudit.cli.config import Settings
    from openaudit.data import Knowledge
    from openaudit.model.usage import UseProfile

UseOption = Annotated[
    str | None,
    typer.Option(
        "--use",
        metavar="PROFILE",
        help="Answer whether you may use it so, and what you must do: a YAML file, or parts such as"
        " commercial,mau=10M,revenue=5M USD,region=EU,distill,hosted,modify,redistribute,research.",
    ),
]
_SUFFIXES: Final = (".yaml", ".yml", ".json")
_MOST_VALUES: Final = 200


def use_profile(
    option: str | None, configured: "Settings", known: "Knowledge"
) -> "UseProfile | None":
    """Return the profile that the option, or else the configuration, gives; None: neither does.

    Raises:
        UsageError: an unknown key or use, or a wrong value; a file that is not there.
        DataInvalid: the file is no YAML mapping.
    """
    given = configured.use if option is None else option
    if given is None:
        return None
    from openaudit.usage import profile  # noqa: PLC0415  # most runs ask nothing

    if not isinstance(given, str):
        return profile.mapping(given, f"{configured.file}: use", known.uses)
    base = configured.file.parent if option is None and configured.file else Path()
    path = base / given.strip()
    if not _names_a_file(given, path):
        return profile.inline(given, known.uses)
    return profile.mapping(_read(path), str(path), known.uses)


def _names_a_file(given: str, path: Path) -> bool:
    if "=" in given or "," in given:
        return path.suffix in _SUFFIXES and path.is_file()
    return path.suffix in _SUFFIXES or "/" in given


def _read(path: Path) -> dict[str, Any]:
    from openaudit.data import read_yaml  # noqa: PLC0415  # few runs have such a file

    if not path.is_file():
        raise UsageError(f"--use {path}: there is no such file")
    return read_yaml(path, most=_MOST_VALUES)
