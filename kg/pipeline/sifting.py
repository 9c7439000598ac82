"""The sound claims of an article, and those set aside: a claim stands only if it and all nodes that it needs fit the shapes.

What is taken out takes with it the tellings, candidates, values and quotes that no other claim needs; the rest is written as if the claim had never
been read. Taking one out can leave another without what it needs, so what is left is checked again until nothing is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.errors import UnsoundArticle
from kg.model import Claim, Document, Reading, Source
from kg.resolve import without
from kg.store.aside import Reason
from kg.validate import Finding, Shapes


@dataclass(frozen=True, slots=True)
class Sifted:
    """What of an article may be stored: its reading and its quads; and what may not, with the quads that only this needed."""

    reading: Reading
    quads: frozenset[Quad]
    reasons: tuple[Reason, ...] = ()
    aside: frozenset[Quad] = frozenset()


def sift(document: Document, reading: Reading, source: Source, write: Callable[[Reading], frozenset[Quad]], shapes: Shapes) -> Sifted:
    """The sound part of a reading, `write` giving the quads of one.

    Raises UnsoundArticle when what is wrong is not in a claim but in the document itself.
    """
    whole = quads = write(reading)
    reasons: list[Reason] = []
    said = {claim.id: claim for claim in reading.claims}
    while findings := shapes.check(quads):
        guilty = _guilty(findings, quads, said.keys(), source.article)
        unsound = [finding for finding in findings if not any(finding in found for found in guilty.values())]
        if unsound:
            more = f" (and {len(unsound) - 1} more)" if len(unsound) > 1 else ""
            raise UnsoundArticle(
                document.name, f"its own data do not fit the shapes: {unsound[0].message}{more}. Mend them in a metadata.yaml."
            )
        reasons += (_reason(said[claim], finding) for claim, found in guilty.items() for finding in found)
        reading = without(reading, guilty.keys(), (source.outlet, source.voice))
        quads = write(reading)
    return Sifted(reading, quads, tuple(sorted(reasons)), whole - quads)


def _guilty(findings: Iterable[Finding], quads: Iterable[Quad], claims: Iterable[str], article: str) -> Mapping[str, list[Finding]]:
    """The findings of each claim that has any: those on itself and on the nodes that it leads to, its document and other claims excepted."""
    found = defaultdict(list)
    for finding in findings:
        found[finding.node].append(finding)
    leads = defaultdict(set)
    for quad in quads:
        if isinstance(quad.object, NamedNode):
            leads[quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]
    ends = {article, *claims}
    guilty = {}
    for claim in sorted(claims):
        nodes, todo = {claim}, [claim]
        for here in todo:
            todo += (new := leads[here] - nodes - ends)
            nodes |= new
        if own := [finding for node in sorted(nodes & found.keys()) for finding in found[node]]:
            guilty[claim] = own
    return guilty


def _reason(claim: Claim, finding: Finding) -> Reason:
    return Reason(claim.id, claim.predicate, finding.node, finding.shape, finding.constraint, finding.message, finding.value)
