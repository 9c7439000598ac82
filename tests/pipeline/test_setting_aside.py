"""A claim that does not fit the shapes is set aside with its reason, and the rest is stored as if it had never been read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import settings
from kg.cli import main
from kg.extract import EXTRACTORS, Extractor
from kg.model import ClaimDraft, Concept, Count, Document, Extraction, Mention, Metadata, Qualifiers, Raw, Span, Telling, TimeSpan
from kg.pipeline import Pipeline
from kg.store.aside import Reason

from .conftest import ROLES, STRIKE, lines, pipeline, raw

NS = "https://w3id.org/isnad/ontology#"
OA = "http://www.w3.org/ns/oa#"


class Doctored:
    """An extractor that reads what the rules read, and more."""

    def __init__(self, whole: Extractor, more: Callable[[Document], tuple[ClaimDraft, ...]]) -> None:
        self.whole, self.more = whole, more

    @property
    def name(self) -> str:
        return self.whole.name

    def extract(self, document: Document) -> Extraction:
        found = self.whole.extract(document)
        return replace(found, drafts=(*found.drafts, *self.more(document)))


def doctored(folder: Path, more: Callable[[Document], tuple[ClaimDraft, ...]]) -> Pipeline:
    """A pipeline into a folder whose extractor adds claims."""
    one = pipeline(folder)
    one.tools.preparing.extractor = Doctored(one.extractor, more)
    return one


EVIDENCE = Span(0, 12)
FIRST, SECOND = Telling(90_001, "event-kind/strike", EVIDENCE), Telling(95_001, "event-kind/strike", EVIDENCE)
DEPOT = Mention("the old depot", EVIDENCE, description=True, kind="Place")


IMPOSSIBLE = (ClaimDraft(FIRST, "killed", Count(5, 3, "count-modifier/exact", "five"), EVIDENCE, qualifiers=Qualifiers(place=DEPOT)),)
"""A telling with at least 5 and at most 3 dead, at a place that nothing else names: only this claim needs the telling and the candidate."""

ANSWERED = (*IMPOSSIBLE, ClaimDraft(SECOND, "inRetaliationFor", FIRST, EVIDENCE))
"""The same telling, and one that answers it."""

BACKWARDS = TimeSpan("then", "precision/day", date(2024, 5, 9), date(2024, 5, 8))
WORDLESS = (
    ClaimDraft(FIRST, "kind", Concept("event-kind/strike"), Span(5, 5)),
    ClaimDraft(SECOND, "time", BACKWARDS, EVIDENCE),
)
"""A claim that rests on no words, and one with a first day after its last."""


def strike(drafts: tuple[ClaimDraft, ...]) -> Callable[[Document], tuple[ClaimDraft, ...]]:
    """These drafts, of one of the reports."""
    return lambda document: drafts if document.name == "strike.txt" else ()


@pytest.mark.parametrize(
    ("drafts", "shapes"),
    [
        (IMPOSSIBLE, {"count-min"}),
        (ANSWERED, {"count-min", "object-happening"}),
        (WORDLESS, {"quote-exact", "quote-start", "time-earliest"}),
    ],
    ids=["impossible", "answered", "wordless"],
)
def test_a_claim_that_does_not_fit_is_set_aside_and_the_rest_is_stored_as_without_it(
    tmp_path: Path, populated: Path, reports: list[Raw], drafts: tuple[ClaimDraft, ...], shapes: set[str]
) -> None:
    outcomes = {o.name: o for o in doctored(tmp_path / "s", strike(drafts)).add(reports)}
    assert {o.state for o in outcomes.values()} == {"added"}
    assert {reason.shape for reason in outcomes["strike.txt"].aside} == shapes
    assert {reason.claim for reason in outcomes["strike.txt"].aside} != set()
    assert len({reason.claim for reason in outcomes["strike.txt"].aside}) == len(drafts)
    assert outcomes["roles.txt"].aside == ()
    assert lines(tmp_path / "s") == lines(populated)


def test_what_is_set_aside_is_kept_with_its_reasons_and_goes_with_its_article(tmp_path: Path, reports: list[Raw]) -> None:
    folder = tmp_path / "s"
    one = doctored(folder, strike(IMPOSSIBLE))
    article = next(o.article for o in one.add(reports) if o.name == "strike.txt")
    assert sorted(p.name for p in (folder / "aside").iterdir()) == [f"{article}.jsonl", f"{article}.nq"]
    (reason,) = [json.loads(line) for line in (folder / "aside" / f"{article}.jsonl").read_text().splitlines()]
    assert reason["predicate"] == "killed"
    assert reason["value"] == "5"
    assert "not above its upper bound" in reason["message"]
    kept = list(parse(path=str(folder / "aside" / f"{article}.nq"), format=RdfFormat.N_QUADS))
    assert reason["claim"] in {q.subject.value for q in kept}  # type: ignore[union-attr]
    assert reason["node"] in {q.subject.value for q in kept}  # type: ignore[union-attr]
    assert [o.aside for o in one.add(reports) if o.name == "strike.txt"] == [(Reason(**reason),)], "unchanged, and still told"
    one.remove("strike.txt")
    assert list((folder / "aside").iterdir()) == []


@pytest.mark.long
def test_reading_well_again_and_rebuilding_keep_aside_what_is_still_wrong_only(tmp_path: Path, populated: Path, reports: list[Raw]) -> None:
    folder = tmp_path / "s"
    one = doctored(folder, strike(IMPOSSIBLE))
    one.add(reports)
    held = {p.name: p.read_bytes() for p in (folder / "aside").iterdir()}
    assert [len(o.aside) for o in one.rebuild() if o.name == "strike.txt"] == [1]
    assert {p.name: p.read_bytes() for p in (folder / "aside").iterdir()} == held
    assert lines(folder) == lines(populated)
    pipeline(folder).rebuild()
    assert list((folder / "aside").iterdir()) == []
    assert lines(folder) == lines(populated)


def test_an_article_whose_own_data_do_not_fit_is_refused_with_the_reason(tmp_path: Path) -> None:
    wrong = Raw("roles.txt", ROLES.encode(), Metadata(title=" \u00a0", publisher="Rudaw"))
    outcomes = {o.name: o for o in pipeline(tmp_path / "s").add([raw("strike.txt", STRIKE), wrong])}
    assert outcomes["strike.txt"].state == "added"
    assert outcomes["roles.txt"].state == "refused"
    assert "do not fit the shapes" in (outcomes["roles.txt"].reason or "")
    assert "metadata.yaml" in (outcomes["roles.txt"].reason or "")


def test_the_command_tells_what_it_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = EXTRACTORS["rules"]
    monkeypatch.setitem(EXTRACTORS, "rules", lambda given: Doctored(made(given), strike(IMPOSSIBLE)))  # type: ignore[arg-type]
    (tmp_path / "strike.txt").write_text(STRIKE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["--store", str(tmp_path / "s"), "add", "strike.txt", "--report", str(tmp_path / "report.json")])
    assert done.exit_code == 0, done.output
    assert "strike.txt: set aside killed: " in done.stderr
    (row,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [reason["shape"] for reason in row["set_aside"]] == ["count-min"]


# -- kg check ---------------------------------------------------------------------------------------------------------------------------


def check(folder: Path):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(main, ["--store", str(folder), "check"])


def test_a_store_that_population_wrote_has_no_findings(populated: Path) -> None:
    done = check(populated)
    assert (done.exit_code, done.output) == (0, "3 articles and the judgements checked, 0 findings.\n")


def test_what_is_wrong_in_a_store_is_shown_and_the_exit_status_tells(tmp_path: Path, populated: Path) -> None:
    folder = tmp_path / "s"
    shutil.copytree(populated, folder)
    with pipeline(folder).writer() as writer:
        quad: Quad = next(writer.store.quads_for_pattern(None, NamedNode(OA + "exact"), None, None))
        writer.begin()
        writer.apply([quad], [])
        writer.publish()
    done = check(folder)
    assert done.exit_code == 1
    assert "quote-exact" in done.output
    assert done.output.endswith("3 articles and the judgements checked, 1 finding.\n")


def test_checking_nothing_says_what_to_run(tmp_path: Path) -> None:
    done = check(tmp_path / "none")
    assert done.exit_code == 3
    assert "kg add" in done.output
    assert settings.read({}, store=tmp_path).folder == tmp_path
