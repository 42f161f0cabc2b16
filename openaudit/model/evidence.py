"""What a claim rests on: a verbatim quote, or an observation that is no text."""

from enum import StrEnum
from typing import TypeAlias

from openaudit.model.frozen import frozen


class Witness(StrEnum):
    """Who says so where there is no text to quote."""

    LISTING = "listing"
    API = "api"
    CATALOG = "catalog"


@frozen
class Quote:
    """A verbatim run of a document: `text` stands at `start:end` of it, always.

    Offsets count Unicode code points of the file decoded from UTF-8 with replacement;
    `line` counts from 1; `sha256` is of the bytes as fetched. `release` is set where the document
    is of another release than the one that is audited.
    """

    document: str
    revision: str | None
    sha256: str
    line: int
    start: int
    end: int
    text: str
    release: str | None = None


@frozen
class Observation:
    """Something seen in a listing, in hub metadata or in what openaudit has recorded.

    `release` is set where it was seen of another release than the one that is audited.
    """

    source: Witness
    revision: str | None
    detail: str
    release: str | None = None


Evidence: TypeAlias = Quote | Observation
