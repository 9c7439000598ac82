"""What kind of act it is, and how many are counted: one, a few, the ninth of a series, a series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.happenings import harm
from kg.extract.happenings.groups import Group
from kg.extract.happenings.regions import OCCASIONS, Region
from kg.extract.happenings.roles import Roles
from kg.extract.happenings.tellings import SERIES
from kg.extract.lexicon import Entry
from kg.extract.syntax.grammar import QUANTITIES
from kg.extract.syntax.scene import Scene
from kg.model import Concept, Count, TimeSpan
from kg.terms import Vocabulary
from kg.values import numerals

FEW: Final = 4
"""Up to so many acts without a day are one event with a count; more are a series."""


class Sort:
    """Tells what kind of act one group of words is, and how many acts it counts."""

    def __init__(self, words: Vocabulary, scene: Scene, group: Group, around: Region, roles: Roles) -> None:
        self._words, self._scene, self._group, self._region, self._roles = words, scene, group, around, roles
        self._tree, self._clauses = scene.tree, scene.clauses

    def since(self) -> Iterator[TimeSpan]:
        """The one open span of the sentence, wherever the parse hangs it: a series runs since then."""
        spans = {item.span: item.time for item in self._scene.line.items if item.time and item.time.edtf and item.time.edtf.endswith("/..")}
        if len(spans) == 1:
            yield from spans.values()

    def counted(self) -> None:
        """How many acts the words count; the ninth attack since June is one of nine."""
        ordinal = self.ordinal()
        if ordinal:
            self._roles.add("actCount", Count(ordinal, ordinal, "count-modifier/exact", str(ordinal), "counted/attacks"))
            return
        for node in self._group.anchors:
            count = harm.number(self._scene, node) if self._tree.nodes[node].key.endswith("s") else None
            times = self._region.occasions
            if count or times:
                self._roles.add("actCount", replace(count or times, counted="counted/attacks"))  # type: ignore[type-var]

    def kind(self) -> str:
        """The most telling kind of the group's words, with its means; a series where there are many."""
        told = [e.name for i in self._group.anchors if (e := self.anchor_entry(i)) and e.name] or ["event-kind/attack"]
        names = [name for name in told if name != "event-kind/killing"] or told
        chosen = max(names, key=lambda n: (len(self._words.broader(n)), -names.index(n)))
        return "event-kind/attack-series" if self.series() else self._by_means(chosen)

    def anchor_entry(self, node: int) -> Entry | None:
        """What the lexicon knows of a word of the act; a verb with a weapon for its object tells no kind."""
        item = self._tree.item(node)
        if self._tree.nodes[node].verb and any("W" in self._tree.codes(i) for i in self._clauses.of(node).undergoers):
            return None
        return item.entry("V") or item.entry("K") if self._tree.nodes[node].verb else item.entry("K") or item.entry("V")

    def _by_means(self, kind: str) -> str:
        """Hit by missiles: a missile attack."""
        for value, _ in self._roles.found.get("weapon", ())[:1]:
            if isinstance(value, Concept) and len(self._roles.found["weapon"]) == 1:
                for weapon in (value.name, *self._words.broader(value.name)):
                    for finer in self._words.concepts("event-kind"):
                        if self._words.value(finer, "impliedBy") == weapon and kind in (*self._words.broader(finer), "event-kind/killing"):
                            return finer
        return kind

    def series(self) -> bool:
        """Whether many acts are told as one: repeated strikes, more than 165 attacks, attacked on 110 occasions."""
        tree = self._tree
        counted = [value for value, _ in self._roles.found.get("actCount", ())]
        if self.ordinal() or self._region.occasions:
            return True
        if counted:
            number = counted[0]
            vague = isinstance(number, Count) and number.maximum is None and not (number.minimum or 0) > FEW
            many = isinstance(number, Count) and (vague or (number.minimum or 0) > FEW)
            return many and not self._of_one_day()
        inside = {i for node in self._group.nodes for i in tree.within(node)}
        if any(tree.nodes[i].key in OCCASIONS and {tree.nodes[j].key for j in tree.below(i, "amod", "det")} & SERIES for i in inside):
            return True
        for node in self._group.anchors:
            entry = tree.item(node).entry("K")
            if entry and entry.name == "event-kind/attack-series":
                return True
            plural = not tree.nodes[node].verb and tree.nodes[node].key.endswith("s")
            whole = tree.nodes[tree.nodes[node].head] if tree.case(node) == "of" else None
            if plural and whole and whole.key in QUANTITIES:
                return True
            if plural and {tree.nodes[i].key for i in tree.below(node, "amod", "det", "compound")} & SERIES:
                return True
            if plural and not tree.below(node, "det") and not self._of_one_day():
                return True
        return False

    def _of_one_day(self) -> bool:
        """Whether a day is told, or a toll: many blows of one event."""
        days = [value for value, _ in self._roles.found.get("time", ()) if isinstance(value, TimeSpan)]
        return any(day.earliest and day.earliest == day.latest for day in days) or bool(
            self._roles.found.keys() & {"killed", "injured", "victim"}
        )

    def ordinal(self) -> int | None:
        """Which of a counted series an act is said to be: the ninth attack on the field since 2021, the third this year."""
        tree = self._tree
        lasting = any(span.edtf and (span.edtf.endswith("/..") or len(span.edtf) in (4, 7)) for span in self._region.times) or any(
            self.since()
        )
        for node in self._group.anchors if lasting else ():
            for word in (node, *tree.below(node, "amod"), tree.nodes[node].head):
                key = tree.nodes[word].key
                value = numerals.ordinal(key) if key.isalpha() or key.endswith(("st", "nd", "rd", "th")) else None
                if value and word > 1 and tree.nodes[word - 1].key == "-":
                    value += numerals.VALUES.get(tree.nodes[word - 2].key, 0)  # fifty-second
                said = word == tree.nodes[node].head and (
                    node not in self._clauses.subjects(word) and node not in tree.below(word, "nsubj")
                )
                if value and value > 1 and not said:
                    return value
        return None
