"""English parsed: words in, heads and relations out, by the spaCy pipeline that the project ships or by another one.

Relations are those of Universal Dependencies 2.  Pipelines trained on the labels of spaCy's own English models (ClearNLP's) are read too: see
`kg/extract/clearnlp.py`.  Words come tokenised and with sentence boundaries set, for names are recognised first and kept whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import english
from kg.errors import SettingError
from kg.extract import clearnlp

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NEEDLESS: Final = ("ner", "entity_ruler", "lemmatizer", "trainable_lemmatizer", "morphologizer", "attribute_ruler")
"""Parts of a pipeline that nothing here asks for; each costs time."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word for the parser; `norm` stands for the spelling of a name that was recognised beforehand (`<person>`, `<place>` …)."""

    words: str
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """One parsed word: its Penn tag, its relation to the word at index `head`, which for the root is its own."""

    tag: str
    relation: str
    head: int


class English:
    """A loaded pipeline."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline
        labels = pipeline.get_pipe("parser").labels  # type: ignore[attr-defined]
        self._clear = "dobj" in labels

    def parse(self, sentences: Iterable[Sequence[Word]]) -> Iterator[tuple[Parsed, ...]]:
        """Each sentence parsed, in order; an empty one gives an empty tuple."""
        for doc in self._pipeline.pipe((self._doc(words) for words in sentences), batch_size=64):
            read = tuple(Parsed(token.tag_, token.dep_, token.head.i) for token in doc)
            yield clearnlp.universal(read, tuple(token.lower_ for token in doc)) if self._clear else read

    def _doc(self, words: Sequence[Word]) -> Doc:
        from spacy.tokens import Doc

        doc = Doc(self._pipeline.vocab, words=[word.words for word in words])
        for token, word in zip(doc, words, strict=True):
            token.is_sent_start = token.i == 0
            if word.norm:
                token.norm_ = word.norm
        return doc


@cache
def load(model: str | None = None) -> English:
    """The pipeline of a name or folder (`KG_SPACY_MODEL`), or the shipped one; loaded once per process, in about a second.

    Raises SettingError when there is no such pipeline, or it has no parser.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads cost more than they bring
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))  # NumPy's BLAS is nearly twice as fast on them as spaCy's own
    try:
        pipeline = spacy.load(model or english.MODEL, exclude=list(NEEDLESS))
    except (OSError, ValueError) as wrong:
        reason = str(wrong).split("\n")[0]
        raise SettingError(
            f"KG_SPACY_MODEL={model}: no such spaCy pipeline can be loaded ({reason}); name an installed one or its folder"
        ) from wrong
    if not {"parser", "tagger"} <= set(pipeline.pipe_names):
        raise SettingError(f"KG_SPACY_MODEL={model}: the pipeline has no tagger or no parser, which the rules need")
    return English(pipeline)
