"""Gold files: every mistake is told with its article and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import BadGold
from kg.score.gold import parse, read
from kg.score.values import Amount
from tests.score.making import SMALL, small


def test_rows_are_read_as_frozen_values() -> None:
    depot = next(row for row in small().rows if row.id == "depot")
    assert depot.values["killed"] == (Amount(4, None),)
    assert depot.values["killed_of"] == ("Cedar Column",)
    assert depot.others["target"] == ("Cedar Column",)
    total = next(row for row in small().rows if row.id == "total")
    assert total.values["date"] == ("2023-11/..",)
    assert total.open == {"by"}
    with pytest.raises(AttributeError):
        depot.slot = "roles"  # type: ignore[misc]


BAD = [
    ("- {article: a, roles: [[A, leader]]}", "roles row 1", "list of 3"),
    ("- {article: a, roles: [[A, emperor, B]]}", "roles row 1, role", "'emperor' is none of"),
    ("- {article: a, roles: [[A, leader, B, {when: now}]]}", "roles row 1, when", "no such key"),
    ("- {article: a, roles: [[A, leader, B, x]]}", "roles row 1", "mapping of qualifiers"),
    ("- {article: a, roles: {A: leader}}", "roles", "list of rows"),
    ("- {article: a, structure: [[A, owns, B]]}", "structure row 1, rel", "'owns' is none of"),
    ("- {article: a, founded: [[A, spring 2014]]}", "founded row 1, date", "not an EDTF date"),
    ("- {article: a, designations: [[A, outlawed by, B]]}", "designations row 1, rel", "'outlawed by' is none of"),
    ("- {article: a, strengths: [{who: A, value: 3}]}", "strengths row 1", "counted is missing"),
    ("- {article: a, strengths: [{who: A, counted: tanks, value: 3}]}", "strengths row 1, counted", "'tanks' is none of"),
    ("- {article: a, strengths: [{who: A, counted: seats, value: some}]}", "strengths row 1, value", "'some' is no count"),
    ("- {article: a, strengths: [{who: A, counted: seats, value: 3, open: [worth]}]}", "strengths row 1, open", "'worth' is no key"),
    ("- {article: a, events: [{kind: attack}]}", "events row 1", "id is missing"),
    ("- {article: a, events: [{id: x, kind: riot}]}", "events x, kind", "'riot' is none of"),
    ("- {article: a, events: [{id: x, kind: war}]}", "events x, kind", "'war' is none of"),
    ("- {article: a, events: [{id: x, kind: strike}]}", "events x, kind", "'strike' is none of"),
    ("- {article: a, events: [{id: x, kind: attack, killed: {of: men}}]}", "events x, killed", "min or max"),
    ("- {article: a, events: [{id: x, kind: attack, realis: maybe}]}", "events x, realis", "'maybe' is none of"),
    ("- {article: a, events: [{id: x, kind: attack, optional: often}]}", "events x, optional", "true or false"),
    ("- {article: a, events: [{id: x, kind: attack, retaliation_for: y}]}", "events x, retaliation_for", "no event 'y'"),
    ("- {article: a, events: [{id: x, kind: attack, target_or: [y]}]}", "events x, target_or", "no target beside it"),
    ("- {article: a, events: [{id: x, kind: attack, target: []}]}", "events x, target", "empty"),
    ("- {article: a, events: [{id: x, kind: attack, target: {a: b}}]}", "events x, target", "is no thing"),
    ("- {article: a, events: [{id: x, kind: attack, date: '2024', since: '2023'}]}", "events x, since", "not both"),
    ("- {article: a, events: [{id: x, kind: attack, date_is: guess}]}", "events x", "date_is is report"),
    ("- {article: a, events: [{id: x, kind: attack}, {id: x, kind: attack}]}", "events", "stands twice"),
    ("- {article: a, statements: [{by: A, act: mumbles}]}", "statements row 1, act", "'mumbles' is none of"),
    ("- {article: a, not_events: [{would_be: x, why: dull}]}", "not_events row 1, why", "'dull' is none of"),
    ("- {article: a, not_events: [{would_be: x}]}", "not_events row 1", "would_be and why"),
    ("- {article: a, published: someday}", "published", "not an EDTF date"),
    ("- {article: a, published_from: hearsay}", "published_from", "'hearsay' is none of"),
    ("- {article: a, colour: red}", "colour", "no such key"),
]


@pytest.mark.parametrize(("text", "where", "reason"), BAD)
def test_a_mistake_is_told_with_article_and_key(text: str, where: str, reason: str) -> None:
    with pytest.raises(BadGold) as told:
        parse(text, "gold.yaml")
    assert told.value.article == "a"
    assert str(told.value).startswith("gold.yaml, a: ")
    assert where in str(told.value)
    assert reason in str(told.value)


@pytest.mark.parametrize(
    "text", ["", "{}", "- 3", "- {name: a}", "- {article: 3}", "- [", "- {article: a, article: b}", "- {article: a}\n- {article: a}"]
)
def test_what_is_no_list_of_articles_is_refused(text: str) -> None:
    with pytest.raises(BadGold, match=r"gold"):
        parse(text)


def test_a_missing_or_undecodable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGold, match="cannot be read"):
        read(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadGold, match="cannot be read"):
        read(tmp_path / "bad.yaml")


def test_a_date_without_quotes_is_its_words() -> None:
    (article,) = parse("- {article: a, published: 2024-05-06, founded: [[A, 2014-05-06], [B, 2014]]}")
    assert [row.values["date"] for row in article.rows] == [("2014-05-06",), ("2014",)]
    assert article.published == "2024-05-06"
    assert parse(SMALL) == (small(),)
