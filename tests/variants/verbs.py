"""Other verbs: a third of the lexicon's verbs become synonyms, other verb cues of the same concept, in text and gold alike.

The lexicon lists the forms of a verb one by one.  A lemma in FRAMES has the forms that English grammar gives it; where such a form is a cue of a
concept, lemma and form are known, and the same form of another lemma of that concept may stand for it, if it is a cue too.  FRAMES also says
what may follow: who "demanded" an end may have "requested" it, but who "called for" it has not "demanded for" it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from kg.terms import vocabulary
from tests.variants.days import WEEKDAYS
from tests.variants.figures import WORDS
from tests.variants.making import Article, Edit, alone, articled, edited, no_prose, varied

SHARE: Final = 1 / 3

FRAMES: Final[Mapping[str, str]] = {
    "that": """say, state, note, add, remark, observe, explain, report, reveal, claim, assert, insist, maintain, contend, argue, affirm,
        stress, emphasize, reiterate, announce, declare, confirm, proclaim, disclose, warn, caution, promise, pledge, vow""",
    "words": """say, state, note, add, remark, comment, observe, explain, claim, assert, insist, affirm, stress, emphasize, reiterate, declare,
        proclaim, warn, caution""",
    "to": "promise, pledge, vow",
    "object": """strike, hit, attack, assault, target, bomb, bombard, shell, kill, claim the lives of, take the lives of, injure, wound,
        condemn, denounce, decry, slam, criticize, deplore, reject, rebuff, dismiss, announce, declare, proclaim, unveil, demand, request,
        promise, pledge, vow, praise, hail, laud, commend, salute, applaud, defend, justify, warn, caution, claim responsibility,
        take responsibility, assume responsibility, assassinate, murder, eliminate""",
    "passive": """strike, hit, attack, assault, target, bomb, bombard, shell, kill, slay, injure, wound, condemn, denounce, decry, criticize,
        deplore, reject, rebuff, dismiss, announce, proclaim, assassinate, murder, eliminate""",
    "as": "designate, list, classify, label, brand",
}
"""The lemmas that stand before a clause with that, before or after words quoted, before an infinitive, an object, after be, and around `X as`."""

IRREGULAR: Final[Mapping[str, tuple[str, str]]] = {
    "strike": ("struck", "struck"),
    "hit": ("hit", "hit"),
    "say": ("said", "said"),
    "take": ("took", "taken"),
    "slay": ("slew", "slain"),
}
"""Past tense and participle."""

_BE: Final = frozenset("is are was were be been being".split())  # noqa: SIM905
_DETERMINERS: Final = frozenset("a an the this that these those its his their our 's ’s some any no each every".split())  # noqa: SIM905
_BEFORE_BASE: Final = frozenset("to will would must should could may might can not did".split())  # noqa: SIM905
_HAVE: Final = frozenset("has have had having".split())  # noqa: SIM905
_PHRASE: Final = re.compile(r"\w+ed (?:by|with|to|in)")
"""Relation cues made of a participle and its preposition."""
_NO_SYNONYMS: Final = re.compile(r"(?:armed|equipped|trained|supplied|propped|emerged|raised|considered|labell?ed)\b")
"""Cues that say more or less than the others of their property, or stand otherwise."""
_PHRASED: Final = frozenset("backedBy fundedBy alignedWith affiliatedWith founded designatedTerroristBy authorisedBy".split())  # noqa: SIM905
_LIVES: Final = re.compile(
    r"\s*(?:(?:at least|more than|nearly|almost|about|around|over)\s+)?(?:\d|dozens|hundreds|several|multiple|many|" + WORDS + r")\b"
)
"""What is killed must be several to lose their lives."""
_WORTH: Final = frozenset({"worth", "important"})


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the lexicon in a text: its words, the concept or property, and what may stand for it."""

    start: int
    end: int
    words: str
    concept: str
    others: tuple[str, ...]

    @property
    def sort(self) -> tuple[str, str, tuple[str, ...]]:
        """What verbs are chosen by: all of one sort become the same."""
        return self.words.lower(), self.concept, self.others


def forms(lemma: str) -> Mapping[str, str]:
    """The forms of a lemma by name; of several words the first is inflected.

    >>> forms("claim responsibility")["past"], forms("vow")["s"], forms("deny")["past"], forms("strike")["ing"]
    ('claimed responsibility', 'vows', 'denied', 'striking')
    """
    verb, _, rest = lemma.partition(" ")
    doubled = verb + verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnpt]", verb) or verb == "rebut" else verb
    stem = verb[:-1] if verb.endswith("e") else doubled
    past = f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{stem}ed"
    s = f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}es" if re.search(r"(?:s|sh|ch|x)$", verb) else f"{verb}s"
    past, participle = IRREGULAR.get(verb, (past, past))
    made = {"base": verb, "s": s, "past": past, "participle": participle, "ing": f"{stem}ing"}
    return {name: f"{form} {rest}".strip() for name, form in made.items()}


@cache
def _table() -> Mapping[tuple[str, str], tuple[tuple[str, str, str], ...]]:
    """For each frame and listed form: concept, the form's name, lemma."""
    cues = vocabulary().cues("verbCue") + vocabulary().cues("inverseCue", "designatedTerroristBy")
    concepts = defaultdict[str, list[str]](list)
    for cue in cues:
        concepts[cue.words].append(cue.name)
    made = defaultdict[tuple[str, str], list[tuple[str, str, str]]](list)
    for frame, lemmas in FRAMES.items():
        for lemma in re.split(r",\s+", lemmas):
            for name, form in forms(lemma).items():
                for concept in concepts.get(form, ()):
                    made[frame, form].append((concept, name, lemma))
    return {key: tuple(values) for key, values in made.items()}


def others(frame: str, form: str, tense: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By concept, the listed forms that may stand for a form in a frame; `tense` is base, past or participle, of forms that may be either."""
    for concept, name, lemma in _table().get((frame, form), ()):
        if name in ("base", "past", "participle") and name != tense:
            continue
        listed = {
            f for (fr, f), rows in _table().items() if fr == frame for c, n, other in rows if c == concept and n == name and other != lemma
        }
        if listed:
            yield concept, tuple(sorted(listed))


@cache
def _phrases() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Relation cues made of participle and preposition, and second halves of compounds, with their like of the same property."""
    found = defaultdict[tuple[str, str], list[str]](list)
    for cue in vocabulary().cues("cue"):
        if _PHRASE.fullmatch(cue.words) and cue.name in _PHRASED and not _NO_SYNONYMS.match(cue.words):
            found[cue.name, cue.words.split()[1] if cue.words.endswith(" in") else ""].append(cue.words)
    for cue in vocabulary().cues("compoundCue"):
        if cue.words.endswith("ed") and cue.name in _PHRASED and not _NO_SYNONYMS.match(cue.words):
            found[cue.name, "-"].append(f"-{cue.words}")
    rows = {form: (name, tuple(w for w in sorted(words) if w != form)) for (name, _), words in found.items() for form in words}
    return {form: row for form, row in rows.items() if row[1]}


@cache
def _known() -> re.Pattern[str]:
    words = (
        {c.words for c in vocabulary().cues("verbCue") if not c.words.endswith(" at least")} | set(_phrases()) | {f for _, f in _table()}
    )
    longest = sorted((w for w in words if w), key=lambda w: (-len(w), w))
    plain, compound = [re.escape(w) for w in longest if w[0] != "-"], [re.escape(w) for w in longest if w[0] == "-"]
    return re.compile(rf"\b(?:{'|'.join(plain)})\b(?!-)|(?<=\w)(?:{'|'.join(compound)})\b", re.IGNORECASE)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(cue.words for cue in vocabulary().cues("nounCue"))


def verbs(text: str) -> tuple[Verb, ...]:
    """The verbs of the lexicon in a text, with what may stand for each."""
    return tuple(_verbs(text))


def _verbs(text: str) -> Iterator[Verb]:
    hidden = no_prose(text)
    for match in _known().finditer(text):
        form = match.group().lower()
        before = re.findall(r"['’]s\b|\w+|[^\w\s]", text[max(0, match.start() - 40) : match.start()].lower())
        if match.group() == "States" or not _is_verb(form, before) or any(s < match.end() and match.start() < e for s, e in hidden):
            continue
        if form in _phrases():
            concept, like = _phrases()[form]
            yield Verb(*match.span(), match.group(), concept, like)
            continue
        after = text[match.end() : match.end() + 90]
        frame = _frame(before, after)
        tense = "participle" if frame == "passive" or set(before[-3:]) & _HAVE else "base" if set(before[-1:]) & _BEFORE_BASE else "past"
        concept, like = next(others(frame, form, tense), ("", ()))
        yield Verb(*match.span(), match.group(), concept, tuple(w for w in like if " lives " not in w or _LIVES.match(after)))


def _is_verb(form: str, before: Sequence[str]) -> bool:
    """Whether a form is a verb here: no noun, no adjective after an article."""
    before = [w for w in before if w not in '“‘"']
    last = before[-1] if before else ""
    if form.startswith("-"):
        return True
    adjective = last in ("with", "of") and form.endswith("ed")
    if adjective or last in _DETERMINERS or set(before[-2:]) & _WORTH or (form in _nouns() and last not in (*_BE, *_BEFORE_BASE, ",")):
        return False
    base = not re.search(r"(?:ed|ing|s)$", form.split()[0]) and form.split()[0] not in {p for pair in IRREGULAR.values() for p in pair} - {
        "hit"
    }
    return not base or last in _BEFORE_BASE or (form == "hit" and not {"a", "the"} & set(before[-2:]))


def _frame(before: Sequence[str], after: str) -> str:
    """What follows a verb, or that be goes before it."""
    following = re.match(rf"\s*(?:on )?(?:(?:{'|'.join(WEEKDAYS)}) ?)?(?P<next>\w+|[^\w\s]|$)", after)
    word = following["next"].lower() if following else ""
    if set(before[-1:]) & _BE or (before[-1:] in (["also"], ["summarily"], ["been"]) and set(before[-2:-1]) & _BE):
        return "passive"
    if word == "that":
        return "that"
    if word == "to":
        return "to"
    if word in '“"‘.,:;’”' or word in ("in", "on", "while", "when", "as", "after", "before", "during"):
        return "words"
    return "as" if re.match(r"[^.,;]{3,60} as (?:an? )?terror", after) else "object"


def vary(article: Article, rng: Random) -> Article:
    """The article with synonyms for a third of its verbs, or for as many as have any."""
    found = verbs(article.text)
    sorts = sorted({verb.sort for verb in found if verb.others})
    rng.shuffle(sorts)
    chosen, left = dict[tuple[str, str, tuple[str, ...]], str](), len(found) * SHARE
    for sort in sorts:
        times = sum(verb.sort == sort for verb in found)
        if left > 0:
            chosen[sort] = rng.choice(sort[2])
            left -= times

    def edits(text: str) -> tuple[Edit, ...]:
        made = (Edit(v.start, v.end, _cased(chosen[v.sort], v.words)) for v in verbs(text) if v.sort in chosen)
        return articled(text, alone(made))

    return varied(article, edits(article.text), lambda _, words: edited(words, edits(words)))


def _cased(words: str, like: str) -> str:
    return words[0].upper() + words[1:] if like[0].isupper() else words
