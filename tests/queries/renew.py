"""`python -m tests.queries.renew [NAME…]` writes the expected answers anew and shows what changed; with --check it only shows, and exits 1."""

from __future__ import annotations

import argparse
import difflib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from queries import Question, question, questions
from tests.queries.answers import answer, columns, pool, populate, rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Renews what differs; the exit status is 1 when an answer is empty, or with --check when any differs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.queries.renew", description="Writes the expected answers anew and shows what changed."
    )
    parser.add_argument("names", nargs="*", help="questions to renew (default: all)")
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args(arguments)
    chosen = [question(name) for name in given.names] or list(questions())
    bad = False
    with tempfile.TemporaryDirectory() as folder, pool(populate(Path(folder) / "store")) as workers:
        for each in chosen:
            found = answer(each, workers)
            held = each.expected.read_bytes() if each.expected.exists() else b""
            if not rows(found):
                print(f"{each.name}: no rows")
                bad = True
            if found == held:
                continue
            bad = bad or given.check
            print("\n".join(_difference(each, held, found)))
            if not given.check:
                each.expected.write_bytes(found)
    return int(bad)


def _difference(each: Question, held: bytes, found: bytes) -> Iterator[str]:
    """What became of the rows, one line each."""
    yield f"== {each.name}: {len(rows(held)) if held else 0} rows, now {len(rows(found))}"
    if held and columns(held) != columns(found):
        yield f"columns {', '.join(columns(held))}, now {', '.join(columns(found))}"
    before, after = (text.decode().splitlines()[1:] for text in (held, found))
    for line in difflib.unified_diff(before, after, n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield line


if __name__ == "__main__":
    sys.exit(main())
