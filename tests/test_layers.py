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
    {"kg.pipeline", "kg.scale"},
    {
        "kg.sources", "kg.extract", "kg.resolve", "kg.fuse", "kg.quads", "kg.facts", "kg.background", "kg.reason", "kg.validate", "kg.link",
        "kg.store", "kg.federate",
    },
    {"kg.sparql", "kg.answers", "kg.values", "kg.http", "kg.triples"},
    {"kg.formats", "kg.authority", "kg.prefixes"},
    {"kg.terms", "kg.ids"},
    {"kg.model", "kg.settings", "queries"},
    {"kg.errors", "ontology", "corpus", "english", "kg"},
)  # fmt: skip
"""From the roof to the ground; what stands in one row are strangers."""

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


def test_a_breach_is_seen() -> None:
    assert breach("kg.terms", "from kg.pipeline import Pipeline")
    assert breach("kg.facts", "import kg.quads")
    assert breach("kg.facts", "from kg import quads")
    assert breach("kg.extract.rules", "from kg.extract.line import line") is None
