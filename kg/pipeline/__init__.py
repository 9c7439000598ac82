"""The whole way of an article: reading, claims, quads, events, facts, one atomic update; and back again when it is removed."""

from kg.pipeline.judging import Judged
from kg.pipeline.outcome import Outcome, Progress
from kg.pipeline.pipeline import Pipeline, version

__all__ = ["Judged", "Outcome", "Pipeline", "Progress", "version"]
