"""The text of a query or an update as a syntax tree, and back.

`parser.parse_query` and `parse_update` make the tree (`tree`) by the grammar in `grammar.lark` and the rules beside it (`rules`), or say what
is wrong where; `printer.show` writes it; `traversal` goes through it and rebuilds it; `inspection` tells what it asks for; `rewriting` makes
it mean to the engine what the recommendation says; `guard` is the door to the engine.
"""
