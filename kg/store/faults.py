"""Whose fault it is when the engine stops: the request's, or the store's."""

from __future__ import annotations

import re
from typing import Final

OF_REQUEST: Final = re.compile(r"The graph .* (?:does not exist|already exists)|The custom function .* is not supported", re.DOTALL)
"""What the engine says where a request asks for what cannot be; all else that it tells as RuntimeError comes of the store's files."""


def failure(error: Exception) -> str:
    """What is told where the engine could not read or write the store's files."""
    return (
        f"The store could not be read or written: {error}. "
        "If it happens again, see to the disk; then `kg rebuild` or a backup makes the store whole."
    )
