"""Settings from a file: `--config`, `OPENAUDIT_CONFIG`, `.openaudit.yaml`, `pyproject.toml`.

The nearest file above the working directory wins, and the command line wins over every file.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from openaudit.errors import DataInvalid, UsageError
from openaudit.model.frozen import frozen

FILE_NAME: Final = ".openaudit.yaml"


@frozen
class PolicyPlace:
    """The policy that a configuration file asks for: by name, or None for one written there."""

    file: Path
    name: str | None


@frozen
class Settings:
    """What a file can set; an option of the same name wins.

    `named` says that the user chose the file. One that was merely found above the working
    directory may come with somebody else's code, and is trusted with less.
    `file` is that file; a path in `use` starts from its directory.
    """

    hub: str | None = None
    offline: bool = False
    format: str | None = None
    rules: tuple[Path, ...] = ()
    policy: PolicyPlace | None = None
    waivers: Path | None = None
    baseline: Path | None = None
    frameworks: tuple[str, ...] = ()
    named: bool = True
    use: str | Mapping[str, Any] | None = None
    file: Path | None = None


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
        return _settings(_section(named), named, named=True), named
    for path in _nearest(directory):
        section = _section(path)
        if section is not None:
            return _settings(section, path, named=False), path
    return Settings(), None


def _nearest(directory: Path) -> Iterator[Path]:
    for folder in (directory, *directory.parents):
        for name in (FILE_NAME, "pyproject.toml"):
            if (folder / name).is_file():
                yield folder / name


def _section(path: Path) -> object:
    """Return what `path` holds for us; None for a pyproject.toml without a section of ours."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataInvalid(f"{path}: not in UTF-8") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    return _toml_section(text, path) if path.suffix == ".toml" else _yaml(text, path)


def _yaml(text: str, path: Path) -> object:
    import yaml  # noqa: PLC0415  # most runs have no configuration

    try:
        value = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        raise DataInvalid(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    return {} if value in (None, "") else value  # an empty file sets nothing


def _toml_section(text: str, path: Path) -> object:
    if "openaudit" not in text:
        return None
    import tomllib  # noqa: PLC0415  # most runs have no configuration

    try:
        tool = tomllib.loads(text).get("tool")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataInvalid(f"{path}: not valid TOML: {error}") from error
    return tool.get("openaudit") if isinstance(tool, dict) else None


def _settings(section: object, path: Path, *, named: bool) -> Settings:
    from openaudit.cli.config_schema import validate  # noqa: PLC0415  # imports pydantic

    checked = validate(section, path)
    policy = checked["policy"]
    if policy is not None:
        # What is written in the file itself is checked where a policy is read.
        checked["policy"] = PolicyPlace(path, policy if isinstance(policy, str) else None)
    return Settings(**checked, named=named, file=path)
