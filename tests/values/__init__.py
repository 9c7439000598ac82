"""Values in running text."""
