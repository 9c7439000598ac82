"""Who did it: the doers of an act's words, the senders of its weapons; not where it was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.happenings import harm
from kg.extract.happenings.aims import TARGETED, Aims
from kg.extract.happenings.groups import Group, Refers
from kg.extract.happenings.roles import Roles
from kg.extract.happenings.tellings import GENERAL
from kg.extract.syntax.scene import Scene
from kg.model import Mention
from kg.terms import Vocabulary

FIRED: Final = frozenset(("fired", "launched", "sent", "shot", "dropped", "lobbed", "used", "operated"))
"""Participles that say by whom a weapon was sent."""

MANNED: Final = frozenset(("weapon/drone", "weapon/aircraft", "weapon/artillery", "weapon/helicopter", "weapon/warship", "weapon/tank"))
"""Weapons that a state's adjective says the user of: a Turkish drone; Iranian missiles may be anybody's."""


class Doers:
    """Reads who did what one group of words tells."""

    def __init__(self, words: Vocabulary, scene: Scene, group: Group, refs: Refers, aims: Aims, roles: Roles) -> None:
        self._words, self._scene, self._group, self._refs, self._aims, self._roles = words, scene, group, refs, aims, roles
        self._tree, self._clauses = scene.tree, scene.clauses

    def _of_another_clause(self, node: int) -> bool:
        """Whether a participle of harm hangs on a verb that is none of the act's: exploded as X passed, killing four."""
        tree, word = self._tree, self._tree.nodes[node]
        above = tree.nodes[word.head]
        loose = word.tag == "VBG" and word.relation in ("advcl", "xcomp", "dep") and above.verb and above.index not in self._group.nodes
        others = any(i != node for i in self._group.anchors)
        return loose and others and above.relation == "advcl" and not self._clauses.carries(above.index)

    def read(self, node: int) -> None:
        """The doer, where the words say so."""
        tree, clause = self._tree, self._clauses.of(node)
        if harm.bears(self._scene, node):
            return
        borne = [i for verb in self._aims.bearers(node) for i in self._clauses.of(verb).by("by")] if not tree.nodes[node].verb else []
        if self._of_another_clause(node):
            return
        unsure = clause.light >= 0 and not self._scene.context(clause.light).real  # whether X carried out the strike
        own = frozenset(tree.within(node)) - frozenset(tree.within(clause.light) if clause.light > node else ()) if unsure else None
        for doer in (*clause.doers, *borne):
            if own is not None and doer not in own:
                continue
            word = tree.nodes[doer]
            if any(tree.nodes[i].key == "not" for i in tree.below(doer, "advmod", "cc:preconj", "det")):
                continue  # not X but Y struck it
            if "K" in tree.codes(doer) and not tree.entry(doer, "OSG") and tree.nodes[doer].noun and doer not in self._group.nodes:
                for actor in (self._refs.actor(self._scene, i) for i in tree.below(doer, "amod") if set(tree.codes(i)) & set("AS")):
                    self._roles.add("perpetrator", actor)  # an Israeli operation that targeted a house
            if doer in self._group.nodes or tree.item(doer).time or self._whereabouts(node, doer):
                continue
            if tree.entry(doer, "W"):
                for sender in self._senders(doer):
                    self._roles.add("perpetrator", sender)
                continue
            if "P" in tree.codes(doer) and word.relation in ("nmod:poss", "compound", "nmod:desc", "flat"):
                if self._aims.killing(node):
                    self._aims.add_victim(node, doer)
                continue
            actor = self._refs.actor(self._scene, doer) if not set(tree.codes(doer)) & set("LBTI") or "S" in tree.codes(doer) else None
            if actor and actor.kind != "Place":
                self._roles.add("perpetrator", actor)

    def _senders(self, weapon: int) -> Iterator[Mention]:
        """Whose a weapon is: a Turkish drone, missiles launched by X."""
        tree = self._tree
        entry = tree.item(weapon).entry("W")
        kinds = {entry.name, *self._words.broader(entry.name)} if entry and entry.name else set()
        for child in tree.below(weapon, "amod", "compound", "nmod:poss", "nmod:desc"):
            codes = set(tree.codes(child))
            if (codes & set("AS") and kinds & MANNED) or (codes & set("O") and not codes & set("BT")):
                yield tree.item(child).mention()
                return
        for verb in tree.below(weapon, "acl", "acl:relcl"):
            if tree.nodes[verb].key in FIRED:
                actors = [self._refs.actor(self._scene, i) for i in self._clauses.of(verb).doers if i != weapon]
                yield from (actor for actor in actors if actor and actor.kind != "Place")

    def _whereabouts(self, node: int, doer: int) -> bool:
        """Whether a premodifier may say where and not who: an Iraqi bombing, the Baghdad attack."""
        tree, codes = self._tree, set(self._tree.codes(doer))
        if tree.nodes[doer].relation not in ("amod", "compound", "nmod:poss") or doer > node:
            return False
        if tree.nodes[doer].relation != "nmod:poss" and codes & set("LBT") and "S" not in codes:
            return True
        entry = tree.entry(node, "KV")
        aimed = any(not self._tree.item(i).time for i in self._clauses.of(node).by(*TARGETED))
        return bool(codes & set("AS")) and entry is not None and entry.name in GENERAL and not aimed
