"""Acts of speech that a verb or noun names, each where its construction is that of the act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kg.extract.speaking.blame import Blame
from kg.extract.speaking.frame import Frame
from kg.extract.speaking.implicit import Implicit
from kg.extract.syntax.scene import Scene

SAVED: Final = frozenset("comment say confirm respond elaborate answer speculate".split())  # noqa: SIM905 - reads better
"""What one refuses to do without denying anything."""

DEEDS: Final = frozenset(
    """operation operations incident incidents act acts death deaths massacre massacres atrocity atrocities firing launching carrying killing shooting
    targeting downing hijacking seizure seizing kidnapping abduction abducting capture sabotage ambush ambushes series number several dozens
    wave string planting detonating conducting staging""".split()  # noqa: SIM905 - reads better
)
"""Nouns and gerunds, beside those of the ontology, of what responsibility may be claimed for."""

NEEDING_CONTENT: Final = frozenset(
    """confirm confirms confirmed confirming inform informs informed informing publish publishes published release releases released disclose discloses
    disclosed disclosing unveil unveils unveiled unveiling notify notifies notified notifying""".split()  # noqa: SIM905 - reads better
)
"""Verbs that announce only what a clause tells."""


class Explicit:
    """Reads the acts that the verbs and nouns of one sentence name."""

    def __init__(self, scene: Scene, implicit: Implicit, blame: Blame) -> None:
        self.scene, self.tree, self.keys = scene, scene.tree, scene.tree.spoken
        self.implicit, self.blame = implicit, blame

    def kind(self, frame: Frame) -> str | None:
        """The act that a verb or noun names, where its construction is that of the act; None where it means something else."""
        tree, v, act = self.tree, frame.node, frame.act
        name = act.rpartition("/")[2]
        if frame.form == "noun":
            return act if name not in ("announces", "orders") and self._of_deed(frame) else None
        guard = GUARDS.get(name)
        if name == "orders" or (guard is not None and not guard(self, frame)):
            return None
        if name in ("promises", "announces") and self.implicit.cued(frame, "speech-act/threatens"):
            return "speech-act/threatens"
        return act if v < len(tree.nodes) else None

    def _of_deed(self, frame: Frame) -> bool:
        """Whether a defence or a claim of responsibility that a noun names is of a deed: not the defence of a town."""
        if frame.act not in ("speech-act/defends", "speech-act/claims-responsibility"):
            return True
        heads = (frame.node, *(i for i in range(frame.node + 1, frame.last + 1) if self.tree.nodes[i].noun))
        return any(
            self._abstract(i)
            for head in heads
            for i in self.tree.below(head, "nmod")
            if i > frame.last and self.tree.case(i) in ("of", "for")
        )

    def _objects(self, frame: Frame) -> tuple[int, ...]:
        clause = self.scene.clauses.of(frame.node)
        tree = self.tree
        beyond = (
            tuple(j for i in tree.below(max(frame.last, frame.node), "nmod", "obl", "obj") for j in tree.joined(i))
            if frame.last > frame.node
            else ()
        )
        if frame.last > frame.node and self.tree.nodes[frame.last].relation == "case":  # stood by its decision
            beyond += self.tree.joined(self.tree.nodes[frame.last].head)
        nodes = (*clause.undergoers, *beyond, *(j for i in tree.below(frame.node, "obj", "iobj", "nsubj:pass") for j in tree.joined(i)))
        return tuple(dict.fromkeys(i for i in nodes if not tree.item(i).time and i != frame.node))

    def _may_announces(self, frame: Frame) -> bool:
        clauses = self.tree.below(frame.node, "ccomp", "parataxis") or any(i > frame.last for i in frame.content) or frame.before
        objects = self._objects(frame)
        known = any(self.keys[i] in ("this", "that", "it") for i in objects)
        return bool(clauses) or known or (self.keys[frame.node] not in NEEDING_CONTENT and bool(objects))

    def _may_promises(self, frame: Frame) -> bool:
        return bool(self.tree.below(frame.node, "xcomp", "ccomp")) or bool(frame.content) or bool(self._objects(frame))

    def _may_demands(self, frame: Frame) -> bool:
        if self.keys[frame.node].startswith("ask") and any(
            self.keys[i] in ("whether", "if", "why", "how", "what", "about", "when")
            for i in range(frame.last + 1, min(frame.last + 6, len(self.keys)))
        ):
            return False
        return bool(frame.content) or bool(self._objects(frame)) or bool(self.tree.below(frame.node, "xcomp", "ccomp", "obl", "advcl"))

    def _may_threatens(self, frame: Frame) -> bool:
        if frame.last > frame.node or self.tree.below(frame.node, "xcomp", "ccomp") or self.implicit.cued(frame, "speech-act/threatens"):
            return True
        objects = self._objects(frame)
        return (
            any(self._acting(i) or set(self.tree.codes(i)) & set("KV") or self.keys[i] in ("that", "it", "this") for i in objects)
            or "with" in self.scene.clauses.of(frame.node).beside
        )

    def _may_accuses(self, frame: Frame) -> bool:
        clause = self.scene.clauses.of(frame.node)
        if self.keys[frame.node].startswith("charg"):
            return any(self.tree.case(i) == "with" for i in self.tree.below(frame.node)) or bool(frame.content)
        return bool(clause.undergoers or self._objects(frame))

    def _may_blames(self, frame: Frame) -> bool:
        """Not where something else than a deed is attributed to somebody: a victory, a statement."""
        if not self.keys[frame.node].startswith(("attribut", "ascrib")):
            return True
        things = (*self.scene.clauses.of(frame.node).undergoers, *self.scene.clauses.subjects(frame.node))
        said = [i for i in things if (entry := self.tree.entry(i, "K")) and entry.name == "event-kind/statement"]
        return any((self.blame.deed(i) or self.keys[i] in DEEDS) and i not in said for i in things)

    def _may_denies(self, frame: Frame) -> bool:
        after = self.keys[frame.last + 1 : frame.last + 4]
        refuses = self.keys[frame.node].startswith(("refus", "declin"))
        if refuses and SAVED & set(after):
            return False
        if any(w in ("entry", "access", "permission", "visa", "visas", "bail", "him", "her", "them", "passage") for w in after[:2]):
            return False
        return bool(frame.content or self._objects(frame) or frame.before)

    def _may_condemns(self, frame: Frame) -> bool:
        objects = (*self._objects(frame), *self.scene.clauses.of(frame.node).by("against", "over", "at"))
        struck = self.keys[frame.node].startswith(("blast", "slam", "assail", "hit", "lash", "protest"))
        if struck and frame.last == frame.node and not any(self._abstract(i) or self._acting(i) for i in objects):
            return False
        return bool(objects) or frame.last > frame.node

    def _may_claims_responsibility(self, frame: Frame) -> bool:
        """Not for a defeat, or for guarding a gate: what is claimed is a deed of violence, or stands unnamed."""
        phrases = [i for n in self.tree.within(frame.node) if n > frame.node for i in (n,) if self.tree.case(i) == "for"]
        phrases = [i for i in phrases if i > frame.last and self.tree.nodes[i].head in (frame.node, frame.last)]
        heads = phrases[:1]
        return all(
            set(self.tree.codes(i)) & set("KVHWNCE") or self.keys[i] in DEEDS or self.tree.nodes[i].tag.startswith(("PRP", "DT", "NNP"))
            for i in heads
        )

    def _may_defends(self, frame: Frame) -> bool:
        return any(self._abstract(i) for i in self._objects(frame)) or (
            bool(self._objects(frame)) and any(self.tree.case(i) == "as" for i in self.tree.below(frame.node, "obl", "xcomp", "advcl"))
        )

    def _may_praises(self, frame: Frame) -> bool:
        return bool(self._objects(frame)) or frame.last > frame.node

    def _may_warns(self, frame: Frame) -> bool:
        return bool(frame.content or frame.before or self._objects(frame)) or bool(self.tree.below(frame.node, "obl", "xcomp", "advcl"))

    def _abstract(self, node: int) -> bool:
        """Whether a noun names an act, plan or stand."""
        codes, key = set(self.tree.codes(node)), self.keys[node]
        if codes & set("POSMLBTUIC") and not codes & set("KV"):
            return False
        return bool(codes & set("KV")) or key.rstrip("s") in STANDS or key.endswith(("tion", "tions", "sion", "sions", "ance"))

    def _acting(self, node: int) -> bool:
        return self.blame.actor(node) is not None


STANDS: Final = frozenset(
    """decision move operation policy right action remark deal agreement stance record position plan role conduct law bill strike campaign presence step
    measure behaviour behavior choice statement truce raid killing war visit""".split()  # noqa: SIM905 - reads better
)
"""Nouns of what somebody can be defended for."""


GUARDS: Final[Mapping[str, Callable[[Explicit, Frame], bool]]] = {
    "announces": Explicit._may_announces,
    "promises": Explicit._may_promises,
    "demands": Explicit._may_demands,
    "threatens": Explicit._may_threatens,
    "accuses": Explicit._may_accuses,
    "blames": Explicit._may_blames,
    "denies": Explicit._may_denies,
    "condemns": Explicit._may_condemns,
    "claims-responsibility": Explicit._may_claims_responsibility,
    "defends": Explicit._may_defends,
    "praises": Explicit._may_praises,
    "warns": Explicit._may_warns,
}
"""By act, what its construction has to be like for its verb to mean it."""
