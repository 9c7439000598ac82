"""How a sentence puts what a word tells: as so, alleged, denied, planned … and in whose words.

The context of a word is read on the way from it to the root: its own auxiliaries and negation, then each verb or noun that governs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.extract.syntax.tree import Tree

ASSERTED: Final = "realis/asserted"

AUXILIARIES: Final = {
    "will": "realis/planned", "wo": "realis/planned", "shall": "realis/planned", "'ll": "realis/planned", "’ll": "realis/planned",
    "would": "realis/hypothetical", "'d": "realis/hypothetical", "’d": "realis/hypothetical", "could": "realis/hypothetical",
    "may": "realis/hypothetical", "might": "realis/hypothetical", "should": "realis/hypothetical", "must": "realis/planned",
    "can": "realis/hypothetical", "ca": "realis/hypothetical", "cannot": "realis/negated",
}  # fmt: skip
"""Auxiliary verbs and the realis that they give."""

INVERTED: Final = frozenset(("had", "were", "should", "did", "do", "does", "has", "have", "is", "are", "was"))
"""Auxiliaries that open a condition or a question where they stand before the subject."""

NEGATIONS: Final = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "none", "hardly", "barely"))
CONDITIONS: Final = frozenset(("if", "unless", "whether", "lest", "until"))

FACTUAL: Final = frozenset(
    """drive drove driven drives begin began begun start started continue continued keep kept manage managed go went proceed proceeded come came prompt prompted
    lead led cause caused force forced help helped see saw resume resumed""".split()  # noqa: SIM905 - reads better
)
"""Verbs under which an infinitive was done all the same: prompted X to launch, went on to strike."""

GOING: Final = frozenset(("go", "goes", "went", "gone", "going"))

PREVENTING: Final = frozenset(
    """prevent prevents prevented preventing keep keeps kept keeping stop stops stopped stopping block blocks blocked blocking bar bars barred deter deters
    deterred deterring dissuade dissuades dissuaded discourage discourages discouraged save saves saved saving spare spares spared hinder hinders hindered
    restrain restrains restrained refrain refrains refrained refraining abstain abstains abstained abstaining desist desists desisted ban bans banned
    prohibit prohibits prohibited protect protects protected protecting""".split()  # noqa: SIM905 - reads better
)
"""Verbs under which what stands in -ing, with or without "from", was not done: kept the bomb from exploding."""

CONTENT: Final = frozenset(("ccomp", "xcomp", "parataxis", "csubj", "acl", "dep", "advcl", "appos"))
"""Relations by which a clause is the content of the speech verb or noun above it."""

PUT: Final = {
    "speech-act/demands": "realis/planned",
    "speech-act/orders": "realis/planned",
    "speech-act/threatens": "realis/threatened",
    "speech-act/promises": "realis/planned",
    "speech-act/denies": "realis/denied",
    "speech-act/accuses": "realis/alleged",
    "speech-act/blames": "realis/alleged",
}
"""The realis of what is said by such an act; the others leave it as it is put."""


@dataclass(frozen=True, slots=True)
class Context:
    """The realis of what a word tells, and the speech verbs or nouns in whose content it stands, the innermost first.

    `mentioned` are the acts that speak about it without stating it: condemned the attack, was blamed for it.
    """

    realis: str = ASSERTED
    acts: tuple[int, ...] = ()
    mentioned: tuple[int, ...] = ()

    @property
    def real(self) -> bool:
        """Whether it is put as so."""
        return self.realis == ASSERTED


FACTIVE: Final = frozenset(
    """know knows knew known see sees saw seen find finds found show shows showed shown prove proves proved learn learns learned learnt discover
    discovers discovered hear hears heard reveal reveals revealed mean means meant recall recalls recalled note notes noted happen happens happened
    confirm confirms confirmed""".split()  # noqa: SIM905 - reads better
)
"""Verbs whose clause is so where they are."""

NAMING: Final = frozenset(
    """call calls called calling describe describes described describing term terms termed dub dubs dubbed label labels labelled labeled brand brands
    branded deem deems deemed consider considers considered characterise characterised characterize characterized portray portrays
    portrayed""".split()  # noqa: SIM905 - reads better
)
"""Verbs by which somebody gives something a name."""

PRESUPPOSED: Final = frozenset(
    (
        "after",
        "following",
        "since",
        "over",
        "despite",
        "amid",
        "amidst",
        "because",
        "because of",
        "due to",
        "as",
        "while",
        "when",
        "given",
        "including",
    )
)
"""Prepositions and conjunctions under which stands what was so already, whatever the clause above says."""

WAKE: Final = frozenset(
    """wake aftermath response retaliation revenge reaction light answer reprisal anniversary result consequence spite view hours days weeks months years
    hour day week month year minutes retribution""".split()  # noqa: SIM905 - reads better
)
"""Nouns that make such prepositions: in the wake of, in response to, hours after."""


def context(tree: Tree, node: int) -> Context:
    """The context of a node."""
    realis, presupposed = local(tree, node), _known(tree, node)
    acts: list[int] = []
    mentioned: list[int] = []
    below = node
    for above in tree.above(node):
        relation = tree.nodes[below].relation
        presupposed = presupposed or _adjunct(tree, below, above)
        act = _act(tree, above)
        if act is not None:
            if relation in CONTENT and not _beside(tree, below, above):
                if not (presupposed and relation == "xcomp"):
                    acts.append(above)
            elif relation in ("obj", "obl", "nmod", "iobj", "nsubj:pass"):
                mentioned.append(above)
        if not presupposed:
            realis = realis if realis != ASSERTED else _governed(tree, below, above, relation)
            realis = realis if realis != ASSERTED else local(tree, above) if act is None else _supposed(tree, above)
        below = above
    return Context(realis, tuple(acts), tuple(mentioned))


def _supposed(tree: Tree, act: int) -> str:
    """How what is said is put where it is only supposed that somebody says so: if X says that …"""
    supposed = any(tree.nodes[i].key in ("if", "unless", "whether") for i in tree.below(act, "mark"))
    return "realis/hypothetical" if supposed else ASSERTED


def presupposed(tree: Tree, node: int) -> bool:
    """Whether a word speaks of something as known, or within an adjunct that does, so that no act that governs it is needed to state it."""
    if _known(tree, node):
        return True
    below = node
    for above in tree.above(node):
        if _adjunct(tree, below, above):
            return True
        if tree.nodes[above].verb:
            return False
        below = above
    return False


def _beside(tree: Tree, below: int, above: int) -> bool:
    """Whether a clause only stands beside a speech verb, whose content is another: an adjunct, or a loose second clause."""
    relation = tree.nodes[below].relation
    other = any(i != below for i in tree.below(above, "ccomp", "xcomp"))
    return (relation == "advcl" and _adjunct(tree, below, above)) or (relation in ("parataxis", "dep", "acl") and other)


def _known(tree: Tree, node: int) -> bool:
    """Whether a noun speaks of something known: the attack, its attack, Wednesday's attack; what governs it does not make it unreal."""
    word = tree.nodes[node]
    if word.verb and not tree.below(node, "det"):
        return False
    definite = any(
        tree.nodes[i].key in ("the", "this", "these", "those", "that", "its", "their", "his", "her")
        for i in tree.below(node, "det", "nmod:poss")
    )
    dated = any(tree.item(i).time is not None for i in tree.below(node, "compound", "nmod:poss", "amod"))
    return definite or dated


def _adjunct(tree: Tree, below: int, above: int) -> bool:
    """Whether a phrase or clause is an adjunct of time or reason, which states what was so already."""
    word = tree.nodes[below]
    if word.relation in ("obl", "nmod", "advcl", "acl"):
        opener = tree.case(below)
        if opener in PRESUPPOSED or opener.split(" ")[0] in ("after", "following", "because", "since", "despite"):
            return True
        return opener in ("of", "to", "for", "after", "since") and tree.nodes[above].key in WAKE
    return False


def local(tree: Tree, node: int) -> str:
    """The realis that a word's own auxiliaries, negations, conditions and modifiers give it."""
    subject = next(iter(tree.below(node, "nsubj", "nsubj:pass")), None)
    there = tree.below(node, "expl")  # there had been attacks
    for child in tree.below(node):
        word = tree.nodes[child]
        if word.relation in ("aux", "aux:pass") and subject is not None and child < subject and word.key in INVERTED and not there:
            return "realis/hypothetical"  # had X struck, …
        if word.relation in ("aux", "aux:pass", "cop") and word.key in AUXILIARIES:
            return AUXILIARIES[word.key]
        if word.key in NEGATIONS and word.relation in ("advmod", "det", "cc", "cc:preconj", "nsubj:pass"):
            return "realis/negated"
        if word.key == "any" and word.relation == "det" and tree.nodes[node].noun:
            return "realis/hypothetical"
        if word.key in CONDITIONS and word.relation in ("mark", "advmod", "case"):
            return "realis/hypothetical"
        cue = tree.item(child).entry("J")
        if cue and cue.name and word.relation in ("advmod", "amod", "compound"):
            return cue.name
    return ASSERTED


def _governed(tree: Tree, below: int, above: int, relation: str) -> str:
    """The realis that the word above gives to what stands below it by a relation."""
    act, word = _act(tree, above), tree.nodes[above]
    infinitive = any(tree.nodes[i].key == "to" for i in tree.below(below, "mark", "aux"))
    prevented = word.key in PREVENTING and tree.nodes[below].tag == "VBG" and relation in (*CONTENT, "obl")
    if prevented and (tree.case(below) == "from" or (tree.case(below) == "" and word.key.startswith("spare"))):
        return "realis/negated"
    if act is not None and (
        relation in CONTENT
        or act in ("speech-act/threatens", "speech-act/promises", "speech-act/demands", "speech-act/orders", "speech-act/denies")
    ):
        perfect = any(tree.nodes[i].key in ("have", "having") for i in tree.below(below, "aux"))  # claimed to have killed
        if relation in (*CONTENT, "obj", "obl", "nmod"):
            return PUT.get(act) or ("realis/planned" if infinitive and relation == "xcomp" and not perfect else _alleged(tree, above))
        return ASSERTED
    cue = tree.item(above).entry("J")
    apart = any(tree.nodes[i].key in (":", ";", "-", "–") for i in range(above, below))
    if (
        tree.item(above).words.lower() in NAMING
        and tree.nodes[below].noun
        and (relation in ("xcomp", "obj") or tree.case(below) == "as")
        and not _known(tree, below)
    ):
        return "realis/alleged"  # what X called a strike
    if act is None and relation == "ccomp" and word.key not in FACTIVE and not (cue and cue.name) and not apart:
        return "realis/hypothetical"  # is convinced that, fears that: somebody's belief
    preposition = tree.item(above).words.lower().endswith(" to") and tree.nodes[below].noun and not infinitive  # agreed to a truce
    if cue and cue.name and relation in ("xcomp", "ccomp", "obj", "acl", "nmod", "advcl", "obl") and not preposition:
        return cue.name
    if infinitive and word.key in GOING and any(tree.nodes[i].key == "on" for i in tree.below(above, "advmod", "compound:prt", "obl")):
        return ASSERTED  # went on to strike
    if infinitive and (relation in ("advcl", "acl") or (relation in ("xcomp", "ccomp") and word.key not in FACTUAL)):
        return "realis/planned"
    return ASSERTED


def _alleged(tree: Tree, node: int) -> str:
    """What an act of telling makes of its words: alleged, where its verb is one for alleging."""
    cue = tree.item(node).entry("J")
    return "realis/alleged" if cue and cue.name == "realis/alleged" else ASSERTED


def _act(tree: Tree, node: int) -> str | None:
    """The speech act that a node's verb or noun stands for."""
    entry = tree.entry(node, "Q")
    return entry.name if entry else None
