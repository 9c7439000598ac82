"""Imports point down, never sideways: the house of the README's architecture section, enforced."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LAYERS = (
    {"kg.cli"},
    {"kg.tables", "kg.score", "server"},
    {"kg.pipeline", "kg.scale", "kg.updating", "kg.querying"},
    {
        "kg.sources", "kg.extract", "kg.resolve", "kg.fuse", "kg.quads", "kg.facts", "kg.judgements", "kg.background", "kg.corrections",
        "kg.reason", "kg.validate", "kg.link",
        "kg.store", "kg.federate",
    },
    {"kg.sparql", "kg.answers", "kg.values", "kg.http", "kg.stated", "kg.foreign"},
    {"kg.formats", "kg.authority", "kg.prefixes", "kg.triples"},
    {"kg.terms", "kg.ids"},
    {"kg.model", "kg.settings", "queries"},
    {"kg.errors", "ontology", "corpus", "english", "kg"},
)  # fmt: skip
"""From the roof to the ground; what stands in one row are strangers."""

READING = (
    {"rules"},
    {"happenings", "referring"},
    {"speaking"},
    {"bodies"},
    {"syntax"},
    {"line"},
    {"lexicon"},
    {"tokens"},
)
"""The parts of kg.extract, in the same order."""

OURS = {"kg", "server", "ontology", "queries", "corpus", "english"}


def room(module: str) -> str:
    """The room that a module belongs to: `kg.extract.rules` stands in `kg.extract`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "kg" and len(parts) > 1 else parts[0]


def imported(source: str) -> Iterator[str]:
    """The rooms of ours that a module's text imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [f"{node.module}.{alias.name}" if node.module in OURS else node.module for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] in OURS:
                found = room(name)
                known = any(found in layer for layer in LAYERS)
                yield found if known else name.split(".")[0]


def modules() -> list[Path]:
    return sorted(p for name in OURS for p in (ROOT / name).rglob("*.py"))


def breach(module: str, source: str) -> str | None:
    """What a module imports that stands beside or above it, or None."""
    here = room(module)
    depth = {name: level for level, layer in enumerate(LAYERS) for name in layer}
    for other in imported(source):
        if other != here and depth[other] <= depth[here]:
            return f"{module} imports {other}"
    return None


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    assert any(room(module) in layer for layer in LAYERS), f"{module} has no place in the house"
    assert breach(module, path.read_text(encoding="utf-8")) is None


def read_from(source: str) -> Iterator[str]:
    """The parts of kg.extract that a module's text imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith("kg.extract."):
            parts = node.module.split(".")
            yield from parts[2:3] or [alias.name for alias in node.names]


@pytest.mark.parametrize("path", sorted((ROOT / "kg" / "extract").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_parts_of_extraction_read_from_those_below(path: Path) -> None:
    part = path.relative_to(ROOT / "kg" / "extract").with_suffix("").parts[0]
    depth = {name: level for level, parts in enumerate(READING) for name in parts}
    others = [other for other in read_from(path.read_text(encoding="utf-8")) if other in depth and other != part]
    assert [other for other in others if part in depth and depth[other] <= depth[part]] == []


def test_a_breach_is_seen() -> None:
    assert list(read_from("from kg.extract.syntax import tree")) == ["syntax"]
    assert list(read_from("from kg.extract import line")) == ["line"]
    assert breach("kg.terms", "from kg.pipeline import Pipeline")
    assert breach("kg.facts", "import kg.quads")
    assert breach("kg.facts", "from kg import quads")
    assert breach("kg.extract.rules", "from kg.extract.line.reading import line") is None
