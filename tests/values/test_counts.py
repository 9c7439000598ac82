"""Number phrases in sentences of our own: their bounds, their modifiers, and what only looks like a count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import counts

CUES = {
    "at least": "at-least", "no fewer than": "at-least", "more than": "more-than", "over": "more-than", "nearly": "nearly",
    "about": "about", "around": "about", "some": "about", "approximately": "about", "up to": "at-most", "as many as": "at-most",
    "no more than": "at-most", "fewer than": "less-than", "less than": "less-than", "exactly": "exact",
    "almost": "nearly", "under": "less-than",
}  # fmt: skip
MODIFIERS = {cue: f"count-modifier/{name}" for cue, name in CUES.items()}

Row = tuple[str, int | None, int | None, str]

FOUND: list[tuple[str, list[Row]]] = [
    ("Rebels shot 17 soldiers.", [("17", 17, 17, "exact")]),
    ("The camp held 2,500 recruits and 10 000 refugees.", [("2,500", 2500, 2500, "exact"), ("10 000", 10000, 10000, "exact")]),
    ("Some camps shelter 1.5 million people.", [("1.5 million", 1_500_000, 1_500_000, "exact")]),
    ("They lost three trucks, twenty-two drones and one hundred and ten men.",
     [("three", 3, 3, "exact"), ("twenty-two", 22, 22, "exact"), ("one hundred and ten", 110, 110, "exact")]),
    ("At least 16 guards fell.", [("At least 16", 16, None, "at-least")]),
    ("No fewer than seven villages burned.", [("No fewer than seven", 7, None, "at-least")]),
    ("More than 110 shells landed.", [("More than 110", 111, None, "more-than")]),
    ("The militia fired over a dozen missiles.", [("over a dozen", 13, None, "more-than")]),
    ("Nearly 100 pilgrims died.", [("Nearly 100", None, 99, "nearly")]),
    ("Fewer than 20 men remain.", [("Fewer than 20", None, 19, "less-than")]),
    ("Up to 30 rockets hit.", [("Up to 30", None, 30, "at-most")]),
    ("The bomb hurt as many as forty guests.", [("as many as forty", None, 40, "at-most")]),
    ("No more than 40 fighters held it.", [("No more than 40", None, 40, "at-most")]),
    ("About 2,500 troops stay.", [("About 2,500", 2500, 2500, "about")]),
    ("At least some 500 families fled.", [("At least some 500", 500, None, "at-least")]),
    ("It wounded another 36.", [("another 36", 36, 36, "exact")]),
    ("At least another nine were hurt.", [("At least another nine", 9, None, "at-least")]),
    ("Between 10,000 and 50,000 men serve.", [("Between 10,000 and 50,000", 10000, 50000, "between")]),
    ("Between one hundred and two hundred left.", [("Between one hundred and two hundred", 100, 200, "between")]),
    ("They flew 10-15 drones.", [("10-15", 10, 15, "between")]),
    ("Some 6,000 to 8,000 reservists came.", [("Some 6,000 to 8,000", 6000, 8000, "about")]),
    ("They kept 6,000 to 8,000 reservists.", [("6,000 to 8,000", 6000, 8000, "between")]),
    ("Three or four cars burned.", [("Three or four", 3, 4, "between")]),
    ("The force shrank from about 6,000 to around 2,500.", [("about 6,000", 6000, 6000, "about"), ("around 2,500", 2500, 2500, "about")]),
    ("The force grew from 900 to 2,500.", [("900", 900, 900, "exact"), ("2,500", 2500, 2500, "exact")]),
    ("A dozen bases, half a dozen depots and two dozen posts closed.",
     [("A dozen", 12, 12, "exact"), ("half a dozen", 6, 6, "exact"), ("two dozen", 24, 24, "exact")]),
    ("Half a million people marched.", [("Half a million", 500_000, 500_000, "exact")]),
    ("Several brigades crossed.", [("Several", 3, None, "several")]),
    ("Several hundred men crossed.", [("Several hundred", 300, None, "several")]),
    ("They met multiple envoys.", [("multiple", 2, None, "multiple")]),
    ("Dozens of factions split.", [("Dozens", 24, None, "dozens")]),
    ("Hundreds were hurt, thousands fled.", [("Hundreds", 200, None, "hundreds"), ("thousands", 2000, None, "at-least")]),
    ("Hundreds of thousands fled.", [("Hundreds of thousands", 200_000, None, "hundreds")]),
    ("Scores of houses fell.", [("Scores", 40, None, "dozens")]),
    ("A couple of mortars fell.", [("A couple", 2, 2, "about")]),
    ("Three and a half million people voted.", [("Three and a half million", 3_500_000, 3_500_000, "exact")]),
    ("They loosed 200-plus rockets, 100+ drones, 16 or so mines and ten or more shells.",
     [("200-plus", 200, None, "at-least"),
      ("100+", 100, None, "at-least"), ("16 or so", 16, 16, "about"), ("ten or more", 10, None, "at-least")]),
    ("One guard died.", [("One", 1, 1, "exact")]),
    ("In Mosul 22 people died.", [("22", 22, 22, "exact")]),
    ("In 2014 300 recruits joined.", [("300", 300, 300, "exact")]),
    ("In October 22 people died.", [("22", 22, 22, "exact")]),
    ("On October 7, 40 people died.", [("40", 40, 40, "exact")]),
    ("Iraq's 18 governorates voted.", [("18", 18, 18, "exact")]),
    ("Convoys have come under more than 165 attacks.", [("more than 165", 166, None, "more-than")]),
    ("The bases came under 20 attacks.", [("20", 20, 20, "exact")]),
    ("Drones flew over 20 villages; under 20 fell.", [("20", 20, 20, "exact"), ("under 20", None, 19, "less-than")]),
    ("Anywhere from 10 to 20 men came.", [("10 to 20", 10, 20, "between")]),
    ("Some 40-odd guards and a further 36 cooks came.", [("Some 40", 40, 40, "about"), ("a further 36", 36, 36, "exact")]),
    ("A wave of 40-odd drones came.", [("40-odd", 40, 40, "about")]),
    ("Scores were wounded and scores more died; the scores were tied.",
     [("Scores", 40, None, "dozens"), ("scores", 40, None, "dozens")]),
    ("Tens of boats and a couple barges sank.", [("Tens", 20, None, "tens"), ("a couple", 2, 2, "about")]),
    ("Two Falcon 136 drones and, at Ain Tamr 20 rockets fell.", [("Two", 2, 2, "exact"), ("20", 20, 20, "exact")]),
    ("The army sent about 2000 troops.", [("about 2000", 2000, 2000, "about")]),
]  # fmt: skip

NOT_COUNTS = [
    "Rockets fell near Tower 22 and beside Camp Seven.",
    "An F-16, an MQ-9, an M1 tank and an S-300 battery took part, with 122mm and 107mm rockets.",
    "Under Article 51 and Resolution 2254, and under section 3 of the law, they may answer.",
    "Turnout was 41%, or 41 percent, or forty-one per cent; prices rose 3.5 points.",
    "The blast came at 10:30, or 5 p.m., or 16:43 GMT, or 7 o'clock.",
    "The 45th brigade came in twenty-second place for the third time.",
    "It happened on 3 January 2020, in 2014, on October 7, 22 days ago and between 2003 and 2011.",
    "The base lies 60 km off, 24 hours away by a 300-mile road, and cost $2 million or 5 million dollars.",
    "Salim, 36, a 36-year-old driver aged 36, had worked there for three years and two-thirds of a decade.",
    "No one knew; one must ask one another one day, and at one time they did; it is one of the most heavily guarded.",
    "The Group of Seven met while Air Force One landed and Phase Two began.",
    "1. The first point\n2) The second point",
    "Read more at https://news.example/2024/17526/a-b-19 or write to desk24@news.example.",
    "They used one-way attack drones and a multiple rocket launcher.",
    "They met ahead of the 31 deadline, and not one guard came.",
    "One in three guards, or 1 in 3, backs a two-state answer, a five-point plan and a three-storey tower.",
    "They flew Falcon 136 drones and 45 Brigade moved to 10 Harbour Street under Law 40.",
    "A 122-millimetre shell costs 3,000 Iraqi dinars and holds 5 litres.",
    "It ended on 29 Rajab 1445, in the 5 and 6 May raids, on 17, 18 and 19 October.",
    "He has an M16, a T-72 and [12] footnotes.",
]


@pytest.mark.parametrize(("sentence", "rows"), FOUND, ids=[sentence for sentence, _ in FOUND])
def test_number_phrases_have_the_bounds_that_their_words_set(sentence: str, rows: list[Row]) -> None:
    read = [
        (f.value.words, f.value.minimum, f.value.maximum, f.value.modifier.removeprefix("count-modifier/"))
        for f in counts.find(sentence, MODIFIERS)
    ]
    assert read == rows


@pytest.mark.parametrize("sentence", NOT_COUNTS)
def test_what_only_looks_like_a_count_is_none(sentence: str) -> None:
    assert counts.find(sentence, MODIFIERS) == ()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The list took 17 of 329 seats.", "17 of 329"),
        ("The list took 17 out of the 329 seats.", "17 out of the 329"),
        ("The list holds 17 seats in the country's 329-member parliament.", "17"),
        ("The list holds 17 seats in Iraq's 329 member chamber.", "17"),
    ],
)
def test_a_part_knows_its_whole(sentence: str, words: str) -> None:
    first = counts.find(sentence, MODIFIERS)[0].value
    assert (first.words, first.minimum, first.maximum, first.total) == (words, 17, 17, 329)


def test_two_numbers_in_one_sentence_are_no_part_and_whole() -> None:
    assert all(f.value.total is None for f in counts.find("It shot 4 men in a town of 329 houses and 7 out of spite.", MODIFIERS))


def test_modifiers_come_from_the_mapping_alone() -> None:
    [bare] = counts.find("At least 16 guards fell.", {})
    assert (bare.value.words, bare.value.modifier) == ("16", "count-modifier/exact")
    [other] = counts.find("Barely 16 guards fell.", {"barely": "count-modifier/about"})
    assert (other.value.words, other.value.modifier) == ("Barely 16", "count-modifier/about")


PIECES = st.sampled_from(
    [*CUES, "16", "2,500", "three", "hundred", "dozen", "a", "of", "and", "-", "between", "to", "several", "million", "1.5", "Tower",
     "seats",
     "in", "May", "2014", "October", "%", ".", ",", "\n", "’s", "another", "329-member", "half", "one", "٣",
     "\u00a0", "(", "$", "or so", "twenty-", "under", "come", "scores", "more", "in every", "deadline", "anywhere from", "Brigade", "drones",
     "-point", "further"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)))
def test_spans_are_disjoint_slices_of_any_text_and_bounds_in_order(text: str) -> None:
    end = 0
    for found in counts.find(text, MODIFIERS):
        count = found.value
        assert end <= found.span.start < found.span.end <= len(text)
        assert count.words == found.span.of(text)
        assert count.minimum is None or count.maximum is None or count.minimum <= count.maximum
        end = found.span.end


@given(st.integers(0, 10**9), st.sampled_from([",", "\u00a0", "\u202f", ""]))
def test_numbers_in_figures_come_back(number: int, separator: str) -> None:
    figures = f"{number:,}".replace(",", separator)
    [found] = counts.find(f"They counted {figures} rockets there.", {})
    assert (found.value.words, found.value.minimum, found.value.maximum) == (figures, number, number)
