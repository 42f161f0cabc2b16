"""The hub a request goes to: its address, and the name under which we speak of it."""

import os
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from openaudit.errors import UsageError

_DEFAULT: Final = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An http(s) address without a trailing slash; `host` is its host, with the port if any."""

    url: str
    host: str

    @property
    def name(self) -> str:
        """Return `huggingface` for the hub of that name, the host of any other."""
        return "huggingface" if self.host == "huggingface.co" else self.host


def endpoint(url: str | None) -> Endpoint:
    """Return the hub at `url`, else at HF_ENDPOINT, else the Hugging Face Hub.

    Raises:
        UsageError: the address is not a URL of a host.
    """
    given = (url or os.environ.get("HF_ENDPOINT") or _DEFAULT).strip().rstrip("/")
    try:
        split = urlsplit(given)
        port = split.port
    except ValueError as error:
        raise UsageError(f"{given!r}: not the address of a hub ({error})") from error
    if split.scheme not in ("http", "https") or not split.hostname or split.query or split.fragment:
        raise UsageError(
            f"{given!r}: not the address of a hub; write https://host, as in --hub URL"
        )
    host = split.hostname.removeprefix("www.")
    return Endpoint(given, f"{host}:{port}" if port else host)
