"""The quads of an article's graph, made from its Reading: plain RDF 1.1, ids from content, no blank nodes, no clock.

A claim is `rdf:subject/predicate/object` reification (RDF 1.1 Semantics, appendix D.1) with realis, speaker chain, document, and the quote it
rests on as a Web Annotation selector (oa:exact, oa:start, oa:end; offsets count code points of the clean text).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import Ids, digest
from kg.model import Claim, Document, Reading, Source, Span, TimeSpan
from kg.terms import RDF, RDFS, Vocabulary
from kg.triples import DCTERMS, EDTF, OA, ORG, PROV, XSD, Writer
from kg.values.wording import fingerprint


def article(document: Document, reading: Reading, source: Source, extractor: str, ids: Ids, words: Vocabulary) -> Iterator[Quad]:
    """All quads of one article's graph: the document, its claims with their quotes and values, tellings, candidates."""
    out = Writer(ids.article_graph(source.article), ids, words)
    yield from _document(out, document, source)
    for report in reading.reports:
        yield from out.a(report.id, "EventReport")
        yield from out.link(report.id, "reportedIn", source.article)
    for candidate in reading.candidates:
        yield from out.a(candidate.id, "Candidate")
        yield from out.a(candidate.id, candidate.kind)
        yield from out.say(candidate.id, RDFS + "label", Literal(candidate.label, language="en"))
        yield from out.link(candidate.id, "candidateIn", source.article)
    for claim in reading.claims:
        yield from _claim(out, claim, source, extractor)
    for span in sorted({claim.evidence for claim in reading.claims}):
        yield from _quote(out, document, source, span)


def _document(out: Writer, document: Document, source: Source) -> Iterator[Quad]:
    iri = source.article
    yield from out.a(iri, "Paraphrase" if source.paraphrase else "Article")
    yield from out.say(iri, DCTERMS + "title", Literal(document.title, language=document.language) if document.title else None)
    yield from out.link(iri, DCTERMS + "publisher", source.outlet)
    yield from out.link(iri, "voice", source.voice)
    yield from out.say(
        iri, DCTERMS + "issued", Literal(document.dateline.edtf, datatype=NamedNode(EDTF)) if document.dateline.edtf else None
    )
    yield from out.concept(iri, "datelineEvidence", document.dateline.evidence)
    yield from out.say(iri, DCTERMS + "language", document.language)
    yield from out.say(iri, "url", Literal(document.url, datatype=NamedNode(XSD + "anyURI")) if document.url else None)
    for work in source.works:
        yield from out.link(iri, PROV + "wasDerivedFrom", work)
    yield from out.say(iri, "textHash", document.text_sha256)
    yield from out.say(iri, "rawHash", document.raw_sha256)


def _claim(out: Writer, claim: Claim, source: Source, extractor: str) -> Iterator[Quad]:
    iri = claim.id
    yield from out.a(iri, "Claim")
    yield from out.link(iri, RDF + "subject", claim.subject)
    yield from out.link(iri, RDF + "predicate", out.words.term(claim.predicate))
    yield from _object(out, claim)
    for name in ("realis", "tier"):
        yield from out.concept(iri, name, f"{name}/{getattr(claim, name)}")
    yield from out.concept(iri, "status", "status/current")
    yield from out.link(iri, "reportedIn", source.article)
    chain = claim.speakers or ((source.voice,) if source.voice else ())
    if chain:
        yield from out.link(iri, "saidBy", chain[0])
    for number, actor in enumerate(chain[1:], 1):
        step = out.ids.thing("step", f"{_name(iri)}-{number}")
        yield from out.link(iri, "viaStep", step)
        yield from out.a(step, "AttributionStep")
        yield from out.say(step, "stepNumber", number)
        yield from out.link(step, "stepActor", actor)
    yield from out.link(iri, "evidence", _quote_id(out.ids, source, claim.evidence))
    yield from out.link(iri, PROV + "wasGeneratedBy", out.ids.thing("extractor", extractor))
    if claim.held.position:
        yield from _tenure(out, claim)


def _object(out: Writer, claim: Claim) -> Iterator[Quad]:
    if isinstance(claim.object, str):
        yield from out.link(claim.id, RDF + "object", claim.object)
        return
    node = out.ids.thing("time" if isinstance(claim.object, TimeSpan) else "count", _name(claim.id))
    yield from out.link(claim.id, RDF + "object", node)
    if isinstance(claim.object, TimeSpan):
        yield from out.time(node, claim.object)
        return
    yield from out.count(node, claim.object)
    yield from out.link(node, "ofGroup", claim.held.group)
    yield from out.link(node, "where", claim.held.place)
    if claim.held.time:
        when = out.ids.thing("time", _name(claim.id) + "-as-of")
        yield from out.link(node, "asOf", when)
        yield from out.time(when, claim.held.time)


def _tenure(out: Writer, claim: Claim) -> Iterator[Quad]:
    """The position held, in the shape of org:Membership."""
    node = out.ids.thing("tenure", _name(claim.id))
    yield from out.link(claim.id, "tenure", node)
    yield from out.a(node, "Tenure")
    yield from out.link(node, ORG + "member", claim.subject)
    yield from out.link(node, ORG + "organization", claim.object if isinstance(claim.object, str) else None)
    yield from out.concept(node, ORG + "role", claim.held.position)
    yield from out.say(node, "title", claim.held.title)
    yield from out.concept(node, "incumbency", claim.held.incumbency)


def _quote(out: Writer, document: Document, source: Source, span: Span) -> Iterator[Quad]:
    iri = _quote_id(out.ids, source, span)
    yield from out.a(iri, "Quote")
    yield from out.say(iri, OA + "exact", span.of(document.text))
    yield from out.say(iri, OA + "start", span.start)
    yield from out.say(iri, OA + "end", span.end)
    for mark in fingerprint(span.of(document.text)):
        yield from out.say(iri, "wording", mark)
    yield from out.link(iri, "inDocument", source.article)


def _quote_id(ids: Ids, source: Source, span: Span) -> str:
    return ids.thing("quote", digest(source.article, span))


def _name(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
