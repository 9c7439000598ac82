"""The other voice: event sentences in the active put in the passive, and the reverse, by the parse of the English pipeline.

Shallow, with checks: a clause changes only where subject, verb and object stand side by side in that order and none of them is a pronoun.  What
follows the object (when, where, participles after a comma) stays where it was: "X struck Y on Friday, killing two" becomes "Y was struck by X on
Friday, killing two".
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Final

import english
from kg.terms import vocabulary
from kg.values.sentences import sentences
from tests.variants.making import Article, Edit, alone, varied
from tests.variants.names import listed
from tests.variants.verbs import forms

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

TRANSITIVE: Final = """strike hit pound attack assault target bomb bombard shell kill injure wound assassinate murder execute ambush raid storm seize
    capture sabotage kidnap abduct launch mount stage conduct""".split()  # noqa: SIM905 - reads better
"""Lemmas of event verbs that take an object and a passive; of these, those whose forms the lexicon lists."""

QUOTES: Final = ("“", "”", '"')
NOMINAL: Final = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV")
BREAKS: Final = ("after", "when", "that", "as", "before", "while", "since", "and", "then", "also", "reportedly", "later")
"""Words before which a clause begins, also where the parse sees them otherwise."""

STAYS: Final = (
    "including",
    "among",
    "after",
    "when",
    "while",
    "as",
    "in",
    "on",
    "at",
    "during",
    "amid",
    "according",
    "with",
    "nearly",
    "and",
    "but",
    "where",
)
"""Words after a comma behind the object that begin what stays where it is."""

LONGEST: Final = 24
"""No subject or object of more words is moved."""


LIGHT = frozenset(("conducted", "launched", "mounted", "staged"))
"""Light verbs whose subject and object may change places too."""


@cache
def participles() -> dict[str, tuple[str, str]]:
    """The past tense and participle of each listed form of a transitive event verb."""
    cues = {c.words for of in ("event-kind/", "counted/killed", "counted/injured") for c in vocabulary().cues("verbCue", of)}
    cues |= LIGHT
    return {form: (f["past"], f["participle"]) for f in map(forms, TRANSITIVE) for form in f.values() if form in cues}


@cache
def pipeline() -> Language:
    """The pipeline that the project ships, with parts of speech."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy

    return spacy.load(english.MODEL, exclude=["ner"])


def parsed(text: str) -> Doc:
    """One sentence, parsed with its listed names whole."""
    nlp = pipeline()
    doc = nlp.make_doc(text)
    with doc.retokenize() as retokenizer:
        for mention in listed().mentions(text):
            span = doc.char_span(mention.start, mention.end)
            if span is not None and len(span) > 1:
                kinds = {c for iri in mention.things for c in listed().known[iri].classes}
                norm = "<person>" if "Person" in kinds else "<place>" if "Place" in kinds else "<organization>"
                retokenizer.merge(span, attrs={"NORM": norm})
    for token in doc:
        token.is_sent_start = token.i == 0
    return nlp(doc)


def vary(article: Article, rng: Random) -> Article:  # noqa: ARG001 - every clause that can change does
    """The article with the voice of its event clauses changed."""
    return varied(article, turned(article.text))


def turned(text: str) -> tuple[Edit, ...]:
    """The edits that put event clauses of a text in the other voice; of each sentence those that do not overlap."""
    made = list[Edit]()
    for span in sentences(text):
        words = text[span.start : span.end]
        lowered = words.lower()
        if any(form in lowered for form in participles()) and len(words) < 900 and "\n" not in words.strip():
            made += [Edit(span.start + e.start, span.start + e.end, e.words) for e in _clauses(parsed(words))]
    return alone(made)


def _clauses(doc: Doc) -> Iterator[Edit]:
    for verb in doc:
        if verb.lower_ in participles() and verb.pos_ == "VERB":
            edit = _passive(doc, verb) or _active(doc, verb)
            if edit:
                yield edit


def _passive(doc: Doc, verb: Token) -> Edit | None:
    """A clause "X (has) struck Y" as "Y was (has been) struck by X"."""
    subject, target, helpers = _one(verb, "nsubj"), _one(verb, "obj"), _helpers(verb)
    alone_in_it = verb.dep_ == "ROOT" or (verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.i == verb.i - 1)
    finite = verb.tag_ != "VBN" or helpers or alone_in_it  # the parse takes "struck" for a participle now and then
    if {h.lower_ for h in helpers} - {"has", "have", "had"} or not finite or verb.lower_.endswith("ing"):
        return None
    one = _phrase(doc, subject, verb) if subject else None
    other = _phrase(doc, target, verb, cut=True) if target else None
    if not one or not other or not _adjacent(doc, one, other, verb):
        one, other = _left(doc, verb, helpers), _right(doc, verb.i + 1)
    if not one or not other or one[1] >= verb.i:
        return None
    other = _whole(doc, other)
    second = _second(doc, other[1] + 1)
    following = doc[other[1] + 1] if other[1] + 1 < len(doc) else None
    if (
        not second
        and following is not None
        and (following.lower_ in ("and", "or", "of", "from", "that", "which") or following.text in ("(", "-"))
    ):
        return None
    be = _be(other[2], verb, helpers)
    last = second[1][1] if second else other[1]
    end = last if second else _apposed(doc, last)
    if end is None:
        return None
    middle = [t.text for t in verb.children if t.dep_ == "advmod" and one[1] < t.i < verb.i and t.text.isalpha()]
    helped = " ".join([*be[:-1], *middle, be[-1]] if len(be) > 1 else [*be, *middle])
    also = f" and {_text(doc, second[1])} {participles()[second[0].lower_][1]}" if second else ""
    apposed = doc[last + 1 : end + 1].text.rstrip(",") + ", " if end > last else " "
    words = f"{_first(doc, other, one[0])}{apposed}{helped} {participles()[verb.lower_][1]}{also} by {_inner(doc, one)}"
    return _edit(doc, one[0], end, words)


def _active(doc: Doc, verb: Token) -> Edit | None:
    """A clause "Y was (has been) struck by X" as "X (has) struck Y"."""
    subject = _one(verb, "nsubj:pass")
    agent = next(
        (c for c in verb.children if c.dep_ in ("obl:agent", "obl") and c.i > verb.i and any(k.lower_ == "by" for k in c.children)), None
    )
    helpers = _helpers(verb)
    by = next((k for k in agent.children if k.lower_ == "by"), None) if agent else None
    told = {h.lower_ for h in helpers}
    if not subject or not agent or by is None or by.i != verb.i + 1 or not told <= {"was", "were", "been", "has", "have", "had"}:
        return None
    if any(c.dep_ == "conj" and c.pos_ == "VERB" for c in verb.children):
        return None
    one, other = _phrase(doc, subject, verb), _phrase(doc, agent, verb, cut=True, after=by.i)
    comma = "," if one and doc[one[1] + 1].text == "," else ""
    if not one or not other or not helpers or one[1] + 1 + len(comma) != min(h.i for h in helpers):
        return None
    have = [w for w in ("had", "has", "have") if w in told]
    helper = [] if not have else ["had"] if have == ["had"] else ["have" if _many(other[2]) else "has"]
    middle = [t.text for t in verb.children if t.dep_ == "advmod" and one[1] < t.i < verb.i]
    tense = participles()[verb.lower_][1 if have else 0]
    words = f"{_first(doc, other, one[0])} {' '.join([*helper, *middle, tense])} {_inner(doc, one)}"
    return _edit(doc, one[0], other[1], words + comma if doc[min(other[1] + 1, len(doc) - 1)].is_alpha else words)


Phrase = tuple[int, int, "Token"]
"""First and last token of a noun phrase, and its head."""


def _one(verb: Token, relation: str) -> Token | None:
    found = [c for c in verb.children if c.dep_ == relation]
    return found[0] if len(found) == 1 and found[0].pos_ not in ("PRON", "DET") and not found[0].tag_.startswith("W") else None


def _helpers(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("aux", "aux:pass")]


def _phrase(doc: Doc, head: Token, verb: Token, *, cut: bool = False, after: int = -1) -> Phrase | None:
    """The noun phrase of a head beside a verb; `cut` ends it at its first comma, for what follows may stay behind, that of an agent (`after`
    the word by) also before where and when."""
    inside = sorted(t.i for t in head.subtree if t.i > after)
    first, last = inside[0], inside[-1]
    while (
        first < head.i
        and (doc[first].pos_ in ("ADP", "SCONJ", "CCONJ") or doc[first].is_punct)
        and doc[first].text not in '“"‘('
        and doc[first].lower_ != "at"
    ):
        first += 1
    if cut:
        ends = [",", "–", "—", ";", "(", *(("on", "in", "at", "since", "during", "late", "early") if after >= 0 else ())]
        parts = [t.i for t in doc[head.i : last + 1] if t.lower_ in ends]
        if parts and any(t.dep_ == "conj" and t.head.i < parts[0] < t.i for t in head.subtree):
            return None
        last = parts[0] - 1 if parts else last
    while last > head.i and (doc[last].is_punct and doc[last].text != ")"):
        last -= 1
    whole = {t.i for t in doc[first : last + 1]} <= set(inside)
    marks = [t.text for t in doc[first : last + 1]]
    quoted = sum(m in '“”"‘' for m in marks) % 2 == 1
    spoilt = any(t.dep_ in ("acl:relcl",) or t.lower_ in ("that", "which", "who") for t in doc[first : last + 1])
    return (
        (first, last, head)
        if whole and not spoilt and not quoted and last - first < LONGEST and verb.i not in range(first, last + 1)
        else None
    )


def _whole(doc: Doc, phrase: Phrase) -> Phrase:
    """An object with the "of" or "from" after it, if the parse gave that to the verb."""
    first, last, head = phrase
    while last + 2 < len(doc) and doc[last + 1].lower_ in ("of", "from") and doc[last + 1].head.i > last:
        last = max(t.i for t in doc[last + 1].head.subtree if t.i < last + 8 and not t.is_punct and (t.dep_ != "conj" or t.pos_ != "VERB"))
        cut = [t.i for t in doc[phrase[1] + 1 : last + 1] if t.lower_ in ("and", ",")]
        last = cut[0] - 1 if cut else last
    return first, last, head


def _second(doc: Doc, at: int) -> tuple[Token, Phrase] | None:
    """The verb and object of "and injured four others", where such words go on from a clause."""
    if at + 2 >= len(doc) or doc[at].lower_ != "and" or doc[at + 1].lower_ not in participles():
        return None
    phrase = _right(doc, at + 2)
    return (doc[at + 1], phrase) if phrase else None


def _apposed(doc: Doc, last: int) -> int | None:
    """Where the apposition or relative clause after an object ends: at its closing comma, or with the sentence; `last` where there is none.

    None where it cannot be told.
    """
    if last + 2 >= len(doc) or doc[last + 1].text != "," or doc[last + 2].lower_ in STAYS or doc[last + 2].tag_ == "VBG":
        return last
    relative, here = False, last + 2
    while here < len(doc) and doc[here].text not in (",", ".", ";", "”"):
        relative |= doc[here].lower_ in ("who", "which", "whom", "whose", "that")
        if doc[here].tag_ in ("VBD", "VBZ", "VBP") and not relative:
            return last
        here += 1
    if here >= len(doc) or doc[here].text in (";", "”"):
        return None
    return here if doc[here].text == "," else here - 1


def _left(doc: Doc, verb: Token, helpers: list[Token]) -> Phrase | None:
    """Without the parse: the plain noun phrase that ends in a word for an act, or in a listed name, right before a verb and its helpers."""
    last = min([verb.i, *(h.i for h in helpers)]) - 1
    head = doc[last - 1] if doc[last].text in QUOTES else doc[last]
    first = last
    while first > 0 and (doc[first - 1].pos_ in NOMINAL or doc[first - 1].text in (*QUOTES, "-")) and doc[first - 1].lower_ not in BREAKS:
        first -= 1
    acts = {c.words for c in vocabulary().cues("nounCue", "event-kind/")}
    known = head.lower_ in acts or bool(listed().mentions(head.text)) or head.lower_ in ("forces", "fighters", "militants", "gunmen")
    balanced = sum(t.text in QUOTES for t in doc[first : last + 1]) % 2 == 0
    before = doc[first - 1] if first else None
    fit = before is None or before.pos_ in ("SCONJ", "PUNCT") or before.lower_ in BREAKS
    return (first, last, head) if known and balanced and fit and first <= last else None


def _nominal(doc: Doc, at: int) -> bool:
    """Whether a token may go on a plain noun phrase."""
    token = doc[at]
    return (
        token.pos_ in NOMINAL
        or token.lower_ in ("least", "than", "others", "another")
        or token.text in (*QUOTES, "-")
        or doc[at - 1].text == "-"
    )


def _right(doc: Doc, first: int) -> Phrase | None:
    """Without the parse: the plain noun phrase from a token on."""
    last = first - 1
    while last + 1 < len(doc) and (_nominal(doc, last + 1) or (doc[last + 1].lower_ == "at" and doc[last + 1].nbor().lower_ == "least")):
        last += 1
    while last >= first and doc[last].text == "-":
        last -= 1
    balanced = sum(t.text in QUOTES for t in doc[first : last + 1]) % 2 == 0
    nouns = [t for t in doc[first : last + 1] if t.pos_ in ("NOUN", "PROPN", "NUM") or t.lower_ == "others"]
    return (first, last, nouns[-1]) if nouns and balanced and last - first < LONGEST else None


def _edit(doc: Doc, first: int, last: int, words: str) -> Edit:
    return Edit(doc[first].idx, doc[last].idx + len(doc[last]), words)


def _text(doc: Doc, phrase: Phrase) -> str:
    return doc[phrase[0] : phrase[1] + 1].text


def _adjacent(doc: Doc, one: Phrase, other: Phrase, verb: Token) -> bool:
    """Whether only helpers, adverbs and a comma stand between subject and verb, and nothing between verb and object."""
    between = [t for t in doc[one[1] + 1 : verb.i] if t.text != ","]
    return one[1] < verb.i and other[0] == verb.i + 1 and all(t.dep_ in ("aux", "advmod") for t in between)


def _be(head: Token, verb: Token, helpers: list[Token]) -> list[str]:
    many = _many(head)
    if helpers:
        return ["had" if helpers[0].lower_ == "had" else "have" if many else "has", "been"]
    return [("were" if many else "was") if verb.tag_ != "VBZ" and verb.tag_ != "VBP" else "are" if many else "is"]


def _many(head: Token) -> bool:
    """Whether a noun phrase takes a plural verb."""
    joined = any(c.dep_ == "conj" for c in head.children) or (head.pos_ == "NUM" and head.lower_ not in ("one", "1"))
    return joined or head.tag_ in ("NNS", "NNPS") or head.lower_.endswith(("people", "troops", "forces", "dozens", "hundreds"))


def _first(doc: Doc, phrase: Phrase, at: int) -> str:
    """A phrase put where another stood, with a capital if that began the sentence."""
    words = _text(doc, phrase)
    return words[0].upper() + words[1:] if doc[at].text[0].isupper() and _begins(doc, at) else words


def _inner(doc: Doc, phrase: Phrase) -> str:
    """A phrase put within the sentence: without the capital of its beginning, unless it is a name."""
    words, first = _text(doc, phrase), doc[phrase[0]]
    plain = first.pos_ in ("DET", "ADP", "NUM", "ADJ", "NOUN") and (first.text == "A" or not first.text.isupper())
    return words[0].lower() + words[1:] if plain and _begins(doc, phrase[0]) else words


def _begins(doc: Doc, at: int) -> bool:
    return not any(t.is_alpha for t in doc[:at])
