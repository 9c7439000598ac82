"""Whether a sentence looks ahead of the day on which it was written, where it names a date."""

from __future__ import annotations

import re
from functools import lru_cache

_NEAR = 160
_CUE = re.compile(
    r"(?:\b(?:will|shall|would(?!\shave)|(?:is|are)\s(?:to|due)|due|scheduled|slated|set\s(?:to|for)|expected|plans?|planned|upcoming|going\sto)\b"
    r"|['’]ll\b)(?P<rest>[^.;:!?,\n\"“”]*)$",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:must|should|need(?:s|ed)?\sto|ha(?:ve|s)\sto|"
    r"(?:vow|pledg|promis|agree|threaten|order|urg|demand|ask|call|want|intend|hop|prepar|commit|press)\w*\b[^.;:!?,\n\"“”]*?\bto|"
    r"(?:g[ai]v(?:e|es|en|ing)|grant(?:s|ed|ing)?|s[ei]t(?:s|ting)?)\b[^.;:!?,\n\"“”]*?)\b[^.;:!?,\n\"“”]*?"
    r"\b(?:by|until|till|before|no\slater\sthan)\s(?:the\s)?$",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"\b(?:deadline|ultimatum|cut-?off|target\sdate)\b", re.IGNORECASE)
_DEADLINE_BEFORE = re.compile(rf"{_DEADLINE.pattern}\s(?:(?:is|was|set)\s)?(?:of|for|on|by)?\s?(?:the\s)?$", re.IGNORECASE)
_REPORTING = re.compile(r"\b(?:said|says|told|announced|stated|added|claimed|vowed|warned|since|after)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.!?\n][\"“”'’]?\s*)(?:(?:on|by|in|from|until|the|early|late)\s)*$", re.IGNORECASE)
_FOLLOWING = re.compile(r",?(?:\s(?!said|told|announced|that\b)[\w'’-]+){1,6}?\s(?:will|shall|(?:is|are)\sto)\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def looks_ahead(text: str, start: int, end: int) -> bool:
    """True where a word of futurity or a bound on what is to be done stands before the date in its clause, or futurity after a date that opens
    the sentence.

    >>> looks_ahead("Talks will resume on Sunday.", 21, 27), looks_ahead("Talks resumed on Sunday.", 17, 23)
    (True, False)
    """
    left = text[max(0, start - _NEAR) : start]
    cue = _CUE.search(left)
    bound = _BOUND.search(left)
    if bound and not _REPORTING.search(bound[0]):
        return True
    if cue and not _REPORTING.search(cue["rest"]):
        return True
    return bool(_OPENING.search(left) and _FOLLOWING.match(text, end, end + _NEAR))


@lru_cache(maxsize=512)
def is_deadline(text: str, start: int, end: int) -> bool:
    """True of the date of a deadline, which lies on either side of the day of writing.

    >>> is_deadline("the 31 December deadline passed", 4, 15)
    True
    """
    return bool(_DEADLINE.match(text, end + 1) or _DEADLINE_BEFORE.search(text, max(0, start - 40), start))
