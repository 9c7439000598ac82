"""English parsed: words in, heads and relations out, by the spaCy pipeline that the project ships or by another one.

Relations are those of Universal Dependencies 2.  Pipelines trained on the labels of spaCy's own English models (ClearNLP's) are read too: see
`kg/extract/syntax/clearnlp.py`.  Words come tokenised and with sentence boundaries set, for names are recognised first and kept whole.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import english
from kg.errors import IsnadError, SettingError
from kg.extract.syntax import clearnlp
from kg.extract.syntax.encoder import Encoder
from kg.settings import SHIPPED

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NEEDED: Final = ("tagger", "parser")
"""Parts that a pipeline must have."""

NEEDLESS: Final = (
    "ner", "entity_ruler", "lemmatizer", "trainable_lemmatizer", "morphologizer", "attribute_ruler", "senter", "sentencizer", "textcat",
)  # fmt: skip
"""Parts of a pipeline that nothing here asks for; each costs time."""


BATCH: Final = 64
"""Sentences that go through the pipeline at once; an article seldom has more."""


class Word(NamedTuple):
    """One word for the parser; `norm` stands for the spelling of a name that was recognised beforehand (`<person>`, `<place>` …)."""

    words: str
    norm: str | None = None


class Parsed(NamedTuple):
    """One parsed word: its Penn tag, its relation to the word at index `head`, which for the root is its own."""

    tag: str
    relation: str
    head: int


class English:
    """A loaded pipeline."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline
        labels = pipeline.pipe_labels["parser"]
        self._clear = "dobj" in labels
        self._encoder = Encoder.of(pipeline) if pipeline.pipe_names == ["tok2vec", *NEEDED] else None

    def parse(self, sentences: Iterable[Sequence[Word]]) -> Iterator[tuple[Parsed, ...]]:
        """Each sentence parsed, in order; an empty one gives an empty tuple."""
        for doc in self._docs(iter(sentences)):
            read = tuple(self._read(doc))
            yield clearnlp.universal(read, tuple(token.lower_ for token in doc)) if self._clear else read

    def _docs(self, sentences: Iterator[Sequence[Word]]) -> Iterator[Doc]:
        """The sentences as docs that the pipeline has gone through: step by step where its vectors can be had with less work."""
        if self._encoder is None:
            yield from self._pipeline.pipe((self._doc(words) for words in sentences), batch_size=BATCH)
            return
        parts: list[Any] = [self._pipeline.get_pipe(name) for name in NEEDED]
        while batch := list(islice(sentences, BATCH)):
            docs = [self._doc(words) for words in batch]
            for doc, vectors in zip(docs, self._encoder.vectors(batch), strict=True):
                doc.tensor = vectors  # type: ignore[assignment]  # spaCy's stub names another width of number
            for part in parts:
                part.set_annotations(docs, part.predict(docs))
            yield from docs

    def _doc(self, words: Sequence[Word]) -> Doc:
        """The words as one sentence; their norms are told to the encoder where there is one."""
        from spacy.tokens import Doc

        starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
        doc = Doc(self._pipeline.vocab, words=[word.words for word in words], sent_starts=starts)
        for index, word in enumerate(words if self._encoder is None else ()):
            if word.norm:
                doc[index].norm_ = word.norm
        return doc

    def _read(self, doc: Doc) -> Iterator[Parsed]:
        # As one array: an object for every token costs a tenth of the whole parse.
        strings = self._pipeline.vocab.strings
        for index, (tag, relation, away) in enumerate(doc.to_array(["TAG", "DEP", "HEAD"]).astype("int64").tolist()):
            yield Parsed(strings[tag % 2**64], strings[relation % 2**64], index + away)


@cache
def load(model: str = SHIPPED) -> English:
    """The pipeline of a name or folder (`KG_SPACY_MODEL`); loaded once per process, in about a second.

    Raises SettingError when there is no such pipeline, or it is not one that parses English; IsnadError when spaCy itself is missing or broken.
    """
    identity(model)
    try:
        import spacy
        from thinc.api import NumpyOps, set_current_ops
    except ImportError as wrong:
        raise IsnadError(
            f"spaCy, which parses the sentences, cannot be loaded: {wrong}. Install Isnad again, with its dependencies."
        ) from wrong

    set_current_ops(NumpyOps(use_blis=False))  # NumPy's BLAS is nearly twice as fast on them as spaCy's own
    try:
        pipeline = spacy.load(_folder(model) if model == SHIPPED or _is_folder(model) else model, exclude=list(NEEDLESS))
    except (OSError, ValueError, ImportError, LookupError) as wrong:
        raise _unfit(model, f"spaCy cannot load it: {str(wrong).strip().splitlines()[0]}") from wrong
    if not {"nsubj", "det"} <= set(pipeline.pipe_labels["parser"]):
        raise _unfit(model, "its parser has been taught neither Universal Dependencies nor ClearNLP's labels")
    return English(pipeline)


@cache
def identity(model: str = SHIPPED) -> str:
    """What tells a pipeline from others: "" for the shipped one, else its name, version and the first digits of its description's hash.

    Reads its `meta.json` only.  Raises SettingError as `load` does.
    """
    file = _folder(model) / "meta.json"
    try:
        data = file.read_bytes()
        meta = json.loads(data)
        parts, language = set(meta["pipeline"]), meta["lang"]
    except (OSError, ValueError, LookupError, TypeError) as wrong:
        raise _unfit(model, "that is neither an installed spaCy pipeline nor the folder of one") from wrong
    missing = [part for part in NEEDED if part not in parts]
    if missing or language != "en":
        raise _unfit(model, f"it has no {' and no '.join(missing)}" if missing else f"its language is {language!r}")
    if data == (english.MODEL / "meta.json").read_bytes():
        return ""
    name = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}-{hashlib.sha256(data).hexdigest()[:6]}"
    return re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII)


def _folder(model: str) -> Path:
    """The folder in which a pipeline's `meta.json` lies; the name as a path where there is none."""
    if model == SHIPPED:
        return english.MODEL
    if re.fullmatch(r"[A-Za-z_]\w*", model) and not _is_folder(model):
        found = importlib.util.find_spec(model)
        for place in (found.submodule_search_locations or ()) if found else ():
            # An installed pipeline is a package; its data lies in a folder of it that bears the version too.
            inside = sorted(Path(place).glob(f"{model}-*/meta.json"))
            if inside:
                return inside[-1].parent
    return Path(model)


def _is_folder(model: str) -> bool:
    return Path(model, "meta.json").is_file()


def _unfit(model: str, reason: str) -> SettingError:
    if model == SHIPPED:
        return SettingError(f"The shipped pipeline in {english.MODEL} is missing or damaged. Install Isnad again, or set KG_SPACY_MODEL.")
    return SettingError(
        f"KG_SPACY_MODEL is {model!r}; {reason}. Name a spaCy pipeline for English with tagger and parser, or its folder, or leave it unset."
    )
