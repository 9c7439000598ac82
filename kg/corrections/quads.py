"""What corrections leave in the graph: claims of earlier versions, the retraction of an article, tombstones of names taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.corrections.log import Corrections, Retraction
from kg.ids import Ids, digest
from kg.terms import RDF, Vocabulary
from kg.triples import PROV, XSD, Writer


@dataclass(frozen=True, slots=True)
class Version:
    """One text that stood under an article's address; `quads` is the graph that it makes, empty when it can no longer be read."""

    text_sha256: str
    raw_sha256: str
    quads: frozenset[Quad] = frozenset()


def superseded_graph(article: str, ids: Ids) -> str:
    """The graph of what earlier versions of an article (its IRI) said and the one in force does not say any more."""
    return ids.article_graph(article) + "/superseded"


def superseded(article: str, earlier: Sequence[Version], current: Version, ids: Ids, words: Vocabulary) -> frozenset[Quad]:
    """The graph of the earlier versions' claims, oldest version first in `earlier`; empty when there is none.

    A claim stands there once, in the last version that made it, with its values and its quote.  It holds no triple that the graph of
    the version in force holds.
    """
    if not earlier:
        return frozenset()
    out = Writer(superseded_graph(article, ids), ids, words)
    found: set[Quad] = set()
    versions = [*earlier, current]
    names = [ids.thing("version", digest(article, number, v.text_sha256)) for number, v in enumerate(versions, 1)]
    for number, version in enumerate(versions, 1):
        iri = names[number - 1]
        found.update(out.a(iri, "Version"))
        found.update(out.link(iri, "versionOf", article))
        found.update(out.say(iri, "versionNumber", number))
        found.update(out.say(iri, "textHash", version.text_sha256))
        found.update(out.say(iri, "rawHash", version.raw_sha256))
        found.update(out.link(iri, PROV + "wasRevisionOf", names[number - 2] if number > 1 else None))
    made = _claims(current.quads, words)
    for iri, version in reversed([*zip(names, earlier, strict=False)]):
        own = _claims(version.quads, words) - made
        found.update(_claimed(version.quads, own, iri, out))
        made |= own
    standing = {quad.triple for quad in current.quads}
    return frozenset(quad for quad in found if quad.triple not in standing)


def _claims(quads: Iterable[Quad], words: Vocabulary) -> set[NamedNode]:
    """The claims of a graph."""
    kind, claim = NamedNode(RDF + "type"), NamedNode(words.term("Claim"))
    return {q.subject for q in quads if q.predicate == kind and q.object == claim and isinstance(q.subject, NamedNode)}


def _claimed(quads: Iterable[Quad], claims: Set[NamedNode], version: str, out: Writer) -> Iterator[Quad]:
    """The quads of some claims of a version and of the nodes that they lead to, quotes named anew: the place in two versions may be one."""
    about: dict[object, list[Quad]] = {}
    shared = NamedNode(out.words.term("wording"))  # by which sources are compared: those of the texts in force
    for quad in quads:
        if quad.predicate == shared:
            continue
        about.setdefault(quad.subject, []).append(quad)
    quote, status = NamedNode(out.words.term("evidence")), NamedNode(out.words.term("status"))
    stops = {NamedNode(out.words.term("reportedIn")), NamedNode(out.words.term("inDocument")), NamedNode(out.words.term("candidateIn"))}
    renamed: dict[object, NamedNode] = {
        q.object: NamedNode(out.ids.thing("quote", digest(version, q.object.value)))
        for claim in claims
        for q in about[claim]
        if q.predicate == quote and isinstance(q.object, NamedNode)
    }
    graph = NamedNode(out.graph)
    todo: list[object] = sorted(claims, key=str)
    met = set(todo)
    for node in todo:
        for quad in about.get(node, []):
            value = NamedNode(out.words.concept("status/superseded")) if quad.predicate == status else renamed.get(quad.object, quad.object)
            yield Quad(renamed.get(quad.subject, quad.subject), quad.predicate, value, graph)
            if quad.predicate not in stops and quad.object in about and quad.object not in met:
                met.add(quad.object)
                todo.append(quad.object)
    for claim in claims:
        yield from out.link(claim.value, "inVersion", version)


def retracted(article: str, quads: frozenset[Quad], retraction: Retraction | None, ids: Ids, words: Vocabulary) -> frozenset[Quad]:
    """An article's graph as a retraction, or none, has it; the graph may be given in either state."""
    out = Writer(ids.article_graph(article), ids, words)
    status, link = NamedNode(words.term("status")), NamedNode(words.term("retraction"))
    current, withdrawn = (NamedNode(words.concept(f"status/{name}")) for name in ("current", "retracted"))
    node = NamedNode(ids.thing("retraction", article.rsplit("/", 1)[-1]))
    before, after = (current, withdrawn) if retraction else (withdrawn, current)
    kept = {
        Quad(q.subject, status, after, q.graph_name) if q.predicate == status and q.object == before else q
        for q in quads
        if q.subject != node and q.predicate != link
    }
    if retraction:
        kept.update(out.link(article, "retraction", node.value))
        kept.update(out.a(node.value, "Retraction"))
        kept.update(_decided(out, node.value, retraction.by, retraction.day))
        kept.update(out.say(node.value, "correctionReason", retraction.reason))
    return frozenset(kept)


def tombstones(corrections: Corrections, ids: Ids, words: Vocabulary) -> frozenset[Quad]:
    """The graph that says that names were taken out, when, by whom and of which articles."""
    out = Writer(ids.graph("corrections"), ids, words)
    found: set[Quad] = set()
    for number, takedown in enumerate(corrections.takedowns, 1):
        iri = ids.thing("tombstone", digest(number, takedown.by, takedown.day))
        found.update(out.a(iri, "Tombstone"))
        found.update(_decided(out, iri, takedown.by, takedown.day))
        for article in corrections.touched(number):
            found.update(out.link(iri, "redacted", ids.thing("article", article)))
    return frozenset(found)


def _decided(out: Writer, iri: str, by: str, day: str) -> Iterator[Quad]:
    yield from out.say(iri, "correctedBy", by)
    yield from out.say(iri, "correctedOn", Literal(day, datatype=NamedNode(XSD + "date")))
