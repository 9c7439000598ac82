"""Gold files: what articles state, as frozen rows; every mistake in one is told with its article and key.

The form is that of a list of articles in YAML: slots of rows, each with closed keys and vocabularies (`vocabulary.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from kg.errors import BadGold
from kg.score import vocabulary as v
from kg.score.values import Amount, amount, checked

Value = str | Amount
Values = Mapping[str, tuple[Value, ...]]

ARTICLE: Final = frozenset({"article", "publisher", "url", "published", "published_from", "updated", "note", "not_events", *v.SLOTS})


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One row: its values by key, other right values, the keys scored neither way, and how its speaker puts it.

    `name` is the row as a person finds it. `given` are said_by and via. `optional` rows are scored neither way. `reported`: the date is that of a
    report; `needs_published`: the text gives the date only beside the day of publication.
    """

    slot: str
    name: str
    values: Values
    others: Values = field(default_factory=dict)
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    optional: bool = False
    realis: str = "asserted"
    cue: str | None = None
    id: str | None = None
    reported: bool = False
    needs_published: bool = False

    def all(self, key: str) -> tuple[Value, ...]:
        """The values of a key, right and other right ones."""
        return (*self.values.get(key, ()), *self.others.get(key, ()))


@dataclass(frozen=True, slots=True)
class NotEvent:
    """What an unwary system makes of the text, and why it is none; `realis` with which it may be given all the same."""

    would_be: str
    why: str
    realis: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """What one article states."""

    name: str
    publisher: str | None
    published: str | None
    rows: tuple[GoldRow, ...]
    not_events: tuple[NotEvent, ...]


class _Loader(yaml.SafeLoader):
    """YAML in which a key stands once, and a date is its words."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[object, object]:
    found: dict[object, object] = {}
    for name, value in node.value:
        key = loader.construct_object(name, deep=True)
        if key in found:
            raise yaml.YAMLError(f"line {name.start_mark.line + 1}: the key {key!r} stands twice")
        found[key] = loader.construct_object(value, deep=True)
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))


def read(path: Path) -> tuple[GoldArticle, ...]:
    """The articles of a gold file; raises BadGold."""
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadGold(str(path), None, f"it cannot be read: {wrong}") from wrong


def parse(text: str, name: str = "gold") -> tuple[GoldArticle, ...]:
    """The articles of a gold file's text; raises BadGold, naming the article and the key."""
    try:
        rows = yaml.load(text, _Loader)
    except yaml.YAMLError as wrong:
        raise BadGold(name, None, f"it is not valid YAML: {wrong}") from wrong
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("article"), str) for row in rows):
        raise BadGold(name, None, "it should be a list of articles, each with the key article")
    articles = tuple(_Reader(name, str(row["article"])).article(row) for row in rows)
    twice = sorted({a.name for a in articles if sum(b.name == a.name for b in articles) > 1})
    if twice:
        raise BadGold(name, twice[0], "the article stands twice")
    return articles


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one article's rows."""

    file: str
    name: str

    def wrong(self, where: str, reason: str) -> BadGold:
        return BadGold(self.file, self.name, f"{where}: {reason}")

    def article(self, row: Mapping[str, object]) -> GoldArticle:
        self.known(row, ARTICLE, "article")
        if row.get("published_from", "header") not in v.PUBLISHED_FROM:
            raise self.wrong("published_from", f"{row['published_from']!r} is none of {', '.join(sorted(v.PUBLISHED_FROM))}")
        published = str(row["published"]) if row.get("published") is not None else None
        if published is not None:
            self.date(published, "published")
        rows = tuple(self.row(slot, at, item) for slot in v.SLOTS for at, item in enumerate(self.items(row, slot), 1))
        ids = {r.id for r in rows if r.id}
        for made in rows:
            for key in v.SLOTS[made.slot]:
                lost = [i for i in made.all(key.name) if key.sort == "event" and i not in ids]
                if lost:
                    raise self.wrong(f"{made.name}, {key.name}", f"there is no event {lost[0]!r} in this article")
        if len(ids) < sum(1 for r in rows if r.id):
            raise self.wrong("events", "an id stands twice")
        publisher = str(row["publisher"]) if row.get("publisher") else None
        return GoldArticle(
            self.name, publisher, published, rows, tuple(self.nothing(at, i) for at, i in enumerate(self.items(row, "not_events"), 1))
        )

    def items(self, row: Mapping[str, object], slot: str) -> Sequence[object]:
        found = row.get(slot, [])
        if not isinstance(found, list):
            raise self.wrong(slot, "it should be a list of rows")
        return found

    def known(self, row: Mapping[str, object], keys: frozenset[str], where: str) -> None:
        for key in row:
            if key not in keys:
                raise self.wrong(f"{where}, {key}", "there is no such key")

    def nothing(self, at: int, item: object) -> NotEvent:
        where = f"not_events row {at}"
        if not isinstance(item, dict) or set(item) != {"would_be", "why"}:
            raise self.wrong(where, "it should have the keys would_be and why")
        reason = str(item["why"]).partition(":")[0].strip()
        if reason not in v.WHY:
            raise self.wrong(f"{where}, why", f"{reason!r} is none of {', '.join(v.WHY)}")
        return NotEvent(str(item["would_be"]), str(item["why"]), v.WHY[reason])

    # -- rows ----------------------------------------------------------------------------------------------------------------

    def row(self, slot: str, at: int, item: object) -> GoldRow:
        where = f"{slot} row {at}"
        row = self.as_mapping(slot, where, item)
        where = f"{slot} {row['id']}" if isinstance(row.get("id"), str) else where
        names = frozenset(key.name for key in v.SLOTS[slot])
        may = v.ANY_ROW | names | v.UNSCORED.get(slot, frozenset()) | {f"{key}_or" for key in v.ALTERNATIVES[slot]}
        self.known(row, frozenset(may), where)
        realis, opened = row.get("realis", "asserted"), self.several(row.get("open", []))
        if realis not in v.REALIS:
            raise self.wrong(f"{where}, realis", f"{realis!r} is none of {', '.join(v.REALIS)}")
        for flag in ("optional",):
            if not isinstance(row.get(flag, False), bool):
                raise self.wrong(f"{where}, {flag}", "it is true or false")
        for key in opened:
            if key not in names | {"said_by", "via", "realis", "about"}:
                raise self.wrong(f"{where}, open", f"{key!r} is no key of {slot}")
        optional = bool(row.get("optional"))
        values = {k.name: self.values(k, row[k.name], f"{where}, {k.name}", optional, other=False) for k in v.SLOTS[slot] if k.name in row}
        others = {
            k.name: self.values(k, row[f"{k.name}_or"], f"{where}, {k.name}_or", optional, other=True)
            for k in v.SLOTS[slot]
            if f"{k.name}_or" in row
        }
        for needed in {"strengths": ("who", "counted", "value"), "events": ("id", "kind"), "statements": ("by", "act")}.get(slot, ()):
            if needed not in row:
                raise self.wrong(where, f"the key {needed} is missing")
        for key in set(others) - set(values):
            raise self.wrong(f"{where}, {key}_or", f"there is no {key} beside it")
        said = {key: self.several(row[key]) for key in ("said_by", "via") if key in row}
        cue = str(row["cue"]) if row.get("cue") else None
        reported, needs = row.get("date_is") == "report", row.get("date_needs") == "published"
        if ("date_is" in row and not reported) or ("date_needs" in row and not needs):
            raise self.wrong(where, "date_is is report, date_needs is published")
        return GoldRow(
            slot, where, values, others, said, frozenset(opened), optional, str(realis), cue, row.get("id"), reported, needs  # type: ignore[arg-type]
        )  # fmt: skip

    def as_mapping(self, slot: str, where: str, item: object) -> dict[str, object]:
        """A row as keys and values: of a list the names of its places, of casualties the group apart, of `since` the date."""
        if slot in v.LISTS:
            keys = v.LISTS[slot]
            if not isinstance(item, list) or len(item) not in (len(keys), len(keys) + 1):
                raise self.wrong(where, f"it should be a list of {len(keys)}: {', '.join(k.name for k in keys)}")
            more = item[len(keys)] if len(item) > len(keys) else {}
            if not isinstance(more, dict):
                raise self.wrong(where, "its last element should be a mapping of qualifiers")
            return {**{key.name: value for key, value in zip(keys, item, strict=False)}, **more}
        if not isinstance(item, dict):
            raise self.wrong(where, "it should be a mapping")
        row = dict(item)
        if slot == "events":
            for key in ("killed", "injured"):
                if isinstance(row.get(key), dict) and "of" in row[key]:
                    row[f"{key}_of"] = row[key]["of"]
            if "since" in row:
                if "date" in row:
                    raise self.wrong(f"events {row.get('id')}, since", "a row has a date or since, not both")
                self.date(str(row["since"]), f"{where}, since")
                row["date"] = f"{row['since']}/.."
            row = {k: x for k, x in row.items() if k != "since"}
        return row

    def several(self, written: object) -> tuple[str, ...]:
        return tuple(str(x) for x in written) if isinstance(written, list) else (str(written),)

    def values(self, key: v.Key, written: object, where: str, optional: bool, *, other: bool) -> tuple[Value, ...]:
        if written is None or written == [] or written == "":
            raise self.wrong(where, "it is empty; leave out what is not told")
        return tuple(self.value(key, x, where, optional, other) for x in (written if isinstance(written, list) else [written]))

    def value(self, key: v.Key, written: object, where: str, optional: bool, other: bool) -> Value:
        if key.sort == "amount":
            try:
                return amount(written)
            except ValueError as wrong:
                raise self.wrong(where, str(wrong)) from wrong
        if isinstance(written, (dict, list, bool)):
            raise self.wrong(where, f"{written!r} is no {key.sort}")
        if key.sort == "date":
            return self.date(str(written), where)
        text = str(written)
        may = key.words - (v.ONLY_ALTERNATIVE if key.sort == "kind" and not other else frozenset())
        only = v.ONLY_OPTIONAL if key.sort == "kind" and not optional else frozenset()
        if key.words and (text not in may or text in only):
            raise self.wrong(where, f"{text!r} is none of {', '.join(sorted(may - only))}")
        return text

    def date(self, written: str, where: str) -> str:
        try:
            return checked(written)
        except ValueError as wrong:
            raise self.wrong(where, str(wrong)) from wrong
