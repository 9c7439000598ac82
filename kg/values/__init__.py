"""Values that stand in running English: sentences, numbers, dates."""
