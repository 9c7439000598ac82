"""The tree against the W3C SPARQL 1.1 suites: what is read, what is refused, and that a rebuilt text means the same."""

from __future__ import annotations

import re

import pytest

from kg.errors import QueryError
from kg.sparql.inspection import services
from kg.sparql.parser import parse_query, parse_update
from kg.sparql.printer import show
from kg.sparql.traversal import renamed, walk
from kg.sparql.tree import IRI, Query, Update, Variable
from tests.sparql.w3c import Case, canonical, cases, comparable, load, needs_suites

pytestmark = needs_suites

REPEATING_NOTHING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID)\b", re.IGNORECASE)


def parsed(case: Case) -> Query | Update:
    return (parse_update if case.is_update else parse_query)(case.text, {}, case.base)


def parametrized(*, negative: bool) -> pytest.MarkDecorator:
    found = [case for case in cases() if case.is_negative is negative]
    return pytest.mark.parametrize("case", found, ids=lambda case: case.name)


def test_the_suites_are_all_here() -> None:
    assert len(cases()) > 450
    assert sum(case.is_negative for case in cases()) > 60


@parametrized(negative=True)
def test_what_is_wrong_is_refused(case: Case) -> None:
    with pytest.raises(QueryError):
        parsed(case)


@parametrized(negative=False)
def test_what_is_right_is_read_and_printed_back(case: Case) -> None:
    tree = parsed(case)
    text = show(tree)
    again = (parse_update if case.is_update else parse_query)(text, {})
    assert again == tree
    assert hash(again) == hash(tree)
    assert show(again) == text


def rebuilt(tree: Query | Update) -> tuple[str, dict[str, str]]:
    """The text of the tree with each variable and each prefix under another name, and the variables' old names by their new ones."""
    names = {node.name: f"renamed_{node.name}" for node in walk(tree) if isinstance(node, Variable)}
    spaces = sorted({re.split(r"[^/#:]*$", node.value)[0] for node in walk(tree) if isinstance(node, IRI)} - {""})
    text = show(renamed(tree, names), {f"p{number}": space for number, space in enumerate(spaces)})
    return text, {new: old for old, new in names.items()}


@pytest.mark.parametrize(  # those of `service` ask endpoints, with a rebuilt text, too: tests/server/w3c.py
    "case", [case for case in cases() if case.is_evaluated and not case.name.startswith("service/")], ids=lambda case: case.name
)
def test_a_rebuilt_text_has_the_same_result(case: Case) -> None:
    tree = parsed(case)
    text, names = rebuilt(tree)
    assert not services(tree) or case.is_update
    ours, theirs = load(case.data), load(case.data)
    if case.is_update:
        theirs.update(case.text, base_iri=case.base)
        ours.update(text)
        assert canonical(ours) == canonical(theirs)
        return
    try:
        found = theirs.query(case.text, base_iri=case.base)
        wanted = comparable(found)
    except RuntimeError as error:
        with pytest.raises(RuntimeError, match=re.escape(str(error))):
            comparable(ours.query(text))
        return
    answer = comparable(ours.query(text), names)
    if REPEATING_NOTHING.search(case.text):
        assert isinstance(answer, bool) or isinstance(wanted, bool) or len(answer) == len(wanted)
    else:
        assert answer == wanted, text
