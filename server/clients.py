"""Who a request comes from, and how many requests that client may make."""

from __future__ import annotations

import functools
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final

from kg.errors import SettingError, TooManyRequests
from kg.settings import NOBODY

REMEMBERED: Final = 16_384
"""Clients whose buckets are kept."""

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


def networks(text: str) -> tuple[Network, ...]:
    """The networks that KG_TRUSTED_PROXIES lists; raises SettingError.

    >>> networks("127.0.0.1, 10.0.0.0/8")
    (IPv4Network('127.0.0.1/32'), IPv4Network('10.0.0.0/8'))
    """
    if text == NOBODY:
        return ()
    try:
        return tuple(ip_network(part.strip()) for part in text.split(","))
    except ValueError as error:
        raise SettingError(
            f"KG_TRUSTED_PROXIES is {text!r} ({error}); write addresses or networks, such as 127.0.0.1, 10.0.0.0/8."
        ) from None


class Clients:
    """Tells clients apart behind the proxies that are trusted."""

    def __init__(self, trusted: tuple[Network, ...]) -> None:
        self._trusted = trusted
        self._peer = functools.lru_cache(REMEMBERED)(self._name_of_peer)

    def settle(self, environ: dict[str, Any]) -> str:
        """The client's name: its address, or the network that an IPv6 address belongs to.

        From a trusted proxy it is the last address of X-Forwarded-For that is not itself such a proxy's; the scheme is then that of
        X-Forwarded-Proto. From anyone else these headers say nothing.
        """
        name, trusted = self._peer(environ.get("REMOTE_ADDR", ""))
        if not trusted:
            return name
        peer = _address(environ["REMOTE_ADDR"])
        if environ.get("HTTP_X_FORWARDED_PROTO") in ("http", "https"):
            environ["wsgi.url_scheme"] = environ["HTTP_X_FORWARDED_PROTO"]
        for part in reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            address = _address(part)
            if address is None:
                break
            peer = address
            if not self._trusts(address):
                break
        return _name(peer)

    def _name_of_peer(self, text: str) -> tuple[str, bool]:
        peer = _address(text)
        return _name(peer), self._trusts(peer)

    def _trusts(self, address: Address | None) -> bool:
        return address is not None and any(address in network for network in self._trusted)


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _name(address: Address | None) -> str:
    """One household, one name: an IPv6 customer has at least a /64."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


class Buckets:
    """A token bucket for each client: it holds `burst` requests and fills by `rate` a second. To be used from any thread."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> None:
        """Counts one request; raises TooManyRequests when there are none left."""
        now = self._clock()
        with self._lock:
            left, since = self._buckets.pop(client, (self._burst, now))
            left = min(self._burst, left + (now - since) * self._rate)
            self._buckets[client] = (left - 1 if left >= 1 else left, now)
            if len(self._buckets) > REMEMBERED:
                self._buckets.popitem(last=False)
        if left < 1:
            raise TooManyRequests(max(1, math.ceil((1 - left) / self._rate)))
