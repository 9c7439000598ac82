"""The five articles of ../shared, where that folder is there: all are populated, and nothing is laid to anybody's charge that they do not state."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from kg.authority import authority
from kg.cli import main
from kg.extract import EXTRACTORS
from kg.model import Claim, Raw, Reading
from kg.pipeline import Pipeline
from kg.settings import DEFAULT_BASE, read
from kg.sources import gather

SHARED = Path(__file__).resolve().parents[3] / "shared"
ARTICLES = SHARED / "articles"
pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles of ../shared are not here")

NAMES = sorted(p.stem for p in ARTICLES.glob("*.txt"))


@cache
def gold() -> dict[str, dict[str, list[dict[str, object]]]]:
    rows = yaml.safe_load((SHARED / "gold" / "seeds.yaml").read_text(encoding="utf-8"))
    return {row["article"]: row for row in rows}


@cache
def reading(name: str) -> Reading:
    pipeline = Pipeline(read({}, store="memory:"))
    (raw,) = (file for file in gather([ARTICLES / f"{name}.txt"], None, 10**7) if isinstance(file, Raw))
    return pipeline.read(raw).reading


def claims(name: str) -> tuple[Claim, ...]:
    return reading(name).claims


def described(name: str) -> set[str]:
    """The doers of an article that it does not name: unknown parties."""
    return {each.id for each in reading(name).candidates if each.kind == "UnidentifiedActor"}


def known_by(iri: object, name: str) -> bool:
    """Whether a known thing bears a name of the gold file."""
    thing = authority(DEFAULT_BASE).things.get(str(iri))
    wanted = name.casefold()
    return thing is not None and any(n.words.casefold() in (wanted, f"the {wanted}") for n in thing.names)


def named(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_named_as_doer_whom_the_article_does_not_name(name: str) -> None:
    """perpetrator and claimedBy agree with some event of the gold; false attribution is the worst error."""
    events = gold()[name]["events"]
    for predicate, keys in (("perpetrator", ("by", "by_or")), ("claimedBy", ("claimed_by",))):
        allowed = {doer for event in events for key in keys for doer in named(event.get(key))}
        for claim in claims(name):
            if claim.predicate == predicate and claim.object not in described(name):
                assert any(known_by(claim.object, doer) for doer in allowed), f"{claim.object} as {predicate}"


@pytest.mark.parametrize("name", NAMES)
def test_every_victim_named_is_one_of_the_dead(name: str) -> None:
    allowed = {person for event in gold()[name]["events"] for person in named(event.get("killed_persons"))}
    victims = [claim for claim in claims(name) if claim.predicate == "victim"]
    assert [v.object for v in victims if not any(known_by(v.object, person) for person in allowed)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_role_and_relation_read_stands_in_the_gold(name: str) -> None:
    article = gold()[name]
    roles = [(row[0], row[2]) for row in article.get("roles", [])]
    structure = [(row[0], row[2]) for slot in ("structure", "designations") for row in article.get(slot, [])]
    holds = ("leads", "deputyLeads", "commandsIn", "speaksFor", "holdsPositionIn")
    relations = (
        "partOf",
        "componentOf",
        "backedBy",
        "fundedBy",
        "alignedWith",
        "affiliatedWith",
        "memberOf",
        "supports",
        "designatedTerroristBy",
    )
    for claim in claims(name):
        pairs = roles if claim.predicate in holds else structure if claim.predicate in relations else None
        if pairs is not None:
            found = any(known_by(claim.subject, one) and known_by(claim.object, other) for one, other in pairs)
            assert found, f"{claim.subject} {claim.predicate} {claim.object}"


def test_all_five_are_populated_and_the_components_of_the_pmf_listed_with_their_sources(tmp_path: Path) -> None:
    run = CliRunner()
    added = run.invoke(main, ["--store", str(tmp_path), "add", str(ARTICLES)])
    assert added.exit_code == 0, added.output
    assert added.output.count("added") == 5
    rows = list(
        csv.DictReader(io.StringIO(run.invoke(main, ["--store", str(tmp_path), "ask", "pmf-components", "--format", "csv"]).output))
    )
    assert {"Badr Organization", "Asa'ib Ahl al-Haq", "Kata'ib Hezbollah", "Harakat Hezbollah al-Nujaba"} <= {
        row["groupName"] for row in rows
    }
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize("url", [None, "https://example.org/news/1"])
def test_both_readings_of_one_article_count_as_one_work(url: str | None) -> None:
    """An article added directly, its address known or not, and our paraphrase of it are derived from the same work."""
    import corpus

    pipeline = Pipeline(read({}, store="memory:"))
    derived = "http://www.w3.org/ns/prov#wasDerivedFrom"

    def works(folder: Path, url: str | None) -> list[set[str]]:
        files = [file for file in gather([folder], None, 10**7) if isinstance(file, Raw)]
        told = [replace(file, metadata=replace(file.metadata, url=url)) if url else file for file in files]
        return [{str(q.object.value) for q in pipeline.read(file).quads if q.predicate.value == derived} for file in told]

    originals, retellings = works(ARTICLES, url), works(corpus.PATH, None)
    assert len(originals) == len(retellings) == 5
    assert all(sum(bool(one & other) for other in originals) == 1 for one in retellings)


def test_every_extractor_reads_the_articles_alike_twice() -> None:
    assert EXTRACTORS
    for name in NAMES:
        first = claims(name)
        reading.cache_clear()
        assert claims(name) == first
