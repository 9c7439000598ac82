"""Judgements: claims of named persons on what the machine read and joined.  The log that keeps them, their graph, and what they come to.

The log is JSON lines (RFC 8259, one object a line), in order of entry, and only ever added to: an entered judgement or the withdrawal of one.
Things stand in it without the base IRI (`claim/5f0c…`).  A judgement withdrawn and entered again counts from then.  In force are those entered
and not withdrawn; the graph holds these alone, so that a withdrawal restores its bytes.

Where two judgements in force cannot both hold, the one of the later day outranks the other; of one day, the one entered later:

- accept and reject, or two names: the last one holds;
- a merge and a split: only what they contradict gives way, telling by telling; the rest of the older one holds on.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import BadJudgement
from kg.ids import Ids, digest
from kg.model import InForce, Judgement, Withdrawal
from kg.terms import RDF, Vocabulary
from kg.triples import XSD, Writer
from kg.values.groups import Groups

MERGE, SPLIT, ACCEPT, REJECT, NAME = (f"judgement/{name}" for name in ("merge", "split", "accept", "reject", "name"))

ANCHORED: Final[Mapping[str, str | None]] = {
    MERGE: "holdsTogether",
    SPLIT: "keepsApartFrom",
    ACCEPT: None,
    REJECT: None,
    NAME: "identifiesAs",
}
"""The verdicts, and the property by which each names its anchors."""

ABOUT_MANY: Final = frozenset({MERGE, SPLIT})
"""Verdicts on any number of things; the others are on one."""

LONGEST: Final = 2000
"""Code points that a name or reason may have."""

Entry = Judgement | Withdrawal


# -- making ---------------------------------------------------------------------------------------------------------------------


def judgement(
    ids: Ids, verdict: str, by: str, on: date, about: Iterable[str], anchors: Iterable[str] = (), reason: str | None = None
) -> Judgement:
    """A judgement with its id; raises BadJudgement for what no judgement can say."""
    about, anchors = tuple(sorted(set(about))), tuple(sorted(set(anchors)))
    by, reason = _text("name of the person", by), _text("reason", reason) if reason else None
    if verdict not in ANCHORED:
        raise BadJudgement(f"{verdict!r} is no verdict; there are {', '.join(ANCHORED)}.")
    if not about or (verdict not in ABOUT_MANY and len(about) > 1):
        raise BadJudgement(f"{verdict} is on one thing{' or more' if verdict in ABOUT_MANY else ''}, not on {len(about)}.")
    wanted = {MERGE: len(anchors) > 1, SPLIT: len(anchors) > 0, NAME: len(anchors) == 1}.get(verdict, not anchors)
    if not wanted or set(about) & set(anchors):
        raise BadJudgement(f"{verdict} cannot hang on {', '.join(anchors) or 'nothing'}.")
    sign = digest(verdict, by, on, [_local(iri, ids) for iri in about], [_local(iri, ids) for iri in anchors], reason)
    return Judgement(ids.thing("judgement", sign), verdict, by, on, about, anchors, reason)


def _local(iri: str, ids: Ids) -> str:
    """A thing without the base IRI; raises BadJudgement for what is no IRI of a thing of ours."""
    try:
        NamedNode(iri)
    except ValueError as error:
        raise BadJudgement(f"{iri!r} is no IRI: {error}.") from error
    start = f"{ids.base}id/"
    if not iri.startswith(start) or "/" not in iri.removeprefix(start):
        raise BadJudgement(f"{iri} is no thing under {ids.base}; KG_BASE says what that is.")
    return iri.removeprefix(start)


def _text(what: str, text: str) -> str:
    """One line of text, spaces folded; raises BadJudgement when it is empty, too long or cannot be stored."""
    line = " ".join(text.split())
    if not line or len(line) > LONGEST or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in line):
        raise BadJudgement(f"The {what} must be one line of readable text of at most {LONGEST} characters.")
    return line


def withdrawal(of: str, by: str, on: date, reason: str | None = None) -> Withdrawal:
    """The taking back of the judgement with this IRI; raises BadJudgement like `judgement`."""
    return Withdrawal(of, _text("name of the person", by), on, _text("reason", reason) if reason else None)


# -- the log --------------------------------------------------------------------------------------------------------------------


def line(entry: Entry, ids: Ids) -> str:
    """An entry as one line of JSON with sorted keys, without its end."""
    if isinstance(entry, Withdrawal):
        said: dict[str, object] = {"judgement": _local(entry.judgement, ids)}
    else:
        about, anchors = ([_local(iri, ids) for iri in side] for side in (entry.about, entry.anchors))
        said = {"id": _local(entry.id, ids), "verdict": entry.verdict, "about": about, "anchors": anchors}
    said |= {"by": entry.by, "on": entry.on.isoformat(), "reason": entry.reason}
    return json.dumps({"withdrawn" if isinstance(entry, Withdrawal) else "entered": said}, ensure_ascii=False, sort_keys=True)


def entries(lines: Iterable[str], ids: Ids) -> list[Entry]:
    """The entries of a log; raises BadJudgement, naming the line, for what is no entry."""
    found: list[Entry] = []
    for number, text in enumerate(lines, 1):
        if text.strip():
            try:
                found.append(_entry(json.loads(text), ids))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError, BadJudgement) as error:
                raise BadJudgement(f"Line {number} is no judgement: {_said(error)}") from error
    return found


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it lacks {error}."
    return str(error).rstrip(".") + "."


def _entry(data: Any, ids: Ids) -> Entry:
    """The entry that `line` wrote."""

    def things(local: Any) -> list[str]:
        if not isinstance(local, list):
            raise BadJudgement("about and anchors are lists")
        return [ids.base + "id/" + name for name in local]

    said = data["withdrawn" if "withdrawn" in data else "entered"]
    by, on, reason = said["by"], date.fromisoformat(said["on"]), said.get("reason")
    if "withdrawn" in data:
        (taken,) = things([said["judgement"]])
        return withdrawal(taken, by, on, reason)
    made = judgement(ids, said["verdict"], by, on, things(said["about"]), things(said.get("anchors", [])), reason)
    if "id" in said and things([said["id"]]) != [made.id]:
        raise BadJudgement(f"it is not what {said['id']} was made of; leave the id out if it was changed on purpose")
    return made


def rewritten(log: Iterable[Entry], words: Callable[[str], str], path: Callable[[str], str], ids: Ids) -> list[Entry]:
    """A log whose words and ids have been changed, by a takedown; withdrawals follow the judgements that they took back."""
    renamed: dict[str, str] = {}
    found: list[Entry] = []
    for entry in log:
        by, reason = words(entry.by), words(entry.reason) if entry.reason else None
        if isinstance(entry, Withdrawal):
            found.append(withdrawal(renamed.get(entry.judgement, entry.judgement), by, entry.on, reason))
            continue
        about, anchors = ([ids.base + "id/" + path(_local(iri, ids)) for iri in side] for side in (entry.about, entry.anchors))
        made = judgement(ids, entry.verdict, by, entry.on, about, anchors, reason)
        renamed[entry.id] = made.id
        found.append(made)
    return found


def standing(log: Iterable[Entry]) -> tuple[Judgement, ...]:
    """The judgements that are not withdrawn, in order of entry."""
    found: dict[str, Judgement] = {}
    for entry in log:
        if isinstance(entry, Withdrawal):
            found.pop(entry.judgement, None)
        else:
            found.setdefault(entry.id, entry)
    return tuple(found.values())


def as_of(log: Sequence[Entry], ids: frozenset[str]) -> tuple[Judgement, ...] | None:
    """The judgements as they stood when last exactly these, by IRI, were in force; None when they never were."""
    for end in range(len(log), -1, -1):
        found = standing(log[:end])
        if {known.id for known in found} == ids:
            return found
    return None


# -- what they come to ------------------------------------------------------------------------------------------------------------


def in_force(judgements: Iterable[Judgement]) -> InForce:
    """What judgements, given in order of entry, come to."""
    return _weighed(judgements)[0]


def outranked(judgements: Iterable[Judgement]) -> frozenset[str]:
    """The judgements, by IRI, of which nothing holds beside newer ones."""
    return _weighed(judgements)[1]


def _weighed(judgements: Iterable[Judgement]) -> tuple[InForce, frozenset[str]]:
    """What holds of each judgement beside those that outrank it, newest first; and those of which nothing does."""
    bonds, verdicts, names = _Bonds(), dict[str, str](), dict[str, str]()
    idle: set[str] = set()
    ranked = sorted(judgements, key=lambda j: j.on)
    for known in ranked[::-1]:
        (first, *_), holds = known.about, False
        if known.verdict == MERGE:
            holds = bonds.join(known.anchors)
        elif known.verdict == SPLIT:
            holds = bonds.part(known.about, known.anchors)
        elif known.verdict == NAME:
            holds = names.setdefault(first, known.anchors[0]) == known.anchors[0]
        else:
            word = known.verdict.removeprefix("judgement/")
            holds = verdicts.setdefault(first, word) == word
        if not holds:
            idle.add(known.id)
    return InForce(bonds.together(), bonds.apart(), verdicts, names), frozenset(idle)


class _Bonds:
    """Which tellings go together and which do not; whatever comes first holds."""

    def __init__(self) -> None:
        self._groups = Groups()
        self._parted: dict[str, set[str]] = defaultdict(set)

    def _fit(self, one: Set[str], other: Set[str]) -> bool:
        """Whether no telling of one set is kept apart from one of the other."""
        return not any(self._parted[telling] & other for telling in one)

    def join(self, tellings: Sequence[str]) -> bool:
        """Puts tellings together as far as they may be; tells whether any two could."""
        opened: list[str] = []
        for telling in tellings:
            own = self._groups.of(telling)
            fitting = next((one for one in opened if (others := self._groups.of(one)) is own or self._fit(own, others)), None)
            if fitting is None:
                opened.append(telling)
            else:
                opened = [one for one in opened if one == fitting or self._groups.of(one) is not own]
                self._groups.join(fitting, telling)
        return len(opened) < len(set(tellings))

    def part(self, tellings: Sequence[str], others: Sequence[str]) -> bool:
        """Keeps each of the tellings apart from each of the others, unless they go together; tells whether any two could be."""
        pairs = [(one, other) for one in tellings for other in others if other not in self._groups.of(one)]
        for one, other in pairs:
            self._parted[one].add(other)
            self._parted[other].add(one)
        return bool(pairs)

    def together(self) -> frozenset[frozenset[str]]:
        return frozenset(found for found in self._groups.sorted() if len(found) > 1)

    def apart(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset((one, other)) for one, others in self._parted.items() for other in others)


# -- the graph --------------------------------------------------------------------------------------------------------------------


def quads(judgements: Iterable[Judgement], ids: Ids, words: Vocabulary) -> Iterator[Quad]:
    """The judgements as they stand in `graph/judgements`."""
    out = Writer(ids.graph("judgements"), ids, words)
    for known in judgements:
        yield from out.a(known.id, "Judgement")
        yield from out.concept(known.id, "verdict", known.verdict)
        yield from out.say(known.id, "judgedBy", known.by)
        yield from out.say(known.id, "judgedOn", Literal(known.on.isoformat(), datatype=NamedNode(XSD + "date")))
        for iri in known.about:
            yield from out.link(known.id, "judges", iri)
        for iri in known.anchors:
            yield from out.link(known.id, ANCHORED[known.verdict] or "judges", iri)
        yield from out.say(known.id, "reason", known.reason)


def in_graph(graph: Iterable[Quad], words: Vocabulary) -> frozenset[str]:
    """The judgements, by IRI, that stand in `graph/judgements`."""
    kind = words.term("Judgement")
    return frozenset(str(q.subject.value) for q in graph if q.predicate.value == RDF + "type" and q.object.value == kind)  # type: ignore[union-attr]
