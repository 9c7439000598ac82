"""IRI references and the absolute IRIs they stand for (RFC 3986, section 5.2; RFC 3987)."""

from __future__ import annotations

import re
from typing import Final

_PARTS: Final = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)


def is_absolute(reference: str) -> bool:
    """Whether it has a scheme.

    >>> is_absolute("urn:x"), is_absolute("a/b:c")
    (True, False)
    """
    found = _PARTS.fullmatch(reference)
    return found is not None and found[1] is not None


def resolved(reference: str, base: str) -> str:
    """The IRI that a reference stands for beside a base; an absolute one stays as it is, as it does where there is no base.

    >>> resolved("../g?y#s", "http://a/b/c/d;p?q")
    'http://a/b/g?y#s'
    >>> resolved("", "http://a/b#c")
    'http://a/b'
    """
    there, here = _PARTS.fullmatch(reference), _PARTS.fullmatch(base)
    assert there is not None
    assert here is not None
    scheme, authority, path, query, fragment = there.groups()
    if scheme is not None:
        return reference
    if authority is not None:
        return _joined(here[1], authority, _without_dots(path), query, fragment)
    if not path:
        return _joined(here[1], here[2], here[3], here[4] if query is None else query, fragment)
    if not path.startswith("/"):
        path = f"/{path}" if here[2] is not None and not here[3] else here[3][: here[3].rfind("/") + 1] + path
    return _joined(here[1], here[2], _without_dots(path), query, fragment)


def _without_dots(path: str) -> str:
    """The path without `.` and `..` (section 5.2.4)."""
    if "." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > (1 if path.startswith("/") else 0):
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _joined(scheme: str | None, authority: str | None, path: str, query: str | None, fragment: str | None) -> str:
    return "".join(
        (
            "" if scheme is None else f"{scheme}:",
            "" if authority is None else f"//{authority}",
            path,
            "" if query is None else f"?{query}",
            "" if fragment is None else f"#{fragment}",
        )
    )
