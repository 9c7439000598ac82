"""Whether an article's graph fits the shapes that all such graphs have; see `kg.validate.shacl`."""

from kg.validate.shacl import Finding, Shapes, check, shapes

__all__ = ["Finding", "Shapes", "check", "shapes"]
