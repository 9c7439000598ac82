"""Who and what is meant where a sentence does not name it."""
