"""What every maker of variants shares: an article with its gold, and edits of its text that carry the gold's cues along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

import yaml

Gold = Mapping[str, object]
Leaf = Callable[[str, str], str]
"""What becomes of a text in the gold, by the key under which it stands."""

FIXED: Final = frozenset(
    """article publisher url published updated published_from id act act_or kind kind_or role role_or rel rel_or realis open why note words about
    event retaliation_for part_of series violates accused_of counted weapon date date_or date_is date_needs since optional cue time
    outcome""".split()  # noqa: SIM905 - reads better
)
"""Keys of the gold that hold no words of the article."""

NAMED: Final = ("roles", "structure", "designations")
"""Slots whose rows are lists with a word of a closed vocabulary in their midst."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Other words for one stretch of a text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its name, text, gold (as in the YAML file) and what its sidecar says."""

    name: str
    text: str
    gold: Gold
    meta: Mapping[str, object]


Maker = Callable[[Article, Random], Article]


class _Loader(yaml.SafeLoader):
    """YAML in which a date is its words."""


_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))


def read(gold: Path, articles: Path) -> tuple[Article, ...]:
    """The articles of a gold file that are in a folder, with their texts."""
    rows = yaml.load(gold.read_text(encoding="utf-8"), _Loader)
    sidecar = articles / "metadata.yaml"
    meta = yaml.load(sidecar.read_text(encoding="utf-8"), _Loader) if sidecar.is_file() else {}
    files = [(row, articles / f"{row['article']}.txt") for row in rows]
    return tuple(
        Article(file.stem, file.read_text(encoding="utf-8"), row, meta.get(file.name, {})) for row, file in files if file.is_file()
    )


def write(articles: Iterable[Article], folder: Path) -> tuple[Path, Path]:
    """Writes articles, sidecar and gold into a folder; returns the gold file and the folder of the articles."""
    texts, gold = folder / "articles", folder / "gold.yaml"
    texts.mkdir(parents=True, exist_ok=True)
    made = tuple(articles)
    for article in made:
        (texts / f"{article.name}.txt").write_text(article.text, encoding="utf-8", newline="")
    sidecar = {f"{a.name}.txt": dict(a.meta) for a in made if a.meta}
    (texts / "metadata.yaml").write_text(_yaml(sidecar), encoding="utf-8")
    gold.write_text(_yaml([a.gold for a in made]), encoding="utf-8")
    return gold, texts


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)


# -- edits -------------------------------------------------------------------------------------------------------------------


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text after edits, which do not overlap."""
    return carried(text, edits, 0, len(text))


def carried(text: str, edits: Sequence[Edit], start: int, end: int) -> str:
    """A stretch of a text after edits; an edit at its border belongs to it as a whole."""
    inside = sorted((e for e in edits if e.start < end and start < e.end), key=lambda e: e.start)
    if inside:
        start, end = min(start, inside[0].start), max(end, inside[-1].end)
    parts, here = list[str](), start
    for edit in inside:
        parts += [text[here : edit.start], edit.words]
        here = edit.end
    return "".join([*parts, text[here:end]])


_ARTICLE: Final = re.compile(r"\b([Aa])(n?)(?=[ ]$)")
_SOUNDS_LIKE_VOWEL: Final = re.compile(r"(?:[aeioAEIO]|[uU](?![NSKns])|un(?!i)|[FHLMNRSX][A-Z])")


def articled(text: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits, with "a" or "an" before them put right."""
    made = list[Edit]()
    for edit in edits:
        found = _ARTICLE.search(text, max(0, edit.start - 3), edit.start)
        right = "n" if _SOUNDS_LIKE_VOWEL.match(edit.words) else ""
        if found and found[2] != right and edit.words:
            made.append(Edit(found.start(), edit.end, f"{found[1]}{right} {edit.words}"))
        else:
            made.append(edit)
    return tuple(made)


def alone(spans: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in order, without those that overlap an earlier one."""
    made = list[Edit]()
    for edit in sorted(spans, key=lambda e: (e.start, -e.end)):
        if not made or edit.start >= made[-1].end:
            made.append(edit)
    return tuple(made)


# -- gold --------------------------------------------------------------------------------------------------------------------


def changed(value: object, leaf: Leaf, key: str = "") -> object:
    """A part of the gold with `leaf` applied to each text of the article's own words in it; keys in FIXED stay."""
    if isinstance(value, Mapping):
        return {name: changed(item, leaf, name) for name, item in value.items()}
    if isinstance(value, list):
        fixed = 1 if key in NAMED and not any(isinstance(item, list) for item in value) else None
        return [item if at == fixed else changed(item, leaf, key) for at, item in enumerate(value)]
    return leaf(key, value) if isinstance(value, str) and key not in FIXED else value


def rows(gold: Gold) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The rows of the gold that are mappings, or end in one, with their slot."""
    for slot, items in gold.items():
        for item in items if isinstance(items, list) else ():
            row = item[-1] if isinstance(item, list) else item
            if isinstance(row, Mapping):
                yield slot, row


def standing(text: str, cue: str) -> tuple[tuple[int, int], ...]:
    """Where a cue stands in a text, whatever the spaces and the kind of apostrophe."""
    parts = [re.escape(w) for w in re.findall(r"\w+|[^\w\s]", cue.replace("’", "'"))]
    pattern = re.compile(r"(?<!\w)" + r"\s*".join(parts) + r"(?!\w)", re.IGNORECASE)
    return tuple(m.span() for m in pattern.finditer(text.replace("’", "'")))


def varied(article: Article, edits: Sequence[Edit], leaf: Leaf = lambda _, words: words) -> Article:
    """An article after edits of its text: cues as their words stand now, other words of the gold by `leaf`."""

    def recued(value: object) -> object:
        if isinstance(value, Mapping):
            return {k: cue(str(v)) if k == "cue" else recued(v) for k, v in value.items()}
        return [recued(item) for item in value] if isinstance(value, list) else value

    def cue(words: str) -> str:
        places = standing(article.text, words)
        return carried(article.text, edits, *places[0]) if places else words

    gold = changed(recued(article.gold), leaf)
    assert isinstance(gold, dict)
    return replace(article, text=edited(article.text, edits), gold=gold)


_NO_PROSE: Final = re.compile(r"\S*(?:://|@|www\.)\S*|^\W*\d+\W*$", re.MULTILINE)


def no_prose(text: str) -> tuple[tuple[int, int], ...]:
    """The addresses in a text, and its lines that are only a number."""
    return tuple(m.span() for m in _NO_PROSE.finditer(text))
