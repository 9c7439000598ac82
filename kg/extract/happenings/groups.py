"""The words of one sentence that tell of one act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from kg.extract.syntax.scene import Scene
from kg.model import Mention


class Refers(Protocol):
    """What a telling asks of the references of its article."""

    def actor(self, scene: Scene, node: int) -> Mention | None:
        """Who a node means."""

    def place(self, scene: Scene, node: int) -> Mention | None:
        """Which place a node means that does not name it."""


@dataclass(slots=True)
class Group:
    """The nodes that tell of one act: the nouns and verbs that name it, and the verbs of harm."""

    anchors: list[int] = field(default_factory=list)
    harms: list[int] = field(default_factory=list)

    @property
    def nodes(self) -> frozenset[int]:
        """All of them."""
        return frozenset((*self.anchors, *self.harms))
