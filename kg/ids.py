"""The IRIs that Isnad mints: things, graphs, and ids made from content.

Ids of claims, reports, quotes and values are hashes of what they say, so that reading the same article twice gives the same graph
(`prov:Entity` identity by content).  Nothing here looks at a clock.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from kg.settings import DEFAULT_BASE


def digest(*parts: object) -> str:
    """Sixteen hex digits made from the parts, each kept apart from the next.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def slug(name: str) -> str:
    """A name as the last part of an IRI: lower-case ASCII words joined by hyphens.

    >>> slug("Kata'ib Hezbollah")
    'kataib-hezbollah'
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub("['`’‘ʿʾ]", "", ascii_name))
    return "-".join(words) or digest(name)


@dataclass(frozen=True, slots=True)
class Ids:
    """The IRIs under one base (KG_BASE)."""

    base: str = DEFAULT_BASE

    def thing(self, kind: str, name: str) -> str:
        """`…/id/<kind>/<name>`."""
        return f"{self.base}id/{kind}/{name}"

    def graph(self, what: str) -> str:
        """`…/graph/<what>`."""
        return f"{self.base}graph/{what}"

    def concept(self, name: str) -> str:
        """`…/concept/<scheme>/<name>`."""
        return f"{self.base}concept/{name}"

    def term(self, name: str) -> str:
        """`…/ontology#<name>`."""
        return f"{self.base}ontology#{name}"

    def article(self, url: str | None, text_sha256: str) -> str:
        """The id of an article: by its canonical URL, else by its clean text."""
        return self.thing("article", digest(url) if url else text_sha256[:16])

    def article_graph(self, article: str) -> str:
        """The named graph of an article."""
        return self.graph("article/" + article.rsplit("/", 1)[-1])

    def unlisted(self, iri: str) -> str | None:
        """The name, as a slug, of a thing that no list holds; None of any other thing.  Its IRI is one article's own, the name is not.

        >>> Ids().unlisted("https://w3id.org/isnad/id/candidate/5e2b0c3f9a7d1e44-abu-hussein")
        'abu-hussein'
        """
        start = self.thing("candidate", "")
        return iri.removeprefix(start).partition("-")[2] if iri.startswith(start) else None

    def works(self, url: str | None, raw_sha256: str | None) -> tuple[str, ...]:
        """The names of the work that an article and its paraphrases share: the original's URL and its raw file's hash, as far as known.

        >>> Ids().works(None, "5e2b0c3f9a7d1e44" * 4)
        ('https://w3id.org/isnad/id/work/5e2b0c3f9a7d1e44',)
        """
        return (*([url] if url else ()), *([self.thing("work", raw_sha256[:16])] if raw_sha256 else ()))
