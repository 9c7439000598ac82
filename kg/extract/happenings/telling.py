"""One act read: the roles that the clauses of its words fill, its kind, and whether enough is said to know it by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from kg.extract.happenings import harm
from kg.extract.happenings.regions import OCCASIONS, SETTLEMENTS, region
from kg.extract.happenings.tellings import GENERAL, NO_WEAPONS, SERIES
from kg.extract.lexicon import Entry
from kg.extract.syntax.contexts import ASSERTED
from kg.extract.syntax.grammar import QUANTITIES
from kg.extract.syntax.scene import Scene
from kg.model import Concept, Count, DraftObject, Mention, Qualifiers, Span, TimeSpan
from kg.terms import Vocabulary
from kg.values import numerals

FEW: Final = 4
"""Up to so many acts without a day are one event with a count; more are a series."""

TARGETED: Final = ("on", "against", "upon", "targeting", "at", "toward", "towards", "into", "of")
"""Prepositions under which stands what an act was aimed at."""

AIMED: Final = ("on", "at", "against", "toward", "towards", "into", "onto", "over", "upon")
"""Prepositions under which stands what a weapon was fired at."""

BESIDE: Final = ("near", "next to", "beside", "outside", "inside", "close to", "in")
"""Prepositions under which stands what a weapon came down by."""

COMING: Final = frozenset(("come", "comes", "came", "coming", "see", "sees", "saw", "seen", "seeing"))
"""Bearing verbs that need "under" before the act, or the act as their object."""

FIRED: Final = frozenset(("fired", "launched", "sent", "shot", "dropped", "lobbed", "used", "operated"))
"""Participles that say by whom a weapon was sent."""

MANNED: Final = frozenset(("weapon/drone", "weapon/aircraft", "weapon/artillery", "weapon/helicopter", "weapon/warship", "weapon/tank"))
"""Weapons that a state's adjective says the user of: a Turkish drone; Iranian missiles may be anybody's."""

LOOSE: Final = frozenset(f"event-kind/{kind}" for kind in ("attack", "strike", "seizure", "raid", "killing", "sabotage"))
"""Kinds whose verbs are said of other things too."""

KNOWN: Final = frozenset(("the", "that", "this", "these", "those", "its", "their", "such"))
"""Words by which an act is spoken of as known."""

MANY: Final = frozenset(("victim", "target", "place", "weapon"))
"""Roles that one telling may fill more than once."""


ORDINALS: Final = ("th", "second", "third", "first")
"""Ends of ordinal numbers."""


def capital(mention: Mention) -> bool:
    """Whether a name that may stand for a government is that of a city: Baghdad, not Iraq."""
    senses = [sense.rsplit("/", 2)[-2:] for sense in mention.senses]
    bodies, places = ({name for sort, name in senses if sort == wanted} for wanted in ("actor", "place"))
    return bool(bodies and places) and not bodies & places


STRUCK: Final = frozenset(
    """house houses home homes building buildings block blocks apartment apartments flat flats tower towers school schools hospital hospitals clinic
    clinics mosque mosques church churches market markets warehouse warehouses depot depots workshop workshops factory factories farm farms bridge
    bridges tent tents shop shops hotel hotels hangar hangars hall halls tank tanks bus buses motorcycle motorcycles motorcade motorcades ship ships
    tanker tankers vessel vessels boat boats""".split()  # noqa: SIM905 - reads better
)
"""Nouns of things that are struck, worth telling with what is said of them."""


class Refers(Protocol):
    """What a telling asks of the references of its article."""

    def actor(self, scene: Scene, node: int) -> Mention | None:
        """Who a node means."""

    def place(self, scene: Scene, node: int) -> Mention | None:
        """Which place a node means that does not name it."""


@dataclass(slots=True)
class Group:
    """The nodes that tell of one act: the nouns and verbs that name it, and the verbs of harm."""

    anchors: list[int] = field(default_factory=list)
    harms: list[int] = field(default_factory=list)

    @property
    def nodes(self) -> frozenset[int]:
        """All of them."""
        return frozenset((*self.anchors, *self.harms))


class Telling:
    """One group of words, read."""

    def __init__(self, words: Vocabulary, scene: Scene, group: Group, bearing: frozenset[str], refs: Refers) -> None:
        self._words, self._scene, self._group, self._bearing, self._refs = words, scene, group, bearing, refs
        self._tree, self._clauses = scene.tree, scene.clauses
        bearers = [verb for node in group.anchors if not scene.tree.nodes[node].verb for verb in self._bearers(node)]
        self._region = region(scene, group.nodes, frozenset(bearers))
        self._acting = frozenset(doer for node in group.nodes for doer in scene.clauses.of(node).doers)
        self._found: dict[str, list[tuple[DraftObject, Qualifiers]]] = {}
        self._things = False
        self.aimed: list[int] = []
        self._read()
        self.kind = self._kind()

    @property
    def realis(self) -> str:
        """How the words put it: as done, alleged, planned …; what is least real about any of them."""
        put = [self._scene.context(node).realis for node in (self._group.anchors or self._group.harms)]
        return next(
            (realis for realis in put if realis not in (ASSERTED, "realis/alleged")), next((r for r in put if r != ASSERTED), ASSERTED)
        )

    @property
    def found(self) -> Mapping[str, list[tuple[DraftObject, Qualifiers]]]:
        """The values of each role, those of a single-valued one in the order of trust."""
        return self._found

    def values(self) -> Iterator[tuple[str, DraftObject, Qualifiers]]:
        """Each predicate with its value and qualifiers, of single-valued ones the first."""
        for predicate, values in self._found.items():
            for value, held in values if predicate in MANY else values[:1]:
                yield predicate, value, held

    @property
    def known(self) -> bool:
        """Whether the act is spoken of as one that was told before: the attack, it, two were killed."""
        tree, filled = self._tree, set(self._found)
        nouns = [i for i in self._group.anchors if not tree.nodes[i].verb]
        if self._ordinal():
            return False  # the ninth attack since June: the series, not the act told before
        own = filled & {"time", "perpetrator", "target", "place"}
        if nouns:
            return any(tree.nodes[i].key in KNOWN for n in nouns for i in tree.below(n, "det", "nmod:poss", "amod")) and not len(own) > 1
        doers = [i for n in self._group.nodes for i in self._clauses.of(n).doers]
        pronoun = any(tree.nodes[i].key in ("it", "they", "that", "this") for i in doers)
        return (pronoun and "perpetrator" not in filled) or (self.only_harm and not filled & {"perpetrator", "place", "time", "weapon"})

    @property
    def named(self) -> bool:
        """Whether an act that is spoken of as known says itself whom or what it was aimed at: the assassination of X, the attack on the A base."""
        aimed = [value for predicate in ("victim", "target") for value, _ in self._found.get(predicate, ())]
        nouns = any(not self._tree.nodes[i].verb and self._tree.nodes[i].tag != "NNS" for i in self._group.anchors)
        return nouns and self.kind != "event-kind/attack-series" and any(isinstance(value, Mention) and value.senses for value in aimed)

    @property
    def only_harm(self) -> bool:
        """Whether no word says more than that people were killed or hurt."""
        return all(harm.harms(self._scene, i) for i in self._group.nodes)

    def reference(self) -> int:
        """The word by which an act told before is spoken of: its noun, or the pronoun that stands for it."""
        nodes = sorted(self._group.nodes)
        pronouns = [i for n in nodes for i in self._clauses.of(n).doers if self._tree.nodes[i].key in ("it", "they", "that", "this")]
        nouns = [i for i in self._group.anchors if not self._tree.nodes[i].verb]
        return (nouns or pronouns or [self.main()])[0]

    def main(self) -> int:
        """The word that leads the telling: its noun, else its verb."""
        return min(self._group.anchors or self._group.harms, key=lambda i: (self._tree.nodes[i].verb, i))

    def _add(self, predicate: str, value: DraftObject | None, held: Qualifiers | None = None) -> None:
        known = self._found.setdefault(predicate, [])
        if value is not None and all(value != other for other, _ in known):
            known.append((value, held or Qualifiers()))
        if not known:
            del self._found[predicate]

    # -- roles ---------------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        for node in sorted(self._group.anchors, key=lambda i: (self._tree.nodes[i].verb, i)):
            self._doers(node)
            self._aims(node)
            self._means(node)
        for node in sorted(self._group.harms):
            self._doers(node)
            self._means(node)
            self._hurt(node)
        for node in self._group.anchors:
            self._hurt_by_noun(node)
            for count in harm.toll(self._scene, node):
                self._add("killed", replace(count, counted="counted/killed"))
        for time in self._region.times:
            self._add("time", time)
        fired = all(self._tree.nodes[node].verb for node in self._group.anchors)
        struck = [value for value, _ in self._found.get("target", ())] if fired else []
        for place in self._region.places:
            if place not in struck:  # fired at a base: that is whom it was fired at
                self._add("place", place)
        self._counted()
        if "time" not in self._found and self._series():
            for time in self._since():
                self._add("time", time)

    def _since(self) -> Iterator[TimeSpan]:
        """The one open span of the sentence, wherever the parse hangs it: a series runs since then."""
        spans = {item.span: item.time for item in self._scene.line.items if item.time and item.time.edtf and item.time.edtf.endswith("/..")}
        if len(spans) == 1:
            yield from spans.values()

    def _of_another_clause(self, node: int) -> bool:
        """Whether a participle of harm hangs on a verb that is none of the act's: exploded as X passed, killing four."""
        tree, word = self._tree, self._tree.nodes[node]
        above = tree.nodes[word.head]
        loose = word.tag == "VBG" and word.relation in ("advcl", "xcomp", "dep") and above.verb and above.index not in self._group.nodes
        others = any(i != node for i in self._group.anchors)
        return loose and others and above.relation == "advcl" and not self._clauses.carries(above.index)

    def _contradicting(self) -> None:
        """Leaves the doer open where two verbs, each with an actor of its own, came into one telling: a parse gone wrong."""
        tree, verbs = self._tree, [i for i in self._group.anchors if self._tree.nodes[i].verb]
        named = [frozenset(tree.nodes[i].item for i in self._clauses.of(v).doers if set(tree.codes(i)) & set("OSPU")) for v in verbs]
        own = [doers for doers in named if doers]
        if len(own) > 1 and not frozenset.intersection(*own):
            self._found.pop("perpetrator", None)
            self._found.pop("time", None)

    def _doers(self, node: int) -> None:
        """The doer, where the words say so."""
        tree, clause = self._tree, self._clauses.of(node)
        if harm.bears(self._scene, node):
            return
        borne = [i for verb in self._bearers(node) for i in self._clauses.of(verb).by("by")] if not tree.nodes[node].verb else []
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
                    self._add("perpetrator", actor)  # an Israeli operation that targeted a house
            if doer in self._group.nodes or tree.item(doer).time or self._whereabouts(node, doer):
                continue
            if tree.entry(doer, "W"):
                for sender in self._senders(doer):
                    self._add("perpetrator", sender)
                continue
            if "P" in tree.codes(doer) and word.relation in ("nmod:poss", "compound", "nmod:desc", "flat"):
                if self._killing(node):
                    self._add_victim(node, doer)
                continue
            actor = self._refs.actor(self._scene, doer) if not set(tree.codes(doer)) & set("LBTI") or "S" in tree.codes(doer) else None
            if actor and actor.kind != "Place":
                self._add("perpetrator", actor)

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

    def _aims(self, node: int) -> None:
        """What it was aimed at: a verb's object, what stands under "on" and "against"."""
        clause = self._clauses.of(node)
        fired = any("W" in self._tree.codes(i) for i in clause.undergoers)
        landed = any("W" in self._tree.codes(i) for i in clause.doers) and not clause.undergoers
        phrases = (
            (clause.by(*AIMED, *(BESIDE if landed else ())) if fired or landed else clause.undergoers)
            if self._tree.nodes[node].verb
            else self._aimed_at(node)
        )
        for aimed in phrases:
            self.aimed.append(aimed)
            if aimed not in self._group.nodes and not self._tree.item(aimed).time and not self._tree.entry(aimed, "W"):
                self._aim(node, aimed)

    def _aimed_at(self, node: int) -> tuple[int, ...]:
        clause = self._clauses.of(node)
        targeting = [
            joined
            for verb in self._tree.below(node, "acl", "acl:relcl")
            if self._tree.entry(verb, "V") and not harm.harms(self._scene, verb)
            for joined in self._clauses.of(verb).undergoers
            if joined != node
        ]
        borne = [subject for verb in self._bearers(node) for subject in self._clauses.subjects(verb)]
        entry = self._tree.item(node).entry("K")
        series = entry is not None and entry.name == "event-kind/attack-series"
        happening = [i for verb in self._region.verbs for i in self._clauses.of(verb).by("at", "on", "against") if self._fixed(i)]
        word = self._tree.nodes[node]
        blaming = self._tree.entry(word.head, "Q") if word.relation == "obj" else None
        verb = self._tree.nodes[word.head].key
        pinned = word.relation == "obj" and verb.startswith("pin")
        laid = pinned or (blaming is not None and blaming.name in ("speech-act/blames", "speech-act/accuses"))  # blamed the attack on X
        laid = laid and not verb.startswith(("attribut", "ascrib"))  # attributed the attack on X to Y
        prepositions = TARGETED[2:] if laid else TARGETED[:-1] if series else TARGETED
        return (*happening, *clause.by(*prepositions), *targeting, *borne)

    def _fixed(self, node: int) -> bool:
        """Whether a phrase names a base or a building: an attack took place at it."""
        entry = self._tree.entry(node, "I")
        return "B" in self._tree.codes(node) or (entry is not None and entry.name not in SETTLEMENTS)

    def _bearers(self, node: int) -> Iterator[int]:
        """The verbs whose subject bears the act that a noun names: came under attack, suffered an attack, has been the target of attacks."""
        tree, word = self._tree, self._tree.nodes[node]
        head, opener = tree.nodes[word.head], tree.case(node)
        if word.relation == "nmod" and opener == "of" and head.key in ("target", "targets", "scene", "site", "object", "victim"):
            yield word.head
        elif (
            head.verb
            and head.key in self._bearing
            and word.relation in ("obj", "obl", "obl:agent")
            and opener in ("", "under", "to", "from")
        ):
            under = opener == "under" or word.relation == "obj" or any(tree.nodes[i].key == "under" for i in tree.within(node))
            if under or head.key not in COMING:
                yield word.head

    def _aim(self, node: int, aimed: int) -> None:
        """One thing aimed at: people who were killed are victims, a town is where it was, all else is the target."""
        tree, codes = self._tree, set(self._tree.codes(aimed))
        if tree.nodes[aimed].tag.startswith("PRP"):
            self._add("target", self._refs.place(self._scene, aimed) or self._refs.actor(self._scene, aimed))
            return
        bases = self._bases(aimed)
        if bases:
            for base in bases:
                self._add("target", base)
            return
        if harm.number(self._scene, aimed) and "C" in tree.item(aimed).codes + "".join(tree.codes(i) for i in tree.joined(aimed)):
            if not self._killing(node):
                mention = self._scene.phrases.target(aimed)
                self._add("target", mention)
            return
        if "P" in codes or (self._killing(node) and harm.person(self._scene, aimed)):
            self._add_victim(node, aimed)
            return
        if codes & set("LT") and (
            capital(tree.item(aimed).mention()) or (not codes & set("OB") and (self._tree.nodes[node].verb or "S" not in codes))
        ):
            self._add("place", tree.item(aimed).mention())
            return
        if self._tree.item(aimed).count and not self._tree.codes(aimed).strip("N"):
            return
        settlement = self._settlement(aimed)
        if settlement:
            self._add("place", settlement)
            return
        self._things = self._things or tree.nodes[aimed].tag in ("NN", "NNS")
        mention = self._refs.place(self._scene, aimed) or self._scene.phrases.target(aimed)
        if mention is None and tree.nodes[aimed].key in STRUCK and not self._killing(node):
            self._add("target", self._bare(aimed))
            return
        if mention and mention.kind == "Place" and " " not in mention.words:
            return  # a base, which we could not tell from another
        if mention and not (self._killing(node) and mention.kind):
            self._add("target", mention)

    def _bare(self, node: int) -> Mention:
        """A thing struck, described without where it stands: a block of flats in X is a block of flats."""
        whole = self._scene.phrases.described(node, "Place")
        words = re.split(r" (?:in|near|at|outside|on|south|north|east|west) ", whole.words)[0]
        exact = len(whole.words) == whole.span.end - whole.span.start
        return replace(whole, words=words, span=Span(whole.span.start, whole.span.start + len(words))) if exact else whole

    def _bases(self, node: int) -> tuple[Mention, ...]:
        """The bases that a phrase names one by one: the A and B bases; two bases, A and B."""
        tree, entry = self._tree, self._tree.entry(node, "I")
        if entry is None or entry.name not in ("place-kind/base", "place-kind/air-base") or "B" in tree.codes(node):
            return ()
        inside = [i for child in tree.below(node, "compound", "appos", "conj") for i in tree.joined(child)]
        listed = [i for i in inside if set(tree.codes(i)) & set("BLT") and "S" not in tree.codes(i)]
        return tuple(tree.item(i).mention() for i in listed) if any("B" in tree.codes(i) for i in listed) else ()

    def _settlement(self, node: int) -> Mention | None:
        """The place that "the town of X", "X province" names; None for bases and buildings."""
        tree, entry = self._tree, self._tree.entry(node, "I")
        if entry is None or entry.name not in SETTLEMENTS:
            return None
        for child in tree.below(node, "nmod", "compound", "appos", "flat", "nmod:desc"):
            if set(tree.codes(child)) & set("LTU") and tree.case(child) in ("of", "") and tree.nodes[child].relation != "conj":
                return replace(tree.item(child).mention(), kind="Place" if "U" in tree.codes(child) else None)
        return None

    def _add_victim(self, node: int, person: int) -> None:
        """A person aimed at: killed too, where the word is one for killing."""
        mention = self._tree.item(person).mention()
        self._add("target", mention)
        if self._killing(node):
            self._add("victim", mention)

    def _killing(self, node: int) -> bool:
        """Whether a word is one for killing."""
        entry = self._tree.item(node).entry("KV")
        kinds = {entry.name, *self._words.broader(entry.name)} if entry and entry.name else set()
        return "event-kind/killing" in kinds or harm.harms(self._scene, node) == "killed"

    def _means(self, node: int) -> None:
        """What it was done with, and with how many."""
        tree, clause = self._tree, self._clauses.of(node)
        phrases = [
            *clause.doers,
            *clause.by("by", "with", "using", "via", "from"),
            *(clause.undergoers if tree.nodes[node].verb and not tree.item(node).words.lower().endswith(" at") else ()),
        ]
        phrases += [
            i
            for verb in tree.below(node, "acl", "advcl")
            for i in self._clauses.of(verb).undergoers
            if tree.nodes[verb].key in ("using", "involving")
        ]
        compounds = [i for child in tree.below(node, "compound", "amod", "nmod") for i in (child, *tree.below(child, "compound", "conj"))]
        compounds += [i for child in tree.below(node, "compound") for i in tree.joined(child)]
        for phrase in (*phrases, *compounds, *(i for c in tree.below(node, "nmod") if tree.case(c) == "of" for i in tree.within(c))):
            self._weapon(phrase)

        for entry in self._scene.cues(tree.item(node).words) if not tree.nodes[node].verb else ():
            self._add("weapon", Concept(entry))

    def _weapon(self, node: int) -> None:
        if self._tree.nodes[node].key in QUANTITIES:
            for part in (i for i in self._tree.below(node, "nmod") if self._tree.case(i) == "of"):
                self._weapon(part)  # a salvo of rockets
        entry = self._tree.item(node).entry("W")
        if entry and entry.name and not (node in self._acting and self._scene.phrases.actor(node)):
            self._add("weapon", Concept(entry.name))
            count = harm.number(self._scene, node)
            if count:
                self._add("weaponCount", replace(count, counted="counted/missiles"))

    # -- harm ----------------------------------------------------------------------------------------------------------------

    def _hurt(self, node: int) -> None:
        """Who was killed or hurt by a verb of harm."""
        predicate = None if harm.together(self._scene, node) else harm.harms(self._scene, node)
        people = harm.hurt(self._scene, node)
        counted = [person for person in people if harm.number(self._scene, person)]
        for person in people:
            if predicate and (len(counted) < 2 or person not in counted):  # two civilians and four fighters: no sum is ours to make
                self._casualty(predicate, person)

    def _some_of(self, person: int) -> bool:
        """Whether a figure is only a part of those hurt: one of the two killed."""
        tree = self._tree
        figures = (person, *tree.below(person, "nummod", "nmod"))
        return any(tree.item(i).count and " of the " in f"{tree.item(i).words.lower()} " for i in figures) or any(
            tree.case(i) == "of" and harm.number(self._scene, i) for i in tree.below(person, "nmod")
        )

    def _casualty(self, predicate: str, person: int) -> None:
        """A figure of dead or hurt with its group; "four others" are of the group of those before them."""
        tree = self._tree
        for name in harm.persons(self._scene, person) if predicate == "killed" else ():
            self._add("victim", tree.item(name).mention())
            self._add("target", tree.item(name).mention() if not self._found.get("target") else None)
        if harm.person(self._scene, person):
            return
        count = harm.number(self._scene, person)
        if count and not self._some_of(person):
            others = not tree.codes(person).strip("N") or tree.nodes[person].key in ("others", "more")
            before = [held.group for p in ("killed", "injured") for _, held in self._found.get(p, ()) if held.group] if others else []
            group = harm.group(self._scene, person) or next(iter(before), None)
            self._add(predicate, replace(count, counted=f"counted/{predicate}"), Qualifiers(group=group))
        if predicate == "killed":
            for victim in harm.including(self._scene, person, self._group.nodes):
                self._add("victim", victim)

    def _hurt_by_noun(self, node: int) -> None:
        """Left one fighter dead, leaving 100 troops with injuries."""
        for predicate, person in harm.left(self._scene, node):
            self._casualty(predicate, person)

    # -- how often, and of what kind -----------------------------------------------------------------------------------------

    def _counted(self) -> None:
        """How many acts the words count; the ninth attack since June is one of nine."""
        ordinal = self._ordinal()
        if ordinal:
            self._add("actCount", Count(ordinal, ordinal, "count-modifier/exact", str(ordinal), "counted/attacks"))
            return
        for node in self._group.anchors:
            count = harm.number(self._scene, node) if self._tree.nodes[node].key.endswith("s") else None
            times = self._region.occasions
            if count or times:
                self._add("actCount", replace(count or times, counted="counted/attacks"))  # type: ignore[type-var]

    def _kind(self) -> str:
        """The most telling kind of the group's words, with its means; a series where there are many."""
        told = [e.name for i in self._group.anchors if (e := self._anchor_entry(i)) and e.name] or ["event-kind/attack"]
        names = [name for name in told if name != "event-kind/killing"] or told
        chosen = max(names, key=lambda n: (len(self._words.broader(n)), -names.index(n)))
        return "event-kind/attack-series" if self._series() else self._by_means(chosen)

    def _anchor_entry(self, node: int) -> Entry | None:
        item = self._tree.item(node)
        if self._tree.nodes[node].verb and any("W" in self._tree.codes(i) for i in self._clauses.of(node).undergoers):
            return None
        return item.entry("V") or item.entry("K") if self._tree.nodes[node].verb else item.entry("K") or item.entry("V")

    def _by_means(self, kind: str) -> str:
        """Hit by missiles: a missile attack."""
        for value, _ in self._found.get("weapon", ())[:1]:
            if isinstance(value, Concept) and len(self._found["weapon"]) == 1:
                for weapon in (value.name, *self._words.broader(value.name)):
                    for finer in self._words.concepts("event-kind"):
                        if self._words.value(finer, "impliedBy") == weapon and kind in (*self._words.broader(finer), "event-kind/killing"):
                            return finer
        return kind

    def _series(self) -> bool:
        """Whether many acts are told as one: repeated strikes, more than 165 attacks, attacked on 110 occasions."""
        tree = self._tree
        counted = [value for value, _ in self._found.get("actCount", ())]
        if self._ordinal() or self._region.occasions:
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
        days = [value for value, _ in self._found.get("time", ()) if isinstance(value, TimeSpan)]
        return any(day.earliest and day.earliest == day.latest for day in days) or bool(
            self._found.keys() & {"killed", "injured", "victim"}
        )

    # -- whether it is worth telling -----------------------------------------------------------------------------------------

    def enough(self) -> bool:
        """Whether enough is said to know the act by: somebody or something beside the day.

        A definite one ("the attack") with nothing of its own goes on with another; a verb wants an object that we know.
        """
        filled, tree = set(self._found), self._tree
        known = filled & {"target", "place", "victim", "killed", "injured"}
        after = {tree.nodes[i].key for node in self._group.nodes for i in tree.within(node)}
        if after & NO_WEAPONS or self._one_of_many() or self._running_total():
            return False
        if self.only_harm:
            if not any(tree.nodes[i].verb for i in self._group.harms):
                return False  # a death may be a natural one
            return bool(filled & {"perpetrator", "victim"}) or len(filled & {"place", "time", "weapon"}) > 1
        if self.kind == "event-kind/attack-series":
            if not filled & {"actCount", "time"} and any(tree.nodes[i].key in KNOWN for i in tree.below(self.main(), "det")):
                return False  # "the continued attacks on …" speaks of what others tell
            return bool(filled & {"actCount", "perpetrator", "time"}) and bool(filled & {"target", "place"})
        if all(tree.nodes[i].verb for i in self._group.anchors) or self._aimed_somewhere():
            return bool(known) or ("perpetrator" in filled and bool(filled & {"time", "weapon"} or self._things) and self._violent())
        if any(tree.nodes[i].key in KNOWN for i in tree.below(self.main(), "det")):
            return len(filled & {"time", "place", "perpetrator", "target", "victim", "killed"}) > 1
        return bool(filled - {"time", "weapon", "weaponCount", "actCount"})

    def _ordinal(self) -> int | None:
        """Which of a counted series an act is said to be: the ninth attack on the field since 2021, the third this year."""
        tree = self._tree
        lasting = any(span.edtf and (span.edtf.endswith("/..") or len(span.edtf) in (4, 7)) for span in self._region.times) or any(
            self._since()
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

    def _violent(self) -> bool:
        """Whether the words can only be of arms: shelled, bombed, ambushed, or anything done with a weapon; one may also hit the road."""
        kinds = {entry.name for i in self._group.anchors if (entry := self._anchor_entry(i))}
        return bool(kinds - LOOSE) or "weapon" in self._found

    def _running_total(self) -> bool:
        """Whether it is the toll of attacks that nobody counts: attacks have cost the lives of 40 soldiers since May."""
        plural = any(not self._tree.nodes[i].verb and self._tree.nodes[i].key.endswith("s") for i in self._group.anchors)
        lasting = any(isinstance(v, TimeSpan) and v.edtf and v.edtf.endswith("/..") for v, _ in self._found.get("time", ()))
        return plural and lasting and self.kind != "event-kind/attack-series"

    def _one_of_many(self) -> bool:
        """Whether it is told only as the umpteenth of its sort: the twelfth such strike."""
        tree = self._tree
        for node in self._group.anchors:
            modifiers = [tree.nodes[i] for i in tree.below(node, "amod", "det")]
            if (
                tree.below(node, "cop")
                and not self._ordinal()
                and any(m.key == "such" or (m.tag == "JJ" and m.key.endswith(ORDINALS)) for m in modifiers)
            ):
                return True
        return False

    def _aimed_somewhere(self) -> bool:
        return any(self._clauses.of(i).by("on", "against") for i in self._group.anchors if not self._tree.nodes[i].verb)
