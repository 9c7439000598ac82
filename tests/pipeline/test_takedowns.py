"""After a takedown the name is found in no graph, document, cache or snapshot, nor in the files of the database; and it does not come back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from kg.errors import BadCorrection, StoreError
from kg.judgements import NAME as NAME_AS
from kg.judgements import REJECT, judgement
from kg.model import Metadata, Raw
from kg.store import embedded
from kg.triples import text

from .conftest import lines, pipeline
from .takendown import LATER, NAME, articles, found

NS = "https://w3id.org/isnad/ontology#"
WHO, DAY = "The archive's editor", "2024-07-01"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which the name stands: in force, in an earlier version, in a removed article, in what was deleted from the graph."""
    folder = tmp_path_factory.mktemp("before") / "s"
    one = pipeline(folder)
    one.add(articles())
    one.add([Raw("strike.txt", LATER.encode(), Metadata(publisher="Rudaw"))])
    one.add([Raw("gone.txt", b"10 May 2024\n\nZAYNAB  QADIR AL RASHID was killed in Mosul on Monday, police said.\n")])
    one.remove("gone.txt")
    judging(folder)
    (folder / "documents" / "articles" / ".x.json.1234").write_text(f'{{"name": "{NAME}"}}')
    (folder / "aside").mkdir()
    (folder / "aside" / "0123456789abcdef.nq").write_text(
        '<http://a/zaynab-qadir-al-rashid> <http://b> "Zaynab Qadir al-Rashid" <http://g> .\n'
    )
    return folder


def judging(folder: Path) -> None:
    """Judges her candidate under her name, and takes another judgement back."""
    one, graph = pipeline(folder), Store.read_only(str(embedded.snapshot(folder)))
    candidate, known = one.ids.thing("candidate", "0123456789abcdef-zaynab-qadir-al-rashid"), one.ids.thing("actor", "hadi-al-amiri")
    one.enter([judgement(one.ids, NAME_AS, NAME, date(2024, 6, 1), [candidate], [known], f"{NAME} is meant.")])
    claims = [text(q.subject) for q in graph.quads_for_pattern(None, NamedNode(NS + "status"), None, None)]
    claim = min(claim for claim in claims if "background" not in claim)
    taken = one.judge(REJECT, [claim], by="A. Analyst", on=date(2024, 6, 1), reason=f"Of {NAME}.")
    one.withdraw(taken.judgement.id, by="A. Analyst", on=date(2024, 6, 2), reason=f"{NAME} said so.")


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("after") / "s"
    shutil.copytree(before, folder)
    pipeline(folder).takedown("zaynab qadir AL-RASHID", WHO, DAY)
    return folder


def copied(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def test_the_search_finds_the_name_where_it_is(before: Path) -> None:
    places = " ".join(found(before))
    for place in ("export", "objects", "graph", "snapshots", ".sst", ".json", "aside"):
        assert place in places, f"the search must bite in {place}"


def test_after_a_takedown_the_name_is_found_nowhere(after: Path) -> None:
    assert found(after) == []


def test_articles_keep_their_ids_and_what_does_not_rest_on_the_name(before: Path, after: Path) -> None:
    ids = [sorted(p.name for p in (f / "documents" / "articles").glob("[!.]*.json")) for f in (before, after)]
    assert ids[0] == ids[1]
    facts = lines(after)
    assert any(b"hadi-al-amiri> <" + NS.encode() + b"leads>" in line for line in facts)
    assert any(b"badr-organization> <" + NS.encode() + b"partOf>" in line for line in facts)
    assert any(b"[name removed]" in line for line in facts)


def test_judgements_stand_without_the_name_and_what_was_withdrawn_stays_so(before: Path, after: Path) -> None:
    (old,), (new,) = (pipeline(folder).judgements() for folder in (before, after))
    assert (old.judgement.verdict, old.judgement.on) == (new.judgement.verdict, new.judgement.on)
    assert new.judgement.by == "[name removed]"
    assert "name-removed" in new.judgement.about[0]
    assert lines(after) == rebuilt(after)


def rebuilt(folder: Path) -> list[bytes]:
    pipeline(folder).rebuild()
    return lines(folder)


def test_a_tombstone_says_that_when_by_whom_and_where_but_not_what(after: Path) -> None:
    store = Store.read_only(str(embedded.snapshot(after)))
    graph = NamedNode("https://w3id.org/isnad/graph/corrections")
    said = sorted((q.predicate.value.rsplit("#", 1)[-1], q.object.value) for q in store.quads_for_pattern(None, None, None, graph))
    articles = sorted(p.stem for p in (after / "documents" / "articles").glob("*.json") if "Weather" not in p.read_text())
    assert [v for p, v in said if p == "redacted"] == [f"https://w3id.org/isnad/id/article/{name}" for name in articles]
    assert ("correctedBy", WHO) in said
    assert ("correctedOn", DAY) in said
    assert len(said) == 3 + len(articles)


@pytest.mark.long
def test_reading_the_redacted_files_again_gives_the_same_graph(after: Path, tmp_path: Path) -> None:
    folder = copied(after, tmp_path)
    pipeline(folder).rebuild()
    assert lines(folder) == lines(after)


@pytest.mark.long
def test_the_same_articles_added_again_change_nothing(after: Path, tmp_path: Path) -> None:
    folder = copied(after, tmp_path)
    files = [raw for raw in articles() if raw.name != "strike.txt"]
    assert {o.state for o in pipeline(folder).add(files)} == {"unchanged"}
    assert lines(folder) == lines(after)
    assert found(folder) == []


@pytest.mark.long
def test_a_new_article_with_the_name_is_redacted_on_the_way_in_and_joins_the_tombstone(after: Path, tmp_path: Path) -> None:
    folder = copied(after, tmp_path)
    head = "https://example.org/zaynab-qadir-alrashid-again\n12 May 2024\n\n"
    text = head + "The funeral of Zaynab Q\u0101dir al\u2010R\u0101shid was held in Mosul on Saturday.\n"
    (outcome,) = pipeline(folder).add([Raw("new.txt", text.encode(), Metadata(publisher="Rudaw"))])
    assert outcome.state == "added"
    assert found(folder) == []
    link = f"<{NS}redacted> <https://w3id.org/isnad/id/article/{outcome.article}>".encode()
    assert any(link in line for line in lines(folder))
    shown = lines(folder)
    pipeline(folder).rebuild()
    assert lines(folder) == shown
    assert [o.state for o in pipeline(folder).add([Raw("new.txt", text.encode(), Metadata(publisher="Rudaw"))])] == ["unchanged"]


def test_a_takedown_can_be_confined_to_an_article(before: Path, tmp_path: Path) -> None:
    folder = copied(before, tmp_path)
    pipeline(folder).takedown(NAME, WHO, DAY, ["teacher.txt"])
    left = " ".join(line.decode() for line in lines(folder) if b"qadir" in line.lower())
    assert "zaynab-qadir-al-rashids-funeral" in left
    assert "teacher" not in left


@pytest.mark.long
def test_who_takes_their_own_name_down_is_not_named(before: Path, tmp_path: Path) -> None:
    folder = copied(before, tmp_path)
    pipeline(folder).takedown(NAME, "Zaynab Qadir al-Rashid herself", DAY)
    assert found(folder) == []


REFUSED = {"Hadi al-Amiri": "ontology/", "BADR ORGANIZATION": "ontology/", "Al": "letters", "removed": "put in its place"}


@pytest.mark.parametrize(("name", "reason"), REFUSED.items())
def test_what_cannot_be_taken_down_is_refused_with_its_reason(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(BadCorrection, match=reason):
        pipeline(tmp_path / "s").takedown(name, WHO, DAY)


def test_the_log_and_the_salt_do_not_hold_the_name_and_the_salt_is_the_owners_alone(after: Path) -> None:
    log = (after / "documents" / "corrections.jsonl").read_text()
    assert "Zaynab" not in log
    assert (after / "documents" / "salt").stat().st_mode & 0o077 == 0


@pytest.mark.long
def test_a_store_that_lost_its_salt_takes_nothing_in_unrecognised(after: Path, tmp_path: Path) -> None:
    folder = copied(after, tmp_path)
    (folder / "documents" / "salt").unlink()
    with pytest.raises(StoreError, match="salt"):
        pipeline(folder).add(articles())
    assert found(folder) == []


def test_a_takedown_made_again_is_no_second_one(after: Path, tmp_path: Path) -> None:
    folder = copied(after, tmp_path)
    pipeline(folder).takedown(NAME, "Somebody else", "2025-01-01")
    assert lines(folder) == lines(after)


def test_a_reader_of_a_dropped_snapshot_is_led_to_the_new_one(before: Path, tmp_path: Path) -> None:
    folder = copied(before, tmp_path)
    pipeline(folder).takedown(NAME, WHO, DAY)
    assert [p.name for p in (folder / "snapshots").iterdir()] == [embedded.snapshot(folder).name]


@pytest.mark.long
def test_a_retraction_reason_does_not_bring_the_name_back(after: Path, tmp_path: Path) -> None:
    folder = copied(after, tmp_path)
    pipeline(folder).retract("weather.txt", WHO, DAY, f"It should have named {NAME}.")
    assert found(folder) == []
