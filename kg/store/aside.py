"""What was read and not let in: claims that do not fit the shapes, kept beside the graph so that nothing is lost.

aside/<article>.nq      the quads that only these claims needed, sorted N-Quads
aside/<article>.jsonl   why: one reason a line, JSON
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from kg.store.files import write_whole


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why a claim was set aside: `node` is the claim or one that it needs, `shape` and `constraint` what it breaks, `message` that in words."""

    claim: str
    predicate: str
    node: str
    shape: str
    constraint: str
    message: str
    value: str | None = None


class Aside:
    """The claims set aside in a folder, article by article; an article without any has no files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, article: str, quads: Iterable[Quad], reasons: Iterable[Reason]) -> None:
        """Makes these the claims that are set aside of an article."""
        lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines()
        nquads = b"".join(line + b"\n" for line in sorted(lines))
        why = "".join(json.dumps(asdict(reason), ensure_ascii=False, sort_keys=True) + "\n" for reason in reasons)
        for path, data in ((self._quads(article), nquads), (self._reasons(article), why.encode())):
            if not data:
                path.unlink(missing_ok=True)
            elif not path.exists() or path.read_bytes() != data:
                write_whole(path, data)

    def forget(self, article: str) -> None:
        """Drops what was set aside of an article."""
        self.keep(article, (), ())

    def reasons(self, article: str) -> tuple[Reason, ...]:
        """Why claims of an article were set aside; empty when none were."""
        path = self._reasons(article)
        lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
        return tuple(Reason(**json.loads(line)) for line in lines if line)

    def __iter__(self) -> Iterator[str]:
        """The articles of which claims are set aside, sorted."""
        yield from sorted({path.stem for path in self._folder.glob("*.*") if path.suffix in (".nq", ".jsonl")})

    def _quads(self, article: str) -> Path:
        return self._folder / f"{article}.nq"

    def _reasons(self, article: str) -> Path:
        return self._folder / f"{article}.jsonl"
