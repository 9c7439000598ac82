"""What became of every gold value and every extracted one of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.score import vocabulary as v
from kg.score.facts import Facts, Given, Row
from kg.score.figures import Hit, Known, Outcome, Scored
from kg.score.gold import GoldArticle, GoldRow
from kg.score.matching import assignment
from kg.score.names import Names, Who
from kg.score.pairs import ROW, Judge, Unit, Verdict

FOUND: Final = 10**8
WRONG: Final = 10**4
NEAR: Final = 1
"""What the assignment weighs: first what is found, then what is wrong, then the sentence."""


def scored(article: GoldArticle, facts: Facts, names: Names) -> Scored:
    """The outcomes of one article; the order of the extracted rows decides nothing."""
    scoring = Scoring(article, facts, names)
    outcomes = tuple(o for slot in v.SLOTS for o in scoring.slot(slot))
    return Scored((article.name,), outcomes, tuple(scoring.hits), scoring.again, scoring.neither, tuple(scoring.known))


class Scoring:
    """One article's scoring."""

    def __init__(self, article: GoldArticle, facts: Facts, names: Names) -> None:
        self.article, self.facts, self.names = article, facts, names
        self.judge = Judge(article, facts, names)
        self.hits: list[Hit] = []
        self.known: list[Known] = []
        self.again = self.neither = 0

    def slot(self, slot: str) -> Iterator[Outcome]:
        """What became of a slot's rows on both sides."""
        golds = [row for row in self.article.rows if row.slot == slot]
        rows = sorted((row for row in self.facts.rows if row.slot == slot), key=lambda row: row.order)
        pairs = [[self.judge.verdict(gold, row) for gold in golds] for row in rows]
        leaving = [
            0 if self._said_again(row, pair) or self._excused(row) else WRONG * len(_all(row))
            for row, pair in zip(rows, pairs, strict=True)
        ]
        costs = [[_cost(gold, verdict) for gold, verdict in zip(golds, pair, strict=True)] for pair in pairs]
        taken = assignment(costs, leaving)
        found: dict[int, frozenset[Unit]] = {}
        for row, pair, at, cost in zip(rows, pairs, taken, leaving, strict=True):
            verdict = pair[at] if at is not None else None
            self._know(row, golds[at] if at is not None else self._repeated(golds, pair))
            if at is None or verdict is None:
                yield from self._left(row, pair, cost)
            elif golds[at].optional:
                self.neither += 1
            else:
                found[at] = verdict.found
                yield from self._joined(golds[at], row, verdict)
        for at, gold in enumerate(golds):
            yield from self._asked(gold, found.get(at, frozenset()))

    def _repeated(self, golds: Sequence[GoldRow], pair: Sequence[Verdict | None]) -> GoldRow | None:
        """The one gold row that a row says again."""
        fitting = [
            gold for gold, verdict in zip(golds, pair, strict=True) if verdict is not None and verdict.eligible and not verdict.wrong
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _know(self, row: Row, gold: GoldRow | None) -> None:
        """Keeps which gold event a telling is of, for the score of fusion."""
        if row.slot == "events" and row.id and gold and gold.id:
            self.known.append(Known(self.article.name, gold.id, row.id, row.quotes))

    # -- outcomes ------------------------------------------------------------------------------------------------------------

    def _asked(self, gold: GoldRow, found: frozenset[Unit]) -> Iterator[Outcome]:
        """The units of a gold row, found or missed."""
        for unit in self.judge.asked(gold):
            value = gold.name if unit == ROW else str(gold.values[unit[0]][unit[1]])
            shown = _line(gold) if unit == ROW else f"{unit[0]}: {value}"
            quotes = (gold.cue,) if gold.cue else ()
            verdict = "right" if unit in found else "missed"
            yield Outcome(_figure(gold.slot, unit[0]), verdict, self.article.name, gold.name, shown, quotes)

    def _joined(self, gold: GoldRow, row: Row, verdict: Verdict) -> Iterator[Outcome]:
        """The wrong values of a row that has its gold row, those beyond, and its attribution."""
        for kind, values in (("wrong", verdict.wrong), ("beyond", verdict.beyond)):
            for key, given in values:
                yield Outcome(_figure(gold.slot, key), kind, self.article.name, gold.name, f"{key}: {given}", row.quotes)
        for key, given in verdict.wrong:
            if key != "kind":
                self._look(row, str(given))
        if gold.slot != "statements":
            yield from self._attribution(gold, row)

    def _left(self, row: Row, pair: Sequence[Verdict | None], cost: int) -> Iterator[Outcome]:
        """A row without a gold row of its own: said again, scored neither way, or wrong with all that it says."""
        if cost == 0:
            said = self._said_again(row, pair)
            self.again, self.neither = self.again + said, self.neither + (not said)
            return
        for key, given in _all(row):
            shown = _shown(row) if not key else f"{key}: {given}"
            yield Outcome(_figure(row.slot, key), "wrong", self.article.name, _shown(row), shown, row.quotes)
        self._look(row, _shown(row))

    def _attribution(self, gold: GoldRow, row: Row) -> Iterator[Outcome]:
        """Whose word it is, through whom, and how it is put."""
        for key, given in (("said_by", row.said_by), ("via", row.via)):
            if key in gold.open:
                continue
            wanted, figure, quotes = gold.given.get(key, ()), key.replace("_", " "), row.quotes
            right = [who for who in given if any(self.names.same(name, who, "actor") for name in wanted)]
            outlet = [who for who in given if self.article.publisher and self.names.same(self.article.publisher, who, "actor")]
            for who in given:
                if who not in right and who not in outlet:
                    yield Outcome(figure, "wrong", self.article.name, gold.name, f"{key}: {who}", quotes)
            if wanted:
                yield Outcome(figure, "right" if right else "missed", self.article.name, gold.name, f"{key}: {', '.join(wanted)}", quotes)
        if "realis" not in gold.open and {gold.realis, row.realis} != {"asserted"}:
            if gold.realis == row.realis:
                yield Outcome("realis", "right", self.article.name, gold.name, gold.realis, row.quotes)
            else:
                yield Outcome("realis", "wrong", self.article.name, gold.name, row.realis, row.quotes)
                yield Outcome("realis", "missed", self.article.name, gold.name, gold.realis, row.quotes)

    # -- rows without a gold row of their own -----------------------------------------------------------------------------------

    def _said_again(self, row: Row, pair: Sequence[Verdict | None]) -> bool:
        """Whether a row says nothing but what some gold row says, so that it is not false."""
        said = row.slot != "events" or len(_all(row)) > 2  # more than that there was such an event
        return said and any(verdict is not None and not verdict.wrong for verdict in pair)

    def _excused(self, row: Row) -> bool:
        """Whether the gold's rules score a row neither way."""
        if row.bare:
            return True
        if row.slot == "structure" and row.of("rel") == ("member of",):
            return any(self._holds(gold, row) for gold in self.article.rows if gold.slot == "roles")
        if row.responsibility:
            claimants = [str(name) for gold in self.article.rows for name in gold.all("claimed_by")]
            return all(isinstance(who, Who) and any(self.names.same(name, who, "actor") for name in claimants) for who in row.of("by"))
        return any(row.realis in nothing.realis and self._looks(row, nothing.would_be, _shown(row)) for nothing in self.article.not_events)

    def _holds(self, role: GoldRow, row: Row) -> bool:
        """Whether a membership follows from a role."""
        ends = (("person", "subject"), ("organisation", "object"))
        return all(
            isinstance(who, Who) and self.names.same(str(role.values[key][0]), who, "actor") for key, end in ends for who in row.of(end)
        )

    # -- what is no event ----------------------------------------------------------------------------------------------------

    def _look(self, row: Row, wrong: str) -> None:
        """Notes the first of what is no event that something wrong looks like."""
        hit = next((nothing for nothing in self.article.not_events if self._looks(row, nothing.would_be, wrong)), None)
        if hit:
            self.hits.append(Hit(self.article.name, hit.would_be, hit.why, wrong, row.quotes))

    def _looks(self, row: Row, would_be: str, wrong: str) -> bool:
        """Whether most words of what is no event stand in a row's values, at least two of them, and one in what is wrong."""
        every = " ".join([row.slot, wrong, *(str(value) for values in row.values.values() for value in values)])
        said, wanted = self.names.words(_days(every)), self.names.words(_days(would_be))
        if row.slot in v.LISTS:  # two names in common say nothing where the relation is another
            tie = " ".join(str(value) for key in ("role", "rel") for value in row.of(key))
            wrong = " ".join(map(str, row.of("object"))) if tie == "is" else tie
        return len(said & wanted) >= max(2, len(wanted) / 2) and bool(self.names.words(_days(wrong)) & wanted)


def _days(text: str) -> str:
    """The text with each date as one word."""
    return re.sub(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b", r"\1\2\3", text)


def _cost(gold: GoldRow, verdict: Verdict | None) -> int | None:
    """What joining two rows costs: found is gain, wrong is loss; optional rows are neither."""
    if verdict is None or not verdict.eligible:
        return None
    near = NEAR * verdict.near
    return -near if gold.optional else -FOUND * len(verdict.found) + WRONG * len(verdict.wrong) - near


def _figure(slot: str, key: str) -> str:
    """The figure that a key counts under."""
    return next((k.figure for k in v.SLOTS[slot] if k.name == key and k.figure), v.FIGURES[slot])


def _all(row: Row) -> list[tuple[str, Given]]:
    """The row itself and every value of it that has a figure."""
    return [("", row.slot), *((key.name, value) for key in v.SLOTS[row.slot] if key.figure for value in row.of(key.name))]


def _line(gold: GoldRow) -> str:
    """A gold row in a line."""
    keys = [key.name for key in v.SLOTS[gold.slot] if key.name in gold.values]
    if gold.slot == "events":
        return gold.name.removeprefix("events ")
    return ", ".join(" and ".join(map(str, gold.values[key])) for key in keys)


def _shown(row: Row) -> str:
    """An extracted row in a line."""
    return ", ".join(" and ".join(map(str, row.of(key.name))) for key in v.SLOTS[row.slot] if row.of(key.name))
