"""The names of places: how they are compared, how English prints them, and which may be looked up in a text."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

__all__ = ["Sieve", "fold", "plain_latin", "sieve", "usable_script"]

SHORTEST = 4  # letters
_ISNAD = "https://w3id.org/isnad/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_NAMING = {_SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "hiddenLabel", _ISNAD + "adjective"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a name must not be: words in lower case, the rest folded."""

    words: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    tokens: frozenset[str] = frozenset()
    curated: frozenset[str] = frozenset()

    def reason(self, name: str) -> str:
        """Why the name is left out, or an empty string.

        >>> Sieve(words=frozenset({"salt"})).reason("Salt")
        'a common English word'
        >>> Sieve(words=frozenset({"salt"})).reason("As Salt")
        ''
        """
        if sum(map(str.isalpha, name)) < SHORTEST:
            return "too short"
        if plain_latin(name).casefold() in self.words:
            return "a common English word"
        folded = fold(name)
        if folded in self.actors:
            return "the name of an actor"
        if folded in self.tokens:
            return "part of the name of a person or outlet"
        return "the name of a curated place" if folded in self.curated else ""


def fold(name: str) -> str:
    """The name without case, accents, apostrophes, hyphens and Arabic article, for comparison.

    >>> fold("Al Ḩasakah") == fold("al-Hasakah") == "hasakah"
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"['’‘ʿʾ`\"]", "", plain.casefold())
    return re.sub(r"^(al|an|ar|as|ash|at|ad|az) (?=\w)", "", re.sub(r"[\W_]+", " ", plain).strip())


def plain_latin(name: str) -> str:
    """The name as an English text prints it: no accents, plain apostrophes, no marks of writing direction.

    >>> plain_latin("Qaḑā’ Sāmarrā’")
    "Qada' Samarra'"
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[‘’ʿʾ`]", "'", re.sub(r"[\u200c-\u200f]", "", plain)).split())


def usable_script(name: str) -> bool:
    """Whether the name is Arabic in script, or Latin with a capital (machine romanisations have none)."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in name if c.isalpha()}
    return scripts == {"ARABIC"} or (scripts == {"LATIN"} and name != name.lower())


def sieve(authority: Iterable[Path], words: Path) -> Sieve:
    """What the authority file and a list of common words forbid as the name of a place."""
    labels: dict[str, list[str]] = defaultdict(list)
    spoken_of: set[str] = set()  # people and outlets: their names are cut up in texts
    for triple in (t for file in authority for t in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)):
        thing = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
        if triple.predicate.value in _NAMING and isinstance(triple.object, ox.Literal):
            labels[thing].append(triple.object.value)
        elif triple.predicate.value == _TYPE and triple.object in (ox.NamedNode(_ISNAD + "Person"), ox.NamedNode(_ISNAD + "MediaOutlet")):
            spoken_of.add(thing)
    places = {fold(n) for thing, names in labels.items() if "/id/place/" in thing for n in names}
    actors = {fold(n) for thing, names in labels.items() if "/id/actor/" in thing for n in names}
    tokens = {fold(part) for thing in spoken_of for n in labels[thing] for part in n.split()}
    common = {w for w in words.read_text(encoding="utf-8").split() if w == w.lower()}
    return Sieve(frozenset(common), frozenset(actors), frozenset(tokens - places), frozenset(places))
