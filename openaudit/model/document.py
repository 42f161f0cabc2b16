"""The texts of a release, and the texts it does not give."""

from enum import StrEnum

from openaudit.model.evidence import Quote
from openaudit.model.frozen import frozen


class Role(StrEnum):
    """What a text is for. A config describes weights, may name a base model, and binds nobody."""

    LICENSE = "license"
    POLICY = "policy"
    NOTICE = "notice"
    CARD = "card"
    GATE = "gate"
    CONFIG = "config"


class Reason(StrEnum):
    """Why a text could not be read. None of these means that it does not exist or forbids."""

    GATED = "gated"
    NOT_PUBLISHED = "not-published"
    ELSEWHERE = "elsewhere"
    FAILED = "failed"
    NOT_TEXT = "not-text"
    OFFLINE = "offline"
    NOT_RECORDED = "not-recorded"


@frozen
class Document:
    """One text.

    `name` is its path in the release, or `README.md#extra_gated_prompt` and the like, or the
    address to which the card's `license_link` leads. The text of a binary header
    (`model.gguf#header`) is its fields, written as JSON.

    `sha256` is of the bytes as fetched (of the part read, where `truncated`); `text` is decoded
    from UTF-8 with replacement (from UTF-16 where a byte order mark says so), without newline
    translation.
    """

    name: str
    role: Role
    text: str
    sha256: str
    revision: str | None = None
    truncated: bool = False

    def line_at(self, offset: int) -> int:
        """Return the line, from 1, in which `offset` stands."""
        return self.text.count("\n", 0, offset) + 1

    def quote(self, start: int, end: int) -> Quote:
        """Return the evidence for `text[start:end]`."""
        return Quote(
            document=self.name,
            revision=self.revision,
            sha256=self.sha256,
            line=self.line_at(start),
            start=start,
            end=end,
            text=self.text[start:end],
        )


@frozen
class Missing:
    """A text that is named or expected and was not read. `detail` is for the user."""

    name: str
    role: Role
    reason: Reason
    detail: str
