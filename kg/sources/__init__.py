"""Sources: files turned into Documents, clean text with offsets back to the raw, dateline with its evidence, address, publisher."""

from kg.sources.files import gather
from kg.sources.kinds import KINDS
from kg.sources.language import RULES as LANGUAGES
from kg.sources.reading import read

__all__ = ["KINDS", "LANGUAGES", "gather", "read"]
