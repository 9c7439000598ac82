"""Short names of organisations: the one proper word of a name that the text has given in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from kg.authority import Authority
from kg.extract.lexicon import Entry, Lexicon, capitalised
from kg.extract.tokens import tokens

NAMED: Final = frozenset(
    {"organization", "organisation", "movement", "party", "group", "militia", "network", "brigades", "brigade", "corps"}
)
"""Nouns that an article leaves out of a group's name once it has given it in full."""


def stems(text: str, names: Lexicon, cues: Lexicon, known: Authority) -> Mapping[str, Entry]:
    """The groups that a text names in full, by the one proper word of their names: the Badr of the Badr Organization.

    Only where the word leads to one group, is no cue, and never stands in lower case.
    """
    found: dict[str, set[str]] = defaultdict(set)
    words = tokens(text)
    lower: set[str] | None = None
    for at, named in capitalised(text, names).items():
        word = words[at]
        if named[0] != at + 2 or words[at + 1].key not in NAMED or len(word.key) <= 3:
            continue
        lower = lower if lower is not None else {word.words for word in words if not word.capital}
        if word.key not in lower and not cues.entries((word.key,)):
            found[word.key].update(sense for entry in named[1] for sense in entry.senses)
    groups = {key: senses.pop() for key, senses in sorted(found.items()) if len(senses) == 1}
    return {key: Entry("O", (iri,)) for key, iri in groups.items() if known.is_a(iri, "ArmedGroup") or known.is_a(iri, "PoliticalBody")}
