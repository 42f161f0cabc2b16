"""The hub a request goes to: its address, and the name under which we speak of it."""

import os
from typing import Final
from urllib.parse import urlsplit

from openaudit.errors import UsageError
from openaudit.model.frozen import frozen
from openaudit.model.reference import Scheme

_DEFAULT: Final = "https://huggingface.co"
_ADDRESSES: Final = {
    Scheme.GITHUB: ("GITHUB_API_URL", "https://api.github.com"),
    Scheme.MODELSCOPE: ("", "https://modelscope.cn"),
    Scheme.OLLAMA: ("", "https://registry.ollama.ai"),
}
"""The variable that may name another address, as CI systems set it, and the public one."""

_NAMES: Final = {
    "huggingface.co": "huggingface",
    "api.github.com": "github",
    "modelscope.cn": "modelscope",
    "registry.ollama.ai": "ollama",
}


@frozen
class Endpoint:
    """An http(s) address without a trailing slash; `host` is its host, with the port if any."""

    url: str
    host: str

    @property
    def name(self) -> str:
        """Return the name of a public hub, such as `huggingface`, the host of any other."""
        return _NAMES.get(self.host, self.host)


def endpoint(url: str | None, scheme: Scheme = Scheme.HUGGINGFACE) -> Endpoint:
    """Return the hub at `url`, else where the environment says, else the public one of `scheme`.

    Raises:
        UsageError: the address is not a URL of a host.
    """
    variable, public = _ADDRESSES.get(scheme, ("HF_ENDPOINT", _DEFAULT))
    given = (url or os.environ.get(variable) or public).strip().rstrip("/")
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
