"""Turns at writing: a change that depends on what stands there is made alone, all others together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets any number of threads write together, or one alone; who wants to be alone goes before those who come later."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._together = 0
        self._alone = False
        self._wanting = 0

    @contextmanager
    def taken(self, *, alone: bool) -> Iterator[None]:
        """A turn, alone or with others."""
        with self._changed:
            if alone:
                self._wanting += 1
                self._changed.wait_for(lambda: not self._alone and not self._together)
                self._wanting -= 1
                self._alone = True
            else:
                self._changed.wait_for(lambda: not self._alone and not self._wanting)
                self._together += 1
        try:
            yield
        finally:
            with self._changed:
                if alone:
                    self._alone = False
                else:
                    self._together -= 1
                self._changed.notify_all()
