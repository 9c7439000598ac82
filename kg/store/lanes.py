"""Who is answered next: lanes with a bounded number of places, in which clients that have used little go before those that have used much.

The order within a lane is start-time fair queueing (Goyal, Vin and Cheng 1997): each client has a clock that runs on by what its queries cost,
and the client whose clock is furthest behind is next; with equal costs that is one query each in turn.  Of a client's own queries the one that is
expected to take least is next, so that those that take a moment do not wait behind those that never end.
"""

from __future__ import annotations

import math
import re
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from kg.errors import QueryAbandoned, QueryBusy

TURN: Final = 0.0005
"""Seconds that a query is taken to cost before it has run."""

REMEMBERED: Final = 4096
"""Clients, and shapes of queries, that are remembered."""


TOLD: Final = 1 << 17
"""Characters of a text that tell of which kind the query is."""

_LAST: Final = 8
"""Queries over which is averaged how long a place is taken."""

_LONGEST: Final = 60
"""Seconds after which anyone may ask again."""


class Gone:
    """Whether the client has gone, told by whoever watches its connection."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._happened = False
        self._act: Callable[[], None] | None = None

    def tell(self) -> None:
        """The client has gone: what is being done for it is stopped."""
        with self._lock:
            self._happened = True
            if self._act is not None:
                self._act()

    @property
    def happened(self) -> bool:
        """Whether it has."""
        return self._happened

    @contextmanager
    def stops(self, act: Callable[[], None]) -> Iterator[None]:
        """Lets `act` be called if the client goes meanwhile; raises QueryAbandoned when it has gone already."""
        with self._lock:
            if self._happened:
                raise QueryAbandoned
            self._act = act
        try:
            yield
        finally:
            with self._lock:
                self._act = None


class Waiting:
    """One query that waits for a place; `seconds` gives how many it is expected to take, by what is known now."""

    def __init__(self, client: str, seconds: Callable[[], float] = float) -> None:
        self.client = client
        self.seconds = seconds
        self.called = threading.Event()
        self.admitted = False

    def expected(self) -> float:
        """The seconds that it is expected to take."""
        return self.seconds()


class FairQueue:
    """What waits, at most `length` of it; the client that has used least is next, and of its queries the one that is expected to take least."""

    def __init__(self, length: int) -> None:
        self.length = length
        self._waiting: OrderedDict[str, deque[Waiting]] = OrderedDict()
        self._clocks: dict[str, float] = {}
        self._now = 0.0
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def count(self, client: str) -> int:
        """How many of a client's wait."""
        return len(self._waiting.get(client, ()))

    def push(self, one: Waiting) -> Waiting | None:
        """Lets one wait. When the queue is full, one of the client with the most has to leave, and is given back: that which is expected to take most,
        of equal ones the last, which may be the new one.
        """
        out = None
        if self._count >= self.length:
            most = max(self._waiting, key=lambda client: len(self._waiting[client]), default=one.client)
            own = self._waiting.get(one.client, ())
            leaving = [*own, one] if len(self._waiting.get(most, ())) <= len(own) + 1 else self._waiting[most]
            out = max(reversed(leaving), key=Waiting.expected)
            if out is one:
                return one
            self.remove(out)
        if one.client not in self._waiting:
            self._waiting[one.client] = deque()
            self._clocks[one.client] = max(self._clocks.get(one.client, 0.0), self._now)
        self._waiting[one.client].append(one)
        self._count += 1
        return out

    def pop(self) -> Waiting | None:
        """The next, or None."""
        if not self._waiting:
            return None
        client = min(self._waiting, key=lambda client: self._clocks[client])
        self._now = self._clocks[client]
        one = min(self._waiting[client], key=Waiting.expected)
        self.remove(one)
        if client in self._waiting:
            self._waiting.move_to_end(client)
        return one

    def remove(self, one: Waiting) -> bool:
        """Takes one out; whether it was there."""
        waiting = self._waiting.get(one.client)
        if waiting is None or one not in waiting:
            return False
        waiting.remove(one)
        self._count -= 1
        if not waiting:
            del self._waiting[one.client]
        return True

    def charge(self, client: str, seconds: float) -> None:
        """Notes what a client has used."""
        self._clocks[client] = max(self._clocks.get(client, 0.0), self._now) + seconds
        if len(self._clocks) > REMEMBERED:  # who is not ahead of now loses nothing by being forgotten
            self._clocks = {name: at for name, at in self._clocks.items() if at > self._now or name in self._waiting}
        if len(self._clocks) > 2 * REMEMBERED:
            self._clocks = {name: self._clocks[name] for name in self._waiting}


class Lane:
    """A bounded number of places, and the queue before them. To be used from any thread."""

    def __init__(self, name: str, places: int, length: int) -> None:
        self.name = name
        self.places = places
        self.taken = 0
        self._queue = FairQueue(length)
        self._mean = 0.0
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._queue)

    def try_enter(self, client: str) -> bool:
        """Takes a place if one is free and nobody waits for it."""
        with self._lock:
            if self.taken >= self.places or len(self._queue):
                return False
            self._queue.charge(client, TURN)
            self.taken += 1
            return True

    def enter(self, client: str, gone: Gone, patience: float, seconds: Callable[[], float] = float) -> None:
        """Takes a place, after waiting for it so many seconds at most; raises QueryBusy, QueryAbandoned when the client goes meanwhile.

        `seconds` gives how many the query is expected to take.
        """
        if self.try_enter(client):
            return
        one = Waiting(client, seconds)
        with self._lock:
            out = self._queue.push(one)
            if out is not one:
                self._call()
        if out is not None:
            out.called.set()
        try:
            with gone.stops(one.called.set):
                one.called.wait(patience)
        except QueryAbandoned:
            self._withdraw(one)
            raise
        if one.admitted and not gone.happened:
            return
        self._withdraw(one)
        if gone.happened:
            raise QueryAbandoned
        raise self._busy(client, None if one.called.is_set() else patience)

    def leave(self, client: str, seconds: float) -> None:
        """Gives a place back, after so many seconds of work for this client."""
        with self._lock:
            self._queue.charge(client, seconds)
            self._mean += (seconds - self._mean) / _LAST
            self.taken -= 1
            self._call()

    def _busy(self, client: str, waited: float | None) -> QueryBusy:
        """Why there is no place, and when there may be one: the queue is full, or it has been waited for so many seconds."""
        with self._lock:
            waiting, own = len(self._queue), self._queue.count(client)
            seconds = min(_LONGEST, max(1, math.ceil(self._mean * (waiting + 1) / self.places)))
        why = f"none became free within {waited:g} s" if waited is not None else "the queue is full"
        return QueryBusy(
            f"All {self.places} places for {self.name} queries are taken, and {why}: {waiting} of at most {self._queue.length} wait, "
            f"{own} of them from your address. Addresses take turns. This query was not answered; ask again in about {seconds} s.",
            seconds,
        )

    def _withdraw(self, one: Waiting) -> None:
        with self._lock:
            self._queue.remove(one)
            if one.admitted:
                self.taken -= 1
                self._call()

    def _call(self) -> None:
        """Lets in whoever is next, while there are places."""
        while self.taken < self.places:
            one = self._queue.pop()
            if one is None:
                return
            self._queue.charge(one.client, TURN)
            self.taken += 1
            one.admitted = True
            one.called.set()


_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?'
    r"|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'(?:[^'\\\n]|\\.)*+'?"
    r"|<[^<>\s]*+>|[\w-]*+:[\w.%-]*+|\d[\w.]*+|([\w$?-]++)",
    re.DOTALL,
)
"""Constants, and in a group all other words, which are taken whole so that the time is linear in the text's length."""

_SPACE: Final = re.compile(r"\s+|#[^\n]*")


class Shapes:
    """Which kinds of queries have taken long, and how long: queries that differ in their constants only are of one kind.

    A kind counts as long when most of its last ones were.  One that takes long now and then by its constants does not.
    """

    def __init__(self) -> None:
        self._long: OrderedDict[int, float] = OrderedDict()
        self._seconds: OrderedDict[int, float] = OrderedDict()
        self._lock = threading.Lock()

    def is_long(self, text: str) -> bool:
        """Whether a query is to be expected to take long."""
        return self._long.get(_shape(text), 0.0) > 0.5

    def note(self, text: str, long: bool) -> None:
        """Notes whether a query took long."""
        self._average(self._long, text, float(long))

    def took(self, text: str, seconds: float) -> None:
        """Notes how many seconds one that took long has taken, or had when it was stopped."""
        self._average(self._seconds, text, seconds)

    def seconds(self, text: str) -> Callable[[], float]:
        """Gives how many seconds the last ones of a query's kind took that took long; 0 where there was none."""
        shape = _shape(text)
        return lambda: self._seconds.get(shape, 0.0)

    def _average(self, known: OrderedDict[int, float], text: str, value: float) -> None:
        """Takes in one more value, which counts as much as all before."""
        shape = _shape(text)
        with self._lock:
            before = known.pop(shape, None)
            known[shape] = value if before is None else (before + value) / 2
            if len(known) > REMEMBERED:
                known.popitem(last=False)


def _shape(text: str) -> int:
    return hash(_SPACE.sub(" ", _TOKEN.sub(r"?\1", text[:TOLD])).strip())
