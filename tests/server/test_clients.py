"""Clients are told apart by what cannot be forged, and each has its share of requests."""

from __future__ import annotations

import pytest

from kg.errors import SettingError, TooManyRequests
from server.clients import Buckets, Clients, networks

TRUSTED = networks("127.0.0.1, 10.0.0.0/8, 2001:db8::/32")


@pytest.mark.parametrize(
    ("peer", "forwarded", "name"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8::1", "198.51.100.7", "198.51.100.7"),
        ("::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("2001:dead:0:1::5", "", "2001:dead:0:1::/64"),
        ("2001:dead:0:1:9::9", "", "2001:dead:0:1::/64"),
    ],
)
def test_only_trusted_proxies_speak_for_others(peer: str, forwarded: str, name: str) -> None:
    assert Clients(TRUSTED).settle({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}) == name


def test_the_scheme_is_that_of_the_trusted_proxys_client() -> None:
    for peer, scheme in (("127.0.0.1", "https"), ("192.0.2.1", "http")):
        environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_PROTO": "https", "wsgi.url_scheme": "http"}
        Clients(TRUSTED).settle(environ)
        assert environ["wsgi.url_scheme"] == scheme


def test_networks_that_are_none_are_told() -> None:
    assert networks("nobody") == ()
    with pytest.raises(SettingError, match="KG_TRUSTED_PROXIES"):
        networks("127.0.0.1, localhost")


def test_a_bucket_empties_and_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(rate=2, burst=3, clock=lambda: now[0])
    for _ in range(3):
        buckets.take("a")
    with pytest.raises(TooManyRequests) as caught:
        buckets.take("a")
    assert caught.value.seconds == 1
    buckets.take("b")
    now[0] = 0.5
    buckets.take("a")
    with pytest.raises(TooManyRequests):
        buckets.take("a")
    now[0] = 100
    for _ in range(3):
        buckets.take("a")
    with pytest.raises(TooManyRequests):
        buckets.take("a")
