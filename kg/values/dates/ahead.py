"""Whether a sentence looks ahead of the day on which it was written, where it names a date."""

from __future__ import annotations

import re

_NEAR = 160
_CUE = re.compile(
    r"(?:\b(?:will|shall|would(?!\shave)|(?:is|are)\s(?:to|due)|due|scheduled|slated|set\s(?:to|for)|expected|plans?|planned|upcoming|going\sto)\b"
    r"|['’]ll\b)(?P<rest>[^.;:!?,\n\"“”]*)$",
    re.IGNORECASE,
)
_REPORTING = re.compile(r"\b(?:said|says|told|announced|stated|added|claimed|vowed|warned|since|after)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.!?\n][\"“”'’]?\s*)(?:(?:on|by|in|from|until|the|early|late)\s)*$", re.IGNORECASE)
_FOLLOWING = re.compile(r",?(?:\s(?!said|told|announced|that\b)[\w'’-]+){1,6}?\s(?:will|shall|(?:is|are)\sto)\b", re.IGNORECASE)


def looks_ahead(text: str, start: int, end: int) -> bool:
    """True where a word of futurity stands before the date in its clause, or after a date that opens the sentence.

    >>> looks_ahead("Talks will resume on Sunday.", 21, 27), looks_ahead("Talks resumed on Sunday.", 17, 23)
    (True, False)
    """
    left = text[max(0, start - _NEAR) : start]
    cue = _CUE.search(left)
    if cue and not _REPORTING.search(cue["rest"]):
        return True
    return bool(_OPENING.search(left) and _FOLLOWING.match(text, end, end + _NEAR))
