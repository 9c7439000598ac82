"""Isnad: a knowledge graph of claims, each with its chain of attribution."""

import os

# One thread for NumPy's BLAS, unless the user says otherwise. It is read once, when NumPy is first imported, so no later place will do; the parser's
# matrices are small, and two threads that wait for each other cost three times the processor's time of one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
