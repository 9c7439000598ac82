"""What a query may not name here, and what it asks for."""

from __future__ import annotations

from kg.errors import QueryRefused
from kg.formats import Kind
from kg.sparql.inspection import Inspection, inspect
from kg.sparql.mistakes import stray


def admit(text: str) -> Inspection:
    """What the query names, if this door serves it.

    Raises QueryRefused for SERVICE and for updates, QuerySyntaxError for a character that no SPARQL text has.
    """
    found = inspect(text)
    if found.names_service:
        raise QueryRefused(
            "The query was refused: it names SERVICE, and this endpoint asks no other. "
            "Ask the other one yourself, and join the two answers or bring its own along in VALUES."
        )
    if found.is_update:
        raise QueryRefused(
            f"The query was refused: {found.form} changes the graph, and this door only answers questions "
            "(SELECT, ASK, CONSTRUCT, DESCRIBE). `kg add` and `kg remove` change the graph."
        )
    if found.stray is not None:
        raise stray(text, found.stray)
    return found


def answer_kind(text: str) -> Kind:
    """What the answer of the query will be, as far as its first word tells; solutions where it does not."""
    return "graph" if inspect(text).gives_graph else "solutions"
