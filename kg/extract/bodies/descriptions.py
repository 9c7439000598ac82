"""What a sentence says that an organisation is: kinds, relations, founding, read where its name stands.

A complement follows a copula ("X is …"), an apposition's mark ("X, a …"), a relative ("X, which is …") or stands as a participle behind the name
("X, backed by …").  How complements themselves are read: `kg.extract.bodies.complements`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.bodies.complements import Reader
from kg.extract.bodies.lists import fellows
from kg.extract.bodies.scanning import Said
from kg.extract.bodies.setting import Setting, heads
from kg.extract.line.items import Item
from kg.model import Concept, Mention
from kg.terms import Vocabulary

DERIVED: Final = frozenset(
    {
        "rival", "rivals", "enemy", "enemies", "foe", "foes", "opponent", "opponents", "critic", "critics", "offshoot", "splinter", "remnant",
        "remnants", "successor", "predecessor", "breakaway", "version", "imitation", "founder", "supporters", "creation", "kind", "sort",
    }
)  # fmt: skip
"""Nouns whose own description an apposition behind their "of X" may be."""


def said(setting: Setting, words: Vocabulary) -> Iterator[tuple[Item, Said, bool]]:
    """Everything that a sentence says of its organisations: whom, what, and whether it stands in a noun phrase."""
    founding = frozenset(cue.words for cue in words.cues("cue", "founded") if " " not in cue.words) | {"set up"}
    for at, item in enumerate(setting.line.items):
        if set(item.codes) & set("OSU"):
            yield from _of(setting, at, words, founding)
            for found in _of_members(setting, at, words):
                yield item, found, False
            for found in _fronted(setting, at, words, founding):
                yield item, found, False


def _fronted(setting: Setting, at: int, words: Vocabulary, founding: frozenset[str]) -> Iterator[Said]:
    """What a participle before the subject says: Founded in 1987, X …"""
    line = setting.line
    reader = Reader(setting, setting.actor(line.items[at]), words, founding)
    comma = at - 1 - (reader.word(at - 1) in ("the", "a"))
    participle = reader.word(0) in founding or (reader.has(0, "X") and not _finite(line.items[0]))
    subject = "O" in line.items[at].codes and reader.word(at + 1) != "'s"
    if comma > 1 and reader.word(comma) == "," and participle and subject and reader.series(0) == comma:
        yield from reader.found


def _of_members(setting: Setting, at: int, words: Vocabulary) -> Iterator[Said]:
    """What its fighters side with, an organisation sides with: forces from X are sympathetic to Y, X's fighters are loyal to Y."""
    line = setting.line
    reader = Reader(setting, setting.actor(line.items[at]), words, frozenset())
    first, behind = at - 1 - (reader.word(at - 1) == "the"), at + 1
    member = first >= 0 and any(entry.name == "memberOf" and "X" in entry.codes for entry in line.items[first].entries)
    if "O" not in line.items[at].codes:
        return
    if reader.word(behind) == "'s" and _fighting(line.items[behind + 1 : behind + 2]):
        first, behind = at, behind + 2
    elif member and reader.word(first).split()[0] in ("fighters", "members", "militiamen"):
        pass
    elif first > 0 and reader.word(first) in ("of", "from", "in", "within") and _fighting(line.items[first - 1 : first]):
        first -= 1
    else:
        return
    start = reader.copula(behind) or behind
    if line.heads(first) and not line.unreal(first) and (start > behind or (reader.has(start, "X") and _finite(line.items[start]))):
        reader.complement(start, need=True)
        yield from (s for s in reader.found if s.predicate in ("alignedWith", "affiliatedWith", "supports") and not s.inverse)


def _fighting(items: Sequence[Item]) -> bool:
    """Whether an item stands for the members of a force as a whole."""
    return any(entry.name in ("counted/fighters", "counted/troops") for item in items for entry in item.entries if "C" in entry.codes)


def _of(setting: Setting, at: int, words: Vocabulary, founding: frozenset[str]) -> Iterator[tuple[Item, Said, bool]]:
    line, item = setting.line, setting.line.items[at]
    reader = Reader(setting, setting.actor(item), words, founding)
    joined = fellows(setting, at)
    first = joined[0] if joined else at
    listed, apt = bool(set(item.codes) & set("OS")), apposable(setting, at)
    main = listed and heads(line, first) and not line.unreal(at)
    behind = _behind_name(reader, at)
    copula = reader.copula(behind)
    if copula:
        together = reader.word(copula - 1) in PLURAL
        if main and (together or not joined):
            reader.series(copula)
            for one in (*(joined if together else ()), at):
                yield from ((line.items[one], found, False) for found in _fitting(reader, setting, one))
        return
    if reader.word(behind) in (",", "–", "-", "(") and apt:
        yield from _apposed(reader, at, behind, joined, main=main and not joined, listed=listed)
        return
    if not listed:
        return
    if reader.has(behind, "X") and _finite(line.items[behind]):
        if main and not joined:
            reader.series(behind)
            yield from ((item, found, False) for found in reader.found)
    elif ((reader.has(behind, "X") and _reduced(line.items[behind])) or reader.word(behind) in founding) and apt and "O" in item.codes:
        reader.complement(behind, need=True)
        yield from ((item, found, True) for found in reader.found)
    elif reader.has(behind, "G") and reader.word(behind + 1) == "and" and reader.has(behind + 2, "G") and reader.ends(behind + 3):
        for index in (behind, behind + 2):
            kind = line.items[index].entry("G")
            if kind and kind.name and not line.items[index].words.endswith("s"):
                yield item, Said("organisationKind", Concept(kind.name), index), True


def _reduced(item: Item) -> bool:
    """Whether a relation's words can follow a name without a comma: backed by, close to; not part of."""
    first = item.words.lower().split()[0]
    return first.endswith(("ed", "ing")) or first in (
        "close",
        "loyal",
        "sympathetic",
        "supportive",
        "answerable",
        "subordinate",
        "led",
        "run",
        "made",
    )


PLURAL: Final = frozenset({"are", "were", "remain", "constitute", "represent", "form", "been"})


def _fitting(reader: Reader, setting: Setting, at: int) -> Iterator[Said]:
    """What was read, without what would join an organisation with itself."""
    whose = setting.actor(setting.line.items[at])
    return (said for said in reader.found if not (isinstance(said.value, Mention) and whose in said.value.senses))


def _behind_name(reader: Reader, at: int) -> int:
    """The index behind a name, its short form in brackets and its mark."""
    behind = at + 1
    if (
        reader.word(behind) == "("
        and reader.word(behind + 2) == ")"
        and (reader.has(behind + 1, "OSU") or reader.items[behind + 1].words.isupper())
    ):
        behind += 3
    return behind + (reader.word(behind) == "*")


def _apposed(
    reader: Reader, at: int, mark: int, fellows: tuple[int, ...], *, main: bool, listed: bool
) -> Iterator[tuple[Item, Said, bool]]:
    """What an apposition or relative clause behind a mark says, and then the main clause behind it."""
    line, item, start, relative = reader.setting.line, reader.items[at], mark + 1, False
    together = reader.word(start) in ("both", "all", "two", "three")
    if reader.word(start) in ("which", "that", "who"):
        start = reader.copula(start + 1) or start + 1
        relative = reader.word(start - 1) not in ("which", "that", "who") or (reader.has(start, "X") and _finite(reader.items[start]))
        readable = relative
    else:
        article = reader.word(start) in ("a", "an", "the", "one", "another")
        readable = article or together or ((reader.has(start, "XJ") or reader.word(start) in reader.founding) and listed)
    end = start
    if readable:
        end = reader.series(start, need=not relative)
        kinds = any(said.predicate == "organisationKind" for said in reader.found)
        for one in (*(fellows if together else ()), at):
            yield from ((line.items[one], found, True) for found in _fitting(reader, reader.setting, one) if listed or kinds)
    reader.found.clear()
    reader.alleged = False
    closing = next((i for i in range(end, min(end + 14, len(reader.items))) if reader.word(i) in (",", "–", ")")), None)
    if main and closing is not None and closing > mark:
        copula = reader.copula(closing + 1)
        if copula or (reader.has(closing + 1, "X") and _finite(reader.items[closing + 1])):
            reader.series(copula or closing + 1)
            yield from ((item, found, False) for found in reader.found)


def _finite(item: Item) -> bool:
    """Whether a relation's words are a finite verb: receives funding from."""
    first = item.words.lower().split()[0]
    return (first.endswith("s") and first not in ("allies", "members", "brigades", "fighters", "affiliates", "components", "factions", "proxies")) or (
        first in ("receive", "get", "draw", "consist", "include", "have", "stand", "sympathise", "sympathize", "received", "joined", "rallied",
                  "sided", "back", "support", "fund", "finance", "expressed", "provided", "belong", "answer", "operate")
    )  # fmt: skip


def apposable(setting: Setting, at: int) -> bool:
    """Whether what stands behind a name describes it, and not a noun before it: not "an offshoot of X, a militia"."""
    items = setting.line.items
    before = at - 1
    while before >= 0 and (items[before].key in ("the", "a", "an", "'s") or set(items[before].codes) & set("AYGSL")):
        before -= 1
    if before < 0:
        return True
    if "X" in items[before].codes:
        return not items[before].words.lower().endswith(" of") or any(entry.name == "memberOf" for entry in items[before].entries)
    if items[before].key in ("and", "or"):
        return True
    return not (items[before].key in ("of", "from", "to") and before and items[before - 1].key in DERIVED)


def behind(setting: Setting, whose: int, at: int, words: Vocabulary) -> tuple[Said, ...]:
    """What is said behind a noun that describes an organisation: a terrorist group backed by Iran."""
    reader = Reader(setting, setting.actor(setting.line.items[whose]), words, frozenset())
    reader.behind(at)
    return tuple(reader.found)
