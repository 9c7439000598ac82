"""The shared articles, where they are at hand: what they say of themselves, each sentence once, every cue found."""

from __future__ import annotations

import dataclasses
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.model import Document, Metadata, Raw
from kg.sources import gather, read
from kg.sources.lines import key
from kg.values.sentences import sentences

from .making import check_pieces

SHARED = Path(__file__).parents[3] / "shared"
ARTICLES, GOLD = SHARED / "articles", SHARED / "gold" / "seeds.yaml"

pytestmark = pytest.mark.skipif(not (ARTICLES.is_dir() and GOLD.is_file()), reason="../shared/articles and its gold file are not here")


@cache
def raws() -> tuple[Raw, ...]:
    found = tuple(gather([ARTICLES], None, 1_000_000))
    assert all(isinstance(raw, Raw) for raw in found), found
    return found  # type: ignore[return-value]


@cache
def documents(sidecar: bool = True) -> tuple[Document, ...]:
    return tuple(read(raw if sidecar else dataclasses.replace(raw, metadata=Metadata())) for raw in raws())


@cache
def gold() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    rows = content if isinstance(content, list) else next(value for value in content.values() if isinstance(value, list))
    return {row["article"]: row for row in rows}


def cues(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["cue"]] if isinstance(value.get("cue"), str) else list(value.get("cue") or [])
        return own + [cue for key_, inner in value.items() if key_ != "cue" for cue in cues(inner)]
    return [cue for inner in value for cue in cues(inner)] if isinstance(value, list) else []


def test_all_five_are_read() -> None:
    assert len(documents()) == 5
    assert {document.name.removesuffix(".txt") for document in documents()} == set(gold())


def test_with_the_sidecar_days_addresses_and_publishers_are_those_it_states() -> None:
    stated = yaml.load((ARTICLES / "metadata.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for document in documents():
        row = stated[document.name]
        assert (document.dateline.edtf, document.url, document.publisher) == (row["published"], row.get("url"), row["publisher"])
        assert document.dateline.evidence == "dateline-evidence/sidecar"
        assert not any("although" in note for note in document.notes)


def test_without_the_sidecar_days_and_addresses_are_those_in_the_text() -> None:
    for document in documents(sidecar=False):
        row = gold()[document.name.removesuffix(".txt")]
        in_header = row["published_from"] == "header"
        assert document.dateline.edtf == (str(row["published"]) if in_header else None)
        assert document.dateline.evidence == f"dateline-evidence/{'header' if in_header else 'none'}"
        assert document.url == row.get("url")


@pytest.mark.parametrize("sidecar", [True, False])
def test_each_sentence_stands_once(sidecar: bool) -> None:
    for document in documents(sidecar):
        tally = Counter(key(span.of(document.text)) for span in sentences(document.text))
        assert [words for words, count in tally.items() if count > 1] == []


@pytest.mark.parametrize("sidecar", [True, False])
def test_every_cue_is_found_in_the_clean_text(sidecar: bool) -> None:
    for document in documents(sidecar):
        wanted = cues(gold()[document.name.removesuffix(".txt")])
        assert len(wanted) > 10
        assert [cue for cue in wanted if cue not in document.text] == []


def test_no_sentence_of_the_raw_is_lost() -> None:
    """Every line of the raw that ends as a sentence does, and is longer than a label, is in the clean text by its words."""
    for raw, document in zip(raws(), documents(), strict=True):
        clean = key(document.text)
        for line in raw.data.decode().splitlines():
            for span in sentences(line):
                sentence = span.of(line)
                words = key(sentence).split()
                if len(words) > 9 and sentence.rstrip('”"’)*').endswith(".") and not sentence.endswith("..."):
                    assert " ".join(words[-8:]) in clean, (document.name, line)


def test_titles_are_the_headlines_and_not_in_the_text() -> None:
    for document in documents():
        assert document.title
        assert key(document.title) not in key(document.text)


def test_furniture_is_left_out() -> None:
    for document in documents():
        for furniture in ("http", "@", "+7495", "Leave a Reply", "Source link", "Post a Comment", "2024-08-03T", "en_EN", "Updated:"):
            assert furniture not in document.text


def test_each_piece_stands_in_the_raw() -> None:
    for raw, document in zip(raws(), documents(), strict=True):
        check_pieces(document, raw.data.decode())
