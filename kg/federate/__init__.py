"""Queries that ask other endpoints by SERVICE (SPARQL 1.1 Federated Query).

`endpoints` are those that may be asked, and asks them; `replies` reads what they answer; `beside` tells which values of variables the rest of
a query leaves, so that no more is asked for; `evaluation` puts the answers into the query in the place of each SERVICE.
"""
