"""The whole way of an article: reading, claims, quads, events, facts, one atomic update; and back again when it is removed."""

from kg.pipeline.judging import Judged
from kg.pipeline.pipeline import Outcome, Pipeline, Progress, version

__all__ = ["Judged", "Outcome", "Pipeline", "Progress", "version"]
