"""What population promises: the same articles give the same graph, whatever the order, however often, and with no trace of what was removed."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from kg.errors import StoreVersionError, UnknownArticle
from kg.model import Raw
from kg.store import embedded

from .conftest import PLAIN, STRIKE, lines, pipeline, raw

NS = "https://w3id.org/isnad/ontology#"


def has(folder: Path, subject: str, predicate: str, thing: str) -> bool:
    base = "https://w3id.org/isnad/id/actor/"
    fact = f"<{base}{subject}> <{NS}{predicate}> <{base}{thing}> <https://w3id.org/isnad/graph/facts> .\n".encode()
    return fact in lines(folder)


def test_the_reports_are_in_the_graph(populated: Path) -> None:
    assert has(populated, "badr-organization", "partOf", "popular-mobilization-forces")
    assert has(populated, "popular-mobilization-forces", "fundedBy", "iraq")
    assert has(populated, "akram-al-kaabi", "leads", "harakat-hezbollah-al-nujaba")


def test_adding_again_changes_nothing(tmp_path: Path, reports: list[Raw]) -> None:
    one = pipeline(tmp_path / "s")
    one.add(reports)
    before, current = lines(tmp_path / "s"), embedded.snapshot(tmp_path / "s")
    assert {o.state for o in one.add(reports)} == {"unchanged"}
    assert {o.state for o in one.add(reports, force=True)} == {"unchanged"}
    assert lines(tmp_path / "s") == before
    assert embedded.snapshot(tmp_path / "s") == current, "no new revision without a change"


def test_the_order_within_a_batch_does_not_matter(tmp_path: Path, populated: Path, reports: list[Raw]) -> None:
    pipeline(tmp_path / "s").add(reversed(reports))
    assert lines(tmp_path / "s") == lines(populated)


def test_article_by_article_gives_the_same_as_a_batch(tmp_path: Path, populated: Path, reports: list[Raw]) -> None:
    for report in reports:
        pipeline(tmp_path / "s").add([report])
    assert lines(tmp_path / "s") == lines(populated)


def test_add_remove_add_gives_the_same_as_add(tmp_path: Path, populated: Path, reports: list[Raw]) -> None:
    one = pipeline(tmp_path / "s")
    one.add(reports)
    one.remove("strike.txt")
    without = lines(tmp_path / "s")
    assert without != lines(populated)
    one.add(reports)
    assert lines(tmp_path / "s") == lines(populated)


def test_removing_takes_away_what_only_that_article_supported(tmp_path: Path, reports: list[Raw]) -> None:
    one = pipeline(tmp_path / "s")
    one.add(reports)
    one.remove("strike.txt")
    assert not has(tmp_path / "s", "badr-organization", "partOf", "popular-mobilization-forces")
    assert has(tmp_path / "s", "hadi-al-amiri", "leads", "badr-organization"), "another article says so too"
    other = tmp_path / "never"
    pipeline(other).add(reports[1:])
    assert lines(tmp_path / "s") == lines(other), "as if it had never been there"


def test_rebuilding_from_the_documents_gives_the_same_graph(tmp_path: Path, populated: Path) -> None:
    folder = tmp_path / "s"
    shutil.copytree(populated, folder)
    shutil.rmtree(folder / "graph")
    shutil.rmtree(folder / "snapshots")
    pipeline(folder).rebuild()
    assert lines(folder) == lines(populated)


def test_no_triple_stands_in_two_graphs(populated: Path) -> None:
    store = Store.read_only(str(embedded.snapshot(populated)))
    places = Counter(quad.triple for quad in store)
    assert [str(t) for t, n in places.items() if n > 1] == []


def test_exported_graphs_hold_no_blank_node(populated: Path) -> None:
    assert not [line for line in lines(populated) if line.startswith(b"_:") or b" _:" in line.split(b'"')[0]]


def test_a_store_of_another_vocabulary_says_what_to_run(tmp_path: Path, populated: Path, reports: list[Raw]) -> None:
    folder = tmp_path / "s"
    shutil.copytree(populated, folder)
    version = folder / "VERSION"
    version.write_text(version.read_text().replace('"vocabulary": "', '"vocabulary": "0'))
    with pytest.raises(StoreVersionError, match="kg rebuild"):
        pipeline(folder).add(reports)
    pipeline(folder).rebuild()
    assert lines(folder) == lines(populated)


def test_an_unknown_article_is_named_with_those_there_are(populated: Path) -> None:
    with pytest.raises(UnknownArticle, match=r"strike\.txt|roles\.txt|plain\.txt"):
        pipeline(populated).remove("no-such-article")


def test_the_texts_that_only_a_removed_article_had_go_with_it(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    objects = tmp_path / "s" / "documents" / "objects"
    head = "https://example.org/news/{}\n"
    one.add([raw("one.txt", head.format(1) + STRIKE)])
    before = sorted(objects.rglob("*.gz"))
    one.add([raw("two.txt", head.format(2) + PLAIN)])
    one.add([raw("two.txt", head.format(2) + STRIKE)])
    one.remove("two.txt")
    assert sorted(objects.rglob("*.gz")) == before
    left = objects / "00" / f"{'0' * 64}.gz"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"")
    one.rebuild()
    assert sorted(objects.rglob("*.gz")) == before, "what a removal left that was cut short goes too"


def test_a_new_text_under_the_same_address_supersedes_the_old(tmp_path: Path) -> None:
    one = pipeline(tmp_path / "s")
    head = "https://example.org/news/1\n"
    one.add([raw("strike.txt", head + STRIKE)])
    outcome = one.add([raw("strike.txt", head + PLAIN)])
    assert [o.state for o in outcome] == ["updated"]
    assert not has(tmp_path / "s", "badr-organization", "partOf", "popular-mobilization-forces")
    with one.writer() as writer:
        (record,) = list(writer.documents)
    assert len(record.earlier) == 1, "the old text stays in the document store"


def test_the_same_article_twice_in_a_batch_is_taken_once(tmp_path: Path) -> None:
    outcomes = pipeline(tmp_path / "s").add([raw("a.txt", STRIKE), raw("b.txt", STRIKE)])
    assert sorted((o.name, o.state) for o in outcomes) == [("a.txt", "added"), ("b.txt", "refused")]


def test_offsets_of_quotes_point_into_the_kept_text(populated: Path) -> None:
    store = Store.read_only(str(embedded.snapshot(populated)))
    oa = "http://www.w3.org/ns/oa#"
    quotes = {q.subject: q for q in store.quads_for_pattern(None, NamedNode(oa + "exact"), None)}
    assert quotes
    with pipeline(populated).writer() as writer:
        texts = {r.article: writer.documents.text(r) for r in writer.documents}
    for iri, quad in quotes.items():
        start, end = (int(next(store.quads_for_pattern(iri, NamedNode(oa + end), None)).object.value) for end in ("start", "end"))
        article = next(store.quads_for_pattern(iri, NamedNode(NS + "inDocument"), None)).object.value.rsplit("/", 1)[-1]
        assert texts[article][start:end] == quad.object.value
