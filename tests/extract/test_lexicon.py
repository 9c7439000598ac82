"""Every entry of the lexicon leads to the claim that it stands for, in a sentence of `lexicon.yaml`, and does not where the sentence says otherwise.

A row gives, for an annotation of the names that begin with `of`, what an entry must lead to (`shows`) and the shapes of sentence in which it may stand, some
by grammatical form.  An entry passes when in one of them it leads to its claim, the same sentence with a word that nobody knows in its place does not, and
neither does the row's counter-example: the sentence denied, supposed, or told of another.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from kg.extract.bodies.stems import stems
from kg.extract.referring.names import short_names
from kg.extract.rules import Rules
from kg.extract.syntax import english
from kg.extract.syntax.english import English, Parsed, Word
from kg.extract.syntax.plain import plain
from kg.extract.syntax.scene import matters
from kg.model import ClaimDraft, Concept, Count, Mention
from kg.terms import Cue, vocabulary
from tests.extract.reading import document

NAMES: Final = {
    "A": ("the Badr Organization", "Kataib Hezbollah", "Hezbollah", "Asaib Ahl al-Haq"),
    "B": ("Hamas", "Palestinian Islamic Jihad", "the Quds Force", "the Popular Mobilization Forces"),
    "S": ("Iran", "Israel", "Turkey", "Saudi Arabia"),
    "O": ("the United States", "Russia", "France", "Egypt"),
    "T": ("the Ain al-Asad base", "the al-Tanf base", "the Harir base", "the Ain al-Asad base"),
    "C": ("Baghdad", "Damascus", "Erbil", "Basra"),
    "P": ("Hadi al-Amiri", "Qais al-Khazali", "Hassan Nasrallah", "Ismail Haniyeh"),
    "D": ("Tuesday", "Monday", "Wednesday", "Sunday"),
}
"""Names by the letter that stands for one: {A} and {B} groups, {S} and {O} states, {T} a base, {C} a city, {P} a person, {D} a day."""

NONCE: Final = {"base": "florb", "third": "florbs", "past": "florbed", "participle": "florbed", "ing": "florbing"}
SPELT: Final = {
    w: w.rstrip("s").upper() + w[len(w.rstrip("s")) :]
    for w in ["uav", "uavs", "ied", "ieds", "rpg", "rpgs", "atgm", "atgms", "vbied", "vbieds", "tnt"]
}
MANY: Final = frozenset(
    """series several multiple repeated numerous frequent dozens hundreds scores recent continued rocket near-daily daily acts artillery chlorine sarin
    napalm explosives small light white""".split()  # noqa: SIM905 - reads better
)
"""First words of entries that take neither article nor number."""

PAST: Final = frozenset(
    """struck hit shot blew fought overran took set brought went held led drove swept thrust broke rolled made began undertook waged flew threw sent
    lost fell left died hurt underwent saw came withstood withdrew drew met swore said told wrote kept laid put stood spoke paid gave sought slew cut
    got wound pulled""".split()  # noqa: SIM905 - reads better
)
PARTICIPLE: Final = frozenset(
    "slain taken blown overrun thrown flown begun undertaken seen undergone gone withdrawn drawn driven sworn written given broken".split()  # noqa: SIM905
)


def form(words: str) -> str:
    """The form of an entry's first word."""
    first = words.split()[0]
    if first in PARTICIPLE:
        return "participle"
    if first in PAST or first.endswith("ed"):
        return "past"
    if first.endswith("ing"):
        return "ing"
    return "third" if first.endswith("s") and not first.endswith("ss") else "base"


# -- what an entry leads to --------------------------------------------------------------------------------------------------------

Drafts = Sequence[ClaimDraft]
WORDS: Final = vocabulary()


def _finer(cue: Cue) -> frozenset[str]:
    """The entry's concept with the finer ones; an invasion is told as a ground operation, an operation as a campaign, a mission by its end."""
    told = {
        "invasion": "ground-operation",
        "operation": "campaign",
        "mission": "end-of-mission",
        "shelling": "bombing",
        "bombardment": "bombing",
    }
    scheme, _, name = cue.name.partition("/")
    return frozenset(
        [
            *(k for k in WORDS.concepts(scheme) if k == cue.name or cue.name in WORDS.broader(k)),
            f"{scheme}/{told.get(name, name)}",
            *(["event-kind/announcement"] if name in ("mission", "end-of-mission") else []),
        ]
    )


def _concepts(cue: Cue, drafts: Drafts, *predicates: str) -> bool:
    return any(isinstance(d.object, Concept) and d.object.name == cue.name for d in drafts if not predicates or d.predicate in predicates)


def _event(cue: Cue, drafts: Drafts) -> bool:
    wanted = _finer(cue)
    events = {d.subject for d in drafts if d.predicate == "kind" and isinstance(d.object, Concept) and d.object.name in wanted}
    return any(d.subject in events and d.predicate != "kind" for d in drafts)


def _relation(cue: Cue, drafts: Drafts) -> bool:
    return any(cue.name in WORDS.ancestors(d.predicate) for d in drafts if isinstance(d.subject, Mention))


def _counted(cue: Cue, drafts: Drafts) -> bool:
    """A number of what the entry counts, or of people of whom it says more than that they are people."""
    return any(
        isinstance(d.object, Count)
        and (d.object.counted == cue.name or bool(d.qualifiers.group and cue.words in d.qualifiers.group.words.lower()))
        for d in drafts
    )


def _own(cue: Cue, drafts: Drafts) -> bool:
    """A claim of the entry's own kind; where the entry points at who stands behind it, somebody blamed."""
    return _concepts(cue, drafts, "kind") or (cue.words.endswith(" _") and _has("blamed")(cue, drafts))


def _put(_: Cue, drafts: Drafts) -> bool:
    return not any(d.predicate in ("perpetrator", "partOf", "target") and d.realis.endswith("asserted") for d in drafts)


def _unnamed(cue: Cue, drafts: Drafts) -> bool:
    doers = [d.object for d in drafts if d.predicate == "perpetrator"]
    return any(cue.words in m.words.lower() for m in (*doers, *(s for d in drafts for s in d.speakers)) if isinstance(m, Mention))


def _place(cue: Cue, drafts: Drafts) -> bool:
    places = [d.object for d in drafts if d.predicate in ("target", "place") and isinstance(d.object, Mention)]
    return any(cue.words in p.words.lower() or "Mansour" in p.words for p in places)


def _has(*predicates: str) -> Callable[[Cue, Drafts], bool]:
    return lambda _, drafts: any(d.predicate in predicates for d in drafts)


SHOWS: Final[Mapping[str, Callable[[Cue, Drafts], bool]]] = {
    "event": _event,
    "own": _own,
    "concept": lambda cue, drafts: _concepts(cue, drafts),
    "weapon": lambda cue, drafts: _concepts(cue, drafts, "weapon") if cue.name != "Attack" else _has("weapon")(cue, drafts),
    "named voice": lambda _, drafts: any(who.senses for d in drafts for who in d.speakers),
    "voiced": lambda _, drafts: any(d.speakers for d in drafts),
    "relation": _relation,
    "position": lambda cue, drafts: any(d.qualifiers.position == cue.name for d in drafts),
    "incumbency": lambda cue, drafts: any(d.qualifiers.incumbency == cue.name for d in drafts),
    "organisation kind": lambda cue, drafts: _concepts(cue, drafts, "organisationKind"),
    "place": _place,
    "counted": _counted,
    "count": lambda cue, drafts: any(d.predicate == cue.name.split("/")[1] and isinstance(d.object, Count) for d in drafts),
    "number": lambda _, drafts: any(isinstance(d.object, Count) for d in drafts),
    "unasserted": _put,
    "unnamed": _unnamed,
    "another's day": lambda cue, drafts: _has("target")(cue, drafts) and not _has("time")(cue, drafts),
    "bombing": lambda _, drafts: _concepts(Cue("", "event-kind/bombing"), drafts, "kind"),
}


# -- sentences ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One row of the file."""

    annotation: str
    of: str
    shows: str
    counters: tuple[str, ...]
    examples: tuple[str | Mapping[str, str], ...]
    own: str | Mapping[str, str] = ""
    spelt: Mapping[str, str] | None = None

    def entries(self) -> Iterator[Cue]:
        """The entries that it holds for."""
        return (cue for cue in WORDS.cues(self.annotation, self.of) if self.of.endswith("/") or cue.name == self.of)

    def leads(self, cue: Cue, drafts: Drafts) -> bool:
        """Whether claims hold what the entry stands for."""
        return SHOWS.get(self.shows, _has(self.shows))(cue, drafts)


@dataclass(frozen=True)
class Case:
    """An entry in one sentence, its twin with an unknown word, and the counter-example."""

    row: Row
    cue: Cue
    example: str
    twin: str
    counter: str


def _shape(shape: str | Mapping[str, str], words: str) -> str:
    return shape if isinstance(shape, str) else shape.get(form(words)) or shape.get("") or shape["past"]


def _filled(shape: str, cue: Cue, words: str) -> str:
    picked = zlib.crc32(cue.words.encode())
    chosen = {letter: names[(picked >> (2 * place)) % len(names)] for place, (letter, names) in enumerate(NAMES.items())}
    words = words.format(**chosen)
    head = words.split(" of ")[0]
    plural = head.endswith("s") and words.split()[0] not in MANY
    bare = head.endswith(("men", "people", " fire", "gunfire")) or (head.endswith("s") and " of " not in words) or words.split()[0] in MANY
    article = "" if bare else "an " if words[:1].lower() in "aeiou" else "a "
    text = shape.format(cue=words, Cue=words[:1].upper() + words[1:], a=article, n="two " if plural else article, **chosen)
    return text[0].upper() + text[1:]


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if text.split()[0] in ("The", "A", "An", "Two", "Three", "On", "Fighters", "After", "In") else text


COUNTERS: Final[Mapping[str, Callable[[str], str]]] = {
    "untrue": lambda text: f"It is not true that {_lower(text)}",
    "if": lambda text: f"If {_lower(text)[:-1]}, the talks would end.",
    "unsaid": lambda text: text.replace(" said on ", " did not say on ").replace(" said: ", " never said: "),
}


def _twin(row: Row, cue: Cue, shape: str) -> str:
    if row.shows == "unasserted":
        return _filled("{A} attacked {T} on {D}.", cue, cue.words)
    verb = row.annotation not in ("cue", "nounCue", "contentCue", "compoundCue", "prefixCue", "nominalCue")
    return _filled(shape, cue, NONCE[form(cue.words)] if verb else "florbs" if cue.words.endswith("s") else "florb")


def cases(row: Row, cue: Cue) -> Iterator[Case]:
    """The entry in each shape of its row."""
    words = (row.spelt or {}).get(cue.words) or SPELT.get(cue.words, cue.words)
    for shape in row.examples:
        template = _shape(shape, cue.words)
        example, twin = _filled(template, cue, words), _twin(row, cue, template)
        first = row.counters[0]
        first = "own" if isinstance(row.own, Mapping) and form(cue.words) in row.own else first
        counter = (
            twin if first == "twin" else _filled(_shape(row.own, cue.words), cue, words) if first == "own" else COUNTERS[first](example)
        )
        yield Case(row, cue, example, twin, counter)


@cache
def rows() -> tuple[Row, ...]:
    data: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "lexicon.yaml").read_text())
    return tuple(Row(**{**each, "counters": tuple(each["counters"]), "examples": tuple(each["examples"])}) for each in data)


@cache
def entries() -> tuple[tuple[Row, Cue], ...]:
    """Every entry that a row holds for, with the first such row."""
    found: dict[tuple[str, Cue], Row] = {}
    for row in rows():
        for cue in row.entries():
            found.setdefault((row.annotation, cue), row)
    return tuple((row, cue) for (_, cue), row in found.items())


# -- reading many sentences --------------------------------------------------------------------------------------------------------


class _Ahead(English):
    """A pipeline that has parsed many sentences at once, which is five times as fast as one by one."""

    def __init__(self, own: English) -> None:
        self.own, self.known = own, dict[tuple[Word, ...], tuple[Parsed, ...]]()

    def parse(self, sentences: Iterable[Sequence[Word]]) -> Iterator[tuple[Parsed, ...]]:
        asked = [tuple(words) for words in sentences]
        new = [words for words in dict.fromkeys(asked) if words not in self.known]
        self.known.update(zip(new, self.own.parse(new), strict=True))
        return iter([self.known[words] for words in asked])


def read(texts: Iterable[str], rules: Rules, ahead: _Ahead) -> dict[str, Drafts]:
    """What the rules read in each text by itself."""
    documents = {text: document(text) for text in texts}
    plainer = []
    for made in documents.values():
        names = rules.names.with_more(
            {**stems(made.text, rules.names, rules.cues, rules.known), **short_names(made.text, rules.names, rules.known)}
        )
        plainer += [tuple(each.word for each in plain(line)) for line in rules._lines(made, names) if matters(line)]
    ahead.parse(plainer)
    return {text: rules.extract(made).drafts for text, made in documents.items()}


def failing(chosen: Sequence[tuple[Row, Cue]], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The entries for which no shape holds, each with why in its first one."""
    rules, ahead = Rules.under(), _Ahead(english.load())
    monkeypatch.setattr(english, "load", lambda _model="": ahead)
    left, wrong = {(row.annotation, cue): list(cases(row, cue)) for row, cue in chosen}, dict[tuple[str, Cue], str]()
    while left:
        tried = {key: some.pop(0) for key, some in left.items()}
        found = read({text for case in tried.values() for text in (case.example, case.twin, case.counter)}, rules, ahead)
        for key, case in tried.items():
            told, twin, counter = (case.row.leads(case.cue, found[text]) for text in (case.example, case.twin, case.counter))
            if told and not twin and not counter:
                wrong.pop(key, None)
                del left[key]
                continue
            why = "is read though nothing says it" if told and not twin else "does nothing"
            if key not in wrong or (told and not twin):
                wrong[key] = f"{key[0]} {case.cue.name}: {case.cue.words} {why}: {case.counter if told and not twin else case.example}"
            if not left[key]:
                del left[key]
    return sorted(wrong.values())


# -- tests -------------------------------------------------------------------------------------------------------------------------

SAMPLE: Final = 240

ROWLESS: Final = {
    "precision/": "words of time spans, read by `kg.values.dates` and tested there",
    "hasStrength": "halves of compounds that strengths read (500-strong), tested in test_relations.py",
    "Revision": "words of a number that took another's place, read when claims are compared and tested in tests/facts",
    "Attack": "words that keep a sentence from being an attack, or make one of damage and landing weapons, each tested in test_guards.py",
}
"""Names whose cues have no row, and why."""

GUARDS: Final = frozenset(("civilCue", "militaryCue", "secondActCue", "maybeSecondActCue"))
"""Annotations whose words tell a campaign of arms from another, each tested in test_guards.py, or a second act from the first, read when
tellings are fused and each tested in tests/facts.
"""

WITH_ROWS: Final = frozenset(("firingVerbCue", "lightVerbCue", "bearingVerbCue"))
"""Annotations of `Attack` that have one."""


def test_every_entry_has_a_row() -> None:
    covered = {(row.annotation, cue) for row, cue in entries()}
    left = [
        f"{annotation} {cue.name}: {cue.words}"
        for annotation, cues in WORDS._cues.items()
        for cue in cues
        if annotation not in GUARDS
        and (annotation, cue) not in covered
        and (not cue.name.startswith(tuple(ROWLESS)) or annotation in WITH_ROWS)
    ]
    assert left == []


def test_entries_lead_to_what_they_stand_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample, another one for every state of the lexicon."""
    chosen = random.Random(len(entries())).sample(entries(), SAMPLE)
    assert failing(chosen, monkeypatch) == []


@pytest.mark.long
def test_every_entry_leads_to_what_it_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them: some two minutes."""
    assert failing(entries(), monkeypatch) == []


def test_a_word_that_stands_for_nothing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check bites: an entry that no rule reads fails it."""
    row = next(row for row in rows() if row.annotation == "verbCue" and row.of == "event-kind/attack")
    (wrong,) = failing([(row, Cue("greeted", "event-kind/attack"))], monkeypatch)
    assert "does nothing" in wrong
