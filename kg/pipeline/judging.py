"""Entering and withdrawing judgements: the log first, then one update of their graph and all that derives from them.

What stands in `graph/judgements` is what the derived graphs reflect, for all of them change in one update; so whatever a crash cut short, the
difference between that graph and the log is what has still to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg import judgements, validate
from kg.authority import Authority
from kg.errors import BadJudgement, StoreError
from kg.ids import Ids
from kg.judgements import ACCEPT, MERGE, NAME, SPLIT, Entry
from kg.model import InForce, Judgement
from kg.pipeline.changes import Change, Changes
from kg.pipeline.lookup import Lookup, Open
from kg.store.embedded import Writer
from kg.store.log import Log
from kg.terms import Vocabulary

KIND = {MERGE: "event", SPLIT: "telling", NAME: "candidate"}
"""What kind of thing a verdict is on; else a claim."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a judgement: `state` is entered, unchanged, withdrawn or standing; `effect` says in words whether it takes effect."""

    judgement: Judgement
    state: str
    effect: str = "in force"


class Judging:
    """Judgements in a store that is held for writing."""

    def __init__(self, ids: Ids, words: Vocabulary, known: Authority, changes: Changes) -> None:
        self.ids, self.words, self.known = ids, words, known
        self._changes = changes

    # -- the log and the graph ---------------------------------------------------------------------------------------------------

    def entries(self, log: Log) -> list[Entry]:
        """The entries of a store's log; raises StoreError when it is damaged."""
        try:
            return judgements.entries(log.lines(), self.ids)
        except BadJudgement as error:
            raise StoreError(f"{log.path}: {error} Restore it from a backup, or take the line out.") from error

    def in_force(self, writer: Writer) -> InForce:
        """What the judgements come to by the log."""
        return judgements.in_force(judgements.standing(self.entries(writer.judgements)))

    def catch_up(self, writer: Writer) -> InForce:
        """Brings the graph in line with the log; gives what is in force then."""
        entries = self.entries(writer.judgements)
        self._change(writer, entries).write(writer)
        return judgements.in_force(judgements.standing(entries))

    def rewrite(self, writer: Writer, words: Callable[[str], str], path: Callable[[str], str]) -> None:
        """Changes the words and ids of the log, for a takedown; the graph follows by `restate`."""
        entries = self.entries(writer.judgements)
        clean = judgements.rewritten(entries, words, path, self.ids)
        if clean != entries:
            writer.keep(lambda: writer.judgements.rewrite([judgements.line(entry, self.ids) for entry in clean]))

    def restate(self, writer: Writer) -> InForce:
        """Puts what the log says into its graph, whatever stands there; what derives from it follows when the articles are read again."""
        after = judgements.standing(self.entries(writer.judgements))
        graph, wanted = frozenset(writer.graph(self.ids.graph("judgements"))), frozenset(judgements.quads(after, self.ids, self.words))
        Change.between(graph, wanted).write(writer)
        return judgements.in_force(after)

    def _change(self, writer: Writer, entries: Sequence[Entry]) -> Change:
        """All that changes when the graph, as it stands, comes to reflect these entries."""
        graph = frozenset(writer.graph(self.ids.graph("judgements")))
        reflected = judgements.as_of(entries, judgements.in_graph(graph, self.words))
        if reflected is None:
            raise StoreError(f"The graph holds judgements that {writer.judgements.path} does not. Run `kg rebuild`.")
        after = judgements.standing(entries)
        wanted = frozenset(judgements.quads(after, self.ids, self.words))
        was, now = judgements.in_force(reflected), judgements.in_force(after)
        stated = Change.between(graph, wanted)
        return stated.and_(self._changes.of_judgements(writer, was, now)) if was != now else stated

    def write(self, writer: Writer, new: Sequence[Entry]) -> None:
        """Adds entries to the log and brings the graph in line; raises BadJudgement for one that does not fit the shapes."""
        if new:
            made = judgements.quads((entry for entry in new if isinstance(entry, Judgement)), self.ids, self.words)
            if unfit := validate.check(made, self.ids.base):
                raise BadJudgement(f"It does not fit the shapes: {unfit[0].message}.")
            entries = [*self.entries(writer.judgements), *new]
            change = self._change(writer, entries)
            writer.begin()
            writer.keep(lambda: writer.judgements.append([judgements.line(entry, self.ids) for entry in new]))
            change.write(writer)

    def enter(self, writer: Writer, made: Sequence[Judgement]) -> list[Judged]:
        """Enters judgements, those in force already excepted, as one; tells what became of each."""
        standing = {known.id for known in judgements.standing(self.entries(writer.judgements))}
        new = {known.id: known for known in made if known.id not in standing}
        self.write(writer, list(new.values()))
        return self.judged(writer, made, new)

    def withdraw(self, writer: Writer, name: str, by: str, on: date, reason: str | None) -> Judged:
        """Takes the judgement back that a name means; raises UnknownThing when none of that id is in force."""
        standing = {known.id: known for known in judgements.standing(self.entries(writer.judgements))}
        found = self._look(writer).among("judgement", name, standing)
        self.write(writer, [judgements.withdrawal(found, by, on, reason)])
        return Judged(standing[found], "withdrawn", "")

    # -- one judgement -----------------------------------------------------------------------------------------------------------

    def made(
        self, writer: Writer, verdict: str, things: Sequence[str], by: str, on: date, reason: str | None, article: str | None
    ) -> Judgement:
        """The judgement that a person means; raises UnknownThing or BadJudgement.  `article` is the IRI of the one whose tellings are split off."""
        look = self._look(writer)
        standing = judgements.standing(self.entries(writer.judgements))
        same = [known for known in standing if self._says_the_same(known, verdict, things, by, on, reason, article)]
        if same and not (verdict == SPLIT and self._joined_again(look, same[-1].about)):
            return same[-1]
        about, anchors = self._meant(look, verdict, things, article)
        return judgements.judgement(self.ids, verdict, by, on, about, anchors, reason)

    def _says_the_same(
        self, known: Judgement, verdict: str, things: Sequence[str], by: str, on: date, reason: str | None, article: str | None
    ) -> bool:
        """Whether a merge or split says what is asked for, on things that may have gone with it: then a rerun changes nothing."""
        if known.verdict != verdict or verdict not in judgements.ABOUT_MANY or article or len(things) != len(known.about):
            return False
        last = {iri.rsplit("/", 1)[-1] for iri in known.about}
        given = {thing.strip().rsplit("/", 1)[-1].rsplit(":", 1)[-1] for thing in things}
        return last == given and (known.by, known.on, known.reason) == (" ".join(by.split()), on, " ".join((reason or "").split()) or None)

    def _joined_again(self, look: Lookup, tellings: Sequence[str]) -> bool:
        """Whether tellings that were split off are of one event with others by now: then they are to be split off from these."""
        events = {event for telling in tellings if (event := look.event(telling))}
        return len(events) == 1 and bool(set(look.tellings(*events)) - set(tellings))

    def _meant(self, look: Lookup, verdict: str, things: Sequence[str], article: str | None) -> tuple[Sequence[str], Sequence[str]]:
        """What a judgement is about and what it hangs on."""
        if verdict == NAME:
            candidate, thing = things
            return self._named(look, look.find("candidate", candidate), look.find("known thing", thing))
        if verdict == SPLIT:
            return self._split(look, things, article)
        found = sorted({look.find(KIND.get(verdict, "claim"), thing) for thing in things})
        if verdict != MERGE:
            return found, ()
        if len(found) < 2:
            raise BadJudgement("A merge needs two events or more that are not one yet.")
        return found, [telling for event in found for telling in look.tellings(event)]

    def _split(self, look: Lookup, things: Sequence[str], article: str | None) -> tuple[Sequence[str], Sequence[str]]:
        """The tellings taken out, and those that stay."""
        if article:
            event = look.find("event", things[0])
            out = [telling for telling in look.tellings(event) if look.article(telling) == article]
            if not out:
                raise BadJudgement(f"{look.shown(article)} tells nothing of {look.shown(event)}.")
        else:
            out = sorted({look.find("telling", thing) for thing in things})
        events = sorted({look.event(telling) or "" for telling in out})
        if len(events) > 1:
            raise BadJudgement(f"These tellings are of {len(events)} events already: {', '.join(map(look.shown, events))}.")
        rest = [telling for telling in look.tellings(events[0]) if telling not in out]
        if not rest:
            raise BadJudgement(f"No telling of {look.shown(events[0])} would stay; there is nothing to split.")
        return out, rest

    def _named(self, look: Lookup, candidate: str, thing: str) -> tuple[Sequence[str], Sequence[str]]:
        """A candidate and the known thing that it is, which must be of its class; an unidentified actor may be any actor."""
        kinds = look.classes(candidate) - {"Candidate"}
        wanted = {"Actor" if kind == "UnidentifiedActor" else kind for kind in kinds}
        if not all(self.known.is_a(thing, kind) for kind in wanted):
            raise BadJudgement(f"{look.shown(candidate)} is read as {' and '.join(sorted(kinds))}, which {look.shown(thing)} is not.")
        return [candidate], [thing]

    # -- what takes effect -------------------------------------------------------------------------------------------------------

    def listed(self, open_store: Open, entries: Iterable[Entry]) -> list[Judged]:
        """The judgements in force, in order of entry, each with its effect in this store."""
        standing = judgements.standing(entries)
        idle, look = judgements.outranked(standing), self._look(open_store)
        return [Judged(known, "standing", self._effect(look, known, idle)) for known in standing]

    def judged(self, writer: Writer, made: Sequence[Judgement], new: Container[str]) -> list[Judged]:
        """What became of judgements in the store as it is now; `new` are those, by IRI, that were not in force before."""
        effects = {found.judgement.id: found.effect for found in self.listed(writer, self.entries(writer.judgements))}
        return [Judged(known, "entered" if known.id in new else "unchanged", effects[known.id]) for known in made]

    def _effect(self, look: Lookup, known: Judgement, idle: frozenset[str]) -> str:
        """Whether a judgement takes effect here, in words."""
        if known.id in idle:
            return "outranked by a newer one, which can be withdrawn"
        if known.verdict in (MERGE, SPLIT):
            tellings = [telling for telling in known.anchors if look.has("telling", telling)]
            others = known.verdict == MERGE or any(look.has("telling", telling) for telling in known.about)
            enough = others and len(tellings) >= (2 if known.verdict == MERGE else 1)
            return "in force" if enough else "without effect: its tellings are not in the store"
        if known.verdict == NAME:
            there = look.has("candidate", known.about[0]) and look.has("known thing", known.anchors[0])
            return "in force" if there else "without effect: its candidate is not in the store"
        (claim,) = known.about
        if not look.has("claim", claim):
            return "without effect: its claim is not in the store"
        realis = look.value(claim, self.words.term("realis")) or ""
        if known.verdict == ACCEPT and realis != self.words.concept("realis/asserted"):
            return f"no fact: the claim is {realis.rsplit('/', 1)[-1]}, not asserted"
        return "in force"

    def _look(self, open_store: Open) -> Lookup:
        return Lookup(open_store, self.ids, self.words, self.known)
