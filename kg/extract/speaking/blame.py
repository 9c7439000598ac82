"""At whom an act of speech points: whom it blames or accuses, and who did what it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.extract.speaking.cues import Found
from kg.extract.speaking.frame import Frame, References, alike
from kg.extract.syntax.scene import Scene
from kg.model import Mention, Span


class Blame:
    """Reads at whom the words of one sentence point."""

    def __init__(self, scene: Scene, refs: References) -> None:
        self.scene, self.refs, self.tree, self.keys = scene, refs, scene.tree, scene.tree.spoken

    def behind_cue(self, found: Found) -> tuple[Mention, ...]:
        """The actor that stands behind a cue: because of X, a disgrace for X."""
        for node in range(found.last + 1, min(found.last + 8, len(self.keys))):
            who = self._named(node)
            if who:
                return (who,)
            if self.tree.nodes[node].verb or self.keys[node] in (",", "and", "."):
                return ()
        return ()

    def doers(self, frame: Frame, node: int, depth: int = 0) -> tuple[Mention, ...]:
        """Who did what a word tells: the doer of a verb or noun, whoever stands in its subject, or what the clause says of."""
        tree = self.tree
        if depth > 3:
            return ()
        clause = self.scene.clauses.of(node)
        passive = not clause.nominal and clause.passive
        nodes = [i for i in clause.doers if i != node]
        if clause.nominal:
            subjects = tree.below(node, "nsubj")
            if any(self.keys[i] in ("it", "there", "that", "this") for i in subjects):
                return ()
            nodes += [i for i in subjects if i not in nodes]
        found = [
            who
            for i in nodes
            if (
                who := self._named(i)
                or next(
                    iter(self.doers(frame, i, depth + 1) if not tree.nodes[i].verb and not set(tree.codes(i)) & set("POSMU") else ()), None
                )
            )
        ]
        if found or passive:
            return tuple(found)
        head = tree.nodes[node].head
        if (
            head != node
            and head in frame.content
            and tree.nodes[node].relation in ("obj", "conj", "xcomp", "amod", "compound", "obl", "nmod", "advcl")
        ):
            return self.doers(frame, head, depth + 1) if tree.nodes[node].relation != "amod" or depth < 2 else ()
        if frame.node >= 0 and tree.nodes[frame.node].relation == "acl:relcl" and tree.nodes[node].relation in ("ccomp", "xcomp"):
            who = self._named(tree.nodes[frame.node].head)
            return (who,) if who else ()
        return ()

    def _named(self, node: int) -> Mention | None:
        """The actor whom a phrase names, or whose act, people or presence it is about: Washington's strikes, the American presence."""
        tree = self.tree
        codes = set(tree.codes(node))
        if codes & set("PM") - set("OS") and "P" not in codes:
            return None
        if codes & set("POSA") or (codes & set("U") and not codes & set("L")):
            if "A" in codes and not codes & set("OS"):
                return tree.item(node).mention()
            return self.refs.actor(self.scene, node) or (tree.item(node).mention() if codes & set("POS") else None)
        if tree.nodes[node].tag == "PRP" or (not codes and tree.nodes[node].tag == "NNP"):
            return self.refs.actor(self.scene, node)
        if tree.nodes[node].noun:
            for child in tree.below(node, "nmod:poss", "compound", "amod"):
                if set(tree.codes(child)) & set("OSA") and "Y" not in tree.codes(child):
                    return tree.item(child).mention()
            for child in tree.below(node, "nmod"):
                if tree.case(child) in ("of", "by") and set(tree.codes(child)) & set("OS"):
                    return tree.item(child).mention()
        return self.refs.actor(self.scene, node) if codes & set("G") else None

    def actor(self, node: int) -> Mention | None:
        """Who is meant by a phrase."""
        return self.refs.actor(self.scene, node)

    def blamed(self, frame: Frame) -> tuple[Mention, ...]:
        """At whom an accusation or blame points."""
        clause = self.scene.clauses.of(frame.node)
        key = self.keys[frame.node]
        nodes: Iterable[int] = clause.undergoers or clause.hearers
        if frame.form == "noun":
            nodes = clause.by("of", "against") if clause.by("against") == () else clause.by("against")
        elif key.startswith(("attribut", "ascrib")):
            nodes = clause.by("to") or self._behind(frame, ("to",))[:1]
        elif "blame" in self.keys[frame.node + 1 : frame.last + 1]:
            nodes = clause.by("to", "on", "at", "upon") or self._behind(frame, ("to", "on", "at", "upon"))
        elif key.startswith(("blam", "pin")) and (clause.by("on") or any(self.deed(i) for i in clause.undergoers)):
            nodes = clause.by("on") or self._behind(frame, ("on",))[-1:] or clause.undergoers
        elif {"accusations", "charges"} & set(self.keys[frame.node + 1 : frame.last + 1]):
            nodes = clause.by("against", "at") or self._behind(frame, ("against", "at"))[:1] or nodes
        elif "finger" in self.keys[frame.node : frame.last + 1]:
            nodes = (*clause.by("at"), *clause.undergoers)
        if (frame.form == "verb" and not tuple(nodes)) or self.tree.nodes[frame.node].relation == "acl:relcl":
            nodes = self._antecedent(frame.node) or nodes
        opening = min((i for i in frame.content if i > frame.last), default=len(self.keys))
        found = [
            who
            for i in nodes
            if i < opening or i < frame.node or frame.form == "noun" or self.tree.case(i) in ("to", "on", "at", "upon")
            for who in self._each(i)
        ]
        return tuple(dict.fromkeys(who for who in found if not any(alike(who, voice) for voice in frame.voices)))

    def _antecedent(self, verb: int) -> tuple[int, ...]:
        """The name that "which" or "whom" takes up as the verb's object: the nearest before the pronoun."""
        for pronoun in reversed(range(max(0, verb - 8), verb)):
            if self.keys[pronoun] in ("which", "whom") and self.tree.nodes[pronoun].relation in ("obj", "iobj", "nsubj:pass", "dep", "obl"):
                ahead = next((i for i in range(pronoun - 1, -1, -1) if self.keys[i] not in (",", "of", "for")), None)
                return (ahead,) if ahead is not None and set(self.tree.codes(ahead)) & set("POSU") else ()
        return ()

    def deed(self, node: int) -> bool:
        """Whether a noun or pronoun stands for what was done and not for who did it."""
        return ("K" in self.tree.codes(node) and not set(self.tree.codes(node)) & set("POSG")) or self.keys[node] in ("it", "this", "that")

    def _behind(self, frame: Frame, prepositions: Sequence[str]) -> tuple[int, ...]:
        return tuple(n.index for n in self.tree.nodes[frame.node :] if self.tree.case(n.index) in prepositions and n.noun)

    def _people(self, node: int) -> Mention | None:
        """People who are described, with the words that tell them apart: rebels trained by X, remnants of Y, brigades from Z."""
        tree = self.tree
        if tree.nodes[node].tag != "NNS" or not (
            {"G"} & set(tree.codes(node)) or self.keys[node] in PEOPLE or self.scene.phrases.described(node).kind
        ):
            return None
        further = [
            i for child in tree.below(node, "acl", "nmod", "obl") if child > node and not tree.item(child).time for i in tree.within(child)
        ]
        if not further:
            return self.actor(node)
        made = self.scene.phrases.described(node, "UnidentifiedActor")
        stop = next((i for i in range(node + 1, len(self.keys)) if self.keys[i] in (",", ";", ".", "and", "for")), len(self.keys))
        inside = [i for i in further if i < stop]
        span = Span(made.span.start, max((tree.item(i).span.end for i in inside), default=made.span.end))
        words = self.scene.line.text[span.start - self.scene.line.span.start : span.end - self.scene.line.span.start]
        return Mention(" ".join(words.split()), span, description=True, kind="UnidentifiedActor")

    def _each(self, node: int) -> Iterator[Mention]:
        who = self._named(node) or self._people(node)
        if who:
            yield who
        for child in self.tree.below(node, "compound"):
            for joined in self.tree.joined(child)[1:]:
                other = self.refs.actor(self.scene, joined)
                if other:
                    yield other


PEOPLE: Final = frozenset(
    """rebels gunmen militants militias groups factions remnants elements insurgents extremists terrorists agents brigades mercenaries jihadists
    separatists fighters forces loyalists units cells networks guerrillas settlers""".split()  # noqa: SIM905 - reads better
)
"""Nouns of people who can be blamed without a name."""
