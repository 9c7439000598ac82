"""A gold file against what the pipeline reads in the articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from pyoxigraph import NamedNode, Store

from kg.errors import BadGold, SourceError
from kg.model import Raw
from kg.pipeline import Pipeline
from kg.score.facts import Facts, facts
from kg.score.figures import Scored, together
from kg.score.fusion import outcomes
from kg.score.gold import GoldArticle, read
from kg.score.names import Names
from kg.score.scoring import scored
from kg.store import embedded
from kg.triples import text


@dataclass(frozen=True, slots=True)
class Result:
    """The score, the extractor that was scored, and what a user should know of articles left out."""

    scored: Scored
    extractor: str
    notes: tuple[str, ...]


def score(gold: Path, files: Iterable[Raw | SourceError], pipeline: Pipeline, *, fusion: bool = False) -> Result:
    """The score of the pipeline's extractor on the articles of a gold file; nothing is written.

    An article that cannot be read misses all its facts.  With `fusion`, the articles are also put into a store of their own, to score which tellings
    become one event.  Raises BadGold, also when none of its articles is among the files.
    """
    files = list(files)
    wanted = {article.name: article for article in read(gold)}
    names, parts, notes = Names(pipeline.known), dict[str, Scored](), list[str]()
    for file in files:
        name = PurePath(file.name).stem
        article = wanted.get(name)
        if article is None:
            notes.append(f"{file.name}: no article of the gold file; not scored")
        elif name in parts:
            notes.append(f"{file.name}: a second file of that name; not scored")
        else:
            parts[name] = scored(article, _read(file, article, pipeline, notes), names)
    if not parts:
        raise BadGold(str(gold), None, f"none of its articles ({', '.join(sorted(wanted))}) is among the files given")
    notes += [f"{name}: not among the files given; not scored" for name in sorted(wanted.keys() - parts.keys())]
    whole = together(parts[name] for name in wanted if name in parts)
    if fusion:
        own = [file for file in files if isinstance(file, Raw) and PurePath(file.name).stem in parts]
        whole = replace(whole, outcomes=(*whole.outcomes, *outcomes(whole.known, _events(own, pipeline))))
    return Result(whole, pipeline.extractor.name, tuple(notes))


def _events(files: Iterable[Raw], pipeline: Pipeline) -> Mapping[str, str]:
    """The event of every telling in a store that holds these articles and nothing else."""
    with TemporaryDirectory(prefix="isnad-") as folder:
        Pipeline(replace(pipeline.settings, store=folder)).add(files)
        store = Store.read_only(str(embedded.snapshot(Path(folder))))
        links = store.quads_for_pattern(None, NamedNode(pipeline.words.term("refersTo")), None, None)
        return {text(link.subject): text(link.object) for link in links}


def _read(file: Raw | SourceError, article: GoldArticle, pipeline: Pipeline, notes: list[str]) -> Facts:
    """What is extracted from a file: nothing, where it cannot be read."""
    if isinstance(file, Raw):
        try:
            made = pipeline.read(file)
        except SourceError as error:
            file = error
        else:
            return facts(made.document, made.reading, pipeline.known, pipeline.words, pipeline.ids)
    notes.append(f"{article.name}: all its facts are missed, for it cannot be read: {file.reason}")
    return Facts("", ())
