"""A sentence among those of its article: pronouns and descriptions put back as the things that they stand for.

"It", "the group", "the country", "its troops", "the state" become items with the senses of what they stand for, so that one table of
constructions reads names and descriptions alike.  Where more than one thing could be meant, the words stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.authority import Authority
from kg.extract.bodies import anaphora, states, topics
from kg.extract.bodies.senses import sole_organisation, stateful
from kg.extract.bodies.setting import Setting, subject
from kg.extract.lexicon import Entry, Lexicon
from kg.extract.line.items import Item, Line, of_items
from kg.model import Span

FAR: Final = 8
"""How many sentences back a description may lead."""


def settings(lines: Sequence[Line], names: Lexicon, known: Authority) -> Iterator[Setting]:
    """The settings of an article's sentences, in order."""
    earlier: tuple[Setting, ...] = ()
    for line in lines:
        setting = _settled(line, earlier, names, known)
        yield setting
        earlier = (replace(setting, earlier=()), *earlier[: FAR - 1])


def _settled(line: Line, earlier: tuple[Setting, ...], names: Lexicon, known: Authority) -> Setting:
    before = earlier[0] if earlier else None
    items, stood, dropped = list(line.items), set[Span](), False

    def put(first: int, last: int, entries: tuple[Entry, ...]) -> None:
        span = Span(items[first].span.start, items[last].span.end)
        words = line.text[span.start - line.span.start : span.end - line.span.start]
        codes = "".join(sorted({code for entry in entries for code in entry.codes}))
        items[first : last + 1] = [Item(codes, "", words, span, entries)]
        stood.add(span)

    for at in range(len(items) - 3, 0, -1):
        if items[at].key == "(" and items[at + 2].key == ")" and "O" in items[at - 1].codes and _short_form(items[at - 1], items[at + 1]):
            del items[at : at + 3]
            dropped = True
    start = subject(of_items(line.span, line.text, tuple(items)) if dropped else line)
    described = topics.description_at(items, start)
    antecedent = topics.antecedent_of(items, start, described, before) if before else None
    if antecedent is not None:
        put(start, described, antecedent.entries)  # type: ignore[arg-type]
    topic = antecedent or (topics.topic_of(items, start, known) if described is None else None)
    if topic is None and before and any(item.key == "it" for item in items) and not any("O" in item.codes for item in items):
        topic = before.topic
    holder = anaphora.office_of_topic(items, start, before)
    voice = (anaphora.voice_of(before) or before.topic) if before else None
    if holder is not None and voice is not None:
        put(holder, holder, voice.entries)
    him = anaphora.his_party(items, start, before, known)
    if him is not None:
        put(start, start + 1, him.entries)
        topic = him
    group = topic if topic is not None and not stateful(topic, known) else sole_organisation(before.line.items, known) if before else None
    at = 0
    while at < len(items):
        item = items[at]
        if item.key not in OPENED and not set(item.codes) & READ and not (item.words[:1].isupper() and item.words.endswith("s")):
            at += 1
            continue
        made = (
            states.possessed(items, at, topic, known, names)
            or states.soldiers(items, at, known, names)
            or anaphora.its_holder(items, at, topic)
            or anaphora.speaker(items, at, known)
            or anaphora.office_body(items, at, group, earlier, known)
            or anaphora.its_wing(items, at, before)
            or anaphora.backed_group(items, at, before, known)
            or anaphora.that_group(items, at, group, known)
            or anaphora.of_it(items, at, topic, before, known)
            or anaphora.the_coalition(items, at, earlier, known)
            or states.people(items, at, names)
            or states.region(items, at, names)
            or states.country(items, at, topic, before, known, names)
        )
        if made:
            put(at, *made)
        at += 1
    settled = of_items(line.span, line.text, tuple(items)) if stood or dropped else line
    return Setting(settled, topic, frozenset(stood), known, names, earlier, lost=described is not None and antecedent is None)


def _short_form(name: Item, short: Item) -> bool:
    """Whether what stands in brackets behind a name is its short form."""
    senses = {sense for entry in name.entries for sense in entry.senses}
    return bool(senses & {sense for entry in short.entries for sense in entry.senses}) or (not short.codes and short.words.isupper())


OPENED: Final = frozenset(("the", "that", "this", *topics.PRONOUNS, *states.OWN))
READ: Final = frozenset("SAGL")
"""Words and codes that open what is put back, beside the name of a people."""
