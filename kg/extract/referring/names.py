"""The short forms in which an article speaks of persons whom it named in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.authority import Authority
from kg.extract.lexicon import Entry, Lexicon, capitalised
from kg.extract.referring.spellings import variants
from kg.extract.tokens import FUNCTION_WORDS, Token, keys, tokens


def short_names(text: str, names: Lexicon, known: Authority) -> Mapping[str, Entry]:
    """The family names of persons named in full in a text, where they lead to one person only.

    Within its article "al-Amiri" is the al-Amiri whom it named, and so is a spelling that stands alone and is close to it; two of one name leave
    the short form unsettled.
    """
    found: dict[str, set[str]] = defaultdict(set)
    words, listed = tokens(text), capitalised(text, names)
    for at, (end, entries) in listed.items():
        for iri in dict.fromkeys(iri for entry in entries for iri in entry.senses):
            if known.is_a(iri, "Person"):
                for form in _family_forms(keys(text[words[at].span.start : words[end - 1].span.end])):
                    found[form].add(iri)
    others = _borne_by_others(words, listed, frozenset(found))
    families = {form: people for form, people in found.items() if " " not in form}
    for spelling, person in variants(words, listed, families).items():
        found[spelling], found[f"al {spelling}"] = {person}, {person}
    return {form: Entry("P", tuple(people)) for form, people in sorted(found.items()) if len(people) == 1 and form not in others}


def _borne_by_others(words: Sequence[Token], listed: Mapping[int, tuple[int, tuple[Entry, ...]]], forms: frozenset[str]) -> set[str]:
    """The family names that also end a name which is not listed: a capitalised word stands before them."""
    found: set[str] = set()
    first = {form.split()[0] for form in forms}
    at = 0
    while forms and at < len(words):
        if at in listed:
            at = listed[at][0]
            continue
        if not words[at].capital:
            at += 1
            continue
        nearby = not first.isdisjoint(word.key for word in words[at + 1 : at + 3])
        for form in forms if nearby else ():
            parts = form.split()
            run = [w for w in words[at + 1 : at + 1 + 2 * len(parts)] if w.words != "-"][: len(parts)]
            inner = words[at].key.isalpha() and words[at].key not in FUNCTION_WORDS
            if inner and [w.key for w in run] == parts and words[at + 1].span.start - words[at].span.end == 1:
                found.update({form, parts[-1]})
        at += 1
    return found


def _family_forms(name: tuple[str, ...]) -> Iterator[str]:
    """The forms in which a full name's last part stands alone: al amiri and amiri."""
    if len(name) >= 2 and len(name[-1]) > 3:
        yield name[-1]
        if name[-2] in ("al", "el", "as", "ar"):
            yield " ".join(name[-2:])
