"""What the asker should know beside an answer, in its header Warning.

The code is 299, of a warning that holds as long as the answer does (RFC 7234, section 5.5; RFC 9111 leaves the header to its uses).  So a 304
need not repeat it: a cache keeps the fields of what it has stored that a 304 does not name (RFC 9111, section 3.2), and drops on
validation only warnings of the codes 1xx.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from flask import Response

_PRINTABLE: Final = " !#$%&'()*+,-./:;<=>?@[]^_`{|}~"
"""What stands in a header as it is, beside letters and digits."""


def add(response: Response, warnings: Iterable[str]) -> None:
    """Tells the warnings with the response."""
    for warning in warnings:
        response.headers.add("Warning", f'299 - "{quote(warning, safe=_PRINTABLE)}"')
