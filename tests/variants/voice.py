"""The other voice: event sentences in the active put in the passive, and the reverse, by the parse of the English pipeline.

Shallow, with checks: a clause changes only where subject, verb and object stand side by side in that order and none of them is a pronoun.  What
follows the object (when, where, participles after a comma) stays where it was: "X struck Y on Friday, killing two" becomes "Y was struck by X on
Friday, killing two".
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from kg.terms import vocabulary
from kg.values.sentences import sentences
from tests.variants.making import Article, Edit, alone, varied
from tests.variants.names import listed
from tests.variants.verbs import forms

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODEL: Final = Path(__file__).resolve().parents[2] / "bench" / "english" / "model"

TRANSITIVE: Final = (
    "strike hit pound attack assault target bomb bombard shell kill injure wound assassinate murder execute ambush raid storm seize capture sabotage kidnap abduct"
).split()
"""Lemmas of event verbs that take an object and a passive; of these, those whose forms the lexicon lists."""

LONGEST: Final = 24
"""No subject or object of more words is moved."""


@cache
def participles() -> dict[str, tuple[str, str]]:
    """The past tense and participle of each listed form of a transitive event verb."""
    cues = {c.words for of in ("event-kind/", "counted/killed", "counted/injured") for c in vocabulary().cues("verbCue", of)}
    return {form: (f["past"], f["participle"]) for f in map(forms, TRANSITIVE) for form in f.values() if form in cues}


@cache
def pipeline() -> Language:
    """The trained pipeline beside the bench."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy

    return spacy.load(MODEL, exclude=["ner"])


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
    """The edits that put event clauses of a text in the other voice; at most one in each sentence."""
    made = list[Edit]()
    for span in sentences(text):
        words = text[span.start : span.end]
        lowered = words.lower()
        if any(form in lowered for form in participles()) and len(words) < 900 and "\n" not in words.strip():
            for edit in list(_clauses(parsed(words)))[:1]:
                made.append(Edit(span.start + edit.start, span.start + edit.end, edit.words))
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
    if not subject or not target or verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP") or any(c.dep_ == "conj" and c.pos_ == "VERB" for c in verb.children):
        return None
    if {h.lower_ for h in helpers} - {"has", "have", "had"} or (verb.tag_ == "VBN" and not helpers):
        return None
    one, other = _phrase(doc, subject, verb), _phrase(doc, target, verb, cut=True)
    if not one or not other or not _adjacent(doc, one, other, verb):
        return None
    be = _be(other[2], verb, helpers)
    middle = [t.text for t in verb.children if t.dep_ == "advmod" and one[1] < t.i < verb.i and t.text.isalpha()]
    words = f"{_first(doc, other, one[0])} {' '.join([*be[:-1], *middle, be[-1]] if len(be) > 1 else [*be, *middle])}"
    return Edit(
        doc[one[0]].idx,
        doc[other[1]].idx + len(doc[other[1]]),
        f"{words} {participles()[verb.lower_][1]} by {_inner(doc, one)}",
    )


def _active(doc: Doc, verb: Token) -> Edit | None:
    """A clause "Y was (has been) struck by X" as "X (has) struck Y"."""
    subject = _one(verb, "nsubj:pass")
    agent = next((c for c in verb.children if c.dep_ in ("obl:agent", "obl") and c.i > verb.i and any(k.lower_ == "by" for k in c.children)), None)
    helpers = _helpers(verb)
    by = next((k for k in agent.children if k.lower_ == "by"), None) if agent else None
    told = {h.lower_ for h in helpers}
    if not subject or not agent or by is None or by.i != verb.i + 1 or not told <= {"was", "were", "been", "has", "have", "had"}:
        return None
    if any(c.dep_ == "conj" and c.pos_ == "VERB" for c in verb.children):
        return None
    one, other = _phrase(doc, subject, verb), _phrase(doc, agent, verb, cut=True, after=by.i)
    if not one or not other or not helpers or one[1] + 1 != min(h.i for h in helpers):
        return None
    have = [w for w in ("had", "has", "have") if w in told]
    helper = [] if not have else ["had"] if have == ["had"] else ["have" if _many(other[2]) else "has"]
    middle = [t.text for t in verb.children if t.dep_ == "advmod" and one[1] < t.i < verb.i]
    tense = participles()[verb.lower_][1 if have else 0]
    words = f"{_first(doc, other, one[0])} {' '.join([*helper, *middle, tense])} {_inner(doc, one)}"
    return Edit(doc[one[0]].idx, doc[other[1]].idx + len(doc[other[1]]), words)


Phrase = tuple[int, int, "Token"]
"""First and last token of a noun phrase, and its head."""


def _one(verb: Token, relation: str) -> Token | None:
    found = [c for c in verb.children if c.dep_ == relation]
    return found[0] if len(found) == 1 and found[0].pos_ not in ("PRON", "DET") and not found[0].tag_.startswith("W") else None


def _helpers(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("aux", "aux:pass")]


def _phrase(doc: Doc, head: Token, verb: Token, *, cut: bool = False, after: int = -1) -> Phrase | None:
    """The noun phrase of a head beside a verb; `cut` ends it at its first comma, for what follows may stay behind."""
    inside = sorted(t.i for t in head.subtree if t.i > after)
    first, last = inside[0], inside[-1]
    if cut:
        parts = [t.i for t in doc[head.i : last + 1] if t.text in (",", "–", "—", ";", "(")]
        last = parts[0] - 1 if parts else last
    while last > head.i and (doc[last].is_punct and doc[last].text != ")"):
        last -= 1
    whole = {t.i for t in doc[first : last + 1]} <= set(inside)
    marks = [t.text for t in doc[first : last + 1]]
    quoted = sum(m in "“”\"‘" for m in marks) % 2 == 1
    spoilt = any(t.dep_ in ("acl:relcl",) or t.lower_ in ("that", "which", "who") for t in doc[first : last + 1])
    return (first, last, head) if whole and not spoilt and not quoted and last - first < LONGEST and verb.i not in range(first, last + 1) else None


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
    joined = any(c.dep_ == "conj" for c in head.children)
    number = head.pos_ == "NUM" and head.lower_ not in ("one", "1")
    return joined or number or head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "troops", "forces", "dozens", "hundreds") or head.lower_.endswith("forces")


def _first(doc: Doc, phrase: Phrase, at: int) -> str:
    """A phrase put where another stood, with a capital if that began the sentence."""
    words = doc[phrase[0] : phrase[1] + 1].text
    return words[0].upper() + words[1:] if doc[at].text[0].isupper() and _begins(doc, at) else words


def _inner(doc: Doc, phrase: Phrase) -> str:
    """A phrase put within the sentence: without the capital of its beginning, unless it is a name."""
    words = doc[phrase[0] : phrase[1] + 1].text
    first = doc[phrase[0]]
    return words[0].lower() + words[1:] if _begins(doc, phrase[0]) and first.pos_ in ("DET", "ADP", "NUM", "ADJ", "NOUN") and not first.text.isupper() or first.text == "A" else words


def _begins(doc: Doc, at: int) -> bool:
    return not any(t.is_alpha for t in doc[:at])
