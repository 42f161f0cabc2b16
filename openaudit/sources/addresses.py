"""Which hosts a link of a stranger may lead to: names that stand for public addresses only.

A card is written by whoever uploads it, and openaudit runs inside networks. So a link names a host
by a domain name, never by an address in any of its spellings; every address the name stands for is
public; and the one that was checked is the one that is connected to, since a name may stand for
another a moment later.
"""

import re
import socket
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Final, TypeAlias

Resolver: TypeAlias = Callable[[str, int], list[str]]
"""Returns the addresses a name stands for; raises OSError where it stands for none."""

_NAME: Final = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})"
)
_UNICAST: Final = ip_network("2000::/3")
"""Of IPv6, all that is assigned to the public; mapped and translated addresses lie outside."""

_INSIDE: Final = (
    ip_network("192.0.0.0/24"),  # of protocols
    ip_network("2002::/16"),  # 6to4: an IPv4 address, which may be private
    ip_network("2001::/32"),  # Teredo: the same
)


class Refused(ValueError):
    """A link that must not be followed; the message says why, after "it"."""


def system(host: str, port: int) -> list[str]:
    """Ask the system which addresses `host` stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked(host: str, port: int, resolve: Resolver) -> str:
    """Return the address to connect to.

    Raises:
        Refused: it is no domain name, or stands for an address that is not public.
        OSError: it stands for none.
    """
    try:
        name = host.encode("idna").decode().lower() if not host.isascii() else host.lower()
    except UnicodeError as error:
        raise Refused("names no usable host") from error
    if not _NAME.fullmatch(name):
        raise Refused("does not name its host by a public domain name")
    addresses = resolve(name, port)
    if not addresses or not all(map(is_public, addresses)):
        raise Refused("leads to a host that has no public address")
    # All of them may be connected to; IPv4 works in networks that have no route for IPv6.
    return min(addresses, key=lambda address: ":" in address)


def is_public(address: str) -> bool:
    """Tell whether anybody could reach `address`; what cannot be read as one is not public."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if any(found in network for network in _INSIDE):
        return False
    if found.version == 6 and found not in _UNICAST:  # noqa: PLR2004  # IPv6
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved
