"""What words can stand for: names of known things and cue words of the ontology, found longest first.

Each entry carries one-letter codes for the slots it may fill:

    P person   O organisation   S state   M outlet   L place   B base   A adjective of a state ("Iraqi")   T town of the gazetteer
    R position   K noun of an event   V verb of an event   W weapon   C what is counted   X relation   Y second half of X-backed
    G kind of organisation   Q speech verb   H harm verb (kill, injure)   Z unnamed source   J realis cue   I kind of place   F noun of support
    E verb of motion that tells of an event with forces and a place (enter, roll into)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.authority import Authority, Thing, authority
from kg.extract.tokens import Token, keys, tokens
from kg.settings import DEFAULT_BASE
from kg.terms import Vocabulary, vocabulary

CLASS_CODES: Final = {
    "Person": "P",
    "Organisation": "O",
    "UnidentifiedActor": "O",
    "State": "S",
    "MediaOutlet": "M",
    "Place": "L",
    "MilitaryBase": "B",
}

CUE_CODES: Final = (
    # (annotation, names that start with, code)
    ("cue", "position/", "R"),
    ("nounCue", "event-kind/", "K"),
    ("verbCue", "event-kind/", "V"),
    ("movingCue", "event-kind/", "E"),
    ("cue", "weapon/", "W"),
    ("nounCue", "weapon/", "W"),
    ("cue", "counted/", "C"),
    ("nounCue", "counted/", "C"),
    ("cue", "organisation-kind/", "G"),
    ("nounCue", "organisation-kind/", "G"),
    ("verbCue", "speech-act/", "Q"),
    ("cue", "realis/", "J"),
    ("cue", "place-kind/", "I"),
    ("compoundCue", "", "Y"),
    ("nounCue", "supports", "F"),
)

RELATIONS: Final = ("partOf", "componentOf", "unitOf", "memberOf", "backedBy", "fundedBy", "alignedWith", "affiliatedWith", "supports")
"""The properties whose cues join two actors."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one run of words may stand for: things by IRI, or a term or concept by name, with its codes.

    `inverse` marks a relation cue that is read from object to subject, or a verb of harm whose subject suffers it (died);
    `prefix` a half of a compound that stands first (pro-X).
    """

    codes: str
    senses: tuple[str, ...] = ()
    name: str | None = None
    inverse: bool = False
    prefix: bool = False


class Lexicon:
    """Entries by their words; `longest` finds the longest that begins at a token."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self._longest: dict[str, int] = defaultdict(int)
        self._begun: set[tuple[str, ...]] = set()
        """The beginnings of entries, each shorter than the entry."""
        self._under: Lexicon | None = None

    def add(self, words: str, entry: Entry) -> None:
        """Adds an entry under its words."""
        form = keys(words)
        if form and entry not in self._entries[form]:
            self._entries[form].append(entry)
            self._longest[form[0]] = max(self._longest[form[0]], len(form))
            self._begun.update(form[:end] for end in range(1, len(form)))

    def with_more(self, entries: Mapping[str, Entry]) -> Lexicon:
        """A lexicon that also holds these entries, where their words are not listed yet; this one stays as it is."""
        made = Lexicon()
        made._under = self._under or self
        if self._under:
            made._entries, made._longest, made._begun = self._entries.copy(), self._longest.copy(), self._begun.copy()
        for words, entry in entries.items():
            if not self._listed(keys(words)):
                made.add(words, entry)
        return made if made._entries else self

    def _listed(self, form: tuple[str, ...]) -> list[Entry] | None:
        """The entries under a form, if any."""
        return self._entries.get(form) or (self._under._entries.get(form) if self._under else None)

    def entries(self, form: tuple[str, ...]) -> tuple[Entry, ...]:
        """The entries of exactly these compared words."""
        return tuple(self._listed(form) or ())

    def longest(self, line: Sequence[Token], start: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The index after the longest run of tokens at `start` that is listed, and its entries."""
        word, under = line[start].key, self._under
        most = self._longest.get(word, 0)
        if under is not None:
            most = max(most, under._longest.get(word, 0))
        if not most:
            return None
        form: tuple[str, ...] = (word,)
        entries = self._listed(form)
        found = (start + 1, entries) if entries else None
        index = start + 1
        while most > 1 and index < len(line) and (form in self._begun or (under is not None and form in under._begun)):
            token = line[index]
            index += 1
            if token.words in "-–":
                continue
            form = (*form, token.key)
            entries = self._listed(form)
            if entries:
                found = (index, entries)
        return (found[0], tuple(found[1])) if found else None


def _codes(thing: Thing, name_kind: str) -> str:
    """The slots that a thing may fill under a name of this kind."""
    if name_kind == "adjective":
        return "A"
    if not thing.curated:
        return "T"
    codes = {code for class_name, code in CLASS_CODES.items() if class_name in thing.classes}
    return "".join(sorted(codes - {"O"} if "S" in codes else codes))


SHARED: Final = ("base", "Base", "airbase", "Airbase", "airfield", "Airfield", "field", "camp", "Camp")
"""Last words of names that stand once, in the plural, for several: the A and B bases."""


def _add_names(lexicon: Lexicon, things: Iterable[Thing]) -> None:
    """Every name of every thing; names that lead to several things become one entry with several senses."""
    senses: dict[tuple[str, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    words: dict[tuple[str, ...], str] = {}
    for thing in things:
        for name in thing.names:
            if name.language == "en" or not name.words.isascii():
                codes = _codes(thing, name.kind)
                for spelt in (name.words, f"{name.words}s") if "B" in codes and name.words.endswith(SHARED) else (name.words,):
                    form = keys(spelt)
                    words[form] = spelt
                    senses[form][thing.iri].update(codes)
    for form in sorted(senses):
        curated = {iri: codes for iri, codes in senses[form].items() if codes != {"T"}}
        chosen = curated or senses[form]
        codes = "".join(sorted(set().union(*chosen.values())))
        if codes:
            lexicon.add(words[form], Entry(codes, tuple(sorted(chosen))))


def _add_cues(lexicon: Lexicon, words: Vocabulary) -> None:
    """The cue words of the ontology."""
    for annotation, start, code in CUE_CODES:
        for cue in words.cues(annotation, start):
            lexicon.add(cue.words, Entry(code, (), cue.name))
    for relation in RELATIONS:
        for cue in words.cues("cue", relation):
            if cue.name == relation:
                lexicon.add(cue.words, Entry("X", (), relation))
        for cue in words.cues("inverseCue", relation):
            if cue.name == relation:
                lexicon.add(cue.words, Entry("X", (), relation, inverse=True))
    for cue in words.cues("prefixCue"):
        lexicon.add(cue.words.rstrip("-"), Entry("Y", (), cue.name, prefix=True))
    for harm in ("killed", "injured"):
        for cue in words.cues("verbCue", f"counted/{harm}"):
            lexicon.add(cue.words, Entry("H", (), harm))
        for cue in words.cues("sufferingCue", f"counted/{harm}"):
            lexicon.add(cue.words, Entry("H", (), harm, inverse=True))
    for cue in words.cues("nounCue", "UnidentifiedActor"):
        lexicon.add(cue.words, Entry("Z", (), cue.name))


@lru_cache(maxsize=4)
def capitalised(text: str, names: Lexicon) -> Mapping[int, tuple[int, tuple[Entry, ...]]]:
    """The names that begin at a capital letter of a text, by the index of their first token; see `Lexicon.longest`."""
    words = tokens(text)
    return {at: named for at, word in enumerate(words) if word.capital and (named := names.longest(words, at))}


@cache
def lexicon(base: str = DEFAULT_BASE) -> tuple[Lexicon, Lexicon]:
    """The names and the cues under a base, read once per process."""
    names, cues = Lexicon(), Lexicon()
    known: Authority = authority(base)
    _add_names(names, known.things.values())
    _add_cues(cues, vocabulary(base))
    return names, cues
