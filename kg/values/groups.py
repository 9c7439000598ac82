"""What hangs together by pairs: the connected components of a graph, grown pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Set


class Groups:
    """Things in groups; one that was never joined to another is a group of its own.

    >>> [sorted(group) for group in Groups([("a", "b"), ("c", "c"), ("d", "b")]).sorted()]
    [['a', 'b', 'd'], ['c']]
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._home: dict[str, set[str]] = {}
        for one, other in pairs:
            self.join(one, other)

    def of(self, thing: str) -> Set[str]:
        """The group of a thing; two things are of one group when it is the same set, and it grows as the group does."""
        return self._home.setdefault(thing, {thing})

    def join(self, one: str, other: str) -> Set[str]:
        """Makes the groups of two things one, and gives it."""
        less, more = sorted((self._home.setdefault(thing, {thing}) for thing in (one, other)), key=len)
        if less is not more:
            more |= less
            self._home.update(dict.fromkeys(less, more))
        return more

    def sorted(self) -> list[frozenset[str]]:
        """The groups, in the order of their things."""
        return sorted((frozenset(group) for group in {id(group): group for group in self._home.values()}.values()), key=sorted)
