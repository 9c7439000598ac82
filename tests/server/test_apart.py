"""What serves the web holds neither pyshacl nor rdflib, which the first changes for its whole process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kg.store.processes import environment

HELD = "print([name for name in ('pyshacl', 'rdflib') if name in sys.modules])"


def python(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment())
    return done.stdout.splitlines()[-1]


def test_importing_server_and_command_line_loads_no_pyshacl() -> None:
    assert python(f"import sys, server, server.run, server.sparql, server.pages, kg.cli; {HELD}") == "[]"


def test_loading_is_seen() -> None:
    assert python(f"import sys, kg.validate; kg.validate.check([]); {HELD}") == "['pyshacl', 'rdflib']"


def test_a_server_that_first_populates_its_store_loads_no_pyshacl(tmp_path: Path) -> None:
    program = f"""
import sys
import server.run
from kg.cli import main
server.run.serve = lambda *_, **__: {HELD}
main(["--store", {str(tmp_path / "store")!r}, "serve", "--populate"])
"""
    assert python(program) == "[]"
    assert list((tmp_path / "store" / "documents" / "articles").glob("*.json"))
