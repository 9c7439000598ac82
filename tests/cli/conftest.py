"""The stores of the pipeline's tests, to be judged from the command line."""

from tests.pipeline.conftest import folder, told

__all__ = ["folder", "told"]
