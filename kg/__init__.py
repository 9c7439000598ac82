"""Isnad: a knowledge graph of claims, each with its chain of attribution."""

__version__ = "0.1.0"
