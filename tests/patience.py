"""How long the tests wait: for what comes, however busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

PATIENCE: Final = 300.0
"""Seconds that a busy machine may take for what takes an idle one a moment."""


def comes(happens: Callable[[], bool]) -> bool:
    """Whether something happens in the time to come."""
    end = time.monotonic() + PATIENCE
    while not happens():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
