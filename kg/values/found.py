"""A value and where it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.model import Span

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A value read from a stretch of the text."""

    span: Span
    value: Value
