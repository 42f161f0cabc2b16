"""Settings from a file: `--config`, `OPENAUDIT_CONFIG`, `.openaudit.yaml`, `pyproject.toml`.

The nearest file above the working directory wins, and the command line wins over every file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openaudit.errors import DataInvalid, UsageError

FILE_NAME: Final = ".openaudit.yaml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file can set; an option of the same name wins."""

    hub: str | None = None
    offline: bool = False
    format: str | None = None


def load(
    option: Path | None, directory: Path, environment: Mapping[str, str]
) -> tuple[Settings, Path | None]:
    """Return the settings and the file they came from, None where there is none.

    Raises:
        UsageError: a file that was named does not exist.
        DataInvalid: the file is not valid: path, field, what.
    """
    variable = environment.get("OPENAUDIT_CONFIG")
    named = option or (Path(variable) if variable else None)
    if named is not None:
        if not named.is_file():
            raise UsageError(f"{named}: there is no such configuration file")
        return _settings(_section(named), named), named
    for path in _nearest(directory):
        section = _section(path)
        if section is not None:
            return _settings(section, path), path
    return Settings(), None


def _nearest(directory: Path) -> Iterator[Path]:
    for folder in (directory, *directory.parents):
        for name in (FILE_NAME, "pyproject.toml"):
            if (folder / name).is_file():
                yield folder / name


def _section(path: Path) -> dict[str, Any] | None:
    """Return what `path` holds for us; None for a pyproject.toml without a section of ours."""
    if path.suffix == ".toml":
        return _toml_section(path)
    from openaudit.data import read_yaml  # noqa: PLC0415  # most runs have no configuration

    return read_yaml(path)


def _toml_section(path: Path) -> dict[str, Any] | None:
    text = path.read_text(encoding="utf-8", errors="replace")
    if "tool.openaudit" not in text:
        return None
    import tomllib  # noqa: PLC0415  # most runs have no configuration

    try:
        tool = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        raise DataInvalid(f"{path}: not valid TOML: {error}") from error
    section = tool.get("openaudit")
    return section if isinstance(section, dict) else None


def _settings(section: dict[str, Any] | None, path: Path) -> Settings:
    from openaudit.cli.config_schema import validate  # noqa: PLC0415  # imports pydantic

    return Settings(**validate(section or {}, path))
