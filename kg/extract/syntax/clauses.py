"""Who does what to whom: a predicate with its arguments, the same for every voice and form.

"X struck Y", "Y was struck by X", "X's strike on Y", "a strike on Y by X", "the strike, which hit Y" and "X carried out a strike on Y" all give a clause
whose doer is X and whose undergoer is Y.  Arguments are nodes of the tree; what they name is for others to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.extract.syntax.grammar import OBJECT_CONTROL, QUANTITIES
from kg.extract.syntax.tree import Tree

RELATIVE: Final = frozenset(("who", "which", "that", "whom", "whose"))
"""Pronouns that open a relative clause."""

CONTROL: Final = frozenset(("xcomp", "advcl", "conj", "dep", "parataxis"))
"""Relations by which a verb without a subject takes that of its head."""

FIXED: Final = ("of", "to", "at", "on")
"""Prepositions that can be part of a verb, so that what stands under them is its object."""

PATIENTS: Final = ("on", "against", "upon", "targeting", "at", "of")
"""Prepositions under which an act's noun has what was acted on; "of" last, for in "the attack of X" it may be the doer."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and its arguments, each the index of a node; coordinated ones are all there.

    `beside` holds the phrases by their preposition ("" for those without one), `content` the heads of clauses that it governs.  `below` is the light
    verb that carries a noun (launched a strike), -1 without one.
    """

    node: int
    doers: tuple[int, ...] = ()
    undergoers: tuple[int, ...] = ()
    hearers: tuple[int, ...] = ()
    beside: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    content: tuple[int, ...] = ()
    nominal: bool = False
    passive: bool = False
    light: int = -1

    def by(self, *prepositions: str) -> tuple[int, ...]:
        """The phrases under any of the prepositions, in the order asked."""
        return tuple(node for preposition in prepositions for node in self.beside.get(preposition, ()))


class Clauses:
    """The clauses of one tree, made as they are asked for.  `light` are the forms of verbs that only carry a noun: launch, carry out, stage."""

    def __init__(self, tree: Tree, light: frozenset[str]) -> None:
        self.tree, self._light = tree, light
        self._made: dict[int, Clause] = {}
        self._making: set[int] = set()

    def of(self, node: int) -> Clause:
        """The clause of a verb, or of a noun that names an act."""
        if node not in self._made:
            self._made[node] = self._verb(node) if self.tree.nodes[node].verb else self._noun(node)
        return self._made[node]

    # -- verbs -----------------------------------------------------------------------------------------------------------------

    def passive(self, node: int) -> bool:
        """Whether a verb stands in the passive: with its auxiliary or subject, or as a bare participle."""
        tree = self.tree
        if tree.below(node, "aux:pass", "nsubj:pass", "obl:agent"):
            return True
        word = tree.nodes[node]
        bare = not tree.below(node, "nsubj", "aux", "obj") and word.tag in ("VBN", "VBD")
        if word.relation == "conj" and bare and not tree.below(node, "obj"):
            return self.passive(word.head) if tree.nodes[word.head].verb and word.tag == "VBN" else False
        return bare and word.relation in ("acl", "acl:relcl", "amod", "advcl") and word.tag in ("VBN", "VBD")

    def subjects(self, node: int) -> tuple[int, ...]:
        """What stands as a verb's subject on the surface, its own or the one that it shares with the verb above."""
        tree, word = self.tree, self.tree.nodes[node]
        own = tree.below(node, "nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer")
        own = own or tuple(i for i in tree.below(node, "expl") if tree.nodes[i].key not in ("it", "there"))
        before = [i for i in own if i < node and tree.nodes[i].relation in ("nsubj", "nsubj:pass")]
        own = tuple(i for i in own if i not in before[:-1])  # of two subjects the parse gave the farther one amiss
        if own:
            return tuple(joined for subject in own for joined in self._meant(subject, node))
        if word.relation == "ROOT" or word.head == node:
            return ()
        if word.relation == "acl" and word.tag == "VBG" and tree.case(node) in ("before", "after", "while", "since", "when"):
            above = next((i for i in tree.above(node) if tree.nodes[i].verb), None)  # struck a base before leaving: not the base left
            return self.subjects(above) if above is not None else ()
        if word.relation in ("acl", "acl:relcl"):
            head = tree.nodes[word.head]
            if head.relation == "conj" and tree.opposed(word.head):
                return tree.joined(head.head)  # it was X rather than Y that struck
            return () if self._infinitive(node) else tree.joined(word.head)
        if word.relation == "amod":
            return (word.head,)
        if word.relation in CONTROL and tree.nodes[word.head].verb:
            head = tree.nodes[word.head]
            objects = tree.below(word.head, "obj", "iobj")
            if (
                word.relation in ("xcomp", "advcl")
                and objects
                and head.key in OBJECT_CONTROL
                and (word.tag != "VBG" or word.relation == "xcomp" or tree.case(node) == "of")
            ):
                return tuple(joined for i in objects for joined in tree.joined(i))
            return self.subjects(word.head)
        if word.relation in CONTROL:
            return tuple(joined for i in tree.below(word.head, "nsubj", "nsubj:pass") for joined in self._meant(i, word.head))
        return ()

    def _infinitive(self, node: int) -> bool:
        return any(self.tree.nodes[i].key == "to" for i in self.tree.below(node, "mark", "aux"))

    def _meant(self, argument: int, verb: int) -> tuple[int, ...]:
        """An argument, or what a relative pronoun in its place refers to."""
        tree, word = self.tree, self.tree.nodes[argument]
        if word.key in RELATIVE and (word.tag.startswith("W") or word.key != "that" or not tree.below(argument)):
            for above in (verb, *tree.above(verb)):
                if tree.nodes[above].relation in ("acl:relcl", "acl"):
                    head = tree.nodes[above].head
                    nearer = [i for i in tree.joined(head) if head < i < argument and "P" in tree.codes(i)]
                    return (nearer[-1],) if word.key == "who" and nearer and "P" not in tree.codes(head) else (head,)
        return tree.joined(argument)

    def _verb(self, node: int) -> Clause:
        tree, passive = self.tree, self.passive(node)
        bare = tree.nodes[node].tag == "VBN" and not passive and not tree.below(node, "aux", "nsubj")
        subjects = () if bare else self.subjects(node)
        governed = () if passive else self._governed(node)
        objects = governed or tuple(j for i in tree.below(node, "obj") for j in self._meant(i, node))
        gap = tree.nodes[node].relation == "acl:relcl" and not objects and not passive and tree.nodes[node].head not in subjects
        if gap and tree.below(node, "nsubj") and not tree.below(node, "obl"):
            objects = (tree.nodes[node].head,)
        beside: dict[str, list[int]] = defaultdict(list)
        inner = [i for i in tree.below(node, "obj", "obl") if tree.nodes[i].item == tree.nodes[node].item]  # sustained injuries in X
        phrases = tree.below(node, "obl", "obl:unmarked", "obl:agent", "nmod", "advmod", "obl:tmod")
        for child in (*phrases, *(i for part in inner for i in tree.below(part, "nmod"))):
            if (tree.nodes[child].noun or tree.case(child)) and child not in governed:
                beside[tree.case(child)] += self._meant(child, node)
        agents = beside.get("by", []) if passive else []
        harm = tree.entry(node, "H")
        content = tree.below(node, "ccomp", "xcomp", "parataxis")
        befallen = passive or (harm is not None and harm.inverse)  # two people died: the subject does nothing
        return Clause(
            node,
            doers=tuple(agents) if befallen else subjects,
            undergoers=subjects if befallen else objects,
            hearers=tuple(j for i in tree.below(node, "iobj") for j in tree.joined(i)),
            beside={preposition: tuple(nodes) for preposition, nodes in beside.items()},
            content=content,
            passive=passive,
        )

    def _governed(self, node: int) -> tuple[int, ...]:
        """What stands under the preposition that is part of the verb: opened fire on X, took control of X, claimed the lives of X."""
        tree, item = self.tree, self.tree.nodes[node].item
        last = tree.item(node).words.lower().split()[-1]
        if last not in FIXED or tree.node(item) != node or last == tree.nodes[node].key:
            return ()
        inside = [i for i, word in enumerate(tree.nodes) if word.item == item]
        below = [i for part in inside for i in tree.below(part, "obl", "nmod", "obj")]
        found = [i for i in below if i not in inside and i > max(inside) and not tree.item(i).time]
        return tuple(j for i in found if tree.nodes[i].relation == "obj" or tree.case(i) == last for j in tree.joined(i))

    # -- nouns -----------------------------------------------------------------------------------------------------------------

    def _noun(self, node: int) -> Clause:
        tree = self.tree
        beside: dict[str, list[int]] = defaultdict(list)
        parts = tree.parts(tree.nodes[node].item)
        for child in (i for part in parts for i in tree.below(part, "nmod", "obl", "nmod:unmarked", "obl:agent") if i not in parts):
            beside[tree.case(child)] += tree.joined(child)
        doers = list(beside.get("by", ()))
        for child in (i for part in parts for i in tree.below(part, "nmod:poss", "compound", "amod", "nmod:desc") if i not in parts):
            if set(tree.codes(child)) & set("AOSPU") or tree.nodes[child].relation == "nmod:poss":
                doers += tree.joined(child)
        undergoers = [argument for preposition in PATIENTS for argument in beside.get(preposition, ())]
        light = -1
        for verb, carried in self._carriers(node):
            clause, light = carried, verb
            if clause.passive or self._whole(node) in clause.undergoers:
                doers += clause.doers
            for preposition, nodes in clause.beside.items():
                if preposition != "by" or not clause.passive:
                    beside[preposition] += nodes
            undergoers += [argument for preposition in PATIENTS[:-1] for argument in clause.beside.get(preposition, ())]
        return Clause(
            node,
            doers=tuple(dict.fromkeys(doers)),
            undergoers=tuple(dict.fromkeys(undergoers)),
            beside={preposition: tuple(dict.fromkeys(nodes)) for preposition, nodes in beside.items()},
            content=tree.below(node, "acl"),
            nominal=True,
            light=light,
        )

    def _carriers(self, node: int) -> Iterator[tuple[int, Clause]]:
        """The light verbs that carry a noun: as their object, their passive subject, or a participle behind it."""
        tree = self.tree
        whole = self._whole(node)
        candidates = [tree.nodes[whole].head] if tree.nodes[whole].relation in ("obj", "nsubj:pass", "conj", "obl", "nsubj") else []
        for verb in (*candidates, *tree.below(node, "acl", "acl:relcl")):
            if tree.nodes[verb].verb and self.carries(verb) and verb not in self._making:
                self._making.add(verb)
                clause = self._verb(verb)
                self._making.discard(verb)
                if whole in clause.undergoers or tree.nodes[verb].head == node or tree.nodes[node].relation == "nsubj":
                    yield verb, clause

    def _whole(self, node: int) -> int:
        """The noun of quantity that an act's noun stands under: a series of attacks, most of the attacks."""
        head = self.tree.nodes[node].head
        if self.tree.nodes[node].relation == "nmod" and self.tree.case(node) == "of" and self.tree.nodes[head].key in QUANTITIES:
            return head
        return node

    def carries(self, verb: int) -> bool:
        """Whether a verb is a light one: its own form, or with its particle (carried out)."""
        tree = self.tree
        word = tree.nodes[verb].key
        particles = [tree.nodes[i].key for i in tree.below(verb, "compound:prt", "advmod")]
        return word in self._light or any(f"{word} {particle}" in self._light for particle in particles)
