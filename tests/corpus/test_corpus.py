import hashlib
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

import corpus

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT.parent / "shared" / "articles"
SIDECAR = yaml.safe_load((corpus.PATH / "metadata.yaml").read_text(encoding="utf-8"))
GOLD = yaml.safe_load((ROOT / "tests" / "gold" / "corpus.yaml").read_text(encoding="utf-8"))
REPORTS = sorted(path.name for path in corpus.PATH.glob("*.txt"))
RUN = 9  # words in a row that make a copied sentence

with_articles = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the original articles are not at hand (no ../shared/articles)")


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return (tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1))


def without_addresses(text: str) -> str:
    # An outlet's address may spell out its headline; naming a source is not copying it.
    return re.sub(r"https?://[^\s\"'<>]+", " | ", text)


@cache
def article_runs() -> frozenset[tuple[str, ...]]:
    return frozenset(run for path in ARTICLES.glob("*.txt") for run in runs(path.read_text(encoding="utf-8", errors="replace")))


def shared_with_articles(text: str) -> list[str]:
    return sorted({" ".join(run) for run in runs(without_addresses(text)) if run in article_runs()})


def project_texts() -> list[Path]:
    """Every file that git tracks or would track."""
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_the_sidecar_names_every_report_and_nothing_else():
    assert sorted(SIDECAR) == REPORTS
    assert len(REPORTS) == 5


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_a_headline_a_dateline_and_250_to_600_words_of_prose(name):
    headline, dateline, blank, *body = (corpus.PATH / name).read_text(encoding="utf-8").split("\n")
    assert headline == SIDECAR[name]["title"]
    assert dateline
    assert not blank
    assert 250 <= len(" ".join(body).split()) <= 600


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_that_it_is_a_paraphrase_and_of_what(name):
    row = SIDECAR[name]
    assert row["publisher"] == "Isnad"
    assert row["language"] == "en"
    assert row["derived_from"]["raw_sha256"]
    assert row["derived_from"].keys() == {"publisher", "raw_sha256", "published"}
    assert row["published"] == row["derived_from"]["published"]
    assert re.fullmatch(r"[0-9a-f]{64}", row["derived_from"]["raw_sha256"])


def test_no_two_reports_retell_the_same_original():
    assert len({row["derived_from"]["raw_sha256"] for row in SIDECAR.values()}) == len(REPORTS)


@pytest.mark.parametrize("name", REPORTS)
def test_direct_speech_does_not_stand_in_a_report(name):
    assert not re.search(r"[\"“”«»]", (corpus.PATH / name).read_text(encoding="utf-8"))


def test_the_readme_names_every_report():
    readme = (corpus.PATH / "README.md").read_text(encoding="utf-8")
    assert [name for name in REPORTS if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("gold", GOLD, ids=[gold["article"] for gold in GOLD])
def test_every_gold_fact_is_found_in_its_report_by_its_cue(gold):
    text = (corpus.PATH / f"{gold['article']}.txt").read_text(encoding="utf-8")
    rows = gold["events"] + gold["statements"]
    assert [row for row in rows if row["cue"] not in text] == []


def test_every_report_has_its_gold_facts():
    assert sorted(f"{gold['article']}.txt" for gold in GOLD) == REPORTS


@with_articles
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_names_the_hash_the_day_and_the_outlet_of_its_original(name):
    originals = {hashlib.sha256(path.read_bytes()).hexdigest(): path.name for path in ARTICLES.glob("*.txt")}
    known = yaml.safe_load((ARTICLES / "metadata.yaml").read_text(encoding="utf-8"))
    derived = dict(SIDECAR[name]["derived_from"])
    original = {
        key: value for key, value in known[originals[derived["raw_sha256"]]].items() if key != "url"
    }  # an address spells out a headline
    assert derived == original | {"raw_sha256": derived["raw_sha256"]}


@with_articles
def test_no_sentence_of_the_articles_stands_in_the_project():
    copied = {}
    for path in project_texts():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # not a text file
            continue
        if shared := shared_with_articles(text):
            copied[path.relative_to(ROOT).as_posix()] = shared[:3]
    assert copied == {}


@with_articles
@pytest.mark.parametrize("article", sorted(path.name for path in ARTICLES.glob("*.txt")))
def test_the_check_finds_a_copied_sentence_behind_other_case_quotes_and_breaks(article):
    found = words((ARTICLES / article).read_text(encoding="utf-8", errors="replace"))
    middle = found[len(found) // 2 :][:RUN]
    assert shared_with_articles("“" + ",\n ".join(word.title() for word in middle) + "”")
    assert not shared_with_articles(" ".join(middle[:-1]))
