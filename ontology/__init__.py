"""Where the ontology's Turtle files are, in a checkout and in an installed wheel alike.

The files are data: nothing is parsed here. Each function gives the paths of one part, sorted by name, so that whoever
loads them does so in the same order everywhere.
"""

from pathlib import Path

HOME = Path(__file__).resolve().parent

__all__ = [
    "HOME",
    "alignment_files",
    "authority_files",
    "core_files",
    "crosswalk_files",
    "dl_files",
    "gazetteer_files",
    "rdf_only_files",
    "scheme_files",
    "shape_files",
]


def core_files() -> tuple[Path, ...]:
    """The header and the terms: classes, properties, annotation properties."""
    return _turtle(HOME)


def scheme_files() -> tuple[Path, ...]:
    """The SKOS schemes, with the words by which texts express their concepts."""
    return _turtle(HOME / "schemes")


def alignment_files() -> tuple[Path, ...]:
    """What our terms are in other vocabularies, with those vocabularies' own axioms where the alignment needs them."""
    return _turtle(HOME / "alignments")


def crosswalk_files() -> tuple[Path, ...]:
    """Our concepts beside the codes of event data sets."""
    return _turtle(HOME / "crosswalks")


def rdf_only_files() -> tuple[Path, ...]:
    """What is true in RDF Schema and has no place in OWL 2 DL."""
    return _turtle(HOME / "rdf-only")


def authority_files() -> tuple[Path, ...]:
    """The known things: actors, places, outlets."""
    return _turtle(HOME / "authority")


def gazetteer_files() -> tuple[Path, ...]:
    """The towns and divisions of the region, as CSV."""
    return (HOME / "gazetteer" / "places.csv",)


def shape_files() -> tuple[Path, ...]:
    """The SHACL shapes that an article's graph must fit before it is stored."""
    return _turtle(HOME / "shapes")


def dl_files() -> tuple[Path, ...]:
    """The OWL 2 DL ontology: terms, schemes, alignments and crosswalks."""
    return core_files() + scheme_files() + alignment_files() + crosswalk_files()


def _turtle(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.ttl")))
