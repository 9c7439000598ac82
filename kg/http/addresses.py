"""Where a host's name leads, and whether a request may go there.

A name is looked up once, and the connection goes to an address that was looked at (no second look-up could lead elsewhere).  Addresses that are
not global, as IANA's registries have it, are refused, unless the URL itself names the address, or `localhost`.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from kg.errors import RemoteError, RemoteTimeout

Address = IPv4Address | IPv6Address

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses that stand for those of IPv4 in their last four bytes (RFC 6052)."""


def addresses(host: str, port: int, seconds: float) -> tuple[Address, ...]:
    """The addresses of a host that a request may go to, each once.

    Raises RemoteTimeout when nobody tells in time, RemoteError where there is none, and where one of them may not be asked.
    """
    found = _looked_up(host, port, seconds)
    for address in found:
        if not is_global(address) and not _is_named(address, host):
            raise RemoteError(
                f"is at {address}, which is not an address of the public internet; "
                "to ask a server of your own network, list it by its address instead of its name"
            )
    return found


def is_global(address: Address) -> bool:
    """Whether an address is one of the public internet; what holds an address of IPv4 is looked at as that.

    >>> is_global(ipaddress.ip_address("::ffff:127.0.0.1")), is_global(ipaddress.ip_address("1.1.1.1"))
    (False, True)
    """
    if isinstance(address, IPv6Address):
        teredo = address.teredo
        held = address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
        if held is None and (address in _NAT64 or int(address) >> 32 == 0):
            held = IPv4Address(int(address) & 0xFFFFFFFF)
        if held is not None:
            return is_global(held)
        if address.is_site_local or address.scope_id is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _is_named(address: Address, host: str) -> bool:
    """Whether the URL itself says that this address is meant."""
    if host.lower() == "localhost":
        return address.is_loopback
    try:
        return ipaddress.ip_address(host) == address
    except ValueError:
        return False


def _looked_up(host: str, port: int, seconds: float) -> tuple[Address, ...]:
    """All addresses of a host. The system's look-up cannot be stopped: it is waited for no longer than this."""
    told: queue.SimpleQueue[tuple[Address, ...] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            told.put(error if isinstance(error, OSError) else OSError(str(error)))
        else:
            told.put(tuple(dict.fromkeys(ipaddress.ip_address(row[4][0]) for row in rows)))

    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = told.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise RemoteTimeout(f"was not found in time: nobody told the address of {host}") from None
    if isinstance(found, OSError):
        raise RemoteError(f"cannot be found: there is no address of {host} ({found.strerror or found})")
    return found
