"""The settings: KG_* variables, one row each, read by the command line, the server, the docs and the tests."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg.errors import SettingError

DEFAULT_BASE: Final = "https://w3id.org/isnad/"
SHIPPED: Final = "shipped"
"""The spaCy pipeline that comes with the project."""

NOBODY: Final = "nobody"
"""Stands for no name."""

NOWHERE: Final = "none"
"""Stands for no endpoint."""

NO_TOKEN: Final = "none"
"""Stands for no token."""

_SECRET: Final = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|(?:^|_)(?:API)?KEY(?:_|$)", re.IGNORECASE)
"""What names of variables have in them that hold secrets."""


_ENDPOINT: Final = re.compile(r"https?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?(?:[/?][!$&-;=?@A-Z_a-z~%-]*)?")
"""An address that an endpoint may have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: its variable, its default as written, its meaning, what a good value looks like, and whether nobody may be shown it."""

    variable: str
    default: str
    meaning: str
    kind: type
    secret: bool = False


ROWS: Final[Mapping[str, Row]] = {
    "base": Row("KG_BASE", DEFAULT_BASE, "Base IRI of everything that we name; ends in /.", str),
    "store": Row("KG_STORE", "data", "Where the graph is: a folder, or memory: for one that ends with the process.", str),
    "timeout": Row("KG_TIMEOUT", "30", "Seconds that a query may run, and as many may it wait before.", float),
    "memory": Row("KG_MEMORY", "4096", "Megabytes of address space of a process that answers queries or reads RDF that was sent.", int),
    "workers": Row("KG_WORKERS", "2", "Processes for queries that take a moment.", int),
    "long_workers": Row("KG_LONG_WORKERS", "1", "Processes for queries that take longer, besides those of KG_WORKERS.", int),
    "queue": Row("KG_QUEUE", "128", "Queries that may wait for KG_WORKERS; a quarter as many for KG_LONG_WORKERS. More are told 503.", int),
    "max_answer": Row("KG_MAX_ANSWER", "128", "Megabytes that one answer may have; a larger one is refused, never cut.", float),
    "max_rows": Row("KG_MAX_ROWS", "1000000", "Rows that one answer may have; a longer one is refused, never cut.", int),
    "cache": Row("KG_CACHE", "64", "Megabytes of answers that the server keeps to give them again.", float),
    "rate": Row(
        "KG_RATE", "100", "Requests a second that one client may make in the long run, besides those answered from the cache.", float
    ),
    "burst": Row("KG_BURST", "1000", "Requests that one client may make at once before KG_RATE holds.", int),
    "trusted_proxies": Row(
        "KG_TRUSTED_PROXIES", NOBODY, "Addresses or networks of proxies whose X-Forwarded-For and -Proto are believed, with commas.", str
    ),
    "log": Row("KG_LOG", "true", "Whether `kg serve` writes a line of JSON for each query to its standard error.", bool),
    "union_default_graph": Row("KG_UNION_DEFAULT_GRAPH", "true", "Whether the endpoint's default graph is the union of all graphs.", bool),
    "max_file": Row("KG_MAX_FILE", "20", "Megabytes above which a file is refused as too large for an article.", float),
    "max_query": Row("KG_MAX_QUERY", "128", "Kilobytes above which the text of a query is refused.", int),
    "max_upload": Row("KG_MAX_UPLOAD", "16", "Megabytes above which an update or a graph that is sent to the server is refused.", float),
    "token": Row(
        "KG_TOKEN", NO_TOKEN, "Bearer token that writing to the server asks for; while it is none, nobody may write.", str, secret=True
    ),
    "federation_allow": Row(
        "KG_FEDERATION_ALLOW", NOWHERE, "Addresses of the endpoints that SERVICE may reach, with spaces; none: SERVICE is refused.", str
    ),
    "federation_rows": Row(
        "KG_FEDERATION_ROWS", "100000", "Solutions that one SERVICE may bring; with more the query fails, never cut.", int
    ),
    "federation_keys": Row("KG_FEDERATION_KEYS", "200", "Values of ours that one request to another endpoint is given to join with.", int),
    "contact": Row("KG_CONTACT", NOBODY, "Address (e-mail or web) at which those who run other endpoints reach you; sent to them.", str),
    "policy": Row(
        "KG_POLICY", "attributed", "Facts policy: which claims become plain triples; attributed or two-independent-sources.", str
    ),
    "spacy_model": Row(
        "KG_SPACY_MODEL", SHIPPED, "spaCy pipeline that parses sentences: an installed one's name, its folder, or shipped.", str
    ),
    "by": Row("KG_BY", NOBODY, "Name of the person who judges (kg merge, split, accept, reject, name, withdraw).", str),
    "host": Row("KG_HOST", "127.0.0.1", "Address that `kg serve` listens on.", str),
    "port": Row("KG_PORT", "8000", "Port that `kg serve` listens on; 0 for any that is free.", int),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; the fields are the keys of `ROWS`."""

    base: str
    store: str
    timeout: float
    memory: int
    workers: int
    long_workers: int
    queue: int
    max_answer: float
    max_rows: int
    cache: float
    rate: float
    burst: int
    trusted_proxies: str
    log: bool
    union_default_graph: bool
    max_file: float
    max_query: int
    max_upload: float
    token: str = field(repr=False)
    federation_allow: str
    federation_rows: int
    federation_keys: int
    contact: str
    policy: str
    spacy_model: str
    by: str
    host: str
    port: int

    @property
    def in_memory(self) -> bool:
        """Whether the graph ends with the process."""
        return self.store == "memory:"

    @property
    def secret(self) -> str | None:
        """The token that writing asks for, None when nobody may write."""
        return None if self.token == NO_TOKEN else self.token

    @property
    def endpoints(self) -> tuple[str, ...]:
        """The endpoints that SERVICE may reach."""
        return () if self.federation_allow == NOWHERE else tuple(dict.fromkeys(self.federation_allow.split()))

    @property
    def folder(self) -> Path:
        """The folder that holds the store."""
        return Path(self.store)


def read(environ: Mapping[str, str] | None = None, **given: object) -> Settings:
    """The settings of the environment (default: the process's), overridden by what is given by name.

    Raises SettingError, naming the variable and what it should look like.

    >>> read({"KG_TIMEOUT": "5"}, store="memory:").timeout
    5.0
    """
    environ = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for each in fields(Settings):
        row = ROWS[each.name]
        override = given.get(each.name)
        text = environ.get(row.variable, "").strip() if override is None else str(override)
        values[each.name] = _value(row, text or row.default)
    return Settings(**values)  # type: ignore[arg-type]


def is_secret(variable: str) -> bool:
    """Whether a variable of the environment holds a secret: a setting that nobody may be shown, or what its name says is one.

    >>> [is_secret(name) for name in ("KG_TOKEN", "AWS_SECRET_ACCESS_KEY", "PGPASSWORD", "KG_STORE", "PATH", "KEYBOARD")]
    [True, True, True, False, False, False]
    """
    return any(row.secret and row.variable == variable for row in ROWS.values()) or _SECRET.search(variable) is not None


def _value(row: Row, text: str) -> object:
    """The value that the text states for this row."""
    if row.kind is bool:
        if text.lower() in ("true", "1", "yes", "on"):
            return True
        if text.lower() in ("false", "0", "no", "off"):
            return False
        raise SettingError(f"{row.variable} is {text!r}; write true or false.")
    if row.kind in (int, float):
        try:
            number = row.kind(text)
        except ValueError:
            raise SettingError(f"{row.variable} is {text!r}; write a number, such as {row.default}.") from None
        if number == 0 and row.variable == "KG_PORT":
            return 0
        if not 0 < number < 1e9:
            raise SettingError(f"{row.variable} is {text!r}; write a number above 0, such as {row.default}.")
        return number
    if row.variable == "KG_BASE" and not re.fullmatch(r"https?://[^\s/<>\"{}|\\^`%#?]+/(?:[^\s<>\"{}|\\^`%#?]*/)?", text):
        raise SettingError(f"KG_BASE is {text!r}; write an http(s) address that ends in /, such as {row.default}.")
    if row.variable == "KG_STORE" and "://" in text:
        raise SettingError(f"KG_STORE is {text!r}; this version keeps its graph in a folder or in memory:.")
    if row.variable == "KG_FEDERATION_ALLOW" and text != NOWHERE:
        for address in text.split():
            written = _ENDPOINT.fullmatch(address)
            if written is None or int(written[1] or 0) > 65535 or not _is_url(address):
                raise SettingError(
                    f"KG_FEDERATION_ALLOW names {address!r}; write http(s) addresses as queries name them, in ASCII, without user, "
                    "password and fragment, such as https://query.wikidata.org/sparql."
                )
    if row.variable == "KG_CONTACT" and not re.fullmatch(r"[!-'*-~]+", text):
        raise SettingError(f"KG_CONTACT is {text!r}; write an e-mail or web address, such as me@example.org.")
    return text


def _is_url(address: str) -> bool:
    """Whether an address can be taken apart, as it is when it is asked."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True
