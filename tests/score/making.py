"""A small gold article with every slot and key, a perfect extraction of any gold article, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from kg.authority import authority
from kg.model import Span
from kg.score import vocabulary as v
from kg.score.facts import Facts, Given, Row
from kg.score.figures import Figure, Scored
from kg.score.gold import GoldArticle, GoldRow, Value, parse
from kg.score.names import Names, Who
from kg.score.scoring import scored
from kg.score.values import Amount

SMALL = """
- article: small
  publisher: Rudaw
  published: '2024-05-06'
  published_from: header
  roles:
    - [Rima Haddad, spokesperson, Cedar Column, {role_or: [press secretary]}]
    - [Omar Daoud, leader, Cedar Column]
    - [Omar Daoud, general, Cedar Column, {optional: true}]
  structure:
    - [Cedar Column, backed by, Syria]
    - [Cedar Column, is, umbrella network of river militias]
    - [River Guard, supports, Cedar Column, {rel_or: [aligned with], said_by: Rima Haddad}]
    - [Valley Watch, part of, Cedar Column, {realis: alleged, said_by: Omar Daoud, via: Press Bureau}]
  founded:
    - [Cedar Column, 2014-10/2014-12]
  designations:
    - [Cedar Column, designated terrorist by, Turkey]
  strengths:
    - {who: Cedar Column, counted: seats, value: 7, of: 90, where: Hill Assembly}
    - {who: Cedar Column, counted: fighters, value: '~4000', date: '2019'}
    - {who: US forces in Iraq, counted: troops, value: '>1200'}
  events:
    - {id: depot, kind: drone strike, date: '2024-05-02', place: 'Mosul, Iraq', by: United States, denied_by: Israel, authorised_by: Omar Daoud,
       target: fuel depot of the Cedar Column, target_or: [Cedar Column], weapon: drone, weapon_count: 3, killed: {min: 4, of: Cedar Column},
       injured: {min: 2, max: 2}, killed_persons: [Salim Nasser], targets_struck: '>5', count: 2, retaliation_for: barracks, part_of: sweep,
       cue: drones hit the depot}
    - {id: barracks, kind: rocket attack, date: '2024-05-01', place: Tikrit, target: river barracks, claimed_by: River Guard, accused: Iran,
       accuser: Rima Haddad, accused_of: direction, weapon: rocket, said_by: Rima Haddad, via: Press Bureau, cue: rockets fell on barracks}
    - {id: total, kind: aggregate of attacks, since: '2023-11', count: '>70', target: river convoys, by: unknown men, open: [by], cue: seventy raids since}
    - {id: sweep, kind: campaign, date: 2024-03/2024-05, place: [Iraq, Syria], by: Syria, target: Valley Watch, cue: a sweep of the valley}
    - {id: pause, kind: truce, date: '2024-04', parties: [Syria, Cedar Column], cue: a pause in fighting}
    - {id: leaving, kind: withdrawal, place: Jordan, by: United States, optional: true, cue: bases emptied last year}
  statements:
    - {by: Rima Haddad, act: accuses, blamed: Iran, about: rockets on the barracks, event: barracks, date: '2024-05-03', to: Syria, cue: she pointed eastwards}
    - {by: [Turkey, Egypt], act: condemns, about: depot, event: depot, cue: two capitals deplored it}
    - {by: Omar Daoud, act: promises, act_or: [announces], about: a new council, optional: true, cue: a council will sit}
  not_events:
    - {would_be: raid on Kirkuk by the Cedar Column, why: 'threat: vowed only'}
    - {would_be: nine dead in Mosul, why: 'not a person count: barrels'}
"""


@cache
def names() -> Names:
    return Names(authority())


@cache
def small() -> GoldArticle:
    (article,) = parse(SMALL)
    return article


def perfect(article: GoldArticle) -> Facts:
    """An extraction that says just what the gold says; each row rests on a sentence that holds its cue."""
    text, rows = "", []
    for number, gold in enumerate(article.rows):
        start = len(text)
        text += f"Row {number}: {gold.cue or 'something is told'}.\n\n"
        rows.append(row(gold, Span(start, len(text) - 2)))
    day = date.fromisoformat(article.published[:10]) if article.published and len(article.published) >= 10 else None
    return Facts(text, tuple(rows), day, article.published is not None)


def row(gold: GoldRow, span: Span) -> Row:
    values = {
        key.name: tuple(given(gold, key, value) for value in gold.values[key.name]) for key in v.SLOTS[gold.slot] if key.name in gold.values
    }
    said = {key: tuple(Who(None, name) for name in gold.given.get(key, ())) for key in ("said_by", "via")}
    return Row(gold.slot, values, said["said_by"], said["via"], gold.realis, (gold.cue or gold.name,), (span,), gold.id)


def given(gold: GoldRow, key: v.Key, value: Value) -> Given:
    if isinstance(value, Amount) or key.sort not in ("actor", "place", "thing") or (key.name == "object" and gold.values["rel"] == ("is",)):
        return value
    return names().who(str(value).split(", ")[0] if key.sort == "place" else str(value), key.sort)


WRONG: dict[str, Given] = {
    "actor": Who(None, "Nobody Brigade"),
    "place": Who(None, "Nowhere Hill"),
    "thing": Who(None, "nothing there"),
    "date": "1999-01-01",
    "amount": Amount(987654, 987654),
    "event": "no such event",
    "text": "the weather",
}


def wrong(key: v.Key) -> Given:
    """A value that no gold row has."""
    if key.sort in ("word", "kind"):
        return {"kind": "ground operation", "weapon": "explosives", "accused_of": "approval", "act": "praises", "rel": "funded by"}.get(
            key.name, "president"
        )
    return WRONG[key.sort]


def score(facts: Facts, article: GoldArticle | None = None) -> Scored:
    return scored(article or small(), facts, names())


def figures(facts: Facts, article: GoldArticle | None = None) -> dict[str, Figure]:
    return dict(score(facts, article).figures())


def changed(facts: Facts, change: Callable[[Row], Row | None]) -> Facts:
    return replace(facts, rows=tuple(made for one in facts.rows if (made := change(one)) is not None))


def without(facts: Facts, at: int) -> Facts:
    return replace(facts, rows=facts.rows[:at] + facts.rows[at + 1 :])


def having(facts: Facts, *rows: Row) -> Facts:
    return replace(facts, rows=(*facts.rows, *rows))


def valued(one: Row, key: str, values: Sequence[Given]) -> Row:
    kept = {**one.values, key: tuple(values)}
    return replace(one, values={k: x for k, x in kept.items() if x})


def named(facts: Facts, slot: str, **values: str) -> Row:
    """The one row of a slot of which each given key shows the given words."""
    (found,) = [r for r in facts.rows if r.slot == slot and all(any(str(g) == w for g in r.of(k)) for k, w in values.items())]
    return found
