"""One gold row and one extracted row laid side by side: what is found of the one, and what is wrong in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.model import Span
from kg.score import vocabulary as v
from kg.score.facts import Facts, Given, Row
from kg.score.gold import GoldArticle, GoldRow, Value
from kg.score.names import Names, Who
from kg.score.values import Amount, Reckoning, same_amount, same_date
from kg.values.sentences import sentences

Unit = tuple[str, int]
"""What can be found of a gold row: a key's value, by its number; the row itself is ("", 0)."""

ROW: Final[Unit] = ("", 0)

POINTS: Final = {
    "date": 2, "target": 2, "killed_persons": 3, "by": 1, "claimed_by": 2, "accused": 2, "count": 2, "parties": 2, "place": 1, "weapon": 1,
    "killed": 2, "injured": 2, "kind": 1,
}  # fmt: skip
"""How much a right value says that two rows tell of one event."""

SENTENCE: Final = 3
"""How much it says that they stand in one sentence."""

ENOUGH: Final = 3
"""With so many points two rows may be of one event.  Only what agrees counts: what differs is then a wrong value, never a reason to part them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an extracted row is worth for a gold row.

    `found` are units of the gold row; `wrong` and `beyond` values of the extracted one, beyond those that were not asked for but are right.
    `eligible`: the two may be the same; `near`: they stand in one sentence.
    """

    found: frozenset[Unit]
    wrong: tuple[tuple[str, Given], ...]
    beyond: tuple[tuple[str, Given], ...] = ()
    eligible: bool = True
    near: bool = False


class Judge:
    """Compares the rows of one article."""

    def __init__(self, article: GoldArticle, facts: Facts, names: Names) -> None:
        self.article, self.facts, self.names = article, facts, names
        self._ids = {row.id: row for row in article.rows if row.id}
        self._told = {row.id: row for row in facts.rows if row.id}
        self._sentences = tuple(sentences(facts.text))
        self._cues = {row.cue: self._standing(row.cue) for row in article.rows if row.cue}

    # -- what is asked -------------------------------------------------------------------------------------------------------

    def asked(self, gold: GoldRow) -> tuple[Unit, ...]:
        """The units of a gold row that an extraction has to find."""
        if gold.optional:
            return ()
        return (ROW, *((key.name, at) for key in v.SLOTS[gold.slot] if self._asks(gold, key) for at in range(len(gold.values[key.name]))))

    def _asks(self, gold: GoldRow, key: v.Key) -> bool:
        if key.figure is None or key.beyond or key.name not in gold.values or key.name in gold.open:
            return False
        if gold.slot == "strengths" and key.name == "date":
            return not self._as_of_now(gold)
        if gold.slot == "strengths" and key.name == "where" and gold.all("who") == gold.all("where"):
            return False
        if key.name == "date" and gold.needs_published and not self.facts.dated:
            return False
        return not (key.name == "by" and "parties" in gold.values)

    def _as_of_now(self, gold: GoldRow) -> bool:
        """Whether a number holds at the time of writing, which need not be said."""
        day = self.facts.published.isoformat() if self.facts.published else None
        return day is None or any(same_date(str(date), day) for date in gold.all("date"))

    # -- verdicts ------------------------------------------------------------------------------------------------------------

    def verdict(self, gold: GoldRow, row: Row) -> Verdict | None:
        """What a row is worth for a gold row; None where they have nothing to do with one another."""
        if gold.slot != row.slot or not self._fits(gold, row):
            return None
        near = self.near(gold, row)
        if gold.slot in v.LISTS:
            return Verdict(frozenset({ROW}), (), near=near) if self._listed(gold, row) else None
        if gold.slot == "strengths":
            return self._strength(gold, row, near)
        if gold.slot == "statements":
            told = near or not self._cues.get(gold.cue or "")
            return self._keys(gold, row, near, eligible=told) if self._spoken(gold, row) and (near or self._about(gold, row)) else None
        return self._keys(gold, row, near, eligible=self.same_event(gold, row)) if self._family(gold, row) else None

    def _fits(self, gold: GoldRow, row: Row) -> bool:
        """Whether both are told as happening, or both in the same other way; alleged or not is a matter of attribution."""
        plain = ("asserted", "alleged")
        return "realis" in gold.open or gold.realis == row.realis or (gold.realis in plain and row.realis in plain)

    def _keys(self, gold: GoldRow, row: Row, near: bool, eligible: bool, skip: frozenset[str] = frozenset()) -> Verdict:
        found, wrong, beyond = {ROW}, [], []
        for key in v.SLOTS[gold.slot]:
            if key.figure is None or key.name in gold.open or key.name in skip:
                continue
            late: list[Given] = []
            for given in row.of(key.name):
                hits = {(name, at) for name, at, value in self._units(gold, key.name) if self.same(gold, key, value, given)}
                found |= hits
                if hits and key.beyond:
                    beyond.append((key.name, given))
                if not hits:
                    late.append(given)
            for given in late:
                if any(self.same(gold, key, value, given) for value in gold.others.get(key.name, ())):
                    left = [(name, at) for name, at, _ in self._units(gold, key.name) if (name, at) not in found]
                    found |= set(left[:1])
                elif not self._neither(gold, key, given, row):
                    wrong.append((key.name, given))
        return Verdict(frozenset(found & set(self.asked(gold))), tuple(wrong), tuple(beyond), eligible, near)

    def _units(self, gold: GoldRow, key: str) -> Iterator[tuple[str, int, Value]]:
        """The values of a gold key.  Of an agreement or truce parties and doers are one: either names its sides."""
        if key not in ("by", "parties") or "parties" not in gold.values:
            yield from ((key, at, value) for at, value in enumerate(gold.values.get(key, ())))
            return
        last = len(gold.values["parties"]) - 1
        for side in ("parties", "by"):
            yield from (("parties", min(at, last), value) for at, value in enumerate(gold.values.get(side, ())))

    # -- events --------------------------------------------------------------------------------------------------------------

    def same_event(self, gold: GoldRow, row: Row) -> bool:
        """Whether enough agrees for two rows to tell of one event."""
        points = SENTENCE * self.near(gold, row)
        for key in v.EVENT:
            worth = POINTS.get(key.name, 0)
            if worth and any(self.same(gold, key, one, other) for one in gold.all(key.name) for other in row.of(key.name)):
                points += worth
        return points >= ENOUGH

    def _family(self, gold: GoldRow, row: Row) -> bool:
        return any(set(gold.all("kind")) & family and set(row.of("kind")) & family for family in v.FAMILIES)

    def near(self, gold: GoldRow, row: Row) -> bool:
        """Whether a row rests on the sentence of the gold row's cue."""
        return any(a.start < b.end and b.start < a.end for a in self._cues.get(gold.cue or "", ()) for b in row.spans)

    def _standing(self, cue: str) -> tuple[Span, ...]:
        """The sentences in which words of the article stand."""
        words = [re.escape(w) for w in re.findall(r"\w+|[^\w\s]", cue.replace("’", "'"))]
        pattern = re.compile(r"\s*".join("['’]" if w == "'" else w for w in words), re.IGNORECASE)
        places = [m.start() for m in pattern.finditer(self.facts.text)]
        return tuple(s for s in self._sentences if any(s.start <= at < s.end for at in places))

    # -- the other slots -----------------------------------------------------------------------------------------------------

    def _listed(self, gold: GoldRow, row: Row) -> bool:
        if gold.slot == "structure" and "is" in gold.values["rel"]:
            kinds = [str(k) for k in row.of("object")]
            named = any(self.names.same_kind(str(o), kind) for o in gold.all("object") for kind in kinds)
            return row.of("rel") == ("is",) and named and self._right(gold, row, "subject")
        if gold.slot == "structure":
            return any(self._related(gold, row, rel) for rel in gold.all("rel"))
        return all(self._right(gold, row, key.name) for key in v.SLOTS[gold.slot] if key.name not in gold.open)

    def _related(self, gold: GoldRow, row: Row, rel: Value) -> bool:
        """Whether a relation is stated, from either end where it can be."""
        straight = self._right(gold, row, "subject") and self._right(gold, row, "object")
        turned = self._right(gold, row, "subject", "object") and self._right(gold, row, "object", "subject")
        if row.of("rel") == (rel,):
            return straight or (rel == "aligned with" and turned)
        return {rel, *row.of("rel")} == {"supports", "backed by"} and turned

    def _strength(self, gold: GoldRow, row: Row, near: bool) -> Verdict | None:
        if not (self._right(gold, row, "counted") and self._right(gold, row, "value")):
            return None
        if self._right(gold, row, "who"):
            return self._keys(gold, row, near, eligible=True, skip=self._implied(gold, row))
        there = [Who(None, f"{who}{of} in {where}") for who in row.of("who") for where in row.of("where") for of in ("", " forces")]
        if any(self.names.same(str(who), given, "actor") for who in gold.all("who") for given in there):
            return self._keys(gold, row, near, eligible=True, skip=frozenset({"where"}))
        return None

    def _implied(self, gold: GoldRow, row: Row) -> frozenset[str]:
        """Of forces in a country the place that their name says."""
        said = " ".join(map(str, gold.all("who")))
        return frozenset({"where"}) if all(f" in {where}" in said for where in row.of("where")) and row.of("where") else frozenset()

    def _spoken(self, gold: GoldRow, row: Row) -> bool:
        """Whether speaker and act agree.  The sentence decides the rest; told in another one, an act is only said again."""
        key = next(k for k in v.STATEMENT if k.name == "by")
        speakers = row.of("by")
        if not speakers or not all(any(self.same(gold, key, one, who) for one in gold.all("by")) for who in speakers):
            return False
        return self._right(gold, row, "act")

    def _about(self, gold: GoldRow, row: Row) -> bool:
        text = " ".join([*map(str, row.of("about")), *row.quotes])
        return any(self.names.within(text, str(about)) for about in gold.all("about"))

    def _right(self, gold: GoldRow, row: Row, name: str, of: str | None = None) -> bool:
        """Whether all that a row says of a key is right; `of`: the row's key, where it is another."""
        key = next(k for k in v.SLOTS[gold.slot] if k.name == name)
        given = row.of(of or name)
        return bool(given) and all(any(self.same(gold, key, one, other) for one in gold.all(name)) for other in given)

    # -- values --------------------------------------------------------------------------------------------------------------

    def same(self, gold: GoldRow, key: v.Key, value: Value, given: Given) -> bool:
        """Whether an extracted value is right for one of the gold's."""
        if key.sort == "amount":
            return isinstance(value, Amount) and isinstance(given, Amount) and same_amount(value, given)
        if key.sort == "date":
            lasting = bool(set(gold.all("kind")) & v.LASTING)
            return same_date(str(value), str(given), Reckoning(lasting, gold.reported, self.facts.published))
        if isinstance(given, Who):
            parts = str(value).split(", ") if key.sort == "place" else [str(value)]
            return any(self.names.same(part, given, key.sort) for part in parts)
        if key.sort == "event":
            mine, told = self._ids.get(str(value)), self._told.get(str(given))
            return mine is not None and told is not None and self._family(mine, told) and self.same_event(mine, told)
        if key.sort == "kind":
            return self._same_kind(gold, str(value), str(given))
        return value == given or {value, given} == {"accuses", "blames"}

    def _same_kind(self, gold: GoldRow, value: str, given: str) -> bool:
        struck = v.STRIKES | {"strike"}
        if value == given or (value in v.STRIKES and given in struck) or (value == "attack" and given == "strike"):
            return True
        return (value == "assassination" and given in struck) or (
            value in struck and given == "assassination" and "killed_persons" in gold.values
        )

    def _neither(self, gold: GoldRow, key: v.Key, given: Given, row: Row) -> bool:
        """Whether an extracted value that the gold lacks is scored neither way."""
        if key.name == "place" and isinstance(given, Who):
            known = [part for name in ("place", "target") for value in gold.all(name) for part in str(value).split(", ")]
            on_target = any(self.names.same(str(value), given, "thing") for value in gold.all("target"))
            return on_target or any(self.names.wider(part, given) for part in known)
        if key.name in ("accused", "accuser", "accused_of") and "accused" not in gold.values:
            return bool(row.of("accused")) and all(self._names_the_doer(gold, who) for who in row.of("accused"))
        return key.name == "accused_of" and given == "doing" and "accused_of" not in gold.values

    def _names_the_doer(self, gold: GoldRow, who: Given) -> bool:
        return isinstance(who, Who) and any(self.names.same(str(value), who, "actor") for value in gold.all("by"))
