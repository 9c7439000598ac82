"""The words of SPARQL: keywords, functions with the numbers of arguments they take, aggregates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KEYWORDS: Final = frozenset(
    (
        "ADD", "ALL", "AS", "ASC", "ASK", "BASE", "BIND", "BY", "CLEAR", "CONSTRUCT", "COPY", "CREATE", "DATA", "DEFAULT", "DELETE",
        "DESC", "DESCRIBE", "DISTINCT", "DROP", "EXISTS", "FILTER", "FROM", "GRAPH", "GROUP", "HAVING", "IN", "INSERT", "INTO",
        "LATERAL", "LIMIT", "LOAD", "MINUS", "MOVE", "NAMED", "NOT", "OFFSET", "OPTIONAL", "ORDER", "PREFIX", "REDUCED", "SELECT",
        "SEPARATOR", "SERVICE", "SILENT", "TO", "UNDEF", "UNION", "USING", "VALUES", "VERSION", "WHERE", "WITH",
    )
)  # fmt: skip

MANY: Final = 1 << 30

FUNCTIONS: Final[Mapping[str, tuple[int, int]]] = {
    **dict.fromkeys(("NOW", "RAND", "STRUUID", "UUID"), (0, 0)),
    "BNODE": (0, 1),
    **dict.fromkeys(
        (
            "ABS", "BOUND", "CEIL", "DATATYPE", "DAY", "ENCODE_FOR_URI", "FLOOR", "HASLANG", "HASLANGDIR", "HOURS", "IRI", "ISBLANK",
            "ISIRI", "ISLITERAL", "ISNUMERIC", "ISTRIPLE", "ISURI", "LANG", "LANGDIR", "LCASE", "MD5", "MINUTES", "MONTH", "OBJECT",
            "PREDICATE", "ROUND", "SECONDS", "SHA1", "SHA256", "SHA384", "SHA512", "STR", "STRLEN", "SUBJECT", "TIMEZONE", "TZ", "UCASE",
            "URI", "YEAR",
        ),
        (1, 1),
    ),
    **dict.fromkeys(
        ("ADJUST", "CONTAINS", "LANGMATCHES", "SAMETERM", "STRAFTER", "STRBEFORE", "STRDT", "STRENDS", "STRLANG", "STRSTARTS"), (2, 2)
    ),
    "REGEX": (2, 3),
    "SUBSTR": (2, 3),
    **dict.fromkeys(("IF", "STRLANGDIR", "TRIPLE"), (3, 3)),
    "REPLACE": (3, 4),
    **dict.fromkeys(("COALESCE", "CONCAT"), (0, MANY)),
}  # fmt: skip
"""The least and the greatest number of arguments; the last row takes any number."""

AGGREGATES: Final = frozenset(("AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM"))

UNREPEATABLE: Final = frozenset(("BNODE", "NOW", "RAND", "STRUUID", "UUID"))
"""Functions whose value differs from one evaluation to the next."""
