"""The rules are general: on copies with other names, figures, days, verbs and voice F falls little.  And the copies are true ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from kg.score.gold import read as checked
from kg.terms import vocabulary
from tests.variants import days, figures, names, verbs
from tests.variants.make import MAKERS, REPLACED, main, variants
from tests.variants.making import Article, Edit, articled, carried, edited, rows, standing, write
from tests.variants.scoring import SETS, f, originals, scored
from tests.variants.voice import turned

SEEDS = (1, 2, 3)
FALL, VOICE_FALL = 0.10, 0.15
"""By how much F may fall."""

TEXT = """Base near Ramadi hit

May 4, 2024

The Badr Organization said on Saturday that its leader, Hadi al-Amiri, was unhurt. A US air strike on Friday killed at least four fighters of the
Badr Organization and injured another 12 near Ain al-Asad, three weeks after an Iranian delegation had left Baghdad. Amiri condemned the attack
and vowed to answer. Jordan's government, which has about 2,500 soldiers there, called for calm. The group was formed in 1982.
"""
GOLD: Mapping[str, object] = {
    "article": "one",
    "published": "2024-05-04",
    "roles": [["Hadi al-Amiri", "leader", "Badr Organization"]],
    "founded": [["Badr Organization", "1982"]],
    "strengths": [{"who": "Jordan", "counted": "troops", "value": "~2500"}],
    "events": [
        {
            "id": "strike",
            "kind": "air strike",
            "date": "2024-05-03",
            "by": "United States",
            "killed": {"min": 4, "of": "Badr Organization"},
            "injured": {"min": 12, "max": 12},
            "cue": "killed at least four fighters",
        }
    ],
    "statements": [{"by": "Hadi al-Amiri", "act": "condemns", "event": "strike", "cue": "Amiri condemned the attack"}],
}
ONE = Article("one", TEXT, GOLD, {"publisher": "Own words", "published": "2024-05-04"})


def present(name: str) -> None:
    if not SETS[name][0].is_file():
        pytest.skip("the gold of ../shared is not here")


@cache
def unvaried(name: str) -> float:
    return f(scored(originals(name)))


# -- the bars ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETS)
def test_other_names_figures_days_and_verbs_cost_at_most_ten_points(name: str) -> None:
    present(name)
    found = [f(scored(variants(originals(name), seed, REPLACED))) for seed in SEEDS]
    print(f"{name}: {unvaried(name):.3f} unvaried; varied {found}")
    assert unvaried(name) - sum(found) / len(found) <= FALL


@pytest.mark.parametrize("name", SETS)
def test_the_other_voice_costs_at_most_fifteen_points(name: str) -> None:
    present(name)
    found = f(scored(variants(originals(name), 1, ["voice"])))
    print(f"{name}: {unvaried(name):.3f} unvaried; in the other voice {found:.3f}")
    assert unvaried(name) - found <= VOICE_FALL


# -- the makers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETS)
def test_copies_without_changes_score_the_same(name: str) -> None:
    present(name)
    assert variants(originals(name), 1, ()) == originals(name)
    assert scored(originals(name)).figures() == scored(variants(originals(name), 2, ())).figures()


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("name", SETS)
def test_a_seed_makes_one_copy_whose_gold_is_sound_and_whose_cues_stand_in_the_text(kind: str, name: str, tmp_path: Path) -> None:
    present(name)
    old, new = originals(name), variants(originals(name), 5, [kind])
    assert new == variants(originals(name), 5, [kind])
    assert [a.text for a in new] != [a.text for a in old]
    assert len(checked(write(new, tmp_path)[0])) == len(new)
    for before, after in zip(old, new, strict=True):
        for (slot, one), (_, other) in zip(rows(before.gold), rows(after.gold), strict=True):
            if "cue" in one and standing(before.text, str(one["cue"])):
                assert standing(after.text, str(other["cue"])), (after.name, slot, other["cue"])


@pytest.mark.parametrize("kind", ["names", "figures", "days", "verbs"])
def test_seeds_differ(kind: str) -> None:
    assert len({variants([ONE], seed, [kind])[0].text for seed in range(8)}) > 1


@pytest.mark.parametrize("name", SETS)
def test_no_two_things_become_one_and_none_that_the_article_names(name: str) -> None:
    present(name)
    for article in originals(name):
        made = names.Renaming(article, Random(3))
        varied = names.vary(article, Random(3))
        new = {iri for mention in made.names.mentions(varied.text) for iri in mention.things}
        assert not made.taken & made.present
        assert not new & set(made.chosen), "an old name stands in the copy"
        by_new = {iri: {made.names.known[old].label for old, to in made.chosen.items() if to == iri} for iri in made.chosen.values()}
        for labels in by_new.values():
            kinds = {frozenset(c for t in made.names.curated if t.label in labels for c in t.classes if c in ("Person", "ArmedGroup"))}
            assert len(kinds) == 1
            assert "Person" not in next(iter(kinds)) or len(labels) == 1


@pytest.mark.parametrize("name", SETS)
def test_who_stood_in_the_text_stands_in_the_copy_under_the_name_that_the_gold_gives(name: str) -> None:
    present(name)
    for article in originals(name):
        made, varied = names.Renaming(article, Random(4)), names.vary(article, Random(4))
        old = {iri for mention in made.names.mentions(article.text) for iri in mention.things}
        new = {iri for mention in made.names.mentions(varied.text) for iri in mention.things}
        for (_, one), (_, other) in zip(rows(article.gold), rows(varied.gold), strict=True):
            for key in ("by", "who", "claimed_by", "accused", "blamed"):
                before, after = (made.names.bearers.get(names.keys(str(row.get(key, ""))), {}) for row in (one, other))
                if set(before) & set(made.chosen) & old:
                    assert set(after) & new, (article.name, one[key], other[key])


def test_names_change_with_their_short_forms_and_adjectives() -> None:
    made = names.vary(ONE, Random(1))
    assert not re.search(r"Badr|Amiri|Iranian|Jordan|Asad", made.text)
    person, role, group = made.gold["roles"][0]  # type: ignore[index]
    assert role == "leader"
    assert made.text.count(person.split()[-1].removeprefix("al-")) == 2
    assert made.gold["events"][0]["killed"]["of"] == group  # type: ignore[index]
    assert made.gold["events"][0]["by"] == "United States"  # type: ignore[index]


def test_figures_keep_their_form_and_order_and_years_and_days_stay() -> None:
    made = figures.vary(ONE, Random(2))
    old, new = figures.figures(TEXT), figures.figures(made.text)
    assert [o.number for o in old] == [4, 12, 2500]
    assert sorted(n.number for n in new) == [n.number for n in new]
    assert [o.bound for o in old] == [n.bound for n in new] == [">=", "=", "="]
    assert all(o.number != n.number for o, n in zip(old, new, strict=True))
    assert "May 4, 2024" in made.text
    assert "three weeks" in made.text
    event, strength = made.gold["events"][0], made.gold["strengths"][0]  # type: ignore[index]
    assert event["killed"] == {"min": new[0].number, "of": "Badr Organization"}
    assert event["injured"] == {"min": new[1].number, "max": new[1].number}
    assert strength["value"] == f"~{new[2].number}"
    assert event["cue"] == f"killed at least {new[0].words} fighters"


def test_an_amount_without_a_figure_stays() -> None:
    bounds = {(2, "="), (100, ">"), (40, "<")}
    other = {2: 5, 100: 300, 40: 70}
    assert figures.amount({"min": 2}, other, bounds) == {"min": 2}  # several, multiple
    assert figures.amount({"min": 101}, other, bounds) == {"min": 301}  # over 100
    assert figures.amount({"max": 39, "approx": True}, other, bounds) == {"max": 69, "approx": True}  # nearly 40
    assert figures.amount(">100", other, bounds) == ">300"
    assert figures.amount(">=2", other, bounds) == ">=2"
    assert figures.amount(2, other, bounds) == 5


@pytest.mark.parametrize("name", SETS)
def test_numbers_of_text_and_gold_change_alike(name: str) -> None:
    present(name)
    for article in originals(name):
        old, new = figures.figures(article.text), figures.figures(figures.vary(article, Random(6)).text)
        assert [o.bound for o in old] == [n.bound for n in new]
        pairs = {(o.number, n.number) for o, n in zip(old, new, strict=True)}
        assert len(pairs) == len({o for o, _ in pairs}) == len({n for _, n in pairs})
        assert sorted(pairs) == sorted(pairs, key=lambda p: p[1])


@pytest.mark.parametrize("name", SETS)
def test_weekdays_stay_true(name: str) -> None:
    present(name)
    for article in originals(name):
        moves = list(days.shifts(article))
        assert len(moves) > 5
        for move in moves[:: len(moves) // 5]:
            day = days.published_on(article)
            made = days.moved(article, move)
            assert days.published_on(made) == move.day(day)
            turned = [days.WEEKDAYS[(days.WEEKDAYS.index(w) + move.turn) % 7] for w in days.WEEKDAY.findall(article.text)]
            assert days.WEEKDAY.findall(made.text) == turned
            assert (move.day(day).weekday() - day.weekday()) % 7 == move.turn != 0


def test_an_article_of_an_unknown_day_keeps_its_days() -> None:
    month = replace(ONE, gold={**GOLD, "published": "2024-05"}, meta={})
    assert days.vary(month, Random(1)) == month


def test_dates_move_in_text_sidecar_and_gold() -> None:
    made = days.moved(ONE, days.Shift(-12, 2, 1))
    assert "May 6, 2023" in made.text
    assert "on Sunday that" in made.text
    assert "formed in 1981" in made.text
    assert made.meta["published"] == made.gold["published"] == "2023-05-06"
    assert made.gold["events"][0]["date"] == "2023-05-05"  # type: ignore[index]
    assert made.gold["founded"] == [["Badr Organization", "1981"]]


def test_parts_of_months_and_seasons_stay_what_they_are() -> None:
    move = days.Shift(13, 4, 0)
    assert days.edtf("2024-01-21/2024-01-31", move) == "2025-02-21/2025-02-28"
    assert days.edtf("2023-10-15~", move) == "2024-11-15~"
    assert days.edtf("2024-21", days.Shift(-12, 4, 0)) == "2023-21"
    assert days.edtf("../2024-02-02", move) == "../2025-03-06"
    assert days.said("between 3 and 4 May 2024", days.Shift(0, 2, 2)) == "between 5 and 6 May 2024"


def test_a_verb_becomes_a_listed_synonym_in_the_same_form_and_frame() -> None:
    def others(text: str) -> set[str]:
        return {w for verb in verbs.verbs(text) for w in verb.others}

    assert {"denounced", "decried"} <= others("The minister condemned the attack.")
    assert others("The minister called for calm.") == set()
    assert {"pledged", "promised"} <= others("The group vowed to answer.")
    assert "strike" not in others("A rocket hit the base.")
    assert others("Rockets struck the base.") == {"hit"}
    assert "claimed the lives of" not in others("The strike killed a commander.")
    assert "taken responsibility" in others("The group has claimed responsibility for it.")
    assert others("It was a targeted answer to the killed and the accused.") == set()
    cues = {c.words for name in ("verbCue", "cue", "inverseCue", "compoundCue") for c in vocabulary().cues(name)}
    for article in originals("corpus"):
        assert {w.removeprefix("-") for v in verbs.verbs(article.text) for w in v.others} <= cues


def test_about_a_third_of_the_verbs_changes() -> None:
    for article in originals("corpus"):
        made = verbs.vary(article, Random(1))
        before = [v.words for v in verbs.verbs(article.text)]
        after = [v.words for v in verbs.verbs(made.text)]
        changed = sum(a != b for a, b in zip(before, after, strict=True))
        assert 0.2 <= changed / len(before) <= 0.5, article.name


def test_clauses_change_voice_where_the_sentence_stays_one() -> None:
    def other(text: str) -> str:
        return edited(text, turned(text))

    assert other("A US air strike killed at least four fighters on Friday, wounding two.") == (
        "At least four fighters were killed by a US air strike on Friday, wounding two."
    )
    assert other("The convoy was attacked by unknown gunmen on Sunday.") == "Unknown gunmen attacked the convoy on Sunday."
    for kept in ("He struck it.", "They attacked.", "The strike that killed them was denied.", "The town was hit on Friday."):
        assert other(kept) == kept


# -- edits -------------------------------------------------------------------------------------------------------------------


def test_edits_carry_stretches_of_the_text_along() -> None:
    text = "An Iraqi unit of 12 men"
    edits = [Edit(3, 8, "Turkish"), Edit(17, 19, "300")]
    assert edited(text, edits) == "An Turkish unit of 300 men"
    assert edited(text, articled(text, edits)) == "A Turkish unit of 300 men"
    assert carried(text, edits, 9, 18) == "unit of 300"
    assert carried(text, edits, 20, 23) == "men"


def test_the_command_writes_what_kg_score_reads(tmp_path: Path) -> None:
    gold, texts = write([ONE], tmp_path / "in")
    done = CliRunner().invoke(main, [str(gold), str(texts), str(tmp_path / "out"), "--seed", "7", "--only", "names,figures,days"])
    assert done.exit_code == 0, done.output
    assert [a.name for a in checked(tmp_path / "out" / "gold.yaml")] == ["one"]
    assert (tmp_path / "out" / "articles" / "metadata.yaml").is_file()
    assert CliRunner().invoke(main, [str(gold), str(texts), str(tmp_path / "out"), "--only", "spelling"]).exit_code == 2
