"""What a process is asked through its pipe, read by a thread of its own: when the pipe ends, because its owner closed it or died, the process
ends at once, also in the middle of its work.
"""

from __future__ import annotations

import os
import queue
import threading
from multiprocessing.connection import Connection
from typing import Any, Final

MEMORY_STATUS: Final = 99
"""What a process ends with when Python, rather than the engine, finds no more memory."""


def messages(pipe: Connection) -> queue.SimpleQueue[Any]:
    """The messages as they come."""
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def read() -> None:
        while True:
            try:
                waiting.put(pipe.recv())
            except (EOFError, OSError):
                os._exit(0)
            except MemoryError:
                os._exit(MEMORY_STATUS)

    threading.Thread(target=read, daemon=True).start()
    return waiting
