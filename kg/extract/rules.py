"""The rule extractor: lexicon × construction, sentence by sentence, with the names of persons shortened within their article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.authority import Authority, authority
from kg.extract.bodies import footnotes, relations, roles, strengths
from kg.extract.bodies.settings import settings
from kg.extract.bodies.stems import stems
from kg.extract.happenings import joining, links, politics
from kg.extract.happenings.events import Events
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.line.items import Line
from kg.extract.line.reading import Values, line
from kg.extract.referring.names import short_names
from kg.extract.referring.references import References
from kg.extract.speaking import acts, attribution, hearing, responsibility, voices
from kg.extract.speaking.frame import Frame
from kg.extract.syntax import english
from kg.extract.syntax.scene import Scene, Told, scenes
from kg.model import ClaimDraft, Document, Extraction, Mention
from kg.settings import DEFAULT_BASE, SHIPPED, Settings
from kg.terms import Vocabulary, vocabulary
from kg.values import counts, dates
from kg.values.sentences import sentences

NAME: Final = "rules-2"
"""Extractor and version, as `prov:wasGeneratedBy` names them; a new version reads every article again, and so does another parser."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The extractor under one base, with the parser `model` (`KG_SPACY_MODEL`), which is loaded when the first sentence asks for it."""

    names: Lexicon
    cues: Lexicon
    words: Vocabulary
    known: Authority
    name: str = NAME
    model: str = SHIPPED

    @classmethod
    def under(cls, base: str = DEFAULT_BASE, model: str = SHIPPED) -> Rules:
        """The extractor with the vocabulary and authority of a base; raises SettingError when there is no such parser."""
        names, cues = lexicon(base)
        other = english.identity(model)
        return cls(names, cues, vocabulary(base), authority(base), f"{NAME}+{other}" if other else NAME, model)

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        """The extractor that the settings ask for; raises SettingError."""
        return cls.under(settings.base, settings.spacy_model)

    def extract(self, document: Document) -> Extraction:
        """All that the rules read in a document."""
        drafts = tuple(strengths.settled(_distinct(self._drafts(document))))
        return Extraction(self.name, drafts)

    def _drafts(self, document: Document) -> Iterator[ClaimDraft]:
        short = {**stems(document.text, self.names, self.cues, self.known), **short_names(document.text, self.names, self.known)}
        names = self.names.with_more(short)
        whole = tuple(self._lines(document, names))
        lines = [sentence for sentence in whole if not _asked(sentence)]
        found = tuple(scenes(lines, english.load(self.model), self.words))
        refs = References(self.words, self.known)
        happenings = _Happenings(self.words, refs)
        heard = hearing.heard(found, refs, document.text)
        quoted = False
        for setting, scene, frames, following in zip(
            (s for s in settings(whole, names, self.known) if not _asked(s.line)),
            found,
            heard,
            (*found[1:], None)[: len(found)],
            strict=True,
        ):
            sentence, frames = setting.line, voices.credited(frames, following, refs)
            quoted, within = _open_quotation(document.text, sentence, quoted)
            known = voices.stood(frames, scene, setting)
            for made in relations.drafts(setting, self.words):
                chain = voices.speakers(
                    sentence, scene, known, made.stretch, phrase=made.phrase, quoted=within, alleged=made.draft.realis == "alleged"
                )
                if chain is not None:
                    yield replace(made.draft, speakers=(*made.draft.speakers, *chain))
            if scene:
                yield from happenings.drafts(scene, frames, quoted=within)
            refs.read(scene or sentence)
        yield from footnotes.drafts(lines)
        yield from roles.across(lines, self.words, self.known)
        yield from roles.at_home(lines, self.words, self.known, names)

    def _lines(self, document: Document, names: Lexicon) -> Iterator[Line]:
        modifiers = {cue.words: cue.name for cue in self.words.cues("cue", "count-modifier/")}
        values = Values(
            {found.span.start: found for found in counts.find(document.text, modifiers)},
            {found.span.start: found for found in dates.find(document.text, document.dateline.day)},
        )
        for span in sentences(document.text):
            yield line(document.text, span, names, self.cues, values)


def _asked(sentence: Line) -> bool:
    """Whether a sentence is a question: it states nothing, but what is asked about can be called again."""
    return sentence.text.rstrip('”"’ ').endswith("?")


def _open_quotation(text: str, sentence: Line, quoted: bool) -> tuple[bool, bool]:
    """Whether a quotation is open after a sentence, and whether the sentence began inside one that its paragraph had opened."""
    within = quoted and not (sentence.span.start and text[sentence.span.start - 1] == "\n")
    opened, closed = sentence.text.count("“"), sentence.text.count("”")
    return (within and closed == 0) or opened > closed, within


class _Happenings:
    """The happenings and speech acts of an article, scene by scene, each numbered."""

    def __init__(self, words: Vocabulary, refs: References) -> None:
        self._words, self._refs, self._attacks = words, refs, Events(words)
        self._told: list[Told] = []
        self._said: tuple[ClaimDraft, ...] = ()
        self._key = 0

    def drafts(self, scene: Scene, frames: Sequence[Frame], *, quoted: bool) -> Iterator[ClaimDraft]:
        """The claims of one scene: what happened, in whose words, who is said to have done it, and who said what.

        In a sentence that began inside a quotation (`quoted`) nothing is the outlet's own word.
        """
        attacks = self._attacks.told(scene, self._next(scene), self._told, self._refs)
        here = joining.joined(attacks, politics.told(scene, self._words, self._next(scene), self._refs), self._told)
        here += tuple(joining.continued(scene, self._words, here, self._told, self._refs))
        here += tuple(links.answered(scene, self._words, (*self._told, *here), self._refs, self._next(scene)))
        chains = [(told, attribution.speakers(scene, frames, told.node)) for told in here]
        kept = [(told, chain) for told, chain in chains if chain or (chain is not None and not quoted)]
        self._told += [told for told, _ in kept]
        ties = [
            *links.retaliation(scene, self._told, self._refs),
            *links.authorised(scene, self._told, self._refs),
            *links.targets_struck(scene, self._told, self._refs),
        ]
        for told, chain in kept:
            mine = tuple(tie for tie in ties if tie.subject == told.telling)
            under = attribution.under(scene, frames, told.node)
            yield from (replace(draft, speakers=chain) for draft in (*told.drafts, *mine) if responsibility.stated(draft, chain, under))
        here_told = [told for told, _ in kept]
        yield from responsibility.drafts(scene, frames, here_told, self._refs, self._told[: len(self._told) - len(here_told)])
        self._said = tuple(acts.drafts(scene, frames, self._refs, self._next(scene), self._said))
        yield from self._said

    def _next(self, scene: Scene) -> int:
        """The first of as many numbers as a scene can need."""
        self._key += len(scene.tree.nodes)
        return self._key - len(scene.tree.nodes)


def _distinct(drafts: Iterable[ClaimDraft]) -> Iterator[ClaimDraft]:
    """The drafts without repetitions; two constructions may read the same words alike."""
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        subject = draft.subject.span if isinstance(draft.subject, Mention) else draft.subject.key
        value = draft.object.span if isinstance(draft.object, Mention) else draft.object
        time = draft.qualifiers.time if draft.predicate == "hasStrength" else None
        sign = (subject, draft.predicate, value, time, draft.realis, tuple(s.span for s in draft.speakers))
        if sign not in seen:
            seen.add(sign)
            yield draft
