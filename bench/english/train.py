"""Train the English pipeline of Isnad on Universal Dependencies treebanks.

The pipeline gives fine-grained tags, parts of speech with a few features, lemmas, UD relations, sentence boundaries and
names. It is trained from nothing: no vectors, no weights, no network.

    OPENBLAS_NUM_THREADS=1 python train.py TREEBANKS OUTPUT [--epochs 18] [--width 128] [--seed 1]

TREEBANKS is a folder with `ewt-{train,dev,test}.conllu` and `gum-open-{train,dev,test}.conllu`. OUTPUT receives `model/`
(a folder for `spacy.load`) and `evaluation.json`. Equal arguments, versions and kind of machine give equal weights.

Matrices are multiplied by NumPy's BLAS, which on small products is two to three times as fast as spaCy's own (blis),
provided it keeps to one thread.

Listed names reach the parser as one token ("Harakat Hezbollah al-Nujaba"), with one of `NAME_NORMS` as its norm. Training
shows it such tokens: see `merged` and `renamed`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam, Config, NumpyOps, set_current_ops, warmup_linear

NAME_NORMS = {
    "PERSON": "<person>",
    "ORGANIZATION": "<organization>",
    "PLACE": "<place>",
    "EVENT": "<name>",
    None: "<name>",
}
"""The norm that stands for the spelling of a name known beforehand, by its kind; None is a name of unknown kind."""

ENTITY_LABELS = {"person": "PERSON", "organization": "ORGANIZATION", "place": "PLACE", "event": "EVENT", "time": "TIME"}
"""GUM's entity types that the recogniser learns; the others (object, abstract, animal, plant, substance) stay unnamed."""

META = {
    "name": "isnad",
    "version": "1.0.0",
    "description": "English for Isnad: tags, lemmas, UD dependencies, names; trained on UD English EWT and GUM (open texts)",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "UD English EWT 2.16", "license": "CC BY-SA 4.0", "url": "https://github.com/UniversalDependencies/UD_English-EWT"},
        {"name": "UD English GUM 2.16", "license": "CC BY", "url": "https://github.com/UniversalDependencies/UD_English-GUM"},
    ],
}

PROPER = {"NNP", "NNPS"}
AGREEMENT = {"Number", "Person"}
"""Features dropped from verbs: agreement says nothing that the subject does not."""

REPORTED = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "appos",
    "acl",
    "acl:relcl",
    "nmod",
    "nmod:poss",
    "nmod:desc",
    "conj",
    "ccomp",
    "xcomp",
    "advcl",
    "parataxis",
    "compound",
    "flat",
    "amod",
    "nummod",
    "csubj",
    "aux:pass",
]
"""Relations whose own figures the evaluation prints."""


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `head` is the index of its head in the sentence, its own index for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space: bool
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words `start <= i < end` that is a name or a time; `label` is None where the treebank gives no types."""

    start: int
    end: int
    label: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence and its names; `typed` says that the treebank annotates entities."""

    words: tuple[Word, ...]
    names: tuple[Name, ...]
    typed: bool


# --- reading -------------------------------------------------------------------------------------------------------


def documents(path: Path) -> list[list[Sentence]]:
    """The documents of a CoNLL-U file, each a list of sentences; multiword tokens are given by their parts."""
    found: list[list[Sentence]] = []
    typed = False
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().split("\n")
        if any(line.startswith("# newdoc") for line in lines) or not found:
            found.append([])
        typed = typed or any(line.startswith("# global.Entity") for line in lines)
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows:
            found[-1].append(sentence(rows, typed))
    return [document for document in found if document]


def sentence(rows: Sequence[Sequence[str]], typed: bool) -> Sentence:
    """The sentence that CoNLL-U `rows` describe; raises ValueError for a row that is no word, range or empty node."""
    words: list[Word] = []
    entities: list[str] = []
    glued: dict[int, bool] = {}
    surfaces: dict[int, tuple[int, str]] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            glued.update(dict.fromkeys(range(first, last), False))
            glued[last] = "SpaceAfter=No" not in row[9]
            surfaces[first] = (last, row[1])
        elif "." not in row[0]:
            number = int(row[0])
            misc = dict(part.partition("=")[::2] for part in row[9].split("|"))
            head = int(row[6])
            words.append(
                Word(
                    form=row[1],
                    lemma=row[2] if row[2] != "_" else row[1],
                    upos=row[3],
                    xpos=row[4],
                    feats=features(row[3], row[5]),
                    head=head - 1 if head else number - 1,
                    deprel=row[7] if head else "ROOT",
                    space=glued.get(number, "SpaceAfter=No" not in row[9]),
                )
            )
            entities.append(misc.get("Entity", ""))
    for first, (last, surface) in surfaces.items():
        norms = contraction(surface)
        if tuple(text for text, _ in norms) == tuple(word.form for word in words[first - 1 : last]):
            for index, (_, norm) in enumerate(norms, first - 1):
                words[index] = replace(words[index], norm=norm)
    return Sentence(tuple(words), tuple(names(words, mentions(entities))), typed)


def features(upos: str, feats: str) -> str:
    """The morphological features that a rule can use, in CoNLL-U's notation."""
    kept = [feat for feat in feats.split("|") if upos not in {"VERB", "AUX"} or feat.split("=")[0] not in AGREEMENT]
    return "" if feats == "_" else "|".join(kept)


@cache
def _blank() -> Language:
    return spacy.blank("en")


@cache
def contraction(surface: str) -> tuple[tuple[str, str], ...]:
    """The parts of a contraction as the tokenizer gives them, with their norms: do + n't ("not")."""
    return tuple((token.text, token.norm_) for token in _blank().make_doc(surface))


_BRACKET = re.compile(r"(\()?(\d+)(?:\[\d+/\d+\])?(?:-([a-z]+)[^()]*)?(\))?")


def mentions(entities: Sequence[str]) -> list[Name]:
    """The entity mentions of a sentence, from the Entity values of its words (CorefUD brackets, nested)."""
    found: list[Name] = []
    open_: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, value in enumerate(entities):
        for opening, group, kind, closing in _BRACKET.findall(value):
            if opening and kind:
                open_[group].append((index, kind))
            if closing and open_[group]:
                start, kind = open_[group].pop()
                found.append(Name(start, index + 1, ENTITY_LABELS.get(kind)))
    return found


def names(words: Sequence[Word], mentioned: Sequence[Name]) -> list[Name]:
    """Runs of proper nouns that form one constituent, typed by the mention with the same head; and times."""
    found: list[Name] = []
    taken: set[int] = set()
    labels = {head: mention for mention in mentioned if (head := _head(words, mention.start, mention.end)) is not None}
    for mention in sorted(mentioned, key=lambda m: m.start - m.end):
        span = range(mention.start, mention.end)
        dated = any(words[i].xpos in PROPER | {"CD"} for i in span)
        if mention.label == "TIME" and dated and len(span) <= 5 and not taken & set(span):
            found.append(mention)
            taken.update(span)
    start = 0
    while start < len(words):
        if words[start].xpos not in PROPER or start in taken:
            start += 1
            continue
        end = _run(words, start)
        while end > start and (_head(words, start, end) is None or words[end - 1].xpos not in PROPER):
            end -= 1
        if end > start and not taken & set(range(start, end)):
            mention = labels.get(_head(words, start, end) or 0)
            found.append(Name(start, end, mention.label if mention else None))
        start = max(end, start + 1)
    return sorted(found, key=lambda name: name.start)


def _run(words: Sequence[Word], start: int) -> int:
    """The end of the run of proper nouns at `start`, with hyphens inside it and "of"/"for"/"in" (+ "the") between."""
    end = start + 1
    while end < len(words):
        if words[end].xpos in PROPER:
            end += 1
        elif words[end].xpos == "HYPH" and end + 1 < len(words) and words[end + 1].xpos in PROPER:
            end += 2
        elif words[end].form in {"of", "for"}:
            after = end + 2 if end + 1 < len(words) and words[end + 1].form == "the" else end + 1
            if after < len(words) and words[after].xpos in PROPER and words[after].upos == "PROPN":
                end = after + 1
            else:
                return end
        else:
            return end
    return end


def _head(words: Sequence[Word], start: int, end: int) -> int | None:
    """The one word of the span whose head lies outside it, or None when there are several."""
    heads = [i for i in range(start, end) if not start <= words[i].head < end or words[i].head == i]
    return heads[0] if len(heads) == 1 else None


# --- what the treebanks do not show often enough ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pool:
    """Transliterated names of the training part: given names and the words that follow "al-"."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    @classmethod
    def of(cls, docs: Iterable[Sequence[Sentence]]) -> Pool:
        """The names around "al-" in these documents: Abdullah in "Abdullah al-Ani", and Ani."""
        given: Counter[str] = Counter()
        family: Counter[str] = Counter()
        for words in (s.words for document in docs for s in document):
            for i in range(len(words) - 2):
                if words[i].form.lower() in {"al", "el"} and words[i + 1].form == "-" and words[i + 2].xpos in PROPER:
                    family[words[i + 2].form] += 1
                    if i and words[i].deprel == "flat" and words[i - 1].xpos in PROPER:
                        given[words[i - 1].form] += 1
        return cls(tuple(sorted(given)), tuple(sorted(family)))


def renamed(source: Sentence, pool: Pool, rng: random.Random, share: float) -> Sentence:
    """The sentence with a share of its personal names replaced by transliterated ones: Sadr, "al-Sadr", al + - + Sadr."""
    words = list(source.words)
    split: list[int] = []
    people = {i for name in source.names if name.label == "PERSON" for i in range(name.start, name.end)}
    for i, word in enumerate(words):
        personal = i in people or (word.deprel in {"flat", "nsubj", "obl:agent"} and not source.typed)
        if word.xpos != "NNP" or word.upos != "PROPN" or not personal or len(word.form) < 3 or rng.random() > share:
            continue
        kind = rng.random()
        if kind < 0.4 and word.deprel != "flat":
            form, norm = rng.choice(pool.given), None
        elif kind < 0.6:
            form, norm = rng.choice(pool.family), None
        elif kind < 0.8:
            form, norm = f"{rng.choice(['al', 'al', 'Al', 'el'])}-{rng.choice(pool.family)}", NAME_NORMS["PERSON"]
        else:
            form, norm = rng.choice(pool.family), None
            split.append(i)
        words[i] = replace(word, form=form, lemma=form, norm=norm)
    for i in reversed(split):
        words, source = _with_article(words, replace(source, words=tuple(words)), i, rng)
    return replace(source, words=tuple(words))


def _with_article(words: list[Word], source: Sentence, i: int, rng: random.Random) -> tuple[list[Word], Sentence]:
    """Word `i` written as three: Sadr -> al + - + Sadr, attached as EWT does."""
    article = rng.choice(["al", "Al"])

    def moved(j: int) -> int:
        return j + 2 if j > i else j

    family = words[i]
    out = [replace(word, head=moved(word.head)) for word in words]
    chief = out[i]
    out[i : i + 1] = [
        replace(chief, form=article, lemma=article, space=False, norm=None),
        Word("-", "-", "PUNCT", "HYPH", "", i + 2, "punct", False),
        replace(chief, head=chief.head if family.deprel == "flat" else i, deprel="flat"),
    ]
    shifted = tuple(replace(n, start=moved(n.start), end=moved(n.end - 1) + 1 if n.end - 1 != i else i + 3) for n in source.names)
    return out, replace(source, words=tuple(out), names=shifted)


def merged(source: Sentence, rng: random.Random, share: float) -> Sentence:
    """The sentence with a share of its names as one token each, as listed names arrive; most carry a name's norm."""
    chosen = [
        name
        for name in source.names
        if name.label != "TIME"
        and _head(source.words, name.start, name.end) is not None
        and rng.random() < (share if name.end - name.start > 1 else share / 2)
    ]
    if not chosen:
        return source
    words = source.words
    place: list[int] = []
    groups: list[tuple[int, int, Name | None]] = []
    starts = {name.start: name for name in chosen}
    i = 0
    while i < len(words):
        name = starts.get(i)
        end = name.end if name else i + 1
        place += [len(groups)] * (end - i)
        groups.append((i, end, name))
        i = end
    out: list[Word] = []
    for number, (start, end, name) in enumerate(groups):
        head = _head(words, start, end) if name else start
        assert head is not None
        word = replace(words[head], head=place[words[head].head])
        if words[head].deprel == "ROOT":
            word = replace(word, head=number)
        if name:
            text = "".join(w.form + " " * w.space for w in words[start:end]).strip()
            kind = name.label if rng.random() < 0.8 else None
            norm = NAME_NORMS.get(kind, "<name>") if rng.random() < 0.85 else None
            xpos = words[head].xpos if words[head].xpos in PROPER else "NNP"
            word = replace(
                word, form=text, lemma=text, upos="PROPN", xpos=xpos, space=words[end - 1].space, norm=norm,
                feats="Number=Plur" if xpos == "NNPS" else "Number=Sing",
            )  # fmt: skip
        out.append(word)
    kept = tuple(Name(place[n.start], place[n.end - 1] + 1, n.label) for n in source.names)
    return Sentence(tuple(out), kept, source.typed)


CURLY = {"``": "“", "''": "”"}


def retyped(source: Sentence, rng: random.Random) -> Sentence:
    """The sentence with curly quotes and apostrophes, or, rarely, as a headline, in capitals or in small letters."""
    words = source.words
    if rng.random() < 0.4:
        single = rng.random() < 0.25
        words = tuple(
            replace(w, form=("‘’"[w.xpos == "''"] if single else CURLY[w.xpos]))
            if w.xpos in CURLY and w.form in {'"', "``", "''", "“", "”"}
            else replace(w, form=w.form.replace("'", "’"))
            for w in words
        )
    fate = rng.random()
    if fate < 0.02:
        words = tuple(replace(w, form=w.form.upper()) for w in words)
    elif fate < 0.03:
        words = tuple(replace(w, form=w.form.lower()) for w in words)
    elif fate < 0.045 and len(words) > 3:
        words = tuple(replace(w, form=w.form[0].upper() + w.form[1:]) for w in words)
    elif fate < 0.10 and words[-1].form in {".", "!", "?"} and len(words) > 2 and words[-1].head != len(words) - 1:
        words = words[:-1]
    return replace(source, words=words)


# --- spaCy ---------------------------------------------------------------------------------------------------------


def doc(nlp: Language, sentences: Sequence[Sentence], gold: bool = True) -> Doc:
    """The sentences as one Doc: with all annotations, or (`gold=False`) with words, spaces and norms only.

    A single sentence without annotations carries its boundaries, which the parser keeps.
    """
    words = [word for s in sentences for word in s.words]
    offsets: list[int] = []
    for s in sentences:
        offsets += [len(offsets)] * len(s.words)
    fields: dict[str, Any] = {}
    if not gold and len(sentences) == 1:
        fields = {"sent_starts": [True] + [False] * (len(words) - 1)}
    if gold:
        base = 0
        ents = [None if not s.typed else "O" for s in sentences for _ in s.words]
        for s in sentences:
            for name in s.names if s.typed else ():
                if name.label:
                    span = range(base + name.start, base + name.end)
                    for i in span:
                        ents[i] = ("B-" if i == span[0] else "I-") + name.label
            base += len(s.words)
        fields = {
            "tags": [w.xpos for w in words],
            "pos": [w.upos for w in words],
            "morphs": [w.feats for w in words],
            "lemmas": [w.lemma for w in words],
            "heads": [offset + w.head for offset, w in zip(offsets, words, strict=True)],
            "deps": [w.deprel for w in words],
            "ents": ents,
        }
    made = Doc(nlp.vocab, words=[w.form for w in words], spaces=[w.space for w in words], **fields)
    for token, word in zip(made, words, strict=True):
        if word.norm is not None:
            token.norm_ = word.norm
    return made


def chunks(docs: Sequence[Sequence[Sentence]], rng: random.Random, longest: int = 6) -> Iterator[Sequence[Sentence]]:
    """The documents cut into single sentences (half of the cuts) and runs of up to `longest`, to show boundaries too."""
    for document in docs:
        start = 0
        while start < len(document):
            size = 1 if rng.random() < 0.5 else rng.randint(2, longest)
            yield document[start : start + size]
            start += size


def heard(width: int) -> dict[str, Any]:
    """The configuration of a layer that takes the vectors of the shared tok2vec."""
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*"}


def transitions(kind: str, extra: bool, hidden: int, width: int) -> dict[str, Any]:
    """The configuration of a part that reads by transitions, with a hidden layer of some width."""
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": extra,
        "hidden_width": hidden, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": heard(width),
    }  # fmt: skip
    return {"model": model}


def pipeline(width: int, depth: int, rows: Sequence[int], hidden: int, dropout: float) -> Language:
    """An untrained pipeline: one shared tok2vec; tagger, morphologizer, lemmatizer, parser and names listen to it."""
    listener = heard(width)
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener, "nO": None, "normalize": False}

    components = {
        "tok2vec": {
            "factory": "tok2vec",
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2", "width": width, "rows": list(rows),
                    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": width, "depth": depth,
                    "window_size": 1, "maxout_pieces": 3,
                },
            },
        },
        "tagger": {"factory": "tagger", "model": tagger},
        "morphologizer": {"factory": "morphologizer", "model": tagger},
        "trainable_lemmatizer": {"factory": "trainable_lemmatizer", "model": tagger, "min_tree_freq": 2, "top_k": 3},
        "ner": {"factory": "ner"} | transitions("ner", False, 64, width),
        "parser": {"factory": "parser", "min_action_freq": 20} | transitions("parser", False, hidden, width),
    }  # fmt: skip
    config = {
        "nlp": {"lang": "en", "pipeline": list(components)},
        "components": components,
        "training": {"dropout": dropout},
    }
    return spacy.util.load_model_from_config(Config(config), auto_fill=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """What distinguishes one training run from another."""

    epochs: int
    width: int
    depth: int
    rows: tuple[int, ...]
    hidden: int
    rate: float
    dropout: float
    batch: int
    merge: float
    rename: float
    retype: bool
    seed: int
    stop: int | None = None
    """The epoch after which to stop, when that is earlier than the schedule's end."""


def train(treebanks: Path, output: Path, plan: Plan, start: Path | None = None) -> Language:
    """A pipeline trained by `plan`, with averaged weights; the best so far (LAS + tags on the dev parts) is kept in `output`.

    It goes on from the weights in `start` where that is given, with the rate of `plan`.
    """
    fix_random_seed(plan.seed)
    rng = random.Random(plan.seed)
    docs = documents(treebanks / "ewt-train.conllu") + documents(treebanks / "gum-open-train.conllu")
    dev = documents(treebanks / "ewt-dev.conllu") + documents(treebanks / "gum-open-dev.conllu")
    pool = Pool.of(docs)
    nlp = spacy.load(start) if start else pipeline(plan.width, plan.depth, plan.rows, plan.hidden, plan.dropout)
    fresh = bool(start) and nlp.get_pipe("parser").model.get_ref("lower").get_dim("nO") != plan.hidden
    if fresh:  # all parts of the model go on, but its parser, whose layer has another width, begins anew
        labels = nlp.get_pipe("parser").label_data
        nlp.remove_pipe("parser")
        nlp.add_pipe("parser", config=transitions("parser", False, plan.hidden, plan.width) | {"min_action_freq": 20})

    def examples() -> Iterator[Example]:
        order = list(docs)
        rng.shuffle(order)
        pieces = list(chunks(order, rng))
        rng.shuffle(pieces)
        for piece in pieces:
            shown = [varied(s, pool, rng, plan) for s in piece]
            yield Example(doc(nlp, shown, gold=False), doc(nlp, shown))

    if start:
        lemmatizer = nlp.get_pipe("trainable_lemmatizer")
        lemmatizer.tree2label = {tree: i for i, tree in enumerate(lemmatizer.cfg["labels"])}  # spaCy does not load it
    if not start or fresh:
        initial = [Example(doc(nlp, piece, gold=False), doc(nlp, piece)) for piece in chunks(docs, random.Random(plan.seed), 20)]
        if fresh:
            nlp.get_pipe("parser").initialize(lambda: initial[:100], nlp=nlp, labels=labels)
        else:
            nlp.initialize(lambda: initial)
        del initial
    nlp.meta.update(META)
    words = sum(len(s.words) for document in docs for s in document)
    steps = plan.epochs * words // plan.batch
    optimizer = Adam(
        learn_rate=warmup_linear(plan.rate, 250, int(steps * 1.02) + 10), beta1=0.9, beta2=0.999, eps=1e-8, L2=0.01,
        L2_is_weight_decay=True, grad_clip=1.0, use_averages=True,
    )  # fmt: skip
    best = 0.0
    began = time.time()
    step = 0
    for epoch in range(plan.stop or plan.epochs):
        losses: dict[str, float] = {}
        for batch in batched(examples(), plan.batch):
            typed = any(token.ent_iob for token in batch[0].reference)
            nlp.update(batch, sgd=optimizer, losses=losses, drop=plan.dropout, exclude=() if typed else ("ner",))
            optimizer.step_schedules()
            step += 1
        with nlp.use_params(optimizer.averages):
            part = dev[::4]
            scores = given_tokens(nlp, part, limit=1) | {"joined": (joined := given_tokens(nlp, part))["las"]}
            scores["sentence_f"] = joined["sentence_f"]
            key = scores["las"] + scores["tag"]
            print(
                f"epoch {epoch + 1} step {step}/{steps} {time.time() - began:.0f}s cpu {time.process_time():.0f}s "
                + " ".join(
                    f"{k} {scores[k] * 100:.2f}"
                    for k in ("tag", "upos", "uas", "las", "las_words", "joined", "lemma", "sentence_f", "names_f")
                )
                + " loss "
                + " ".join(f"{k[:5]} {v:.0f}" for k, v in losses.items()),
                file=sys.stderr,
                flush=True,
            )
            if key > best:
                best = key
                output.mkdir(parents=True, exist_ok=True)
                nlp.to_disk(output / "model")
    return spacy.load(output / "model")


def varied(source: Sentence, pool: Pool, rng: random.Random, plan: Plan) -> Sentence:
    """One showing of a sentence: half of them as they stand, half with names replaced, merged, and signs retyped."""
    if rng.random() < 0.5:
        if plan.rename:
            source = renamed(source, pool, rng, plan.rename)
        if plan.merge:
            source = merged(source, rng, plan.merge)
    return retyped(source, rng) if plan.retype else source


def batched(examples: Iterable[Example], size: int) -> Iterator[list[Example]]:
    """Examples in batches of about `size` words; those with entity annotation and those without stay apart."""
    batches: dict[bool, list[Example]] = {True: [], False: []}
    words = Counter[bool]()
    for example in examples:
        typed = any(token.ent_iob for token in example.reference)
        batches[typed].append(example)
        words[typed] += len(example.reference)
        if words[typed] >= size:
            yield batches[typed]
            batches[typed], words[typed] = [], 0
    yield from (batch for batch in batches.values() if batch)


# --- evaluation ----------------------------------------------------------------------------------------------------


def given_tokens(nlp: Language, docs: Sequence[Sequence[Sentence]], merge: bool = False, limit: int = 40) -> dict[str, Any]:
    """Scores with the treebank's tokens, on runs of up to `limit` sentences: shares between 0 and 1; LAS counts punctuation.

    With a limit of 1 the sentences are given too.

    `las_words` and `uas_words` leave punctuation out, as spaCy's scorer does. With `merge` every name is one token.
    """
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    relations: dict[str, Counter[str]] = defaultdict(Counter)
    rng = random.Random(0)
    golds = []
    for document in docs:
        for start in range(0, len(document), limit):
            piece = document[start : start + limit]
            golds.append([merged(s, rng, 2.0) for s in piece] if merge else piece)
    predicted = nlp.pipe([doc(nlp, gold, gold=False) for gold in golds], batch_size=64)
    for gold, guess in zip(golds, predicted, strict=True):
        truth = doc(nlp, gold)
        for right, left in zip(truth, guess, strict=True):
            total["words"] += 1
            hits["tag"] += right.tag_ == left.tag_
            hits["upos"] += right.pos_ == left.pos_
            hits["morph"] += str(right.morph) == str(left.morph)
            hits["lemma"] += right.lemma_ == left.lemma_
            attached = right.head.i == left.head.i
            labelled = attached and right.dep_ == left.dep_
            hits["uas"] += attached
            hits["las"] += labelled
            if right.dep_ != "punct":
                total["nonpunct"] += 1
                hits["uas_words"] += attached
                hits["las_words"] += labelled
            relations[right.dep_]["gold"] += 1
            relations[left.dep_]["guessed"] += 1
            relations[right.dep_]["right"] += labelled
        for what, rights, lefts in (
            ("sentence", {(s.start, s.end) for s in truth.sents}, {(s.start, s.end) for s in guess.sents}),
            ("names", {(e.start, e.end, e.label_) for e in truth.ents}, {(e.start, e.end, e.label_) for e in guess.ents}),
        ):
            if what == "names" and not gold[0].typed:
                continue
            total[what + "_gold"] += len(rights)
            total[what + "_guessed"] += len(lefts)
            hits[what] += len(rights & lefts)
            if what == "names":
                for label in ENTITY_LABELS.values():
                    counts = relations["names:" + label]
                    counts["gold"] += sum(x[2] == label for x in rights)
                    counts["guessed"] += sum(x[2] == label for x in lefts)
                    counts["right"] += sum(x[2] == label for x in rights & lefts)
    scores: dict[str, Any] = {k: hits[k] / total["words"] for k in ("tag", "upos", "morph", "lemma", "uas", "las")}
    scores |= {k: hits[k] / max(1, total["nonpunct"]) for k in ("uas_words", "las_words")}
    for what in ("sentence", "names"):
        p = hits[what] / max(1, total[what + "_guessed"])
        r = hits[what] / max(1, total[what + "_gold"])
        scores |= {what + "_p": p, what + "_r": r, what + "_f": 2 * p * r / max(1e-9, p + r)}
    scores["words"] = total["words"]
    wanted = [*REPORTED, *("names:" + label for label in ENTITY_LABELS.values())]
    scores["by_label"] = {label: _prf(relations[label]) for label in wanted if relations[label]["gold"]}
    return scores


def _prf(counts: Counter[str]) -> dict[str, float]:
    p = counts["right"] / max(1, counts["guessed"])
    r = counts["right"] / max(1, counts["gold"])
    return {"p": round(p, 4), "r": round(r, 4), "f": round(2 * p * r / max(1e-9, p + r), 4), "gold": counts["gold"]}


def own_tokens(nlp: Language, docs: Sequence[Sequence[Sentence]], limit: int = 40) -> dict[str, float]:
    """Scores from raw text, by spaCy's scorer: what does not align counts as wrong in the F measures; no punctuation."""
    golds = [doc(nlp, d[i : i + limit]) for d in docs for i in range(0, len(d), limit)]
    guesses = nlp.pipe([gold.text for gold in golds], batch_size=64)
    made = Scorer(nlp).score([Example(guess, gold) for guess, gold in zip(guesses, golds, strict=True)])
    keys = {
        "token": "token_f", "tag": "tag_acc", "upos": "pos_acc", "lemma": "lemma_acc", "uas_words": "dep_uas",
        "las_words": "dep_las", "sentence_f": "sents_f", "names_f": "ents_f",
    }  # fmt: skip
    return {name: made[key] for name, key in keys.items() if made.get(key) is not None}


def evaluation(nlp: Language, treebanks: Path) -> dict[str, Any]:
    """All figures on the test parts: together and apart, given tokens, names merged, own tokens, speed."""
    ewt, gum = (documents(treebanks / f"{name}-test.conllu") for name in ("ewt", "gum-open"))
    texts = ["".join(w.form + " " * w.space for s in document for w in s.words) for document in ewt + gum]
    list(nlp.pipe(texts[:5]))
    began = time.process_time()
    count = sum(len(made) for made in nlp.pipe(texts))
    spent = time.process_time() - began
    return {
        "given_sentences": given_tokens(nlp, ewt + gum, limit=1),
        "given_sentences_ewt": given_tokens(nlp, ewt, limit=1),
        "given_sentences_gum": given_tokens(nlp, gum, limit=1),
        "names_merged": given_tokens(nlp, ewt + gum, merge=True, limit=1),
        "given_tokens": given_tokens(nlp, ewt + gum),
        "own_tokens": own_tokens(nlp, ewt + gum),
        "words_per_cpu_second": round(count / spent),
    }


def size(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Train and evaluate by the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("treebanks", type=Path, help="folder with the CoNLL-U files")
    parser.add_argument("output", type=Path, help="folder for model/ and evaluation.json")
    parser.add_argument("--epochs", type=int, default=18)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--rows", type=int, nargs=4, default=(7000, 1000, 2500, 1500))
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--rate", type=float, default=0.002)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--batch", type=int, default=1000, help="words in a batch")
    parser.add_argument("--merge", type=float, default=0.5, help="share of names merged in half of the sentences")
    parser.add_argument("--rename", type=float, default=0.15, help="share of personal names replaced")
    parser.add_argument("--no-retype", dest="retype", action="store_false", help="leave quotes and capitals alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stop", type=int, help="stop after this epoch of the schedule")
    parser.add_argument("--start", type=Path, help="go on from this model")
    parser.add_argument("--evaluate-only", action="store_true", help="evaluate OUTPUT/model as it stands")
    given = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    chosen = {name: getattr(given, name) for name in Plan.__dataclass_fields__}
    plan = Plan(**chosen | {"rows": tuple(given.rows)})
    nlp = spacy.load(given.output / "model") if given.evaluate_only else train(given.treebanks, given.output, plan, given.start)
    figures = evaluation(nlp, given.treebanks)
    figures |= {"bytes": size(given.output / "model"), "spacy": spacy.__version__}
    if not given.evaluate_only:
        figures["plan"] = {name: getattr(plan, name) for name in Plan.__dataclass_fields__}
    (given.output / "evaluation.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({k: round(v, 4) for k, v in figures["given_sentences"].items() if isinstance(v, float)}))


if __name__ == "__main__":
    main()
