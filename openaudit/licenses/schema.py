"""The form of `licenses/<id>.yaml`, for those who write one and for the tests that read them all.

Never imported when an audit runs: `data` builds the values without it.
"""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from openaudit.data import read_yaml
from openaudit.errors import DataInvalid

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]*$")]
Category = Literal[
    "osi",
    "open_content",
    "rail",
    "community",
    "non_commercial",
    "no_derivatives",
    "proprietary",
    "unknown",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Flags(_Strict):
    """Who approved it; null where nobody has said."""

    osi: bool | None
    fsf: bool | None
    source: Text


class TextFile(_Strict):
    """One edition of the text, by hashes only."""

    sha256: Hex64
    words: Hex32
    source: Text


class ClauseLine(_Strict):
    """One clause, with the section number as printed."""

    id: Slug
    section: str = ""
    params: dict[str, str | int | float | list[str]] = Field(default_factory=dict)


class ProfileFile(_Strict):
    """One `licenses/<id>.yaml`.

    `known_miss` are the clauses of the text that no rule finds, `known_extra` those that only a
    rule finds, each with the reason.
    """

    id: Slug
    name: Text
    family: Slug
    version: str
    steward: Text | None
    released: Day | None
    expression: Text
    category: Category
    kind: Literal["license", "policy"] = "license"
    flags: Flags
    tags: list[Slug]
    editions: list[Slug] = Field(default_factory=list)
    names: list[Text]
    titles: list[Text] = Field(default_factory=list)
    urls: list[Url]
    policy_url: Url | None
    texts: list[TextFile]
    verified: dt.date | None
    clauses: list[ClauseLine]
    known_miss: dict[Slug, Text] = Field(default_factory=dict)
    known_extra: dict[Slug, Text] = Field(default_factory=dict)
    careless: Text


def read_profile(path: Path) -> ProfileFile:
    """Return the profile file at `path`.

    Raises:
        DataInvalid: it is not YAML, misses a field, has one too many or a wrong value.
    """
    try:
        profile = ProfileFile.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DataInvalid(f"{path}: {field}: {first['msg']}") from error
    if profile.id != path.stem:
        raise DataInvalid(f"{path}: id: {profile.id} is not the name of the file")
    return profile
