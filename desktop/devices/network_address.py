"""The address of a camera on the network: typed by a person, and never outside the own network."""

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.devices.problems import AddressNotPrivate, AddressUnclear, SourceUnreachable
from desktop.devices.untrusted_names import shown

PREFIX: Final = "ptpip:"
PORT: Final = 15740
"""Where PTP/IP cameras listen, unless a person says otherwise (CIPA DC-005)."""

_TYPED: Final = re.compile(
    r"(?:ptpip:)?(?://)?(?:\[(?P<six>[0-9A-Fa-f:.]{2,45})\]|(?P<host>[\w.-]{1,253}))(?::(?P<port>\d{1,5}))?/?",
    re.ASCII,
)
_NEAR: Final[Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]] = tuple(
    ipaddress.ip_network(one)
    for one in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
"""This computer, private networks (RFC 1918, RFC 4193), and addresses of one link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAddress:
    """A host as a person typed it, by name or number, and a port."""

    host: str
    port: int = PORT

    @property
    def source_id(self) -> str:
        """The id of the source at this address: `ptpip:192.168.1.20:15740`."""
        return f"{PREFIX}{self}"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def address_of(typed: str) -> NetworkAddress:
    """What was typed, or the id of a source, as an address. Nothing is asked on the network.

    Raises AddressUnclear, and AddressNotPrivate for a number that is not private.
    """
    found = _TYPED.fullmatch(typed.strip())
    port = int(found["port"] or PORT) if found else 0
    if found is None or not 1 <= port <= 65535:
        raise AddressUnclear(address=shown(typed.strip()))
    host = found["six"] or found["host"]
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        if found["six"]:
            raise AddressUnclear(address=shown(typed.strip())) from None
        return NetworkAddress(host=host.lower(), port=port)
    if not is_near(number):
        raise AddressNotPrivate(address=host)
    return NetworkAddress(host=host, port=port)


def resolved(address: NetworkAddress) -> str:
    """The number to connect to. A name may lead anywhere: what it led to is checked, and it is not
    asked a second time. Raises SourceUnreachable, AddressNotPrivate, AddressUnclear. Blocks."""
    try:
        answers = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceUnreachable(source=name_of(address)) from None
    numbers = [ipaddress.ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]
    near = [number for number in numbers if is_near(number)]
    if not near:
        raise AddressNotPrivate(address=address.host)
    for number in near:
        if isinstance(number, ipaddress.IPv4Address):
            return str(number)
    raise AddressUnclear(address=f"{address.host} (IPv6 alone, which the camera driver cannot use)")


def is_near(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is this computer's, of a private network, or of one link."""
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped is not None:
        number = number.ipv4_mapped
    return any(number.version == near.version and number in near for near in _NEAR)


def name_of(address: NetworkAddress) -> str:
    """What a camera at this address is called."""
    port = "" if address.port == PORT else f":{address.port}"
    return f"Camera at {address.host}{port}"
