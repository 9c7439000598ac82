"""Addresses: the canonical form by which an article is known, and the day that some of them hold."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

_TRACKING: Final = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "utm_id",
    "utm_name",
    "utm_cid",
    "utm_reader",
    "utm_referrer",
    "utm_social",
    "utm_brand",
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_ga",
    "_gl",
    "ocid",
    "cmpid",
    "amp",
    "outputType",
)
_CACHE: Final = re.compile(r"https?://[\w-]+\.cdn\.ampproject\.org/(?:c|v|wp)/(?P<secure>s/)?(?P<rest>.+)", re.IGNORECASE)
_FILE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|avi|mov|pdf|css|js|ico)$", re.IGNORECASE)
_PATH_DAY: Final = re.compile(
    r"/(?P<year>(?:19|20|21)\d{2})(?:(?P<month>\d{2})(?P<day>\d{2})(?=/)|/(?P<month2>\d{1,2}|[a-z]{3})/(?P<day2>\d{1,2})(?=/|$)"
    r"|-(?P<month3>\d{2})-(?P<day3>\d{2})(?=[/_-]|$))"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def canonical(url: str) -> str | None:
    """The canonical form of an http(s) address: without fragment, tracking, credentials and AMP; None when it is no such address.

    >>> canonical("HTTPS://Example.org:443/a/amp/?b=2&utm_source=x#top")
    'https://example.org/a/?b=2'
    """
    url = url.strip()
    cached = _CACHE.fullmatch(url)
    if cached:
        url = f"http{'s' if cached['secure'] else ''}://{cached['rest']}"
    if not url.lower().startswith(("http://", "https://")) or any(c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(canonicalize_url(url_query_cleaner(url, _TRACKING, remove=True, unique=False)))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host:
        return None
    return urlunsplit(SplitResult(parts.scheme, _netloc(parts.scheme, host, port), _without_amp(parts.path), parts.query, ""))


def _netloc(scheme: str, host: str, port: int | None) -> str:
    """Host and port, without the port that goes without saying."""
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, {"http": 80, "https": 443}[scheme]) else f"{host}:{port}"


def _without_amp(path: str) -> str:
    """The path of the page that an AMP page copies."""
    if path.rstrip("/").endswith("/amp"):
        return path.rstrip("/")[: -len("amp")] or "/"
    return re.sub(r"\.amp(?=\.html?$|$)", "", path) or "/"


def is_file(url: str) -> bool:
    """Whether the address is that of a picture, a film or the like."""
    try:
        return bool(_FILE.search(urlsplit(url).path))
    except ValueError:
        return True


def day(url: str) -> tuple[str, str] | None:
    """The day in the path of an address, as EDTF, and the words; None when there is none or no such day.

    >>> day("https://example.org/20240803/title.html")
    ('2024-08-03', '/20240803')
    """
    found = _PATH_DAY.search(urlsplit(url).path)
    if found is None:
        return None
    month = found["month"] or found["month2"] or found["month3"]
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
        return date(int(found["year"]), number, int(found["day"] or found["day2"] or found["day3"])).isoformat(), found.group()
    except ValueError:
        return None
