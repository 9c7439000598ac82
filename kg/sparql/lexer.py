"""The tokens of a SPARQL text, after the terminals of the SPARQL 1.1 grammar (section 19.8) with those that SPARQL 1.2 adds.

Each token carries its value: variables, IRIs, literals and blank nodes are nodes of the tree already.  The lexer knows the prefixes and the
base as the text goes along, so that a prefixed name or a relative reference becomes an absolute IRI where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.sparql.faults import Fault, TooDeep, nearest, shown
from kg.sparql.iris import is_absolute, resolved
from kg.sparql.tree import IRI, RDF, XSD, BlankNode, Literal, Variable
from kg.sparql.words import AGGREGATES, FUNCTIONS, KEYWORDS

DEEPEST: Final = 100
"""Brackets inside brackets, and signs before signs, beyond which a text is refused: engines and this one recurse on them."""


class Token:
    """One token: its type in the grammar, the text as it stands, its offset, and its value where it has one."""

    __slots__ = ("start", "text", "type", "value")

    def __init__(self, type: str, text: str, start: int, value: Any = None) -> None:
        self.type = type
        self.text = text
        self.start = start
        self.value = value


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = "\u00b7\u0300-\u036f\u203f-\u2040"
_CHAR = rf"[{_BASE}_0-9{_MORE}\-]"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_IN_STRING = r"\\[tbnrf\\\"']"
_EXPONENT = r"[eE][+-]?[0-9]+"

_TOKEN: Final = re.compile(
    r"(?:[ \t\r\n]|#[^\r\n]*+)*+(?:"
    + "|".join(
        (
            rf"(?P<variable>[?$][{_BASE}_0-9][{_BASE}_0-9{_MORE}]*+)",
            rf"(?P<name>(?:[{_BASE}](?:\.*+{_CHAR})*+)?:(?:(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*+(?:{_CHAR}|:|{_ESCAPED}))*+)?)",
            r"(?P<word>[A-Za-z][A-Za-z0-9_]*+)",
            r"(?P<iri><[^\x00-\x20<>\"{}|^`\\]*+>)",
            rf"(?P<double>[+-]?(?:[0-9]+\.[0-9]*{_EXPONENT}|\.?[0-9]+{_EXPONENT}))",
            r"(?P<decimal>[+-]?[0-9]*\.[0-9]+)",
            r"(?P<integer>[+-]?[0-9]+)",
            r"(?P<sign><<\(|\)>>|<<|>>|\{\||\|\}|&&|\|\||\^\^|!=|<=|>=|[{}()\[\].,;=<>*/|!^?~+-])",
            rf"(?P<long>\'\'\'(?:[^'\\]|{_IN_STRING}|'(?!''))*+\'\'\'|\"\"\"(?:[^\"\\]|{_IN_STRING}|\"(?!\"\"))*+\"\"\")",
            rf"(?P<string>'(?:[^'\\\n\r]|{_IN_STRING})*+'|\"(?:[^\"\\\n\r]|{_IN_STRING})*+\")",
            rf"(?P<blank>_:[{_BASE}_0-9](?:\.*+{_CHAR})*+)",
            r"(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)",
            r"(?P<end>\Z)",
            r"(?P<stray>(?s:.))",
        )
    )
    + ")"
)

SIGNS: Final[Mapping[str, str]] = {
    "<<(": "TRIPLE_OPEN", ")>>": "TRIPLE_CLOSE", "<<": "REIFIED_OPEN", ">>": "REIFIED_CLOSE", "{|": "ANNOTATION_OPEN",
    "|}": "ANNOTATION_CLOSE", "&&": "AND", "||": "OR", "^^": "DATATYPE_MARK", "!=": "COMPARE", "<=": "COMPARE", ">=": "COMPARE",
    "<": "COMPARE", ">": "COMPARE", "=": "EQUAL", "{": "LBRACE", "}": "RBRACE", "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB",
    ".": "DOT", ",": "COMMA", ";": "SEMICOLON", "*": "STAR", "/": "SLASH", "|": "VBAR", "!": "BANG", "^": "CIRCUMFLEX", "?": "QMARK",
    "~": "TILDE", "+": "PLUS_SIGN", "-": "MINUS_SIGN",
}  # fmt: skip
"""The signs, by their types in the grammar."""

_WORDS: Final[Mapping[str, str]] = {
    **{word: word for word in KEYWORDS},
    **dict.fromkeys(FUNCTIONS, "FUNCTION"),
    **dict.fromkeys(AGGREGATES, "AGGREGATE"),
}
_OPENING: Final = frozenset(("<<(", "<<", "{|", "{", "(", "["))
_CLOSING: Final = frozenset((")>>", ">>", "|}", "}", ")", "]"))
_PREFIX_SIGNS: Final = frozenset("!+-")
_FRESH: Final = frozenset(("<<", "{|", "~", "(", "["))

_IN: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_STRING_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_NAME_ESCAPE: Final = re.compile(r"\\(.)")
_NUMBERED: Final = re.compile(r"_:_([0-9]+)")


def _unescaped(text: str) -> str:
    return _STRING_ESCAPE.sub(lambda escape: _IN.get(escape[1], escape[1]), text) if "\\" in text else text


def _is_valid(iri: str) -> bool:
    """Whether the engine takes it for an absolute IRI (RFC 3987)."""
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


def _word(written: str, start: int) -> Token:
    if written == "a":
        return Token("A", written, start, IRI(f"{RDF}type", at=start))
    upper = written.upper()
    if upper in ("TRUE", "FALSE"):
        return Token("BOOLEAN", written, start, Literal(written.lower(), f"{XSD}boolean", at=start))
    return Token(_WORDS.get(upper, "unknown word"), written, start, upper)


def _other(kind: str, written: str, start: int) -> Token:
    if kind == "string":
        return Token("STRING", written, start, _unescaped(written[1:-1]))
    if kind == "long":
        return Token("STRING", written, start, _unescaped(written[3:-3]))
    if kind in ("integer", "decimal", "double"):
        type = "SIGNED" if written[0] in "+-" else "INTEGER" if kind == "integer" else "NUMBER"
        return Token(type, written, start, Literal(written, XSD + kind, at=start))
    if kind == "blank":
        return Token("BLANK", written, start, BlankNode(written[2:], at=start))
    if kind == "language":
        language, _, direction = written[1:].partition("--")
        if direction not in ("", "ltr", "rtl"):
            raise Fault(start, f"{shown(written)} has a direction that is neither ltr nor rtl")
        return Token("LANGUAGE", written, start, (language, direction or None))
    if kind == "end":
        return Token("$END", written, start)
    if written in "'\"":
        raise Fault(start, "the string that begins here is not closed, or holds an escape that SPARQL does not know")
    raise Fault(start, f"{written if written.isprintable() else f'U+{ord(written):04X}'} cannot stand here")


class Lexer:
    """The tokens of one text; `prefixes` need no declaration, `base` is what relative references stand beside until BASE says another."""

    def __init__(self, text: str, prefixes: Mapping[str, str], base: str | None) -> None:
        self.text = text
        self.prefixes = dict(prefixes)
        self.base = base
        self.at = 0
        self.deepest = 0
        self.opened: list[Token] = []
        self.unopened: Token | None = None
        self.empty = True
        self.rebased: int | None = None
        self.resolving = False
        used = max((int(number[:18]) for number in _NUMBERED.findall(text)), default=0) if "_:_" in text else 0
        self.fresh = count(used + 1)

    def tokens(self) -> Iterator[Token]:
        """The tokens in their order, the last of type $END; raises Fault where the text has none."""
        signs = 0
        before = namespace = ""
        while True:
            found = _TOKEN.match(self.text, self.at)
            assert found is not None
            kind = found.lastgroup
            assert kind is not None
            self.at = found.end()
            written = found[kind]
            start = self.at - len(written)
            if kind == "variable":
                token = Token("VARIABLE", written, start, Variable(written[1:], at=start))
            elif kind == "sign":
                token = self._sign(written, start)
            elif kind == "word":
                token = _word(written, start)
                if token.value in ("IRI", "URI"):
                    self.resolving = True
            elif kind == "name":
                if before == "PREFIX" and written.find(":") == len(written) - 1:
                    namespace = written[:-1]
                    token = Token("NAMESPACE", written, start)
                else:
                    token = Token("IRI", written, start, IRI(self._named(written, start), at=start))
            elif kind == "iri":
                iri = self._referred(written, start)
                token = Token("IRI", written, start, iri)
                if isinstance(iri, Fault):
                    pass
                elif before == "NAMESPACE":
                    self.prefixes[namespace] = token.value.value
                elif before == "BASE":
                    if self.base != token.value.value and self.resolving:
                        self.rebased = start
                    self.base = token.value.value
            else:
                token = _other(kind, written, start)
            signs = signs + 1 if written in _PREFIX_SIGNS else 0
            if signs > self.deepest:
                self._deeper(signs, start)
            yield token
            if kind == "end":
                return
            self.empty = False
            before = token.type

    def _deeper(self, depth: int, start: int) -> None:
        self.deepest = depth
        if depth > DEEPEST:
            raise TooDeep(start, f"brackets or signs stand more than {DEEPEST} deep inside one another")

    def _sign(self, written: str, start: int) -> Token:
        token = Token(SIGNS[written], written, start, self.fresh if written in _FRESH else None)
        if written in _OPENING:
            self.opened.append(token)
            if len(self.opened) > self.deepest:
                self._deeper(len(self.opened), start)
        elif written in _CLOSING:
            if self.opened:
                self.opened.pop()
            elif self.unopened is None:
                self.unopened = token
        return token

    def _named(self, written: str, start: int) -> str:
        """The IRI of a prefixed name."""
        prefix, _, local = written.partition(":")
        namespace = self.prefixes.get(prefix)
        if namespace is None:
            near = nearest(prefix, self.prefixes) if prefix else None
            hint = f"; did you mean {near}:?" if near else f"; declare it with PREFIX {shown(prefix)}: <…>"
            raise Fault(start, f"the prefix {shown(prefix)}: is not declared{hint}")
        iri = namespace + (_NAME_ESCAPE.sub(r"\1", local) if "\\" in local else local)
        if not _is_valid(iri):
            raise Fault(start, f"{shown(written)} stands for <{shown(iri)}>, which is not a valid IRI")
        return iri

    def less_than(self, token: Token) -> Token:
        """The comparison that a token is which was taken for an IRI (`?a<1&&?b>2`); what follows it is read again."""
        written = "<=" if token.text.startswith("<=") else "<"
        self.at = token.start + len(written)
        return Token("COMPARE", written, token.start)

    def _referred(self, written: str, start: int) -> IRI | Fault:
        """The IRI of a reference in angle brackets, or the fault should one be meant."""
        reference = written[1:-1]
        if self.base is not None:
            reference = resolved(reference, self.base)
        if _is_valid(reference):
            return IRI(reference, at=start)
        if is_absolute(reference):
            return Fault(start, f"{shown(written)} is not a valid IRI")
        return Fault(start, f"{shown(written)} is not an absolute IRI; give a scheme, a prefix or a BASE")
