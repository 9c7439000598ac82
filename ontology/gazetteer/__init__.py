"""The regional gazetteer: where its table is, and how to make it anew (build.py).

The table is data: nothing is read here.
"""

from pathlib import Path

HOME = Path(__file__).resolve().parent
PLACES = HOME / "places.csv"
CURATED = HOME / "curated.csv"
PARENTS = HOME / "parents.csv"

__all__ = ["CURATED", "HOME", "PARENTS", "PLACES"]
