"""The two readings of a sentence, attacks and other events, brought together: each act once, and what goes on from earlier sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.happenings.carried import DEFINITE, cues, firm
from kg.extract.happenings.circumstances import places, time
from kg.extract.happenings.kinds import AGREEMENT, ANNOUNCEMENT, END, GROUND, PEACEFUL, TRUCE
from kg.extract.happenings.parties import Actors
from kg.extract.syntax.scene import Scene, Told
from kg.model import ClaimDraft, DraftObject, Mention, TimeSpan
from kg.terms import Vocabulary


def joined(attacks: Iterable[Told], political: Iterable[Told], before: Sequence[Told] = ()) -> tuple[Told, ...]:
    """The tellings of a sentence from both readings, each act once: where both read the same words, what is told here, filled up from the attack.

    `before` are the tellings of earlier sentences: an attempt to enter right after a ground operation is that operation, and the end of a mission that
    was told before and is told again without another day or place is that end.
    """
    left, made = list(attacks), []
    for own in political:
        earlier = next((t for t in reversed(before) if _goes_on(own, t) or _again(own, t)), None)
        if earlier:
            kept = ("outcome",) if own.telling.kind == GROUND else ("perpetrator", "place", "time")
            more = [replace(draft, subject=earlier.telling) for draft in own.drafts if draft.predicate in kept]
            made.append(replace(own, telling=earlier.telling, drafts=tuple(more)))
            continue
        peaceful = own.telling.kind in PEACEFUL
        same = [attack for attack in left if (attack.nodes <= own.nodes if peaceful else attack.nodes & own.nodes)]
        left = [attack for attack in left if attack not in same]
        known, objects = {draft.predicate for draft in own.drafts}, {draft.object for draft in own.drafts}
        more = [
            replace(draft, subject=own.telling)
            for attack in same
            for draft in (() if peaceful else attack.drafts)
            if (draft.predicate not in known or draft.predicate in SEVERAL) and draft.object not in objects
        ]
        nodes = own.nodes.union(*(attack.nodes for attack in same))
        made.append(replace(own, nodes=nodes, drafts=tuple(dict.fromkeys((*own.drafts, *more)))))
    return tuple(sorted((*left, *made), key=lambda each: min(each.nodes)))


def continued(scene: Scene, words: Vocabulary, here: Sequence[Told], before: Sequence[Told], refs: Actors) -> Iterator[Told]:
    """What a sentence adds to a truce or agreement told up to two sentences before: it was signed in X on Friday by Y."""
    tree = scene.tree
    for node, word in enumerate(tree.nodes):
        subjects = scene.clauses.of(node).undergoers if word.verb and scene.clauses.passive(node) else ()
        if len(subjects) != 1 or any(node in one.nodes for one in here) or not firm(scene, node):
            continue
        entry = tree.entry(subjects[0], "K")
        kinds = {TRUCE, AGREEMENT} if tree.nodes[subjects[0]].key == "it" else {entry.name} & {TRUCE, AGREEMENT} if entry else set()
        known = tree.nodes[subjects[0]].key == "it" or any(tree.nodes[i].key in DEFINITE for i in tree.below(subjects[0], "det"))
        near = [one for one in before if one.telling.kind in kinds and 0 < scene.number - one.scene <= 2]
        if not known or len(near) != 1 or not any(() in cues(words, "making", kind).get(word.key, ()) for kind in kinds):
            continue
        doers = [(i, a) for i in scene.clauses.of(node).doers for a in [refs.actor(scene, i)] if a]
        said: list[tuple[str, DraftObject]] = [("perpetrator" if "P" in tree.codes(i) else "party", a) for i, a in doers]
        stated = {draft.predicate for draft in near[0].drafts}
        day = time(scene, (node,), lasting=False)
        said += [("time", day)] if day and "time" not in stated else []
        said += [("place", place) for place in places(scene, (node,))]
        drafts = tuple(ClaimDraft(near[0].telling, predicate, value, scene.line.span, tier="coreferent") for predicate, value in said)
        yield Told(near[0].telling, scene.number, node, frozenset((node, subjects[0])), drafts, definite=True)


def _goes_on(attempt: Told, earlier: Told) -> bool:
    """Whether an attempt to enter belongs to a ground operation told up to three sentences before."""
    tried = any(draft.predicate == "outcome" for draft in attempt.drafts)
    days = [draft.object for told in (attempt, earlier) for draft in told.drafts if draft.predicate == "time"]
    return tried and earlier.telling.kind == GROUND and 0 < attempt.scene - earlier.scene <= 3 and len(days) < 2


def _again(own: Told, earlier: Told) -> bool:
    """Whether the end of a mission is one that was told up to six sentences before: nothing said of day or place differs."""
    if not {own.telling.kind, earlier.telling.kind} <= {END, ANNOUNCEMENT} or not 0 < own.scene - earlier.scene <= 6:
        return False
    days = [{d.object.edtf for d in told.drafts if isinstance(d.object, TimeSpan)} for told in (own, earlier)]
    where = [{d.object.words for d in told.drafts if d.predicate == "place" and isinstance(d.object, Mention)} for told in (own, earlier)]
    return all(not one or not other or bool(one & other) for one, other in (days, where))


SEVERAL: Final = frozenset(("place", "victim", "weapon"))
"""Roles that either reading may fill further."""
