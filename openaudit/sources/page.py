"""One GET of a text from a server that a stranger named, at an address that was checked before.

Written on sockets, since an HTTP client looks the name up again and may take another address. No
header but these few is sent, and nothing is kept.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from typing import Final

from openaudit import __version__
from openaudit.model.frozen import frozen
from openaudit.sources.addresses import Refused
from openaudit.sources.retry import Again, Deadline, Limits

_OK: Final = 200
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_RETRIED: Final = frozenset({408, 429, 500, 502, 503, 504})
_TEXT: Final = frozenset(
    f"text/{kind}" for kind in ("plain", "markdown", "x-markdown", "html", "x-rst")
)
_CHUNK: Final = 1 << 16


@frozen
class Target:
    """Where to connect, and what to ask for there; `address` is one that `host` stands for."""

    secure: bool
    host: str
    port: int
    path: str
    address: str


@frozen
class Page:
    """A text, whole."""

    data: bytes


@frozen
class Redirect:
    """Where the text is instead; it may be relative, and has not been checked."""

    location: str


def get(
    target: Target, trust: Callable[[], ssl.SSLContext], deadline: Deadline, limits: Limits
) -> Page | Redirect | Again:
    """Return what is at `target`.

    Raises:
        Refused: it is no text, or a longer one than any license is.
        OSError: it was not reached, or fell silent.
    """
    timeout = max(0.001, min(limits.silence, deadline.left()))
    with socket.create_connection((target.address, target.port), timeout) as bare:
        if target.secure:
            with trust().wrap_socket(bare, server_hostname=target.host) as wrapped:
                return _exchanged(wrapped, target, deadline, limits)
        return _exchanged(bare, target, deadline, limits)


def _exchanged(
    sock: socket.socket, target: Target, deadline: Deadline, limits: Limits
) -> Page | Redirect | Again:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    headers = {
        "Host": target.host,
        "User-Agent": f"openaudit/{__version__}",
        "Accept": "text/plain, text/markdown, text/html;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    try:
        connection.request("GET", target.path, headers=headers)
        with connection.getresponse() as response:
            return _answered(response, deadline, limits)
    except (http.client.HTTPException, ValueError) as error:
        if isinstance(error, Refused):
            raise
        return Again("it did not speak HTTP")
    finally:
        connection.close()


def _answered(
    response: http.client.HTTPResponse, deadline: Deadline, limits: Limits
) -> Page | Redirect | Again:
    if response.status in _REDIRECTS and (location := response.getheader("Location")):
        return Redirect(location)
    if response.status in _RETRIED:
        return Again(f"answered {response.status}", status=response.status)
    if response.status != _OK:
        raise Refused(f"was answered with {response.status}")
    kind = response.getheader("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _TEXT:
        raise Refused("is not sent as text")
    if response.getheader("Content-Encoding", "identity").lower() != "identity":
        raise Refused("is sent compressed, although that was not asked for")
    length = response.getheader("Content-Length", "")
    if length.isdigit() and (
        len(length) > len(str(limits.text_bytes)) or int(length) > limits.text_bytes
    ):
        raise Refused(f"is longer than {limits.text_bytes:,} bytes")
    deadline.extend(limits.text)
    return Page(_body(response, deadline, limits.text_bytes))


def _body(response: http.client.HTTPResponse, deadline: Deadline, most: int) -> bytes:
    data = bytearray()
    while chunk := response.read1(_CHUNK):
        data += chunk
        if len(data) > most:
            raise Refused(f"is longer than {most:,} bytes")
        if not deadline.left():
            raise TimeoutError("the text did not end within the time limit")
    if response.length:
        raise ConnectionError("the text was cut")
    return bytes(data)
