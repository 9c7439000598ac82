"""Other names: listed persons, groups, outlets, places and states become other listed ones of their class, in text and gold alike.

Each thing goes to one that neither text nor gold names, no two to the same; a short form goes to a short form, a plural name to a plural one.
A thing stays as it is where some of its names in the text has no counterpart, or where words of its name stand there that are no listed name:
then the gold would no longer be true.  What is known of things from elsewhere need not hold of the copies.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from random import Random
from typing import Final

from kg.authority import Name, Thing, authority
from kg.extract.tokens import Token, keys, tokens
from tests.variants.making import FIXED, Article, Edit, articled, edited, no_prose, varied

COMMON: Final = frozenset(
    """organization organisation forces force brigades brigade movement army corps resistance state battalions battalion party council front units
    unit companies group groups network command coalition committee committees division militia militias army guard guards agency league""".split()  # noqa: SIM905
)
"""Nouns by whose presence at its end a name takes the article."""

SUFFIXES: Final = re.compile(
    r"(?: (?:(?:US |military )?(?:occupation )?(?:[Aa]ir ?[Bb]ase|[Bb]ase|[Aa]irfield|[Aa]irport)|[Gg]overnorate|[Pp]rovince|countryside|city|"
    r"camp|area|district|neighbou?rhood|News Agency|news agency|TV|English|television|news|network))+$"
)
"""What may follow the name proper of a place or an outlet."""

PLAIN: Final = re.compile(r"(?:[Aa]l-)?[A-Z][\w']+(?:[ -](?:(?:al|ez|el)-)?[A-Z]\w+){0,2}|The [A-Z]\w+(?: [A-Z]\w+)*")
"""A name proper that can stand in the place of another."""

NO_TOWN: Final = frozenset("field Airport Embassy Field Heights Iraq Region Strip Syria Valley Zone East".split())  # noqa: SIM905
"""Words in the names of regions and sites, which do not stand in the place of towns."""

_AL: Final = r"(?:(?:al|el|as|ash|at|ar|ad)-)"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that is a listed name, with the things that bear it."""

    start: int
    end: int
    words: str
    things: tuple[str, ...]


class Names:
    """All listed English names, found longest first."""

    def __init__(self) -> None:
        self.known = authority()
        self.bearers: dict[tuple[str, ...], dict[str, Name]] = defaultdict(dict)
        for thing in self.known.things.values():
            for name in thing.names:
                if name.language == "en" and name.words.isascii() and (thing.curated or name.words[:1].isupper()):
                    self.bearers[keys(name.words)][thing.iri] = name
        self.longest = max(map(len, self.bearers))
        self.firsts = {form[0] for form in self.bearers if form}

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The listed names in a text, outside addresses; in small letters only in lines that are all small."""
        hidden, line, found, at = no_prose(text), tokens(text), list[Mention](), 0
        while at < len(line):
            mention = self._longest(text, line, at) if line[at].key in self.firsts else None
            if mention and not any(s < mention[0].end and mention[0].start < e for s, e in hidden):
                found.append(mention[0])
                at = mention[1]
            else:
                at += 1
        return tuple(found)

    def _longest(self, text: str, line: Sequence[Token], start: int) -> tuple[Mention, int] | None:
        form, found = list[str](), None
        for index in range(start, min(len(line), start + 2 * self.longest)):
            if line[index].words in "-–" and form:
                continue
            form.append(line[index].key)
            bearers = self.bearers.get(tuple(form))
            begin, end = line[start].span.start, line[index].span.end
            if bearers and "\n" not in text[begin:end] and (any(c.isupper() for c in text[begin:end]) or _small(text, begin)):
                known = [iri for iri in bearers if self.known[iri].curated]
                found = (Mention(begin, end, text[begin:end], tuple(sorted(known or bearers))), index + 1)
        return found

    def unambiguous(self, words: str, iris: Iterable[str]) -> bool:
        """Whether a name belongs to some of these things and to no other curated one."""
        bearers = {iri for iri in self.bearers.get(keys(words), ()) if self.known[iri].curated}
        return bool(bearers) and bearers <= set(iris)

    @cached_property
    def curated(self) -> tuple[Thing, ...]:
        """All curated things, in order."""
        return tuple(self.known[iri] for iri in sorted(self.known.things) if self.known[iri].curated)

    @cached_property
    def proper(self) -> Mapping[str, frozenset[str]]:
        """The curated things by their names proper: Anbar without Governorate."""
        found = defaultdict[str, set[str]](set)
        for thing in self.curated:
            for name in thing.names:
                found[_proper(name.words)].add(thing.iri)
        return {words: frozenset(iris) for words, iris in found.items()}

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The names of capitals, which stand for states."""
        return frozenset(n.words for t in self.curated if "State" in t.classes for n in t.names if n.kind == "metonym")


@cache
def listed() -> Names:
    """The names, read once."""
    return Names()


def _small(text: str, at: int) -> bool:
    """Whether a line is all in small letters, as tag lines are."""
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    return line == line.lower() and len(line) < 200


def vary(article: Article, rng: Random) -> Article:
    """The article with other names."""
    renaming = Renaming(article, rng)
    edits = articled(article.text, renaming.edits(article.text))
    return varied(article, edits, lambda _, words: renaming.renamed(words))


class Renaming:
    """Which things of an article become which, and the edits that this means for any text of it."""

    def __init__(self, article: Article, rng: Random) -> None:
        self.names, self.rng = listed(), rng
        gold = "\n".join(_words(article.gold))
        self.text, self.all = article.text, article.text + "\n" + gold
        self.found = self.names.mentions(self.all)
        self.present = {iri for m in self.found for iri in m.things}
        self.kept = {iri for m in self.names.mentions(str(article.gold.get("publisher", ""))) for iri in m.things}
        self.taken: set[str] = set()
        self.spellings: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.shorts: dict[str, str] = {}
        self.chosen: dict[str, str] = {}
        for make in (self._states, self._places, self._groups, self._outlets, self._persons):
            make()

    # -- applying --------------------------------------------------------------------------------------------------------

    def edits(self, text: str) -> tuple[Edit, ...]:
        """The edits of all names in a text."""
        mentions = self.names.mentions(text)
        made = [
            Edit(m.start, m.end, _cased(self.spellings[m.words.lower()], m.words)) for m in mentions if m.words.lower() in self.spellings
        ]
        taken = [(m.start, m.end) for m in mentions] + list(no_prose(text))
        if self.shorts:
            for match in re.finditer(r"(?<![\w-])" + _AL + "?(?:" + "|".join(sorted(self.shorts)) + r")(?!\w)", text, re.IGNORECASE):
                small = match.group() == match.group().lower() and not _small(text, match.start())
                if not small and not any(s < match.end() and match.start() < e for s, e in taken):
                    made.append(Edit(*match.span(), _cased(_family(self.shorts[_bare(match.group())], match.group()), match.group())))
        return tuple(sorted(made, key=lambda e: e.start))

    def renamed(self, words: str) -> str:
        """A text of the gold with its names replaced; a whole name by the label of what it now is."""
        edits = self.edits(words)
        return self.labels.get(words.lower()) or edited(words, articled(words, edits))

    # -- choosing --------------------------------------------------------------------------------------------------------

    def _of(self, class_name: str) -> list[Thing]:
        """The curated things of a class that text or gold names, and that may be replaced."""
        things = (self.names.known[iri] for iri in sorted(self.present - self.kept))
        return [t for t in things if t.curated and class_name in t.classes and t.iri not in self.chosen]

    def _spelt(self, iris: Iterable[str]) -> dict[str, set[str]]:
        """The spellings of things in text and gold, and what else each may stand for."""
        wanted, made = set(iris), dict[str, set[str]]()
        for mention in self.found:
            if wanted & set(mention.things):
                made.setdefault(mention.words, set()).update(set(mention.things) - wanted)
        small = {words for words in made if words == words.lower() and any(o != words and o.lower() == words for o in made)}
        return {words: others for words, others in made.items() if words not in small}

    def _left_over(self, iris: Iterable[str]) -> bool:
        """Whether words of a thing's own name stand in the text outside any listed name."""
        own = {w for iri in iris for n in self.names.known[iri].names if n.kind == "preferred" for w in re.findall(r"[A-Z]\w{3,}", n.words)}
        outside = self.text
        for mention in reversed(self.names.mentions(self.text)):
            outside = outside[: mention.start] + " " + outside[mention.end :]
        outside = re.sub(r"\S*://\S*", "", outside)
        return bool({w for w in own if w.lower() not in COMMON} & set(re.findall(r"\b[A-Z]\w+", outside)))

    def _free(self, iris: Iterable[str]) -> bool:
        """Whether things are not in the article and not yet given out."""
        return not set(iris) & (self.present | self.taken)

    def _take(self, old: Iterable[str], new: Sequence[str], spellings: Mapping[str, str], label: str) -> None:
        """Settles that some things become others."""
        self.taken |= set(new)
        self.chosen |= dict.fromkeys(old, new[0])
        self.spellings |= {words.lower(): to for words, to in spellings.items()}
        for iri in old:
            self.labels[self.names.known[iri].label.lower()] = label

    # -- states ----------------------------------------------------------------------------------------------------------

    def _states(self) -> None:
        """A state with its country, its adjective and its capital, where all of them have counterparts and no other name holds them."""
        pool = [s for s in self.names.curated if "State" in s.classes and _core(s)]
        for state in self._of("State"):
            words = _core(state)
            bundle = self._bundle(words)
            spelt = self._spelt(bundle)
            within = [m for m in self.found if set(keys(m.words)) & {w.lower() for w in words} and not set(m.things) & bundle]
            if not words or within or any(other for other in spelt.values()) or self._left_over(bundle):
                continue
            plural = any(f"{words[1]}s" in line for line in (self.all,))
            self.rng.shuffle(pool)
            for new in pool:
                to = _core(new)
                fresh = self._bundle(to)
                made = {s: _swapped(s, words, to) for s in spelt}
                good = all(a != b and (b == to[1] or self.names.unambiguous(b, fresh)) for a, b in made.items())
                known = self._places_of(to) == self._places_of(words)
                if self._free(fresh) and good and known and not plural and not any(w in self.all for w in to):
                    self._take(bundle, sorted(fresh), made, to[0])
                    self.labels |= {w.lower(): t for w, t in zip(words, to, strict=True)}
                    break

    def _places_of(self, words: Sequence[str]) -> tuple[bool, ...]:
        """Which of the names of a state are listed places too."""
        return tuple(any("Place" in self.names.known[iri].classes for iri in self._bundle([w])) for w in words)

    def _bundle(self, words: Sequence[str]) -> set[str]:
        """The state, country and capital that some names stand for."""
        return {iri for w in words for iri in self.names.bearers.get(keys(w), {}) if self.names.known[iri].curated}

    # -- places and outlets ----------------------------------------------------------------------------------------------

    def _places(self) -> None:
        """Bases, provinces and towns become others within the same place; Anbar province becomes Diyala province."""
        for place in self._of("Place"):
            if (
                place.within
                and place.iri not in self.chosen
                and place.label not in self.names.capitals
                and not NO_TOWN & set(place.label.split())
            ):
                self._stem(place, [p for p in self.names.curated if "Place" in p.classes and _beside(p, place)])

    def _outlets(self) -> None:
        for outlet in self._of("MediaOutlet"):
            the = outlet.label.startswith("The ")
            self._stem(outlet, [o for o in self.names.curated if "MediaOutlet" in o.classes and o.label.startswith("The ") == the])

    def _stem(self, thing: Thing, pool: list[Thing]) -> None:
        """Replaces the name proper of a thing and of all that bear it too (town and province), what follows it stays."""
        stem = _proper(thing.label)
        bundle = {iri for iri in self.names.proper[stem] if _proper(self.names.known[iri].label) == stem}
        spelt = self._spelt(bundle)
        whole = any(re.search(r"\b(?:in|of|the)\b|['’]s ", s, re.IGNORECASE) and not s.startswith("The ") for s in spelt)
        if whole or any(spelt.values()) or bundle & set(self.chosen) or bundle & self.kept or self._left_over(bundle):
            return
        self.rng.shuffle(pool)
        for new in pool:
            to = _proper(new.label)
            fresh = self.names.proper[to]
            like = self._sorts(fresh) == self._sorts(bundle) and PLAIN.fullmatch(to) and not NO_TOWN & set(to.split())
            if like and self.names.unambiguous(to, fresh) and self._free(fresh) and not re.search(rf"\b{to}\b", self.all, re.IGNORECASE):
                self._take(bundle, [new.iri, *sorted(fresh - {new.iri})], {w: self._like(w, to, bundle, fresh) for w in spelt}, new.label)
                self.labels |= {old.lower(): self._like(old, to, bundle, fresh) for old in (self.names.known[iri].label for iri in bundle)}
                return

    def _like(self, words: str, to: str, old: Iterable[str], new: Iterable[str]) -> str:
        """The listed name of a new thing that is like a name of an old one: with what follows the name proper, else the label of its like."""
        made = to + words[len(_proper(words)) :]
        if self.names.unambiguous(made, new):
            return made
        sort = self._sorts(set(old) & set(self.names.bearers[keys(words)]))
        return next((self.names.known[iri].label for iri in sorted(new) if self._sorts([iri]) == sort), to)

    def _sorts(self, iris: Iterable[str]) -> frozenset[str]:
        """What things that share a name are: town and province, base, outlet, or something else."""
        things = [self.names.known[iri] for iri in iris]
        sorts = {c for t in things for c in ("State", "Person", "ArmedGroup", "MilitaryBase", "MediaOutlet") if c in t.classes}
        return frozenset(
            sorts | {"Governorate" for t in things if "Governorate" in t.label} | {"Place" for t in things if "Place" in t.classes}
        )

    # -- groups ----------------------------------------------------------------------------------------------------------

    def _groups(self) -> None:
        """Armed groups become armed groups; each spelling one of the same form: acronym, with or without article, plural or not."""
        pool = [t for t in self.names.curated if "ArmedGroup" in t.classes and "StateForce" not in t.classes]
        for group in [*self._of("ArmedGroup"), *self._of("Umbrella")]:
            spelt = self._spelt([group.iri])
            of_state = _state_words() & set(re.findall(r"\w+", " ".join([group.label, *spelt])))
            mission = "Coalition" in group.classes or {"Operation", "Task"} & set(group.label.split())
            if group.iri in self.chosen or mission or of_state or any(spelt.values()) or self._left_over([group.iri]):
                continue
            self.rng.shuffle(pool)
            for new in pool:
                forms = {_form(n): n for n in reversed(self._usable(new))}
                if self._free([new.iri]) and all(_form(s) in forms for s in spelt):
                    self._take([group.iri], [new.iri], {s: forms[_form(s)] for s in spelt}, new.label)
                    break

    def _usable(self, thing: Thing) -> list[str]:
        """The names of a thing by which nothing else is meant, the preferred one first."""
        names = sorted(
            (n.kind != "preferred", n.words) for n in thing.names if n.kind in ("preferred", "alternative") and n.language == "en"
        )
        plain = [w for _, w in names if w.isascii() and not re.search(r"[('’/–]|\bthe\b", w)]
        return [w for w in plain if self.names.unambiguous(w, [thing.iri]) and not _state_words() & set(re.findall(r"\w+", w))]

    # -- persons ---------------------------------------------------------------------------------------------------------

    def _persons(self) -> None:
        """Persons become persons; a family name alone becomes the other's family name, with or without al- as it stood."""
        pool = [
            p
            for p in self.names.curated
            if "Person" in p.classes and re.fullmatch(r"[A-Z]\w+(?: [A-Z]\w+)?(?: al-\w{4,}| [A-Z]\w{3,})", p.label)
        ]
        persons = self._of("Person")
        told = {iri for m in self.names.mentions(self.text) for iri in m.things}
        families = {p.iri: _families(p) if p.iri in told else frozenset() for p in persons}
        every = [f for own in families.values() for f in own]
        used = set(every)
        for person in persons:
            own = families[person.iri]
            if any(self._spelt([person.iri]).values()) or any(every.count(f) > 1 for f in own):
                continue
            self.rng.shuffle(pool)
            for new in pool:
                family = _bare(new.label.split()[-1])
                clash = family in used or re.search(rf"\b{family}\b", self.all, re.IGNORECASE) or (family,) in self.names.bearers
                if self._free([new.iri]) and not clash:
                    used.add(family)
                    self._take([person.iri], [new.iri], {s: self._person(s, new) for s in self._spelt([person.iri])}, new.label)
                    self.shorts |= dict.fromkeys((f for f in own if (f,) not in self.names.bearers), new.label.split()[-1])
                    break

    def _person(self, like: str, new: Thing) -> str:
        """A person's name with or without al-, like another's, where it is listed so."""
        without = new.label.replace(" al-", " ")
        return without if "l-" not in like and self.names.unambiguous(without, [new.iri]) else new.label


def _families(person: Thing) -> frozenset[str]:
    """The family names of a person in all listed spellings."""
    last = (n.words.split()[-1] for n in person.names if n.language == "en")
    return frozenset(_bare(word) for word in last if re.fullmatch(r"[A-Za-z'-]{4,}", word))


@cache
def _state_words() -> frozenset[str]:
    states = [t for t in listed().curated if "State" in t.classes]
    return frozenset(n.words for s in states for n in s.names if n.kind in ("preferred", "adjective", "metonym"))


def _core(state: Thing) -> tuple[str, ...]:
    """A state's name, adjective and capital; nothing where one is missing or the name takes the article."""
    first = {
        kind: next((n.words for n in state.names if n.kind == kind and n.language == "en"), "")
        for kind in ("preferred", "adjective", "metonym")
    }
    words = tuple(first.values())
    return words if all(re.fullmatch(r"[A-Z]\w+", w) for w in words) else ()


def _swapped(words: str, old: Sequence[str], new: Sequence[str]) -> str:
    for one, other in zip(old, new, strict=True):
        words = re.sub(rf"\b{one}\b", other, words, flags=re.IGNORECASE)
    return words


def _beside(one: Thing, other: Thing) -> bool:
    """Whether two places lie directly within the same place, both bases or both none."""
    same = set(one.within) == set(other.within) or "MilitaryBase" in one.classes
    area = ("Governorate" in one.label) == ("Governorate" in other.label)
    return one.iri != other.iri and same and area and ("MilitaryBase" in one.classes) == ("MilitaryBase" in other.classes)


def _proper(words: str) -> str:
    return SUFFIXES.sub("", words)


def _form(words: str) -> tuple[bool, bool, bool]:
    """Whether a name is an acronym, takes the article, is a plural."""
    words = words.title() if words == words.lower() else words
    head = re.split(r" (?:of|in|for) ", words)[0].split()[-1].lower()
    acronym = len(words) > 1 and words.replace("-", "").isupper()
    return acronym, not acronym and head in COMMON, not acronym and head in COMMON and head.endswith("s") and head not in ("corps",)


def _bare(family: str) -> str:
    return re.sub(rf"^{_AL}", "", family.lower())


def _family(new: str, like: str) -> str:
    """A family name with al- only if the other had it."""
    return new if re.match(_AL, like, re.IGNORECASE) else re.sub(r"^al-", "", new)


def _cased(words: str, like: str) -> str:
    """Words in small letters where the others were, with a capital where they began with one."""
    if like == like.lower():
        return words.lower()
    if like[0].isupper():
        return words[0].upper() + words[1:]
    return re.sub(r"^Al-", "al-", words)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in FIXED:
                yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, str):
        yield value
