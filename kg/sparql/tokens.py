"""The tokens of a SPARQL query, after the terminals of the SPARQL 1.1 grammar (section 19.8), with those that SPARQL 1.2 adds.

A lexer alone cannot tell every `<` apart: in `FILTER(?a<?b)` it compares, in `?s <p> ?o` it opens an IRI.  `tokens` takes the IRI wherever
one fits, as the grammar's longest-match rule says; `readings` also follows the other reading where the two would hide different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["iri", "name", "blank", "variable", "language", "string", "number", "word", "sign", "stray"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token as it stands in the text; a stray is a character that begins no token."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)

    @property
    def prefix(self) -> str:
        """The prefix of a prefixed name, without its colon."""
        return self.text.partition(":")[0]


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = "\u00b7\u0300-\u036f\u203f-\u2040"
_CHAR = rf"[{_BASE}_0-9{_MORE}\-]"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UNICODE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IN_STRING = rf"\\[tbnrf\\\"']|{_UNICODE}"
_EXPONENT = r"[eE][+-]?[0-9]+"

_SKIPPED: Final = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*+)*+")
_TOKEN: Final = re.compile(
    "|".join(
        (
            rf"(?P<iri><(?:[^\x00-\x20<>\"{{}}|^`\\]|{_UNICODE})*+>)",
            rf"(?P<blank>_:[{_BASE}_0-9](?:\.*+{_CHAR})*+)",
            rf"(?P<name>(?:[{_BASE}](?:\.*+{_CHAR})*+)?:(?:(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*+(?:{_CHAR}|:|{_ESCAPED}))*+)?)",
            rf"(?P<variable>[?$][{_BASE}_0-9][{_BASE}_0-9{_MORE}]*+)",
            r"(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)",
            rf"(?P<string>'''(?:[^'\\]|{_IN_STRING}|'(?!''))*+'''|\"\"\"(?:[^\"\\]|{_IN_STRING}|\"(?!\"\"))*+\"\"\""
            rf"|'(?:[^'\\\n\r]|{_IN_STRING})*+'|\"(?:[^\"\\\n\r]|{_IN_STRING})*+\")",
            rf"(?P<number>[+-]?(?:[0-9]+\.[0-9]*{_EXPONENT}|[0-9]*\.[0-9]+(?:{_EXPONENT})?|[0-9]+(?:{_EXPONENT})?))",
            r"(?P<word>[A-Za-z][A-Za-z0-9_]*+)",
            r"(?P<sign>[<>{}()\[\].,;=!&|^*/+\-?~])",
            r"(?P<stray>(?s:.))",
        )
    )
)

_TELLING: Final = frozenset(")'#")
"""The characters that mean one thing inside an IRI and another outside: they close, open a string, begin a comment."""


def _token_at(text: str, start: int) -> Token:
    found = _TOKEN.match(text, start)
    assert found is not None
    assert found.lastgroup is not None
    return Token(found.lastgroup, found.group(), start)  # type: ignore[arg-type]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of the text, an IRI wherever one fits; ends after the first stray.

    >>> [token.text for token in tokens("ASK { ?s a ex:T } # SERVICE")]
    ['ASK', '{', '?s', 'a', 'ex:T', '}']
    """
    return _walk(text, 0, set())


def readings(text: str) -> Iterator[tuple[bool, list[Token]]]:
    """Every stretch of tokens that some reading of the text has; whether it is the first reading (that of `tokens`), and the tokens.

    Later stretches begin behind a `<` that the first took for an IRI's; each ends where a stretch already given has been before.
    """
    seen: set[int] = set()
    starts = [0]
    while starts:
        first = starts == [0] and not seen
        stretch = list(_walk(text, starts.pop(), seen))
        starts += [token.start + 1 for token in stretch if token.kind == "iri" and not _TELLING.isdisjoint(token.text)]
        yield first, stretch


def _walk(text: str, at: int, seen: set[int]) -> Iterator[Token]:
    """The tokens from an offset to the end, to the first stray, or to an offset seen before."""
    while True:
        skipped = _SKIPPED.match(text, at)
        assert skipped is not None
        at = skipped.end()
        if at == len(text) or at in seen:
            return
        seen.add(at)
        token = _token_at(text, at)
        yield token
        if token.kind == "stray":
            return
        at = token.end


def follows(text: str, offset: int, sign: str) -> bool:
    """Whether a sign is the next thing behind an offset, blanks and comments aside."""
    skipped = _SKIPPED.match(text, offset)
    assert skipped is not None
    return text.startswith(sign, skipped.end())


_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def decoded(text: str) -> str:
    """The text with its codepoint escapes decoded, as section 19.2 has it done before all else; what names no character stays.

    >>> decoded(r"\\u0053ERVICE")
    'SERVICE'
    """
    return _CODEPOINT.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else escape[0]


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1, columns in characters.

    >>> place("ASK\\n{ ?", 6)
    (2, 3)
    """
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
