"""The trained English pipeline that the project ships: a spaCy model as data, under a licence of its own (LICENSE.md)."""

from pathlib import Path
from typing import Final

MODEL: Final = Path(__file__).parent / "model"
"""The folder that `spacy.load` takes; `bench/english/train.py` makes it."""
