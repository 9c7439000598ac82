import csv
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import ontology
from tests.authority.things import (
    BASE,
    ISNAD,
    LABELS,
    RDF,
    SKOS,
    Thing,
    clashes,
    displaced,
    fold,
    links,
    unlabelled,
)

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "authority"
ROWS = Path(__file__).with_name("background_rows.csv")

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the collected facts (../shared/authority) are not at hand")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def a(name, label, *, kind="actor", **more):
    """A thing made up for a check."""
    values = {LABELS[0]: [ox.Literal(label, language="en")], RDF + "type": [ox.NamedNode(ISNAD + "Actor")], **more}
    return Thing(f"{BASE}id/{kind}/{name}", {SKOS + "definition": [ox.Literal("One.", language="en")], **values})


def test_the_file_has_no_blank_nodes_and_no_bad_addresses(authority):
    for quad in authority:
        for node in (quad.subject, quad.object):
            assert not isinstance(node, ox.BlankNode)
            if isinstance(node, ox.NamedNode):
                assert not re.search(r"[\s<>\"{}|\\^`]", node.value)


def test_everything_known_has_one_english_label_a_type_and_a_definition(known):
    assert len(known) > 800
    assert unlabelled(known.values()) == []


def test_a_thing_without_label_or_type_is_noticed():
    assert unlabelled([a("x", "X", **{RDF + "type": []})])
    assert unlabelled([Thing(BASE + "id/actor/y")])


def test_types_and_properties_are_terms_of_the_ontology(authority, terms):
    used = {q.predicate.value for q in authority} | {q.object.value for q in authority if q.predicate.value == RDF + "type"}
    concepts = {q.object.value for q in authority if isinstance(q.object, ox.NamedNode) and q.object.value.startswith(BASE + "concept/")}
    ours = {term for term in used if term.startswith(ISNAD)} | concepts
    assert ours - terms == set()


def test_an_actor_has_a_type_of_actors_and_a_place_one_of_places(known):
    of_places = {ISNAD + "Place", ISNAD + "MilitaryBase"}
    for thing in known.values():
        types = set(thing.texts(RDF + "type"))
        assert types <= of_places if thing.kind == "place" else not types & of_places
        assert not (ISNAD + "Person" in types and len(types) > 1)


def test_what_things_point_to_is_known(known):
    for thing in known.values():
        for target in thing.texts(ISNAD + "country", ISNAD + "within"):
            assert target in known, thing.address


def test_no_label_leads_to_two_things_of_one_kind(known):
    assert clashes(known.values(), ISNAD + "metonym") == {}


def test_a_label_of_two_things_is_noticed_whatever_its_spelling():
    two = [a("kataib", "Kata'ib"), a("other", "Kataib")]
    assert clashes(two) == {("actor", "kataib"): {two[0].address, two[1].address}}
    assert clashes([a("iraq", "Iraq"), a("iraq", "Iraq", kind="place")]) == {}


def test_no_label_of_a_thing_stands_twice(known):
    for thing in known.values():
        english = [v.value for p in LABELS for v in thing.values.get(p, []) if v.language == "en"]
        assert len({e.casefold() for e in english}) == len(english), thing.address


def test_no_person_is_known_by_a_family_name_alone(known):
    for thing in known.values():
        if ISNAD + "Person" in thing.texts(RDF + "type"):
            single = [x for x in thing.texts(*LABELS) if len(x.split()) == 1]
            assert single in ([], ["MBS"]), thing.address


def test_al_saidi_and_al_saadi_are_two_men(known):
    saidi, saadi = known[BASE + "id/actor/mushtaq-talib-al-saidi"], known[BASE + "id/actor/abu-baqer-al-saadi"]
    assert not {fold(x) for x in saidi.texts(*LABELS)} & {fold(x) for x in saadi.texts(*LABELS)}
    assert not any("saadi" in fold(x) for x in saidi.texts(*LABELS))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Hashd al-Shaabi", "actor/popular-mobilization-forces"),
        ("Hashed", "actor/popular-mobilization-forces"),
        ("PMU", "actor/popular-mobilization-forces"),
        ("Kataeb Hezbollah", "actor/kataib-hezbollah"),
        ("Kataib Hizbullah", "actor/kataib-hezbollah"),
        ("Kata'ib", "actor/kataib-hezbollah"),
        ("Ayn al-Assad", "place/ain-al-asad-airbase"),
        ("Al Asad Airbase", "place/ain-al-asad-airbase"),
        ("al-Shadadi base", "place/al-shaddadi-base"),
        ("Zionist entity", "actor/israel"),
        ("Daesh", "actor/islamic-state"),
        ("Muhammad Shiaa al-Sudani", "actor/mohammed-shia-al-sudani"),
        ("Hadi Amiri", "actor/hadi-al-amiri"),
        ("CENTCOM", "actor/united-states-central-command"),
        ("Council of Representatives", "actor/council-of-representatives-iraq"),
        ("Combined Joint Task Force-Inherent Resolve", "actor/cjtf-oir"),
        ("Beit Lahia", "place/beit-lahia"),
        ("Tasnim", "actor/tasnim-news-agency"),
    ],
)
def test_names_that_texts_use_lead_to_their_thing(known, label, name):
    assert [t.address for t in known.values() if fold(label) in map(fold, t.texts(*LABELS))] == [f"{BASE}id/{name}"]


def test_loaded_names_are_hidden_labels_only(known):
    for thing in known.values():
        shown = thing.texts(LABELS[0], LABELS[1])
        assert not [x for x in shown if re.search(r"zionist|occupation|terrorist|regime|so-called", x, re.IGNORECASE)], thing.address


def test_states_have_adjectives_and_the_capital_stands_for_the_state(known):
    states = [t for t in known.values() if ISNAD + "State" in t.texts(RDF + "type")]
    assert all(t.texts(ISNAD + "adjective") and t.texts(ISNAD + "metonym") for t in states)
    assert "Baghdad" in known[BASE + "id/actor/iraq"].texts(ISNAD + "metonym")
    assert "the Pentagon" in known[BASE + "id/actor/united-states-department-of-defense"].texts(ISNAD + "metonym")


def test_coordinates_lie_in_their_country_and_the_point_repeats_them(known):
    assert displaced(known) == []


def test_swapped_coordinates_are_noticed():
    country = a("iraq", "Iraq", kind="place")
    within = {ISNAD + "within": [ox.NamedNode(country.address)]}

    def place(lat, lon, wkt):
        point = {"http://www.opengis.net/ont/geosparql#asWKT": [ox.Literal(wkt)]}
        figures = {ISNAD + "latitude": [ox.Literal(lat)], ISNAD + "longitude": [ox.Literal(lon)]}
        return a("erbil", "Erbil", kind="place", **within, **figures, **point)

    def faults(thing):
        return displaced({country.address: country, thing.address: thing})

    assert not faults(place("36.19", "44.01", "POINT(44.01 36.19)"))
    assert faults(place("44.01", "36.19", "POINT(36.19 44.01)"))
    assert faults(place("36.19", "44.01", "POINT(36.19 44.01)"))


def test_coordinates_name_their_source(known):
    for thing in known.values():
        if thing.texts(ISNAD + "latitude"):
            assert thing.texts("http://purl.org/dc/terms/source"), thing.address


def test_no_two_things_are_the_same_wikidata_item(known):
    assert [ids for ids in links(known.values()).values() if len(ids) > 1] == []


@needs_facts
def test_wikidata_links_are_only_those_that_were_verified(known):
    allowed = {r["id"] for r in table(FACTS / "wikidata.csv") if r["confidence"] in ("verified", "likely") and r["id"]}
    assert len(links(known.values())) > 60
    assert set(links(known.values())) - allowed == set()
    assert {q for t in known.values() for q in t.texts(SKOS + "closeMatch")} <= {f"http://www.wikidata.org/entity/{q}" for q in allowed}


@needs_facts
def test_no_link_falls_into_a_known_trap(known):
    linked = links(known.values())
    right = {"Q11208": "place/the-pentagon", "Q1530": "place/baghdad", "Q18161820": "actor/al-sadiqoun-bloc"}
    for trap in table(FACTS / "traps.csv"):
        expected = [f"{BASE}id/{right[trap['id']]}"] if trap["id"] in right else []
        assert linked.get(trap["id"], []) == expected, trap


@needs_facts
def test_wikidata_links_go_with_the_label_that_was_verified(known):
    """The label read beside the id shares a word of weight with the labels of the thing."""
    read = {r["id"]: r["label"] for r in table(FACTS / "wikidata.csv") if r["id"]}
    for qid, (address,) in links(known.values()).items():
        words = {w for x in known[address].texts(*LABELS) for w in fold(x).split()}
        assert {w for w in fold(read[qid]).split() if len(w) > 1} & words, (qid, address)


def test_each_background_claim_is_whole(background, known, terms, authority):
    sources = {q.subject.value for q in authority if q.object == ox.NamedNode(ISNAD + "WebSource")}
    nodes = {q.subject.value for q in authority}
    assert len(background) > 90
    for name, claim in background.items():
        assert claim.one(RDF + "type") == ISNAD + "Claim"
        assert claim.one(ISNAD + "reportedIn") in sources, name
        assert claim.one(RDF + "subject") in known, name
        assert claim.one(RDF + "predicate") in terms, name
        assert claim.one(RDF + "object") in nodes | terms, name
        assert [claim.one(ISNAD + p).rsplit("/", 1)[1] for p in ("realis", "tier", "status")] == ["asserted", "explicit", "current"]
        assert set(claim.texts(ISNAD + "saidBy")) <= set(known), name


def test_a_fact_of_two_sources_is_two_claims_on_one_object(background):
    seen = [
        tuple(c.one(t) for t in (RDF + "subject", RDF + "predicate", RDF + "object", ISNAD + "reportedIn")) for c in background.values()
    ]
    assert len(set(seen)) == len(seen)
    assert len({s[:3] for s in seen}) < len(seen)


def test_every_time_count_and_tenure_is_used_by_a_claim_or_a_node(authority):
    made = {q.subject.value for q in authority if re.match(BASE + "id/(count|time|tenure)/", q.subject.value)}
    used = {q.object.value for q in authority if isinstance(q.object, ox.NamedNode)}
    assert made
    assert made - used == set()


def test_both_versions_of_a_founding_date_are_kept(background):
    founded = {c.one(RDF + "object").rsplit("/", 1)[1] for n, c in background.items() if n.startswith("badr-organization-founded")}
    assert founded == {"1982", "1983"}


def test_every_row_of_the_background_is_said_or_listed_as_not_sayable(background, known):
    rows = table(ROWS)
    for row in rows:
        assert row["said_by"] or row["not_said"], row
        for name in row["said_by"].split():
            if name.startswith("place:"):
                assert known[BASE + "id/place/" + name[6:]].texts(ISNAD + "latitude"), row
            else:
                assert name in background, row
    assert {n for r in rows for n in r["said_by"].split() if ":" not in n} == set(background)


@needs_facts
def test_the_table_of_rows_is_that_of_the_collected_facts():
    rows, facts = table(ROWS), table(FACTS / "background.csv")
    assert [(r["subject"], r["predicate"]) for r in rows] == [(f["subject"], f["predicate"]) for f in facts]


@needs_facts
def test_claims_cite_the_address_of_their_row(background):
    for row, fact in zip(table(ROWS), table(FACTS / "background.csv"), strict=True):
        for name in (n for n in row["said_by"].split() if ":" not in n):
            cited = background[name].one(ISNAD + "reportedIn")
            assert cited.removeprefix("https://") in [s.removeprefix("https://") for s in fact["source"].split()], name


@needs_facts
def test_coordinates_are_those_of_their_row(known):
    for row, fact in zip(table(ROWS), table(FACTS / "background.csv"), strict=True):
        if row["said_by"].startswith("place:"):
            place = known[BASE + "id/place/" + row["said_by"][6:]]
            figures = re.findall(r"\d+\.\d+", fact["object"])[:2]
            assert place.texts(ISNAD + "latitude", ISNAD + "longitude") == figures, row
            assert place.texts("http://purl.org/dc/terms/source") == [fact["source"]], row


def test_the_authority_files_stay_small():
    assert sum(f.stat().st_size for f in ontology.authority_files()) < 1_000_000
