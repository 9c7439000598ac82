"""The whole way of an article: reading, claims, quads, events, facts, one atomic update; and back again when it is removed."""

from kg.pipeline.pipeline import Outcome, Pipeline, Progress, version

__all__ = ["Outcome", "Pipeline", "Progress", "version"]
