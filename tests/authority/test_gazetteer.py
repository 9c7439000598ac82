import csv
from collections import Counter

import pytest

from ontology.gazetteer import CURATED, HOME, PARENTS, PLACES
from ontology.gazetteer.build import COLUMNS, COUNTRIES, Row, division_row, sifted, table
from ontology.gazetteer.names import Sieve, fold, plain_latin, sieve, usable_script
from tests.authority.things import BASE, ISNAD, LABELS, RDF, outside


@pytest.fixture(scope="module")
def rows():
    with PLACES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_is_small_whole_and_sorted(rows):
    assert 4000 < len(rows) <= 8000
    assert PLACES.stat().st_size < 1_500_000
    assert tuple(rows[0]) == COLUMNS
    assert [r["country"] for r in rows] == sorted(r["country"] for r in rows)
    assert b"\r" not in PLACES.read_bytes()


def test_each_country_has_governorates_or_districts_and_towns(rows):
    kinds = Counter((r["country"], "town" if r["kind"] in ("city", "town") else "division") for r in rows)
    assert set(kinds) == {(c, k) for c in COUNTRIES for k in ("town", "division")}
    assert {r["kind"] for r in rows} == {"governorate", "district", "city", "town"}


def test_ids_are_unique_and_made_of_the_geonames_key(rows):
    assert len({r["id"] for r in rows}) == len(rows)
    assert all(r["id"] == "geonames-" + r["geonames"].lower().replace(".", "-") for r in rows)


def test_every_parent_is_a_row_or_a_curated_place(rows, known):
    there = {r["id"] for r in rows} | {a.removeprefix(BASE + "id/place/") for a in known}
    assert [r["id"] for r in rows if r["parent"] not in there] == []


def test_no_place_lies_within_itself(rows):
    parent = {r["id"]: r["parent"] for r in rows}
    for start in parent:
        seen, here = set(), start
        while here in parent:
            assert here not in seen
            seen.add(here)
            here = parent[here]


def test_towns_have_a_point_in_their_country(rows):
    for row in rows:
        if row["kind"] in ("city", "town"):
            assert not outside(float(row["latitude"]), float(row["longitude"]), COUNTRIES[row["country"]]), row
        else:
            assert row["latitude"] == row["longitude"] == ""


def test_a_point_in_the_wrong_country_is_noticed():
    assert outside(44.0, 36.2, "iraq")
    assert not outside(36.2, 44.0, "iraq")


def test_curated_places_do_not_stand_here_too(rows, known):
    curated = read(CURATED)
    assert len(curated) > 140
    assert not {r["geonames"] for r in curated} & {r["geonames"] for r in rows}
    assert all(f"{BASE}id/place/{r['place']}" in known for r in curated)
    assert len({r["place"] for r in curated}) == len({r["geonames"] for r in curated}) == len(curated)


def test_no_name_is_that_of_a_curated_place_or_an_actor(rows, known):
    taken = {fold(x) for t in known.values() for x in t.texts(*LABELS, ISNAD + "adjective")}
    for row in rows:
        for name in (row["name"], *filter(None, row["names"].split("|"))):
            assert fold(name) not in taken, row


def test_no_name_is_part_of_the_name_of_a_person_or_outlet(rows, known):
    places = {fold(x) for t in known.values() if t.kind == "place" for x in t.texts(*LABELS)}
    people = [t for t in known.values() if {ISNAD + "Person", ISNAD + "MediaOutlet"} & set(t.texts(RDF + "type"))]
    parts = {fold(p) for t in people for x in t.texts(*LABELS) for p in x.split()} - places
    for row in rows:
        assert not {fold(n) for n in (row["name"], *row["names"].split("|")) if n} & parts, row


def test_names_are_long_enough_and_in_a_script_that_can_be_read(rows):
    for row in rows:
        for name in filter(None, row["names"].split("|")):
            assert usable_script(name)
            assert name == plain_latin(name)
            assert sum(map(str.isalpha, name)) >= 4


def test_homonyms_are_counted(rows):
    bearers = Counter(n for r in rows for n in {fold(x) for x in (r["name"], *r["names"].split("|")) if x})
    assert any(r["homonyms"] != "0" for r in rows)
    assert all(int(r["homonyms"]) == bearers[fold(r["name"])] - 1 for r in rows)


def test_well_known_towns_are_found(rows):
    named = {fold(n): r for r in rows for n in (r["name"], *r["names"].split("|"))}
    assert named[fold("Umm Qasr")]["country"] == "IQ"
    assert named[fold("Majdal Shams")]["parent"] == "quneitra-governorate"
    assert named[fold("Katzrin")]["parent"] == "golan-heights"
    assert named[fold("Sistan and Baluchestan")]["kind"] == "governorate"
    assert named[fold("Tripoli")]["country"] == "LB"


def test_settled_parents_stand_in_the_table(rows):
    by_key = {r["geonames"]: r for r in rows}
    for row in read(PARENTS):
        assert by_key[row["geonames"]]["parent"] == row["parent"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Bam", "too short"),
        ("Acre", "a common English word"),
        ("Hamas", "the name of an actor"),
        ("Sadr", "part of the name of a person or outlet"),
        ("al-Baghdad", "the name of a curated place"),
        ("Umm Qasr", ""),
    ],
)
def test_misleading_names_are_sifted_out(name, reason):
    pick = Sieve(frozenset({"acre"}), frozenset({"hamas"}), frozenset({"sadr"}), frozenset({"baghdad"}))
    assert pick.reason(name) == reason


def test_the_sieve_reads_the_authority_file(tmp_path):
    (tmp_path / "words").write_text("acre\nActon\n", encoding="utf-8")
    (tmp_path / "a.ttl").write_text(
        f"""@prefix isnad: <{ISNAD}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <{BASE}id/actor/x> a isnad:Person ; skos:prefLabel "Hadi al-Amiri"@en .
        <{BASE}id/place/y> a isnad:Place ; skos:altLabel "Amiri"@en .""",
        encoding="utf-8",
    )
    made = sieve([tmp_path / "a.ttl"], tmp_path / "words")
    # "Amiri" is a place as well, and so no mere part of a name.
    assert made == Sieve(frozenset({"acre"}), frozenset({"hadi al amiri"}), frozenset({"hadi"}), frozenset({"amiri"}))


def test_a_row_keeps_its_usable_names_only():
    row = Row("1", "Zāwītah", ("zawytt", "Zawite", "Завита", "زاويتة", "Za"), "town", "duhok-governorate", "IQ", "36.9", "43.1")
    kept = sifted(row, Sieve())
    assert isinstance(kept, Row)
    assert kept.names == ("Zawitah", "Zawite", "زاويتة")
    assert sifted(row, Sieve(curated=frozenset({"zawitah"}))) == "the name of a curated place"


def test_divisions_are_named_in_english():
    assert division_row("IR.29", "Kerman", {"kerman"}).name == "Kerman Province"
    assert "Khuzestan" in division_row("IR.15", "Khuzestan", set()).names
    assert division_row("LB.06.267006", "Caza de Tyr", set()).name == "Tyr District"
    assert division_row("IL.03", "Northern District", set()).name == "Northern District (Israel)"


def test_a_parent_that_was_left_out_gives_way_to_the_country():
    town = Row("5", "Somewhere", (), "town", "geonames-iq-99", "IQ", "33.0", "44.0", 10)
    (line,) = table([town])
    assert line["parent"] == "iraq"
    assert line["population"] == "10"


def test_the_source_and_its_licence_are_named():
    text = (HOME / "README.md").read_text(encoding="utf-8") + (HOME / "LICENSE").read_text(encoding="utf-8")
    assert "GeoNames" in text
    assert "CC BY 4.0" in text
    assert f"{len(read(PLACES)):,}" in text


def test_places_with_coordinates_of_geonames_are_the_curated_ones(known):
    ids = {r["place"]: r["geonames"] for r in read(CURATED)}
    for thing in known.values():
        for source in thing.texts("http://purl.org/dc/terms/source"):
            if "geonames.org" in source:
                assert source == f"https://sws.geonames.org/{ids[thing.address.rsplit('/', 1)[1]]}/"
