"""The vectors that a spaCy pipeline gives words in their sentences, with less work: the same layers with the same weights.

What a layer gives depends on the word alone (embedding) or on the words around it (encoding).  The first is kept from word to word; the second
is computed without the objects that spaCy makes for training.  Results differ by rounding only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.language import Language

Floats = NDArray[numpy.float32]
Spelling = tuple[str, str | None]
"""A word and the norm that stands for it, where it has one of its own."""

KEPT: Final = 50_000
"""Words whose embedding is kept; some 25 MB."""

TINY: Final = numpy.float32(1e-8)
"""What keeps a division from being one by zero, as in `thinc.layers.layernorm`."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the encoder: a window of three words, `pieces` sums for each number of which the largest counts, then evened out."""

    weights: Floats
    bias: Floats
    pieces: int
    gain: Floats
    shift: Floats

    def added(self, rows: Floats) -> None:
        """Adds to the rows, in place, what the layer makes of each with its neighbours."""
        count, width = rows.shape
        window = numpy.zeros((count, 3 * width), dtype=numpy.float32)
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        sums = window @ self.weights
        sums += self.bias
        found = sums[:, :width]
        for piece in range(1, self.pieces):
            numpy.maximum(found, sums[:, piece * width : (piece + 1) * width], out=found)
        found = found - found.mean(axis=1, keepdims=True)
        variance = numpy.einsum("ij,ij->i", found, found)[:, None] / numpy.float32(width) + TINY
        found *= self.gain
        found /= numpy.sqrt(variance)
        found += self.shift
        rows += found


class Encoder:
    """The `tok2vec` of a pipeline."""

    def __init__(self, pipeline: Language, embedding: Any, layers: Sequence[Layer]) -> None:
        self._pipeline, self._embedding, self._layers = pipeline, embedding, tuple(layers)
        self._rows: dict[Spelling, int] = {}
        self._table = numpy.zeros((1, layers[0].gain.shape[0]), dtype=numpy.float32)

    @classmethod
    def of(cls, pipeline: Language) -> Encoder | None:
        """The encoder of a pipeline; None where its `tok2vec` is made otherwise than the shipped one's."""
        from thinc.api import NumpyOps

        if "tok2vec" not in pipeline.pipe_names:
            return None
        model: Any = pipeline.get_pipe("tok2vec").model  # type: ignore[attr-defined]
        try:
            embedding, encoding = model.layers
            made = {"hashembed", "extract_features", "list2ragged", "ragged2list", "maxout", "layernorm", "dropout"}
            alone = {layer.name for layer in embedding.walk() if not layer.layers and not layer.name.startswith("ints-getitem")}
            layers = [_layer(residual) for residual in encoding.layers[0].layers]
        except (LookupError, ValueError, TypeError, AttributeError):
            return None
        fits = alone <= made and encoding.name.startswith("with_array(") and encoding.attrs.get("pad") == len(layers)
        return cls(pipeline, embedding, layers) if fits and layers and isinstance(model.ops, NumpyOps) else None

    def vectors(self, sentences: Sequence[Sequence[Spelling]]) -> list[Floats]:
        """A row for every word of each sentence; between sentences, and before and behind them, as many empty rows as there are layers."""
        pad = len(self._layers)
        if len(self._rows) > KEPT:
            self._rows, self._table = {}, self._table[:1]
        self._learn(sentences)
        places: list[int] = []
        starts: list[int] = []
        for sentence in sentences:
            if sentence:
                places += [0] * pad
            starts.append(len(places))
            places += [self._rows[word] for word in sentence]
        rows: Floats = self._table[places + [0] * pad]
        for layer in self._layers:
            layer.added(rows)
        return [rows[start : start + len(sentence)] for start, sentence in zip(starts, sentences, strict=True)]

    def _learn(self, sentences: Sequence[Sequence[Spelling]]) -> None:
        """Embeds the words that are new."""
        from spacy.tokens import Doc

        new = [word for word in dict.fromkeys(word for sentence in sentences for word in sentence) if word not in self._rows]
        if not new:
            return
        doc = Doc(self._pipeline.vocab, words=[word for word, _ in new])
        for index, (_, norm) in enumerate(new):
            if norm:
                doc[index].norm_ = norm
        (found,) = self._embedding.predict([doc])
        self._rows.update((word, len(self._table) + index) for index, word in enumerate(new))
        self._table = numpy.concatenate([self._table, found])


def _layer(residual: Any) -> Layer:
    """One layer of spaCy's encoder; raises ValueError where it is of another kind."""
    window, maxout, norm, *rest = _parts(residual.layers[0])
    kinds = [residual.name.partition("(")[0], window.name, maxout.name, norm.name, *(part.name for part in rest)]
    if kinds not in (["residual", "expand_window", "maxout", "layernorm"], ["residual", "expand_window", "maxout", "layernorm", "dropout"]):
        raise ValueError(kinds)
    weights = maxout.get_param("W")  # out, pieces, in
    width, pieces, before = weights.shape
    if window.attrs["window_size"] != 1 or before != 3 * width:
        raise ValueError(before)
    return Layer(
        numpy.ascontiguousarray(weights.transpose(2, 1, 0).reshape(before, pieces * width)),
        numpy.ascontiguousarray(maxout.get_param("b").T.reshape(pieces * width)),
        pieces,
        norm.get_param("G"),
        norm.get_param("b"),
    )


def _parts(model: Any) -> list[Any]:
    """The parts of a chain of chains, in order."""
    return [part for layer in model.layers for part in _parts(layer)] if ">>" in model.name else [model]
