"""Which arcs a pipeline finds in news sentences with listed names kept whole.

python news.py MODEL [SENTENCES] [--table]
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

NAME = re.compile(r"\[([^|\]]+)\|([A-Z]+)\]")
ARC = re.compile(r"([a-z:]+)\(([^()]+), ([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, the names in it (start and end character, kind), and the arcs to find (relation, head, dependent)."""

    text: str
    names: tuple[tuple[int, int, str], ...]
    arcs: tuple[tuple[str, str, str], ...]


def items(path: Path) -> Iterator[Item]:
    """The sentences of a file in the form that its top comment describes."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for marked, arcs in zip(lines[::2], lines[1::2], strict=True):
        text, names, last = "", [], 0
        for match in NAME.finditer(marked):
            text += marked[last : match.start()]
            names.append((len(text), len(text) + len(match[1]), match[2]))
            text += match[1]
            last = match.end()
        yield Item(text + marked[last:], tuple(names), tuple(ARC.findall(arcs)))


def parsed(nlp: Language, item: Item, merge: bool = True, norm: bool = True) -> Doc:
    """The sentence parsed, its names merged before tagging and given the norm of their kind."""
    doc = nlp.make_doc(item.text)
    if merge:
        with doc.retokenize() as retokenizer:
            for start, end, kind in item.names:
                span = doc.char_span(start, end, alignment_mode="expand")
                retokenizer.merge(span, attrs={"NORM": f"<{kind.lower()}>"} if norm else {})
    for token in doc:
        token.is_sent_start = token.i == 0
    return nlp(doc)


def found(doc: Doc, item: Item, arc: tuple[str, str, str]) -> str:
    """The verdict on an arc: "right", or what the pipeline has instead."""
    relation, head, dependent = arc
    token, governor = place(doc, item, dependent), place(doc, item, head)
    if token.head == governor and token.dep_ == relation:
        return "right"
    return f"{token.dep_}({token.head.text}, {token.text})"


def place(doc: Doc, item: Item, words: str) -> Token:
    """The token of these words: the head of the name, or the word itself."""
    start = item.text.index(words) if " " in words else re.search(rf"(?<!\w){re.escape(words)}(?!\w)", item.text).start()
    return doc.char_span(start, start + len(words), alignment_mode="expand").root


def main() -> None:
    """Print the share of arcs found, by relation, and what was found in place of the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("sentences", type=Path, nargs="?", default=Path(__file__).with_name("news.txt"))
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    nlp = spacy.load(given.model)
    summary = {}
    for label, merge, norm in (("merged", True, True), ("merged, no norm", True, False), ("not merged", False, False)):
        right, total, flawless = Counter(), Counter(), 0
        for number, item in enumerate(items(given.sentences), 1):
            doc = parsed(nlp, item, merge, norm)
            verdicts = [(arc, found(doc, item, arc)) for arc in item.arcs]
            one = len(list(doc.sents)) == 1
            flawless += all(v == "right" for _, v in verdicts) and one
            for arc, verdict in verdicts:
                total[arc[0]] += 1
                right[arc[0]] += verdict == "right"
            wrong = [f"{a[0]}({a[1]}, {a[2]}) -> {v}" for a, v in verdicts if v != "right"] + ["split in two"] * (not one)
            if wrong and not given.quiet and norm:
                print(number, item.text, *wrong, sep="\n    ")
        summary[label] = {
            "arcs": sum(total.values()), "right": sum(right.values()), "flawless": flawless,
            "by_relation": {k: f"{right[k]}/{n}" for k, n in total.most_common()},
        }  # fmt: skip
        print(label, f"{sum(right.values())}/{sum(total.values())} flawless {flawless}/40", summary[label]["by_relation"])
    if given.json:
        print(json.dumps(summary, indent=1))


if __name__ == "__main__":
    main()
