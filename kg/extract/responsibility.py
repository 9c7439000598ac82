"""Who answers for a happening: claims of responsibility, accusations, denials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.scene import Scene, Told
from kg.extract.speech import Frame, References
from kg.model import ClaimDraft


def drafts(scene: Scene, found: Sequence[Frame], told: Sequence[Told], refs: References) -> Iterator[ClaimDraft]:
    """The claims on the happenings of a sentence."""
    yield from ()
