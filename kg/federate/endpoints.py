"""The endpoints that SERVICE may reach (KG_FEDERATION_ALLOW), asked politely: each by one request at a time, as late as it wants, and not at
all for a while after it has failed several times.
"""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from kg.errors import EndpointFailed, EndpointTimeout, QueryAbandoned, QueryRefused, RemoteError, RemoteTimeout, RemoteTooLarge
from kg.federate import replies
from kg.federate.replies import Solutions, has_blank_node
from kg.http.client import Reply, Watch, post
from kg.sparql.tree import TripleTerm

FAILURES: Final = 3
"""Failures in a row after which an endpoint is left alone."""

REST: Final = 30.0
"""Seconds for which it is."""

UNTOLD: Final = 5.0
"""Seconds after which to ask again when an endpoint has too much to do and does not say how long."""

PATIENCE: Final = 3600.0
"""Seconds above which an endpoint is not left alone, however long it says."""

FAIR: Final = 5.0
"""Seconds that a request must have had for its end to be a failure of the endpoint: those of its connection alone."""

ATTEMPTS: Final = 3
"""Requests for one answer, where an endpoint asks to be asked later."""

LARGEST_REPLY: Final = 64 << 20
"""Bytes, unpacked, above which a reply is not read."""

_CUT_SHORT: Final[Mapping[str, str]] = {"x-sql-state": "S1TAT"}
"""Headers by which an endpoint tells, with status 200, that it stopped in the middle: Virtuoso."""

_BUSY: Final = (429, 503)


@dataclass(slots=True)
class _Endpoint:
    """What is known of one endpoint; times are those of time.monotonic."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    failures: int = 0
    not_before: float = 0.0
    why: str = ""


class Endpoints:
    """Those that may be asked, exactly as they are listed; `rows` is the most that one answer may have. To be used from any thread."""

    def __init__(self, allowed: Sequence[str], agent: str, rows: int) -> None:
        self.allowed = tuple(allowed)
        self.rows = rows
        self._agent = agent
        self._known = {iri: _Endpoint() for iri in allowed}

    def check(self, iri: str) -> None:
        """Raises QueryRefused for an endpoint that may not be asked."""
        if iri not in self._known:
            raise QueryRefused(
                f"The query was refused: it asks <{iri[:200]}> by SERVICE, and this endpoint may not ask that one (KG_FEDERATION_ALLOW). "
                f"It may ask {', '.join(f'<{each}>' for each in self.allowed)}, written exactly so."
            )

    def ask(self, iri: str, query: str, wanted: Sequence[str], always: frozenset[str], until: float, watch: Watch) -> Solutions:
        """The solutions of a SELECT query at an endpoint, with these variables; those of `always` have a value in each.

        Raises EndpointTimeout, EndpointFailed, QueryRefused, QueryAbandoned.
        """
        self.check(iri)
        here = self._known[iri]
        try:
            with _turn(here, until, watch):
                reply = self._reply(iri, here, query, until, watch)
            return _taken_over(replies.read(reply.body, reply.media_type, wanted, always, self.rows))
        except RemoteTimeout as error:
            raise EndpointTimeout(iri, str(error)) from error
        except RemoteError as error:
            raise EndpointFailed(iri, str(error)) from error

    def _reply(self, iri: str, here: _Endpoint, query: str, until: float, watch: Watch) -> Reply:
        for attempt in range(1, ATTEMPTS + 1):
            _wait(here, until, watch)
            fair = until - time.monotonic() >= FAIR
            try:
                reply = post(iri, {"query": query}, replies.ACCEPT, self._agent, LARGEST_REPLY, until, watch)
            except RemoteError as error:
                if watch.happened:
                    raise QueryAbandoned from None
                if fair if isinstance(error, RemoteTimeout) else not isinstance(error, RemoteTooLarge):
                    _failed(here, str(error))
                raise
            if reply.status not in _BUSY:
                return _checked(here, reply)
            here.not_before = time.monotonic() + _patience(reply)
            here.why = f"answered with status {reply.status}, that it has too much to do"
            if attempt == ATTEMPTS:
                raise RemoteError(f"{here.why}, {ATTEMPTS} times")
        raise AssertionError("the last attempt answers or raises")


@contextmanager
def _turn(here: _Endpoint, until: float, watch: Watch) -> Iterator[None]:
    """The one request at a time that an endpoint is asked."""
    while not here.turn.acquire(timeout=max(0.0, min(0.25, until - time.monotonic()))):
        if watch.happened:
            raise QueryAbandoned
        if time.monotonic() >= until:
            raise RemoteTimeout("is asked by others, one at a time, and its turn did not come in time")
    try:
        yield
    finally:
        here.turn.release()


def _wait(here: _Endpoint, until: float, watch: Watch) -> None:
    """Waits for as long as the endpoint wants to be left alone; raises RemoteError when that is longer than there is time."""
    now = time.monotonic()
    if now >= until:
        raise RemoteTimeout("was not asked: no time was left, so no answer could come in time")
    seconds = here.not_before - now
    if seconds <= 0:
        return
    if here.failures >= FAILURES or here.not_before >= until:
        raise RemoteError(f"{here.why}, and is not asked again for {math.ceil(seconds)} s")
    gone = threading.Event()
    with watch.stops(gone.set):
        if gone.wait(seconds):
            raise QueryAbandoned


def _failed(here: _Endpoint, why: str) -> None:
    """Notes a failure; after several in a row the endpoint is left alone, and then tried by one request."""
    here.failures += 1
    if here.failures >= FAILURES:
        here.not_before = time.monotonic() + REST
        here.why = f"failed {here.failures} times in a row, at last it {why}"


def _checked(here: _Endpoint, reply: Reply) -> Reply:
    """The reply, if it is an answer."""
    if reply.status == 200:
        if any(reply.headers.get(name, "").strip() == value for name, value in _CUT_SHORT.items()):
            raise RemoteError("stopped before its answer was whole")
        here.failures = 0
        return reply
    why = f"answered with status {reply.status}"
    if 300 <= reply.status < 400:
        where = re.sub(r"[^!-~]", "", reply.headers.get("location", ""))[:200]
        raise RemoteError(f"{why}, which leads to <{where}>; nothing is followed, so list and write that address if it is to be asked")
    said = _said(reply)
    if reply.status >= 500:
        _failed(here, why)
    else:
        here.failures = 0
    raise RemoteError(f"{why}{f' and said: {said}' if said else ''}")


def _taken_over(found: Solutions) -> Solutions:
    """The solutions, if VALUES can hold them."""
    if any(isinstance(term, TripleTerm) and has_blank_node(term) for row in found.rows for term in row):
        raise RemoteError("answered with a triple term that holds a blank node, which cannot be taken over")
    return found


def _said(reply: Reply) -> str:
    """The first words of a failure, if they are plain text."""
    if "html" in reply.media_type:
        return ""
    words = " ".join(reply.body.decode("utf-8", "replace").split())
    return "".join(letter for letter in words if letter.isprintable())[:200].rstrip(".")


def _patience(reply: Reply) -> float:
    """Seconds after which to ask again (RFC 9110, section 10.2.3)."""
    told = reply.headers.get("retry-after", "").strip()
    if re.fullmatch("[0-9]+", told):
        return min(float(told), PATIENCE)
    try:
        seconds = (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return UNTOLD
    return min(max(0.0, seconds), PATIENCE)
