"""Where and why a text is not SPARQL, told from our tokens and the engine's message.

The engine reports the furthest character at which a rule failed.  It tries keywords by comparing as many characters as they have, so
that this is up to 14 characters behind the token that does not fit.  With wide gaps between the tokens no comparison reaches the next
one: the text is parsed once more that way, and the place it reports then lies at the token itself.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import Final

from kg.errors import QuerySyntaxError
from kg.sparql.tokens import Token, place, tokens

KEYWORDS: Final = (
    "ADD", "ALL", "AS", "ASC", "ASK", "BASE", "BIND", "BY", "CLEAR", "CONSTRUCT", "COPY", "COUNT", "CREATE", "DELETE", "DESC",
    "DESCRIBE", "DISTINCT", "DROP", "EXISTS", "FILTER", "FROM", "GRAPH", "GROUP", "HAVING", "IN", "INSERT", "LATERAL", "LIMIT",
    "LOAD", "MINUS", "MOVE", "NAMED", "NOT", "OFFSET", "OPTIONAL", "ORDER", "PREFIX", "REDUCED", "SELECT", "SEPARATOR", "SERVICE",
    "SILENT", "UNDEF", "UNION", "USING", "VALUES", "VERSION", "WHERE", "WITH", "AVG", "BNODE", "BOUND", "COALESCE", "CONCAT",
    "CONTAINS", "DATATYPE", "GROUP_CONCAT", "ISBLANK", "ISIRI", "ISLITERAL", "ISNUMERIC", "LANG", "LANGMATCHES", "LCASE", "MAX",
    "MIN", "REGEX", "REPLACE", "ROUND", "SAMETERM", "SAMPLE", "STR", "STRAFTER", "STRBEFORE", "STRDT", "STRENDS", "STRLANG",
    "STRLEN", "STRSTARTS", "SUBSTR", "SUM", "UCASE", "UUID", "YEAR",
)  # fmt: skip

_MESSAGE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_REASON: Final = re.compile(r"(?:^|, )((?!Prefix not found)[A-Za-z][A-Za-z']*(?: [\w'<>?:/#.-]+){2,})(?=,|$)")
_ABSOLUTE: Final = re.compile("<[A-Za-z][A-Za-z0-9+.-]*:")
_GAP: Final = " " * 40
_JOINED: Final = frozenset(("<<", "<(", ")>", ">>", "{|", "|}", "&&", "||", "^^", "!=", "<=", ">="))
_CLOSING: Final = {"{": "}", "(": ")", "[": "]"}


def explain(text: str, message: str, known: Collection[str], parse: Callable[[str], str | None]) -> QuerySyntaxError:
    """The syntax error of a text that the engine refused with `message`.

    `known` are the prefixes that need no declaration; `parse` gives the engine's message for another text, None when it finds no fault.
    """
    found = list(tokens(text))
    if found and found[-1].kind == "stray":
        return stray(text, found[-1].start)
    if (undeclared := _undeclared(found, known)) is not None:
        return _error(text, undeclared.start, _undeclared_reason(undeclared, found, known))
    engine = _MESSAGE.fullmatch(message)
    if not found or engine is None:
        return _error(text, len(text), "there is no query" if not found else message)
    token = _misfit(found, parse)
    reason = _REASON.search(engine[3].removeprefix("one of "))
    if reason is not None:
        return _refused(text, token or found[-1], reason[1], found)
    if token is None:
        return _error(text, len(text), "the query ends too early" + _unclosed(text, found))
    if token is found[-1] and token.text == "}":
        return _error(text, token.start, "} does not fit here: " + _before_the_end(found))
    return _error(text, token.start, f"{_shown(token)} does not fit here{_meant(token)}")


def _before_the_end(found: Sequence[Token]) -> str:
    """What may be wrong when only the last brace does not fit; the engine does not tell."""
    signs = [token.text for token in found if token.kind == "sign"]
    if signs.count("}") > signs.count("{"):
        return "it closes nothing"
    return "something before it is missing, or not allowed (such as a variable that BIND or AS binds a second time)"


def _refused(text: str, token: Token, reason: str, found: Iterable[Token]) -> QuerySyntaxError:
    """The error of a text that follows the grammar but not the rules beside it."""
    if reason.startswith("IRI"):
        relative = [iri for iri in found if iri.kind == "iri" and iri.start <= token.start and not _ABSOLUTE.match(iri.text)]
        if relative:
            return _error(text, relative[-1].start, f"{_shown(relative[-1])} is not an absolute IRI; give a scheme, a prefix or a BASE")
        return _error(text, token.start, "the IRI before this is not valid")
    return _error(text, token.start, reason[0].lower() + reason[1:])


def stray(text: str, offset: int) -> QuerySyntaxError:
    """The syntax error of a character that begins no token."""
    sign = text[offset]
    if sign in "'\"":
        return _error(text, offset, "the string that begins here is not closed, or holds an escape that SPARQL does not know")
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    return _error(text, offset, f"{shown} cannot stand here")


def _error(text: str, offset: int, reason: str) -> QuerySyntaxError:
    line, column = place(text, offset)
    return QuerySyntaxError(reason if reason.endswith("?") else f"{reason}.", line, column)


def _declared(found: Iterable[Token]) -> set[str]:
    """The prefixes that the text declares."""
    return {name.prefix for word, name in pairwise(found) if word.text.upper() == "PREFIX" and name.kind == "name"}


def _undeclared(found: Sequence[Token], known: Collection[str]) -> Token | None:
    """The first prefixed name whose prefix nobody declares."""
    declared = _declared(found) | set(known)
    return next((token for token in found if token.kind == "name" and token.prefix not in declared), None)


def _undeclared_reason(token: Token, found: Sequence[Token], known: Collection[str]) -> str:
    near = difflib.get_close_matches(token.prefix, sorted(_declared(found) | set(known)), n=3)
    hint = f"did you mean {', '.join(f'{name}:' for name in near)}?" if near else f"declare it with PREFIX {token.prefix}: <…>"
    return f"the prefix {token.prefix}: is not declared; {hint}"


def _misfit(found: Sequence[Token], parse: Callable[[str], str | None]) -> Token | None:
    """The token that does not fit, or None when all do and the text ends too early."""
    spaced, starts = "", []
    for index, token in enumerate(found):
        joined = index > 0 and found[index - 1].end == token.start and found[index - 1].text + token.text in _JOINED
        spaced += "" if joined else _GAP
        starts.append(len(spaced))
        spaced += token.text
    spaced += _GAP
    engine = _MESSAGE.fullmatch(parse(spaced) or "")
    if engine is None:
        return found[-1]
    lines = spaced.split("\n")
    reported = sum(len(line) + 1 for line in lines[: int(engine[1]) - 1]) + int(engine[2]) - 1
    if reported >= len(spaced):
        return None
    passed = [token for token, start in zip(found, starts, strict=True) if start <= reported]
    return passed[-1] if passed else None


def _open(found: Iterable[Token]) -> list[Token]:
    """The brackets that are still open at the end."""
    opened: list[Token] = []
    for token in found:
        if token.text in _CLOSING:
            opened.append(token)
        elif opened and token.text == _CLOSING[opened[-1].text]:
            opened.pop()
    return opened


def _unclosed(text: str, found: Iterable[Token]) -> str:
    opened = _open(found)
    if not opened:
        return ""
    line, column = place(text, opened[-1].start)
    return f": the {opened[-1].text} of line {line}, column {column} is not closed"


def _meant(token: Token) -> str:
    near = difflib.get_close_matches(token.text.upper(), KEYWORDS, n=1, cutoff=0.75) if token.kind == "word" else []
    return f"; did you mean {near[0]}?" if near and near[0] != token.text.upper() else ""


def _shown(token: Token) -> str:
    return token.text if len(token.text) <= 60 else f"{token.text[:57]}…"
