"""A sentence as a tree: the plainer sentence, its parse, what is mended in it, and clauses, contexts and phrases read off it."""
