"""Claims as they stand in a graph, read back for what derives from them: facts, fusion, contradictions.

Names are local (`componentOf`, `realis/asserted`), things are IRIs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.ids import Ids
from kg.terms import RDF, Vocabulary
from kg.triples import DCTERMS, OA, ORG

Node = Mapping[str, tuple[str, ...]]
"""A node's values by property IRI, IRIs and literals as their text."""

Nodes = Mapping[str, Mapping[str, Sequence[str]]]
"""What is said of each subject: the values by predicate."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim as it stands in a graph.

    `node` holds the values of a Count or TimeSpan; `voices` are the outlets whose own voice the document carries, `day` is the document's date (EDTF);
    `start` and `quote` are where its words stand and what they are; `position`, `incumbency`, `since` and `until` (EDTF) belong to a role.
    """

    claim: str
    subject: str
    predicate: str
    object: str
    realis: str
    tier: str
    status: str
    speakers: frozenset[str]
    voices: frozenset[str]
    node: Node | None = None
    document: str = ""
    day: str | None = None
    start: int = 0
    quote: str = ""
    position: str | None = None
    incumbency: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def own_voice(self) -> bool:
        """Whether the outlet itself says it: the document's voice, or its publisher where no voice is stated."""
        return not self.speakers or bool(self.speakers & self.voices)

    def value(self, property_iri: str) -> str | None:
        """The one value of a property of the claim's Count or TimeSpan."""
        return next(iter((self.node or {}).get(property_iri, ())), None)


def nodes_of(quads: Iterable[Quad]) -> Nodes:
    """The nodes of one graph."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value, _ in quads:
        nodes.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value.value)
    return nodes


def stated(nodes: Nodes, ids: Ids, words: Vocabulary) -> Iterator[Stated]:
    """The claims that stand among the nodes of one graph (an article's or the authority's), sorted by id."""
    claim_class = words.term("Claim")
    for iri in sorted(iri for iri, node in nodes.items() if claim_class in node.get(RDF + "type", ())):
        yield _claim(iri, nodes, ids, words)


def _claim(iri: str, nodes: Nodes, ids: Ids, words: Vocabulary) -> Stated:
    ns, concept = ids.term(""), ids.concept("")
    node = nodes[iri]
    target = node[RDF + "object"][0]
    value = nodes.get(target)
    source = node[words.term("reportedIn")][0]
    document = nodes.get(source, {})
    words_at = nodes.get(next(iter(node.get(words.term("evidence"), ())), ""), {})
    tenure = nodes.get(next(iter(node.get(words.term("tenure"), ())), ""), {})

    def local(of: Mapping[str, Sequence[str]], name: str) -> str | None:
        return next((found.removeprefix(concept) for found in of.get(name, ())), None)

    def when(name: str) -> str | None:
        times = (nodes.get(time, {}).get(words.term("edtf"), ()) for time in tenure.get(words.term(name), ()))
        return next((edtf for found in times for edtf in found), None)

    return Stated(
        iri,
        node[RDF + "subject"][0],
        node[RDF + "predicate"][0].removeprefix(ns),
        target,
        node[words.term("realis")][0].removeprefix(concept),
        node[words.term("tier")][0].removeprefix(concept),
        node[words.term("status")][0].removeprefix(concept),
        frozenset(node.get(words.term("saidBy"), ())),
        frozenset(document.get(words.term("voice")) or document.get(DCTERMS + "publisher") or ()),
        {name: tuple(sorted(values)) for name, values in value.items()} if value and _is_value(value, words) else None,
        source,
        next(iter(document.get(DCTERMS + "issued", ())), None),
        int(next(iter(words_at.get(OA + "start", ())), 0)),
        next(iter(words_at.get(OA + "exact", ())), ""),
        local(tenure, ORG + "role"),
        local(tenure, words.term("incumbency")),
        when("from"),
        when("until"),
    )


def _is_value(node: Mapping[str, Sequence[str]], words: Vocabulary) -> bool:
    return bool({words.term("Count"), words.term("TimeSpan")} & set(node.get(RDF + "type", ())))
