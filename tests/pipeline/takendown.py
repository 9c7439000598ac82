"""A name that is to be found nowhere, in articles that spell it in every way; and the search for it through every byte of a store."""

from __future__ import annotations

import gzip
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from pyoxigraph import Store

from kg.model import Metadata, Raw
from kg.store import embedded

NAME = "Zaynab Qādir al-Rāshid"

PLAIN = """Teacher killed on desert road
10 May 2024

A US drone strike in Baghdad killed two people on Thursday, including Zaynab Qadir al-Rashid, a teacher. Zaynab Qadir
al-Rashid’s brother was not there.

Hadi al-Amiri, leader of the Badr Organization, spoke to Zaynab Qadir al-Rashid's family.
"""

PAGE = f"""<!DOCTYPE html>
<html><head><title>Zaynab Q&#257;dir al-R&#257;shid mourned</title>
<link rel="canonical" href="https://example.org/news/zaynab-qadir-al-rashids-funeral">
<meta property="og:title" content="Zaynab Q&#257;dir al&#8209;R&amacr;shid mourned">
<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": NAME, "datePublished": "2024-05-11", "about": NAME.upper()})}</script>
<!-- zaynab_qadir_alrashid --></head>
<body><article><h1>Mourned</h1>
<p>Hundreds came to the funeral of <b>Zaynab</b>&nbsp;Q&#x101;dir <i>al-R</i>&#257;shid in the town on Friday.
Hadi al-Amiri, leader of the Badr Organization, spoke.</p>
<p>The Badr Organization is part of the Popular Mobilization Forces.
<a href="/tag/{quote(NAME)}">More about her</a> is told elsewhere by those who knew her well.</p>
</article></body></html>
"""

OTHER = """The weather in the marshes
13 June 2024

It was warm and the boats went out early in the morning, and the fishermen came back with a good catch. Zaynab went with them.
"""

EARLIER = """https://example.org/strike
10 May 2024

A drone strike in Baghdad killed three people on Thursday, including Zaynab Qadir al-Rashid, a doctor.
"""

LATER = """https://example.org/strike
10 May 2024

A drone strike in Baghdad killed two people on Thursday.
"""


def articles() -> list[Raw]:
    """Articles that bear the name, one that does not, in several encodings."""
    return [
        Raw("teacher.txt", PLAIN.encode("cp1252"), Metadata(publisher="Rudaw")),
        Raw("zaynab-qadir-al-rashid.html", b"\xff\xfe" + PAGE.encode("utf-16-le"), Metadata(publisher="Reuters")),
        Raw("weather.txt", OTHER.encode(), Metadata(publisher="Rudaw", title="Weather")),
        Raw("strike.txt", EARLIER.encode(), Metadata(publisher="Rudaw")),
    ]


def letters(text: str) -> tuple[str, str]:
    """The bare letters of a text, as a searcher of bytes would compare them, with what stands between angle brackets (IRIs) and without (markup);
    written apart from the code that it tests."""
    text = html.unescape(html.unescape(text))
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    text = unquote_to_bytes(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    whole, shown = (unicodedata.normalize("NFKD", one).lower() for one in (text, re.sub(r"<[^>]*>", "", text)))
    return re.sub(r"[^a-z]", "", whole), re.sub(r"[^a-z]", "", shown)


NEEDLE = letters(NAME)[0]


def bears(text: str) -> bool:
    """Whether a text has the name in any spelling."""
    return any(NEEDLE in one for one in letters(text))


def found(folder: Path) -> list[str]:
    """Every place in a store where the name can be found: paths, bytes in several encodings, compressed ones, quads of graph and snapshots."""
    return [*_files(folder), *_graphs(folder)]


def _files(folder: Path) -> Iterator[str]:
    seen: set[int] = set()
    for path in sorted(folder.rglob("*")):
        if bears(str(path.relative_to(folder))):
            yield f"path {path}"
        if not path.is_file() or path.stat().st_ino in seen:  # snapshots share their files
            continue
        seen.add(path.stat().st_ino)
        data = path.read_bytes()
        kinds = [data, gzip.decompress(data)] if data.startswith(b"\x1f\x8b") else [data]
        for content in kinds:
            for encoding in ("utf-8", "cp1252", "utf-16-le", "utf-16-be"):
                if bears(content.decode(encoding, "replace")):
                    yield f"{path} as {encoding}"


def _graphs(folder: Path) -> Iterator[str]:
    for place in [folder / "graph", *(folder / "snapshots").iterdir()]:
        yield from (f"{place}: {quad}" for quad in _bearing(str(quad) for quad in Store.read_only(str(place))))
    yield from (f"export: {line}" for line in _bearing(line.decode() for line in embedded.sorted_nquads(embedded.snapshot(folder))))


def _bearing(lines: Iterable[str]) -> Iterator[str]:
    """The lines that have the name; many are looked at together first, because most have not."""
    for together in batched(lines, 1000):
        if bears("\n".join(together)):
            yield from filter(bears, together)


def batched(lines: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Lines by so many at a time."""
    rest = iter(lines)
    while together := tuple(islice(rest, size)):
        yield together
