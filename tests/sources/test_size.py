"""Reading costs no more than a fixed number of steps for each character, on texts made to cost more: steps are counted, not seconds."""

from __future__ import annotations

import contextlib
import sys
from types import FrameType

import pytest

from kg.errors import SourceError
from kg.model import Metadata, Raw
from kg.sources import read

SENTENCE = "Guard number {0} left the base at Dry River on day {0}, it said. "
SHAPES = {
    "sentences": lambda n: "\n".join(SENTENCE.format(number) for number in range(n // 60)),
    "one line": lambda n: "".join(SENTENCE.format(number) for number in range(n // 60)),
    "copies": lambda n: "\n".join(SENTENCE.format(number % (n // 240)) for number in range(n // 60)),
    "one sentence": lambda n: "Guards left, and others came, " * (n // 30),
    "one word": lambda n: "guard" * (n // 5),
    "the same line": lambda n: "The Guard left the base at Dry River, it said.\n" * (n // 47),
    "stops": lambda n: "Guards. " + "." * n,
    "spaced stops": lambda n: "Guards left. " + ". " * (n // 2),
    "quotes": lambda n: "Guards left." + '"' * n,
    "marks": lambda n: "Guards left.* " * (n // 14),
    "spaces": lambda n: "Guards" + " " * n + "left.",
    "lines": lambda n: "Guards" + "\n" * n + "left.",
    "keywords": lambda n: "Guards left.\n" + "hills\n" * (n // 6),
    "openings": lambda n: "".join(f"The Guard at Dry River {number}...\n" for number in range(n // 30)),
}
PAGES = {
    "open elements": lambda n: "<html><p>Guards left.</p>" + "<div>" * (n // 5),
    "text in open elements": lambda n: "<html>" + "<div>Guards left. " * (n // 18),
    "ends of nothing": lambda n: "<html><p>Guards left.</p>" + "<div></b>" * (n // 9),
    "articles": lambda n: "<html>" + "<article>Guards left. " * (n // 22),
    "comments": lambda n: "<html><p>Guards left.</p>" + "<!--" * (n // 4),
    "declarations": lambda n: "<html><p>Guards left.</p>" + "<!x" * (n // 3),
    "tags never closed": lambda n: "<html><p>Guards left.</p>" + "<a " * (n // 3),
    "quotes never closed": lambda n: "<html><p>Guards left.</p>" + "<a b='" * (n // 6),
    "titles": lambda n: "<html><p>Guards left.</p>" + "<title>" * (n // 7),
    "scripts": lambda n: "<html><p>Guards left.</p>" + "<script></script>" * (n // 17),
    "entities": lambda n: "<html><p>Guards left. " + "&amp;" * (n // 5),
    "signs": lambda n: "<html><p>Guards left. " + "& < " * (n // 4),
    "attributes": lambda n: "<html><p>Guards left.<a " + "b=c " * (n // 4) + ">It said.",
    "json": lambda n: '<html><p>Guards left.</p><script type="application/ld+json">[' + "[{}]," * (n // 5) + "0]</script>",
}


def steps(text: str, name: str) -> int:
    """How many lines of our own code, and of the library's, run to read a text."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        read(Raw(name, text.encode(), Metadata(language="en")))
    except SourceError:
        pass
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(("shape", "name"), [*((shape, "a.txt") for shape in SHAPES), *((shape, "a.html") for shape in PAGES)])
def test_twice_the_text_takes_no_more_than_twice_the_steps(shape: str, name: str) -> None:
    made = {**SHAPES, **PAGES}[shape]
    once, twice = steps(made(3000), name), steps(made(6000), name)
    assert twice <= 2.3 * once + 500


@pytest.mark.parametrize(("shape", "name"), [*((shape, "a.txt") for shape in SHAPES), *((shape, "a.html") for shape in PAGES)])
def test_a_large_text_of_any_shape_is_read(shape: str, name: str) -> None:
    made = {**SHAPES, **PAGES}[shape](200_000)
    with contextlib.suppress(SourceError):
        assert read(Raw(name, made.encode(), Metadata(language="en"))).text
