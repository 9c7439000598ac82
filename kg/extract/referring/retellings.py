"""Which happening a phrase means that speaks of one as known: "the attack", "Wednesday's strike", "his death", "most of the attacks", "it".

A phrase means the newest happening told before it that it can name: of a kind that fits its noun, one where it is a singular, several where it is a
plural, and contradicting nothing that the phrase itself says of day, place, doer or whom it struck.  What it says must be borne out by one of them;
where two fit alike, or the newest is only mentioned in passing, it is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.authority import Authority
from kg.extract.referring.points import NOTHING, Comparison, Points, entities, points
from kg.extract.syntax.scene import Scene, Told
from kg.extract.syntax.tree import Node, Tree
from kg.model import Concept, Mention
from kg.terms import Vocabulary

KNOWN: Final = frozenset(("the", "this", "that", "these", "those", "both", "such"))
"""Determiners by which a happening is spoken of as known."""

NEW: Final = frozenset(
    ("another", "other", "new", "second", "third", "further", "fresh", "separate", "similar", "different", "previous", "earlier", "subsequent",
     "first", "last", "next", "later", "latest", "recent", "past", "alleged", "possible", "potential", "any", "no", "planned", "future")
)  # fmt: skip
"""Adjectives by which it is another one, or one of which it is not said which."""

GENERIC: Final = frozenset(("act", "incident", "atrocity", "action"))
MANY: Final = frozenset(("acts", "incidents", "atrocities", "actions"))
"""Nouns that may name any act of violence, one and several."""

MANIFOLD: Final = frozenset(("event-kind/attack-series", "event-kind/campaign"))
"""Kinds of many acts told as one; a plural noun for acts ("the air strikes") may name them."""

NARROWING: Final = frozenset(("on", "against", "across", "along", "near", "outside", "between", "of", "targeting", "over", "at"))
"""Prepositions by which a phrase says which act it means."""

DEATH: Final = frozenset(("death", "murder", "martyrdom", "slaying", "killing", "assassination"))
"""Nouns that name the happening in which somebody died."""

HAPPENING: Final = frozenset(
    (
        "came",
        "comes",
        "happened",
        "occurred",
        "followed",
        "follows",
        "took",
        "marked",
        "prompted",
        "drew",
        "sparked",
        "triggered",
        "left",
        "caused",
    )
)
"""Verbs whose subject "it" may be a happening."""

NEAR: Final = 3
"""How many sentences back the newest happening may stand that a bare phrase means; from further only where it is the article's only one."""


class Retellings:
    """The happenings of one article and the phrases that speak of them again."""

    def __init__(self, words: Vocabulary, known: Authority) -> None:
        self._words, self._compared = words, Comparison(known)
        self._trees: dict[int, Tree] = {}
        self._quoted: dict[int, frozenset[int]] = {}
        self._together: dict[int, Points] = {}
        self._plural: set[int] = set()

    def read(self, scene: Scene, quoted: frozenset[int]) -> None:
        """Takes in a sentence; `quoted` are its items that stand in quotation marks."""
        self._trees[scene.number] = scene.tree
        self._quoted[scene.number] = quoted

    def telling(self, scene: Scene, told: Sequence[Told], node: int, persons: Mapping[int, Mention], own: Points = NOTHING) -> Told | None:
        """The earlier happening that a node means; `persons` says whom the references of the sentence mean, `own` what its clause adds.

        What a quotation tells is known within quotations only.  Of several tellings of one happening it is the first.
        """
        inside = scene.tree.nodes[node].item in self._quoted.get(scene.number, ())
        earlier = [one for one in told if (one.scene < scene.number or max(one.nodes) < node) and (inside or not self._in_quotation(one))]
        self._gather(told)
        earlier = [one for one in earlier if not self._compared.contradicts(own, self._together[one.telling.key])]
        found = self._meant(scene, earlier, node, persons)
        return next(one for one in told if one.telling.key == found.telling.key) if found else None

    def fallen(self, scene: Scene, told: Sequence[Told], own: Points) -> Told | None:
        """The one single act of the sentence before, or of the one before that where nothing was told between: there the dead and hurt fell."""
        last = max((one.scene for one in told if scene.number - 2 <= one.scene < scene.number), default=None)
        here = [one for one in told if one.scene == scene.number]
        if last is None or here:
            return None
        self._gather(told)
        near = [one for one in told if one.scene == last]
        fitting = self._distinct([one for one in near if self._lethal(one)])
        if len(fitting) != 1 or self._several(fitting[0]) or self._in_quotation(fitting[0]) or self._aside(fitting[0]):
            return None
        one = fitting[0]
        if self._compared.contradicts(own, self._together[one.telling.key]) or self._since(told, last, scene.number):
            return None
        return next(first for first in told if first.telling.key == one.telling.key)

    def passed_over(self, scene: Scene, told: Sequence[Told], one: Told) -> bool:
        """Whether another act was spoken of since a happening was told, though it made no telling: "that attack" may be that one."""
        return self._since(told, one.scene, scene.number, anew=True)

    def _since(self, told: Sequence[Told], first: int, end: int, *, anew: bool = False) -> bool:
        """Whether an act of violence is spoken of behind a sentence, of which no telling was made; `anew`: with words of its own."""
        for number in range(first + 1, end):
            tree = self._trees.get(number)
            known = {i for one in told if one.scene == number for i in one.nodes}
            for word in tree.nodes if tree else ():
                if tree and anew and not tree.below(word.index, "nmod", "obl", "obj", "compound"):
                    continue  # the attack
                entry = tree.entry(word.index, "KV") if tree and word.index not in known else None
                if entry is not None and entry.name and self._violent(entry.name):
                    return True
        return False

    def _lethal(self, one: Told) -> bool:
        return self._violent(one.telling.kind)

    def _gather(self, told: Iterable[Told]) -> None:
        """What all tellings of each happening say together."""
        self._together.clear()
        self._plural.clear()
        for one in told:
            said = points(one)
            self._together[one.telling.key] = said.with_more(self._together[one.telling.key]) if one.telling.key in self._together else said
            if self._manifold(one):
                self._plural.add(one.telling.key)

    def _in_quotation(self, one: Told) -> bool:
        tree = self._trees.get(one.scene)
        return tree is not None and tree.nodes[one.node].item in self._quoted.get(one.scene, ())

    def _distinct(self, fitting: Sequence[Told]) -> list[Told]:
        """One telling of each happening; two that name one victim and contradict nothing are of one."""
        found: list[Told] = []
        for one in fitting:
            said = self._together[one.telling.key]
            others = [(other.telling.key, self._together[other.telling.key]) for other in found]
            if not any(
                one.telling.key == key or (said.victims & its.victims and not self._compared.contradicts(said, its)) for key, its in others
            ):
                found.append(one)
        return found

    def _meant(self, scene: Scene, earlier: Sequence[Told], node: int, persons: Mapping[int, Mention]) -> Told | None:
        word = scene.tree.nodes[node]
        if word.key in ("it", "they") and word.relation in ("nsubj", "nsubj:pass"):
            return self._pronoun(scene, earlier, node)
        if word.key in DEATH and not word.verb:
            found = self._death(scene, earlier, node, persons)
            if found is not None or self._persons(scene, node, persons):
                return found
        return self._phrase(scene, earlier, node)

    def _phrase(self, scene: Scene, told: Sequence[Told], node: int) -> Told | None:
        """The newest happening that a definite phrase can name."""
        tree, word = scene.tree, scene.tree.nodes[node]
        kinds = self._kinds(tree, node)
        if word.verb or not kinds or not self._definite(tree, node):
            return None
        plural = word.tag in ("NNS", "NNPS") or word.key in MANY
        everything = told
        said = self._said(scene, node)
        if word.key in GENERIC | MANY:
            told = [one for one in told if scene.number - one.scene <= 1]
        fitting = [one for one in told if self._fits(one, kinds) and self._several(one) == plural]
        fitting = [one for one in fitting if not self._compared.contradicts(said, self._together[one.telling.key])]
        if said.any or any(tree.case(i) in NARROWING for i in tree.below(node, "nmod")) or tree.below(node, "acl"):
            most = max((self._compared.agreeing(said, self._together[one.telling.key]) for one in fitting), default=0)
            fitting = [one for one in fitting if most and self._compared.agreeing(said, self._together[one.telling.key]) == most]
            return self._newest(fitting, scene.number) or self._only(fitting)
        found = self._newest(fitting, scene.number) or (self._only(fitting) if len(self._distinct(told)) == 1 else None)
        return None if found and self._untold(everything, found, scene, node) else found

    def _only(self, fitting: Sequence[Told]) -> Told | None:
        one = self._distinct(fitting)
        return one[0] if len(one) == 1 else None

    def _newest(self, fitting: Sequence[Told], now: int) -> Told | None:
        """The one of the nearest sentence, where it is the only one there and, with others near, no mere aside."""
        near = [one for one in fitting if now - one.scene <= NEAR]
        if not near:
            return None
        last = max(one.scene for one in near)
        newest = self._distinct([one for one in near if one.scene == last])
        if len(newest) != 1 or (len(self._distinct(near)) > 1 and self._aside(newest[0])):
            return None
        return newest[0]

    def _untold(self, told: Sequence[Told], found: Told, scene: Scene, node: int) -> bool:
        """Whether an act of the same sort is spoken of since, of which no telling was made: it may be the one that is meant."""
        kinds = self._kinds(scene.tree, node)
        for number in range(max(found.scene, scene.number - NEAR), scene.number):
            tree = self._trees.get(number)
            known = {i for one in told if one.scene == number for i in one.nodes}
            if tree and any(self._names(tree, other, kinds) for other in tree.nodes if other.index not in known):
                return True
        return False

    def _names(self, tree: Tree, word: Node, kinds: frozenset[str]) -> bool:
        """Whether a noun speaks of an act of one of the kinds, or of a finer one, as new."""
        if word.tag not in ("NN", "NNS") or word.relation in ("compound", "amod", "nmod:desc") or self._definite(tree, word.index):
            return False
        return any(kind in (named, *self._words.broader(named)) for kind in kinds for named in self._kinds(tree, word.index))

    def _definite(self, tree: Tree, node: int) -> bool:
        """Whether a phrase speaks of something known: it has a determiner that says so, or a possessor or day before it, and no word for another one."""
        below = tree.below(node)
        if any(tree.nodes[i].key in NEW for i in below) or any(tree.nodes[i].relation in ("acl:relcl", "nummod") for i in below):
            return False
        owned = any(tree.nodes[i].relation == "nmod:poss" and (tree.item(i).time or tree.codes(i)) for i in below)
        return owned or any(tree.nodes[i].key in KNOWN and tree.nodes[i].relation in ("det", "det:predet", "amod") for i in below)

    def _kinds(self, tree: Tree, node: int) -> frozenset[str]:
        """The kinds of event that a noun may name; of a general noun any attack."""
        word = tree.nodes[node]
        named = frozenset(e.name for e in tree.item(node).entries if e.name and "K" in e.codes and tree.node(word.item) == node)
        if word.key in GENERIC | MANY and not word.verb:
            return named | {"event-kind/attack"}
        return frozenset(kind for kind in named if self._violent(kind))

    def _violent(self, kind: str) -> bool:
        above = self._words.ancestors(self._words.value(kind, "ofClass") or "Event")
        return bool(above & {"Attack", "AttackSeries", "GroundOperation"})

    def _fits(self, one: Told, kinds: Iterable[str]) -> bool:
        """Whether a noun for one of the kinds can name a happening: its kind, a wider one, or a finer one that says no other means."""
        told = {one.telling.kind, *(d.object.name for d in one.drafts if d.predicate == "kind" and isinstance(d.object, Concept))}
        above = {wide for kind in told for wide in (kind, *self._words.broader(kind))}
        series = bool(told & MANIFOLD)
        return any(kind in above or told & set(self._words.broader(kind)) or series for kind in kinds)

    def _several(self, one: Told) -> bool:
        """Whether a happening is a series, or told by a plural."""
        return one.telling.key in self._plural

    def _manifold(self, one: Told) -> bool:
        series = one.telling.kind in MANIFOLD or any(isinstance(d.object, Concept) and d.object.name in MANIFOLD for d in one.drafts)
        tree = self._trees.get(one.scene)
        return (
            series or any(d.predicate == "count" for d in one.drafts) or (tree is not None and tree.nodes[one.node].tag in ("NNS", "NNPS"))
        )

    def _aside(self, one: Told) -> bool:
        """Whether a happening is only spoken of to place another in time or to describe somebody."""
        tree = self._trees.get(one.scene)
        if tree is None:
            return True
        path = [one.node, *tree.above(one.node)]
        return any(tree.nodes[i].relation in ("advcl", "acl", "acl:relcl", "nmod") for i in path) or (
            tree.nodes[one.node].relation == "obl" and tree.case(one.node) in ("after", "before", "following", "since", "for", "over")
        )

    def _said(self, scene: Scene, node: int) -> Points:
        """What a phrase itself says, within its own words."""
        tree, clause = scene.tree, scene.clauses.of(node)
        within = set(tree.within(node))
        times = tuple(t for i in sorted(within) if (t := tree.item(i).time))
        doers = [scene.phrases.actor(i) for i in clause.doers if i in within and not tree.item(i).time and not tree.entry(i, "W")]
        aims = [scene.phrases.target(i) for i in clause.by("on", "against", "targeting", "of") if i in within and not tree.item(i).time]
        where = [i for i in clause.by("in", "at", "near", "inside") if i in within]
        places = [m for i in where for m in scene.phrases.places(i)]
        return Points(times, entities(places), entities(doers), entities(aims))

    def _persons(self, scene: Scene, node: int, persons: Mapping[int, Mention]) -> frozenset[str]:
        """Whose death a phrase names."""
        tree = scene.tree
        below = [*tree.below(node, "nmod:poss", "compound"), *(i for i in tree.below(node, "nmod") if tree.case(i) == "of")]
        found = [persons.get(i) or (tree.item(i).mention() if set(tree.codes(i)) & set("PU") else None) for i in below]
        return entities(m for m in found if m)

    def _death(self, scene: Scene, told: Sequence[Told], node: int, persons: Mapping[int, Mention]) -> Told | None:
        """The one happening in which somebody died whose death a phrase names."""
        whose = self._persons(scene, node, persons)
        if whose:
            fitting = [one for one in told if self._together[one.telling.key].victims & whose]
            fitting = [
                one
                for one in fitting
                if not self._compared.contradicts(Points(self._said(scene, node).times), self._together[one.telling.key])
            ]
            fitting = self._distinct(fitting)
            return fitting[0] if len(fitting) == 1 else None
        if not self._definite(scene.tree, node):
            return None
        return self._newest([one for one in told if self._together[one.telling.key].victims and not self._several(one)], scene.number)

    def _pronoun(self, scene: Scene, told: Sequence[Told], node: int) -> Told | None:
        """What "it" and "they" mean as the subject of a verb of harm or happening: the one happening that leads the sentence before."""
        tree, word = scene.tree, scene.tree.nodes[node]
        head = tree.nodes[word.head]
        if not head.verb or not ("H" in tree.codes(word.head) or head.key in HAPPENING):
            return None
        before = [one for one in told if one.scene == scene.number - 1]
        here = [one for one in told if one.scene == scene.number]
        if len(before) != 1 or here or self._several(before[0]) != (word.key == "they"):
            return None
        one, last = before[0], self._trees.get(before[0].scene)
        if last is None or last.nodes[one.node].verb or last.nodes[one.node].relation not in ("nsubj", "nsubj:pass", "obj", "ROOT"):
            return None
        return one if last.nodes[last.nodes[one.node].head].relation in ("ROOT",) or last.nodes[one.node].relation == "ROOT" else None
