"""The parser is a setting: the shipped pipeline, or any other that parses English, in Universal Dependencies or ClearNLP's labels."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner
from spacy.tokens import Doc
from spacy.training import Example

import english as shipped
from kg import settings
from kg.cli import main
from kg.errors import IsnadError, SettingError
from kg.extract import EXTRACTORS
from kg.extract.syntax.encoder import Encoder
from kg.extract.syntax.english import Word, identity, load
from tests.extract.reading import document

TEXT = "The Ain al-Asad base was attacked by Kata'ib Hezbollah with four rockets on Sunday. Hadi al-Amiri leads the Badr Organization."

CLEAR = (
    # words, tags, heads, ClearNLP's labels
    (
        "Israel struck the base in Jordan .",
        "NNP VBD DT NN IN NNP .",
        (1, 1, 3, 1, 3, 4, 1),
        "nsubj ROOT det dobj prep pobj punct",
    ),
    (
        "The base was struck by Israel .",
        "DT NN VBD VBN IN NNP .",
        (1, 3, 3, 3, 3, 4, 3),
        "det nsubjpass auxpass ROOT agent pobj punct",
    ),
)
"""Two sentences as spaCy's own English models parse them."""


@pytest.fixture(scope="module")
def clear(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline with ClearNLP's labels that knows two sentences by heart."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("tagger")
    pipeline.add_pipe("parser", config={"min_action_freq": 1})
    examples = []
    for words, tags, heads, labels in CLEAR:
        gold = Doc(pipeline.vocab, words=words.split(), tags=tags.split(), heads=list(heads), deps=labels.split())
        examples.append(Example(Doc(pipeline.vocab, words=words.split()), gold))
    optimizer = pipeline.initialize(lambda: iter(examples))
    for _ in range(25):
        pipeline.update(examples, sgd=optimizer, drop=0.0)
    folder = tmp_path_factory.mktemp("clear") / "model"
    pipeline.to_disk(folder)
    return folder


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped pipeline under another version."""
    folder = Path(shutil.copytree(shipped.MODEL, tmp_path / "model"))
    meta = json.loads((folder / "meta.json").read_text())
    (folder / "meta.json").write_text(json.dumps(meta | {"version": "9.9.9"}))
    return folder


def blank(folder: Path, *parts: str, language: str = "en") -> Path:
    """An untrained pipeline with some parts."""
    pipeline = spacy.blank(language)
    for part in parts:
        pipeline.add_pipe(part)
    pipeline.to_disk(folder)
    return folder


def unfit(tmp_path: Path) -> Iterator[tuple[str, str]]:
    yield "no_such_pipeline", "neither an installed"
    yield str(tmp_path), "neither an installed"
    yield "json", "neither an installed"  # a package, but no pipeline
    yield str(blank(tmp_path / "no-parser", "tagger")), "no parser"
    yield str(blank(tmp_path / "nothing")), "no tagger and no parser"
    yield str(blank(tmp_path / "german", "tagger", "parser", language="de")), "language is 'de'"
    torn = tmp_path / "torn"
    torn.mkdir()
    (torn / "meta.json").write_text("{")
    yield str(torn), "neither an installed"


def test_what_is_no_parser_of_english_is_refused_with_the_reason(tmp_path: Path) -> None:
    for model, reason in unfit(tmp_path):
        with pytest.raises(SettingError, match="KG_SPACY_MODEL") as caught:
            EXTRACTORS["rules"](settings.read({"KG_SPACY_MODEL": model}))
        assert reason in str(caught.value), model


def test_a_pipeline_that_cannot_be_loaded_is_refused_too(tmp_path: Path) -> None:
    hollow = Path(shutil.copytree(shipped.MODEL, tmp_path / "hollow"))
    (hollow / "config.cfg").unlink()
    with pytest.raises(SettingError, match="cannot load"):
        load(str(hollow))


def test_a_missing_spacy_and_a_damaged_shipped_pipeline_are_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "spacy", None)
        with pytest.raises(IsnadError, match="spaCy, which parses the sentences, cannot be loaded"):
            load.__wrapped__()
    monkeypatch.setattr(shipped, "MODEL", tmp_path / "gone")
    with pytest.raises(SettingError, match=r"shipped pipeline in .* is missing"):
        identity.__wrapped__()


def test_the_command_line_says_what_is_wrong_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    result = CliRunner().invoke(main, ["--store", str(tmp_path / "s"), "add", str(tmp_path / "a.txt")], env={"KG_SPACY_MODEL": "nothing"})
    assert result.exit_code == 2
    assert "KG_SPACY_MODEL is 'nothing'" in result.output
    assert "Traceback" not in result.output


def test_the_shipped_pipeline_is_meant_by_its_word_by_its_folder_and_by_default() -> None:
    names = {
        EXTRACTORS["rules"](settings.read(env)).name for env in ({}, {"KG_SPACY_MODEL": "shipped"}, {"KG_SPACY_MODEL": str(shipped.MODEL)})
    }
    assert len(names) == 1
    assert "+" not in names.pop()


def test_another_pipeline_reads_and_signs_with_its_own_name(copied: Path) -> None:
    own = EXTRACTORS["rules"](settings.read({}))
    other = EXTRACTORS["rules"](settings.read({"KG_SPACY_MODEL": str(copied)}))
    assert other.name.startswith(f"{own.name}+en_isnad-9.9.9-")
    read = other.extract(document(TEXT))
    assert read.extractor == other.name
    assert read.drafts == own.extract(document(TEXT)).drafts
    assert read.drafts


def test_two_pipelines_of_one_name_and_version_are_told_apart(copied: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(copied, tmp_path / "other"))
    meta = json.loads((other / "meta.json").read_text())
    (other / "meta.json").write_text(json.dumps(meta | {"description": "trained once more"}))
    assert identity(str(other)) != identity(str(copied))


def test_an_article_is_read_again_by_another_pipeline(copied: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    states = []
    for model in ("shipped", "shipped", str(copied), str(copied)):
        report = tmp_path / "report.json"
        arguments = ["--store", str(tmp_path / "s"), "add", str(tmp_path / "a.txt"), "--report", str(report)]
        result = CliRunner().invoke(main, arguments, env={"KG_SPACY_MODEL": model})
        assert result.exit_code == 0, result.output
        states += [row["state"] for row in json.loads(report.read_text())]
    assert states == ["added", "unchanged", "updated", "unchanged"]


def test_clearnlp_labels_are_read_as_universal_dependencies(clear: Path) -> None:
    active, passive = load(str(clear)).parse([[Word(word) for word in words.split()] for words, *_ in CLEAR])
    assert [word.relation for word in active] == ["nsubj", "ROOT", "det", "obj", "case", "nmod", "punct"]
    assert [word.head for word in active] == [1, 1, 3, 1, 5, 3, 1]
    assert [word.relation for word in passive] == ["det", "nsubj:pass", "aux:pass", "ROOT", "case", "obl:agent", "punct"]


def test_an_empty_sentence_gives_an_empty_parse() -> None:
    assert list(load().parse([[], [Word("Rockets"), Word("fell")], []]))[::2] == [(), ()]


def test_numpy_gets_one_thread_before_it_is_imported() -> None:
    """OpenBLAS reads the variable when NumPy is imported, which some dependency does before the parser is asked for."""
    code = "import sys, kg, os; assert 'numpy' not in sys.modules; import kg.cli; print(os.environ['OPENBLAS_NUM_THREADS'])"
    for given, expected in (({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")):
        environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | given
        made = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert made.stdout.strip() == expected


def test_vectors_with_less_work_are_those_of_the_pipeline() -> None:
    english = load()
    encoder = Encoder.of(english._pipeline)
    assert encoder is not None
    sentences = [[Word("Rockets"), Word("hit"), Word("Ain al-Asad", "<place>"), Word(".")], [], [Word("Rockets"), Word("fell")]]
    docs = []
    for words in sentences:
        doc = Doc(english._pipeline.vocab, words=[word.words for word in words])
        for token, word in zip(doc, words, strict=True):
            if word.norm:
                token.norm_ = word.norm
        docs.append(doc)
    expected = english._pipeline.get_pipe("tok2vec").predict(docs)  # type: ignore[attr-defined]
    for _ in range(2):  # first learnt, then remembered
        for made, wanted in zip(encoder.vectors(sentences), expected, strict=True):
            assert made.shape == wanted.shape
            assert abs(made - wanted).max(initial=0) < 1e-4


def test_a_pipeline_without_vectors_of_that_make_has_no_encoder() -> None:
    assert Encoder.of(spacy.blank("en")) is None
