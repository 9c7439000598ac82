"""Five reports in our own words, shipped with the project so that a bare clone has something to read."""

from pathlib import Path

PATH = Path(__file__).parent
