"""What a configuration file may hold. Imported only where there is one."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, HttpUrl, ValidationError

from openaudit.cli.formats import Format
from openaudit.errors import DataInvalid


class _Config(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)

    hub: HttpUrl | None = None
    offline: bool = False
    format: Format | None = None
    rules: list[Path] = []
    policy: str | dict[str, Any] | None = None
    waivers: Path | None = None
    baseline: Path | None = None
    frameworks: list[str] = []
    use: str | dict[str, Any] | None = None


def validate(section: object, path: Path) -> dict[str, Any]:
    """Return the checked settings.

    Raises:
        DataInvalid: an unknown key or a wrong value: path, field, what.
    """
    if not isinstance(section, dict):
        raise DataInvalid(f"{path}: expected a mapping of settings")
    try:
        config = _Config.model_validate(section)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "top"
        known = f"; known keys: {', '.join(_Config.model_fields)}"
        extra = known if first["type"] == "extra_forbidden" else ""
        raise DataInvalid(f"{path}: {field}: {first['msg']}{extra}") from error
    return {
        **config.model_dump(),
        "hub": str(config.hub) if config.hub else None,
        "rules": tuple(path.parent / rules for rules in config.rules),
        "waivers": path.parent / config.waivers if config.waivers else None,
        "baseline": path.parent / config.baseline if config.baseline else None,
        "frameworks": tuple(config.frameworks),
    }
