"""Names taken out of quads that no article is made into again: those that users wrote, and those of revisions kept by name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg import corrections
from kg.ids import Ids
from kg.pipeline.takedowns import Rule, meant
from kg.store.graphs import Clean
from kg.triples import Node

_REMEMBERED: Final = 100_000
"""Terms of which it is remembered how they read without names."""


def cleaning(following: Sequence[Rule], base: str) -> Clean:
    """Takes names out of quads that no article is made into again: those of users and of kept revisions; the shipped vocabulary is left alone.

    A takedown that is confined to articles reaches the graphs that name one of them.
    """
    shipped = {Ids(base).graph(name) for name in ("ontology", "authority")}
    met: dict[tuple[str, bool, frozenset[int]], str] = {}

    def clean(words: str, meant_here: frozenset[int], *, address: bool) -> str:
        at = (words, address, meant_here)
        if at not in met:
            if len(met) > _REMEMBERED:
                met.clear()
            without = corrections.redacted_path if address else corrections.redacted
            found = words
            for rule in following:
                if rule.number in meant_here and corrections.shows(found.encode(), rule.matcher):
                    found = without(found, rule.matcher)
                    if corrections.shows(found.encode(), rule.matcher):
                        found = corrections.SLUG if address else corrections.MARKER
            met[at] = found
        return met[at]

    def term(node: Node, here: frozenset[int]) -> Node:
        if isinstance(node, NamedNode):
            name = clean(node.value, here, address=True)
            return node if name == node.value else NamedNode(name if ":" in name else f"urn:{name}")
        if isinstance(node, BlankNode):
            label = clean(node.value, here, address=True)
            return node if label == node.value else BlankNode(hashlib.sha256(label.encode()).hexdigest()[:16])
        if isinstance(node, Literal):
            return _literal(node, clean(node.value, here, address=False), term(node.datatype, here))
        if isinstance(node, Triple):
            return Triple(*(term(each, here) for each in (node.subject, node.predicate, node.object)))  # type: ignore[arg-type]
        return node

    def cleaned(quad: Quad) -> Quad:
        graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode | BlankNode) else ""
        here = frozenset(rule.number for rule in following if meant(Path(graph), rule.takedown))
        if graph in shipped or not here:
            return quad
        return Quad(*(term(each, here) for each in (quad.subject, quad.predicate, quad.object, quad.graph_name)))  # type: ignore[arg-type]

    return cleaned


def _literal(node: Literal, words: str, datatype: Node) -> Literal:
    """A literal with other words, which are plain ones, or with another datatype; itself when both are as they were."""
    if words == node.value and datatype == node.datatype:
        return node
    if node.language:
        return Literal(words, language=node.language, direction=node.direction)
    return Literal(words) if words != node.value else Literal(words, datatype=datatype)  # type: ignore[arg-type]
