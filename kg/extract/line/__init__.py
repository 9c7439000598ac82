"""A sentence as a line of items, and the patterns that find things in it."""
