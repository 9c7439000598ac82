"""The rule extractor: lexicon × construction, sentence by sentence, with the names of persons shortened within their article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.authority import Authority, authority
from kg.extract import acts, english, footnotes, relations, responsibility, speech, stretches
from kg.extract.events import Events
from kg.extract.lexicon import Entry, Lexicon, lexicon
from kg.extract.line import Line, Values, line
from kg.extract.scene import Scene, Told, scenes
from kg.extract.tokens import FUNCTION_WORDS, Token, keys, tokens
from kg.model import ClaimDraft, Document, Extraction, Mention
from kg.settings import DEFAULT_BASE
from kg.terms import Vocabulary, vocabulary
from kg.values import counts, dates
from kg.values.sentences import sentences

NAME: Final = "rules-2"
"""Extractor and version, as `prov:wasGeneratedBy` names them; a new version reads every article again."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The extractor under one base."""

    names: Lexicon
    cues: Lexicon
    words: Vocabulary
    known: Authority
    name: str = NAME

    @classmethod
    def under(cls, base: str = DEFAULT_BASE) -> Rules:
        """The extractor with the vocabulary and authority of a base."""
        names, cues = lexicon(base)
        return cls(names, cues, vocabulary(base), authority(base))

    def extract(self, document: Document) -> Extraction:
        """All that the rules read in a document."""
        drafts = tuple(_distinct(self._drafts(document)))
        return Extraction(self.name, drafts)

    def _drafts(self, document: Document) -> Iterator[ClaimDraft]:
        lines = [sentence for sentence in self._lines(document) if not sentence.text.rstrip('”"’ ').endswith("?")]
        attacks, refs = Events(self.words), speech.Plain()
        found = tuple(scenes(lines, english.load(), self.words))
        key, quoted = 0, False
        spoken: tuple[ClaimDraft, ...] = ()
        for sentence, scene, frames in zip(lines, found, speech.heard(found, refs, document.text), strict=True):
            quoted, within = _open_quotation(document.text, sentence, quoted)
            outer = stretches.frames(sentence)
            for made in relations.drafts(sentence, self.words):
                yield from _spoken(made.draft, stretches.frame(outer, made.stretch, sentence, phrase=made.phrase, quoted=within))
            if scene:
                happened = tuple(attacks.told(scene, key))
                for told in happened:
                    yield from _told(scene, frames, told)
                key += len(sentence.items)
                yield from responsibility.drafts(scene, frames, happened, refs)
                spoken = tuple(acts.drafts(scene, frames, happened, refs, key, spoken))
                yield from spoken
                key += len(frames)
        yield from footnotes.drafts(lines)

    def _lines(self, document: Document) -> Iterator[Line]:
        modifiers = {cue.words: cue.name for cue in self.words.cues("cue", "count-modifier/")}
        names = self.names.with_more(short_names(document.text, self.names, self.known))
        values = Values(
            {found.span.start: found for found in counts.find(document.text, modifiers)},
            {found.span.start: found for found in dates.find(document.text, document.dateline.day)},
        )
        for span in sentences(document.text):
            yield line(document.text, span, names, self.cues, values)


def _open_quotation(text: str, sentence: Line, quoted: bool) -> tuple[bool, bool]:
    """Whether a quotation is open after a sentence, and whether the sentence began inside one that its paragraph had opened."""
    within = quoted and not (sentence.span.start and text[sentence.span.start - 1] == "\n")
    opened, closed = sentence.text.count("“"), sentence.text.count("”")
    return (within and closed == 0) or opened > closed, within


def _told(scene: Scene, frames: Sequence[speech.Frame], told: Told) -> Iterator[ClaimDraft]:
    """A happening in the mouth of whoever tells of it; of whom we do not know who tells it, nothing is claimed."""
    chain = speech.speakers(scene, frames, told.node)
    if chain is not None:
        yield from (replace(draft, speakers=chain) for draft in told.drafts)


def _spoken(draft: ClaimDraft, frame: stretches.Frame | None) -> Iterator[ClaimDraft]:
    """The draft in its speaker's mouth; what is demanded, threatened or laid to somebody's charge is not stated, and gives none."""
    if frame is None:
        yield draft
    elif frame.act in stretches.TELLING:
        yield replace(draft, speakers=frame.speakers)


def short_names(text: str, names: Lexicon, known: Authority) -> Mapping[str, Entry]:
    """The family names of persons named in full in a text, where they lead to one person only.

    Within its article "al-Amiri" is the al-Amiri whom it named; two of one name leave the short form unsettled.
    """
    found: dict[str, set[str]] = defaultdict(set)
    words = tokens(text)
    for at, token in enumerate(words):
        named = names.longest(words, at) if token.capital else None
        for entry in named[1] if named else ():
            for iri in entry.senses:
                if known.is_a(iri, "Person"):
                    for form in _family_forms(keys(text[token.span.start : words[named[0] - 1].span.end])):  # type: ignore[index]
                        found[form].add(iri)
    others = _borne_by_others(words, names, frozenset(found))
    return {form: Entry("P", tuple(people)) for form, people in sorted(found.items()) if len(people) == 1 and form not in others}


def _borne_by_others(words: Sequence[Token], names: Lexicon, forms: frozenset[str]) -> set[str]:
    """The family names that also end a name which is not listed: a capitalised word stands before them."""
    found: set[str] = set()
    first = {form.split()[0] for form in forms}
    at = 0
    while at < len(words):
        named = names.longest(words, at) if words[at].capital else None
        if named:
            at = named[0]
            continue
        nearby = not first.isdisjoint(word.key for word in words[at + 1 : at + 3])
        for form in forms if nearby else ():
            parts = form.split()
            run = [w for w in words[at + 1 : at + 1 + 2 * len(parts)] if w.words != "-"][: len(parts)]
            inner = words[at].capital and words[at].key.isalpha() and words[at].key not in FUNCTION_WORDS
            if inner and [w.key for w in run] == parts and words[at + 1].span.start - words[at].span.end == 1:
                found.update({form, parts[-1]})
        at += 1
    return found


def _family_forms(name: tuple[str, ...]) -> Iterator[str]:
    """The forms in which a full name's last part stands alone: al amiri and amiri."""
    if len(name) >= 2 and len(name[-1]) > 3:
        yield name[-1]
        if name[-2] in ("al", "el", "as", "ar"):
            yield " ".join(name[-2:])


def _distinct(drafts: Iterable[ClaimDraft]) -> Iterator[ClaimDraft]:
    """The drafts without repetitions; two constructions may read the same words alike."""
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        subject = draft.subject.span if isinstance(draft.subject, Mention) else draft.subject.key
        value = draft.object.span if isinstance(draft.object, Mention) else draft.object
        sign = (subject, draft.predicate, value, draft.realis, tuple(s.span for s in draft.speakers))
        if sign not in seen:
            seen.add(sign)
            yield draft
