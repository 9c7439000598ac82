"""What the command line shows as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from rich.table import Table
from rich.text import Text

from kg import prefixes
from kg.pipeline import Judged, Outcome
from kg.settings import ROWS, Settings
from kg.store.revisions import Named, Revision
from kg.validate import Finding
from queries import Question, by_subject


def _row(table: Table, *cells: str) -> None:
    """Adds a row of plain texts: brackets in a source's words are no markup."""
    table.add_row(*(Text(cell) for cell in cells))


def _folding(*columns: str) -> Table:
    """A table that breaks a long word instead of cutting it off."""
    table = Table(highlight=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _written(value: object) -> str:
    """A setting's value as one writes it: true, 30."""
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def outcomes_table(outcomes: Sequence[Outcome]) -> Table:
    """What became of each file."""
    table = _folding("file", "outcome", "claims", "events", "article or reason")
    for o in outcomes:
        counted = o.reading is not None or o.state not in ("refused", "removed", "unchanged")
        _row(table, o.name, o.state, str(o.claims) if counted else "", str(o.events) if counted else "", o.reason or o.article or "")
    return table


def findings_table(findings: Iterable[tuple[str, Finding]], base: str) -> Table:
    """What is wrong in which article's graph."""
    table = _folding("article", "shape", "what is wrong")
    known = prefixes.known(base)
    for article, finding in findings:
        message = finding.message
        for iri in (finding.node, finding.value or ""):
            message = message.replace(iri, prefixes.shorten(iri, known) or iri) if iri else message
        _row(table, article, f"{finding.shape} ({finding.constraint})", message)
    return table


def revisions_table(kept: Iterable[Named], current: Revision | None) -> Table:
    """The revisions kept by name, and the one in force."""
    table = _folding("name", "revision", "kept on", "note", "changed by takedowns")
    for named in kept:
        _row(table, named.name, named.tag, named.day, named.note or "", str(named.rewritten or ""))
    if current is not None:
        _row(table, "", current.tag, "", "the present one", "")
    return table


def judgements_table(judged: Iterable[Judged], base: str) -> Table:
    """Judgements, on what they are, whose, and what became of them."""
    table = _folding("judgement", "verdict", "of", "by", "on", "state", "reason")
    known = prefixes.known(base)
    for row in judged:
        said, state = row.judgement, row.effect if row.state == "standing" else "; ".join(filter(None, (row.state, row.effect)))
        of = [prefixes.shorten(iri, known) or iri for iri in (*said.about, *(said.anchors if said.verdict == "judgement/name" else ()))]
        verdict = said.verdict.rsplit("/", 1)[-1]
        _row(table, said.id.rsplit("/", 1)[-1], verdict, " ".join(of), said.by, said.on.isoformat(), state, said.reason or "")
    return table


def changes_table(rows: Iterable[Mapping[str, str]], base: str) -> Table:
    """Triples that come or go, IRIs shortened by the known prefixes."""
    table, known = _folding("", "subject", "property", "value"), prefixes.known(base)
    for row in rows:
        _row(table, row["change"], *(prefixes.shorten(row[key], known) or row[key] for key in ("subject", "property", "value")))
    return table


def questions_table(questions: Iterable[Question]) -> Table:
    """The questions by subject, and the names that `kg ask` takes."""
    table = Table("subject", "kg ask …", "question", highlight=False)
    for subject, about in by_subject(questions):
        table.add_section()
        for question in about:
            _row(table, subject if question is about[0] else "", question.name, question.title)
    return table


def settings_table(settings: Settings) -> Table:
    """Every setting, what it is now, its default and its meaning."""
    table = _folding("variable", "now", "default", "meaning")
    table.columns[0].no_wrap = True
    for field in fields(settings):
        row, value = ROWS[field.name], getattr(settings, field.name)
        _row(table, row.variable, "(set)" if row.secret and value != row.default else _written(value), row.default, row.meaning)
    return table


def answer_table(body: bytes, base: str) -> Table:
    """SPARQL JSON results as a table, IRIs shortened by the known prefixes."""
    data = json.loads(body)
    if "boolean" in data:
        table = Table("answer", highlight=False)
        _row(table, "yes" if data["boolean"] else "no")
        return table
    names = data["head"]["vars"]
    rows = data["results"]["bindings"]
    table = Table(*names, caption=f"{len(rows)} row{'s' * (len(rows) != 1)}", highlight=False)
    known = prefixes.known(base)
    for row in rows:
        _row(table, *(_shown(row.get(name), known) for name in names))
    return table


def _shown(term: dict[str, str] | None, known: Mapping[str, str]) -> str:
    """A term as people read it."""
    if term is None:
        return ""
    if term["type"] == "uri":
        return prefixes.shorten(term["value"], known) or term["value"]
    return term["value"]
