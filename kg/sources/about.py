"""About: what a page's markup says of itself in meta tags, JSON-LD, links and marked-up times."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.sources.markup import Tag
from kg.sources.page import Facts

# The names under which meta tags give each fact, the surest first.
_META: Final = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title"),
    "url": ("og:url",),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher"),
    "published": (
        "article:published_time",
        "datepublished",
        "article:published",
        "og:published_time",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "date",
    ),
}
_ARTICLES: Final = ("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "Report", "WebPage")


@dataclass(slots=True)
class Statements:
    """What the walk over a page meets that speaks of the page: gathered in order, weighed by `facts`."""

    meta: dict[str, str] = field(default_factory=dict)
    canonical: str | None = None
    title: str | None = None
    headings: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    marked_times: list[str] = field(default_factory=list)
    described: list[dict[str, object]] = field(default_factory=list)
    _heading: list[str] | None = None
    _json: bool = False

    def tag(self, tag: Tag) -> None:
        """A start tag."""
        given = tag.attributes
        if tag.name == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            if given.get("content"):
                self.meta.setdefault(name.lower(), given["content"].strip())
        elif tag.name == "link" and "canonical" in given.get("rel", "").lower().split():
            self.canonical = self.canonical or given.get("href")
        elif tag.name == "time" and given.get("datetime"):
            marked = "pubdate" in given or given.get("itemprop", "").lower() == "datepublished"
            (self.marked_times if marked else self.times).append(given["datetime"].strip())
        elif tag.name == "h1":
            self._heading = []
        self._json = tag.name == "script" and given.get("type", "").lower().split(";")[0].strip() == "application/ld+json"

    def end(self, tag: Tag) -> None:
        """An end tag."""
        if tag.name == "h1" and self._heading is not None:
            self.headings.append(" ".join("".join(self._heading).split()))
            self._heading = None

    def text(self, run: str) -> None:
        """Text that is shown."""
        if self._heading is not None:
            self._heading.append(run)

    def content(self, element: str, source: str) -> None:
        """The content of a title or script."""
        if element == "title":
            self.title = self.title or " ".join(source.split()) or None
        elif element == "script" and self._json:
            self.described.extend(_objects(source))


def facts(said: Statements) -> Facts:
    """The facts that the statements come to, the surest of each kind."""
    article = next((o for kind in _ARTICLES for o in said.described if kind in _types(o)), {})
    title = _meta(said, "title") or _string(article.get("headline")) or next(filter(None, said.headings), None) or said.title
    times = said.marked_times or (said.times if len({time[:10] for time in said.times}) == 1 else [])
    published = [_meta(said, "published"), _string(article.get("datePublished")), *times[:1]]
    headings = [said.title, title, _string(article.get("headline")), *said.headings]
    return Facts(
        title=title,
        url=said.canonical or _meta(said, "url") or _string(article.get("url")) or _string(article.get("mainEntityOfPage")),
        publisher=_string(article.get("publisher")) or _meta(said, "publisher"),
        published=tuple(dict.fromkeys(filter(None, published))),
        headings=tuple(dict.fromkeys(filter(None, headings))),
    )


def _meta(said: Statements, fact: str) -> str | None:
    """The surest meta tag for a fact."""
    return next((said.meta[name] for name in _META[fact] if said.meta.get(name)), None)


def _objects(source: str) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD script, those of its graph among them; none when it is not JSON."""
    try:
        read = json.loads(source)
    except (ValueError, RecursionError):
        return
    waiting = deque([read])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield value
            waiting.append(value.get("@graph"))


def _types(described: dict[str, object]) -> tuple[object, ...]:
    kinds = described.get("@type")
    return tuple(kinds) if isinstance(kinds, list) else (kinds,)


def _string(value: object) -> str | None:
    """The text of a JSON-LD value: itself, its name, or its address."""
    if isinstance(value, list):
        return _string(value[0]) if value else None
    if isinstance(value, dict):
        return _string(value.get("name") or value.get("@id") or value.get("url"))
    return value.strip() or None if isinstance(value, str) else None
