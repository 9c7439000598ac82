"""Requests to other servers: to addresses that were looked at first, within limits of time and size, in our own name.

`addresses` tells where a name leads and whether one may go there; `client` asks.
"""
