"""Designations as terrorist, outlawings and blacklistings: their constructions, in active and passive, and the bodies that share one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kg.extract.bodies import lists
from kg.extract.bodies.setting import Setting
from kg.extract.line.items import Item
from kg.model import ClaimDraft
from kg.terms import Vocabulary


def designated(slots: Mapping[str, Item], setting: Setting, _: Vocabulary) -> Iterator[ClaimDraft]:
    """A designation as terrorist, by one or several; where a kind of organisation stands, it must be that one."""
    compound = slots["by"].entry("Y")
    listing = compound is None or compound.name == "designatedTerroristBy"
    if listing and ("kind" not in slots or "terror" in slots["kind"].words.lower()):
        items = setting.line.items
        last = items.index(slots["by"])
        listed = lists.list_behind(setting, last) if last > items.index(slots["a"]) else lists.fellows(setting, last)
        for by in (slots["by"], *(items[at] for at in listed)):
            yield ClaimDraft(slots["a"].mention(), "designatedTerroristBy", by.mention(), setting.line.span)


DESIGNATES: Final = (
    "designated|designates|lists|listed|blacklists|blacklisted|brands|branded|classifies|classified|labels|labelled|labeled|"
    "redesignated|bans|banned|outlaws|outlawed|proscribes|proscribed"
)
DESIGNATED: Final = (
    "designated|listed|blacklisted|branded|classified|labelled|labeled|redesignated|considered|deemed|regarded|recognised|recognized"
)
CONSIDERS: Final = "considers|consider|regards|regard|views|view|deems|deem|treats|treat|sees"
OUTLAWED: Final = "outlawed|banned|proscribed"
"""The verbs of designation in the patterns below."""

BEEN: Final = "is|was|has|have|are been?"
AS_TERRORIST: Final = "as? a|an? TERRORIST"
BY: Final = "by|in the? <by:OS>"
LIST: Final = "list|blacklist of ~ TERRORIST"
"""What the patterns below have in common; TERRORIST stands for the word itself, or for a kind of organisation that says it."""

DESIGNATIONS: Final = tuple(
    (name, pattern.replace("TERRORIST", tail), phrase)
    for name, pattern, phrase in (
        ("B designates A", f"<by:OS> has|have|had|also|formally? {DESIGNATES} the? ~ <a:O> ~ {AS_TERRORIST}", False),
        ("B, which designates A", f"<by:OS> , which {DESIGNATES} the? ~ <a:O> ~ {AS_TERRORIST}", True),
        ("A, outlawed by B", f"<a:O> ,|( ~ blacklisted|outlawed|proscribed {BY}", True),
        ("A, which B designates", f"<a:O> , which|whom the? <by:OS> has|have? {DESIGNATES} {AS_TERRORIST}", True),
        ("A, which is designated by B", f"<a:O> , which|that {BEEN} {DESIGNATED} {AS_TERRORIST} ~ {BY}", True),
        ("B put A on its list", f"<by:OS> ,? which? has|have? put|placed|added|returned the? <a:O> ~ on|to its ~ {LIST}", False),
        ("B considers A a kind", f"<by:OS> also|still? {CONSIDERS} the? ~ <a:O> as|to? be? a|an? TERRORIST", False),
        ("A, which B considers a kind", f"<a:O> , which|whom the? <by:OS> also|still? {CONSIDERS} as|to? be? a|an? TERRORIST", True),
        ("A, …, is designated by B", f"<a:O> , ~~ , {BEEN} {DESIGNATED} {AS_TERRORIST} ~ {BY}", False),
        ("A, a B-designated kind", "<a:O> ,|is|(|are a|an|the? <by:Y> TERRORIST", True),
        ("A is on B's list", f"<a:O> is|are|remain|remains|was|has|have been? on the? <by:OS> 's ~ {LIST}", False),
        ("A is on the list of B", f"<a:O> , ~~ , is|are|remain|remains on the ~ {LIST} of the? <by:OS>", False),
        ("A, designated by B", f"<a:O> ,|( {DESIGNATED} {AS_TERRORIST} ~ {BY}", True),
        ("A designated by B", f"<a:O> {BEEN} {DESIGNATED} {AS_TERRORIST} ~ {BY}", False),
        ("A outlawed by B", f"<a:O> {BEEN} {OUTLAWED} {BY}", False),
        ("A outlawed as a terrorist group by B", f"<a:O> {BEEN} {OUTLAWED} as a|an? TERRORIST ~ {BY}", False),
    )
    for tail in ("terrorist|terror", "<kind:G>")
)
"""The constructions, each with its name, its pattern, and whether it stands within a noun phrase."""
