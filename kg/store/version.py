"""What wrote a store: its layout, the base IRI, and the hashes of the vocabulary and the policy that its graph was made by."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreVersionError
from kg.store.files import write_whole

FORMAT: Final = 2
"""The layout that `kg.store.embedded` describes; a store of another layout is rebuilt from its documents."""


@dataclass(frozen=True, slots=True)
class Version:
    """What wrote a store."""

    format: int
    base: str
    vocabulary: str
    policy: str

    def differs(self, other: Version) -> str | None:
        """What differs from another version, in words, or None."""
        for name in ("format", "base", "vocabulary", "policy"):
            if getattr(self, name) != getattr(other, name):
                return f"its {name} is {getattr(other, name)!s:.24}, this version's is {getattr(self, name)!s:.24}"
        return None

    def write(self, folder: Path) -> None:
        """States it in a store."""
        write_whole(folder / "VERSION", json.dumps(asdict(self)).encode())


def read_version(folder: Path) -> Version | None:
    """The version that a store states, or None when there is no store."""
    try:
        return Version(**json.loads((folder / "VERSION").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise StoreVersionError(f"{folder / 'VERSION'} cannot be read ({error}). Run `kg rebuild` to make the graph anew.") from error
