"""Corrections of articles: what an earlier text said stays citable and counts for nothing; what its outlet withdrew likewise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import BadCorrection
from kg.model import Metadata, Raw
from kg.store import embedded

from .conftest import PLAIN, ROLES, STRIKE, lines, pipeline, raw

BASE = "https://w3id.org/isnad/"
NS = BASE + "ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PROV = "http://www.w3.org/ns/prov#"
HEAD = "https://example.org/news/1\n"
WHO, DAY = "An editor", "2024-07-01"


def version(text: str) -> Raw:
    return Raw("story.txt", (HEAD + text).encode(), Metadata(publisher="Reuters"))


def quads(folder: Path, graph: str | None = None) -> list[Quad]:
    store = Store.read_only(str(embedded.snapshot(folder)))
    name = NamedNode(BASE + "graph/" + graph) if graph else None
    return sorted(store.quads_for_pattern(None, None, None, name), key=str)


def article(folder: Path) -> str:
    (name,) = {q.subject.value.rsplit("/", 1)[-1] for q in quads(folder) if q.predicate.value == NS + "url"}
    return name


def claims(found: list[Quad]) -> set[str]:
    return {q.subject.value for q in found if q.predicate.value == RDF + "type" and q.object.value == NS + "Claim"}


def values(found: list[Quad], predicate: str) -> set[str]:
    return {q.object.value for q in found if q.predicate.value == predicate}


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which one address has borne three texts."""
    folder = tmp_path_factory.mktemp("revised") / "s"
    for text in (STRIKE, STRIKE.replace("killed two people", "killed six people"), ROLES):
        pipeline(folder).add([version(text)])
    return folder


def test_claims_of_earlier_texts_are_superseded_and_citable(revised: Path, tmp_path: Path) -> None:
    pipeline(tmp_path / "s").add([version(STRIKE)])
    before = claims(quads(tmp_path / "s", f"article/{article(tmp_path / 's')}"))
    old = quads(revised, f"article/{article(revised)}/superseded")
    assert before
    assert before <= claims(old), "every claim of the first text resolves under its own id"
    assert values(old, NS + "status") == {BASE + "concept/status/superseded"}
    assert {"2", "6"} <= values(old, NS + "min"), "values of both earlier texts"
    exact = values(old, "http://www.w3.org/ns/oa#exact")
    assert any("killed two people" in words for words in exact)
    assert any("killed six people" in words for words in exact)


def test_each_superseded_claim_has_one_version_one_status_and_one_quote_with_one_text(revised: Path) -> None:
    old = quads(revised, f"article/{article(revised)}/superseded")
    for name in ("inVersion", "status", "evidence"):
        assert set(Counter(q.subject.value for q in old if q.predicate.value == NS + name).values()) == {1}
    texts = Counter(q.subject.value for q in old if q.predicate.value == "http://www.w3.org/ns/oa#exact")
    assert set(texts.values()) == {1}


def test_versions_form_a_chain_that_ends_in_the_text_in_force(revised: Path) -> None:
    old = quads(revised, f"article/{article(revised)}/superseded")
    number = {q.subject.value: q.object.value for q in old if q.predicate.value == NS + "versionNumber"}
    revises = [(number[q.subject.value], number[q.object.value]) for q in old if q.predicate.value == PROV + "wasRevisionOf"]
    assert sorted(number.values()) == ["1", "2", "3"]
    assert sorted(revises) == [("2", "1"), ("3", "2")]
    (last,) = (iri for iri, n in number.items() if n == "3")
    now = {q.object.value for q in quads(revised, f"article/{article(revised)}") if q.predicate.value == NS + "textHash"}
    assert {q.object.value for q in old if q.subject.value == last and q.predicate.value == NS + "textHash"} == now


def test_the_rest_of_the_graph_is_as_if_there_had_been_but_one_text(revised: Path, tmp_path: Path) -> None:
    pipeline(tmp_path / "s").add([version(ROLES)])
    rest = [line for line in lines(revised) if not line.endswith(b"/superseded> .\n")]
    assert rest == lines(tmp_path / "s")


@pytest.mark.long
def test_no_triple_stands_in_two_graphs_when_a_text_says_much_the_same(tmp_path: Path) -> None:
    for text in (STRIKE, STRIKE.replace("Thursday", "Thursday night"), STRIKE, STRIKE.replace("killed two people", "killed six people")):
        pipeline(tmp_path / "s").add([version(text)])
    found = Counter(q.triple for q in quads(tmp_path / "s"))
    assert [str(triple) for triple, times in found.items() if times > 1] == []
    assert claims(quads(tmp_path / "s", f"article/{article(tmp_path / 's')}/superseded")), (
        "claims of one telling, in an old text and the new"
    )


@pytest.mark.long
def test_rebuilding_makes_earlier_versions_again_and_removing_takes_them_away(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    for text in (STRIKE, ROLES):
        one.add([version(text)])
    shown = lines(tmp_path / "s")
    one.rebuild()
    assert lines(tmp_path / "s") == shown
    one.remove("story.txt")
    assert not [line for line in lines(tmp_path / "s") if line.endswith(b"/superseded> .\n")]


def test_texts_of_earlier_versions_stay_in_the_document_store(revised: Path) -> None:
    with pipeline(revised).writer() as writer:
        (record,) = list(writer.documents)
        assert [b"six" in writer.documents.raw(kept).data for kept in record.earlier] == [False, True]
        assert "killed two people" in writer.documents.text(record.earlier[0])


# -- retraction ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(tmp_path: Path) -> Path:
    pipeline(tmp_path / "s").add([raw("strike.txt", STRIKE), raw("roles.txt", ROLES), raw("plain.txt", PLAIN)])
    return tmp_path / "s"


def test_nothing_rests_on_a_retracted_article(told: Path, tmp_path: Path) -> None:
    pipeline(told).retract("strike.txt", WHO, DAY, "Withdrawn on the outlet's page.")
    pipeline(tmp_path / "without").add([raw("roles.txt", ROLES), raw("plain.txt", PLAIN)])
    assert quads(told, "facts") == quads(tmp_path / "without", "facts")
    sources = BASE + "id/source/"  # a retracted article still has a source
    for iri in (sources, BASE + "id/event/"):
        told_of, wanted = ({str(q) for q in quads(f, "fusion") if iri in str(q)} for f in (told, tmp_path / "without"))
        assert told_of >= wanted if iri == sources else told_of == wanted


def test_its_claims_stay_with_their_status_and_the_article_says_when_by_whom_and_why(told: Path) -> None:
    before = claims(quads(told))
    pipeline(told).retract("strike.txt", WHO, DAY, "Withdrawn on the outlet's page.")
    found = quads(told)
    assert claims(found) == before
    assert BASE + "concept/status/retracted" in values(found, NS + "status")
    (link,) = (q for q in found if q.predicate.value == NS + "retraction")
    said = {q.predicate.value.removeprefix(NS): q.object.value for q in found if q.subject == link.object}
    assert (said["correctedBy"], said["correctedOn"], said["correctionReason"]) == (WHO, DAY, "Withdrawn on the outlet's page.")


def test_reading_again_rebuilding_or_a_new_text_does_not_bring_it_back(told: Path) -> None:
    one = pipeline(told)
    one.retract("strike.txt", WHO, DAY)
    shown = lines(told)
    one.add([raw("strike.txt", STRIKE)], force=True)
    assert lines(told) == shown
    one.rebuild()
    assert lines(told) == shown
    one.remove("strike.txt")
    one.add([raw("strike.txt", STRIKE)])
    assert lines(told) == shown


def test_undoing_restores_the_bytes(told: Path) -> None:
    before = lines(told)
    pipeline(told).retract("strike.txt", WHO, DAY)
    assert lines(told) != before
    pipeline(told).retract("strike.txt", WHO, DAY, undo=True)
    assert lines(told) == before
    pipeline(told).rebuild()
    assert lines(told) == before


def test_a_retraction_is_made_once_and_undone_once(told: Path) -> None:
    with pytest.raises(BadCorrection, match="not retracted"):
        pipeline(told).retract("strike.txt", WHO, DAY, undo=True)
    pipeline(told).retract("strike.txt", WHO, DAY)
    with pytest.raises(BadCorrection, match=f"already, on {DAY} by {WHO}"):
        pipeline(told).retract("strike.txt", WHO, DAY)
